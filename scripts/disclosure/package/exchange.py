"""Two folders change places in one step, where the system can; else in three, with a moment between."""

import ctypes
import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_EXCHANGE, _SWAP = 2, 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
_LACKING = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM})


def exchange(one: Path, other: Path, between: Path) -> None:
    """Each folder gets the other's name; whoever opens either of them meets one or the other, never none.

    Where neither the system nor the file system can do that, `one` is `between` for a moment.
    Raises OSError.
    """
    if not _at_once(os.fsencode(one), os.fsencode(other)):
        one.rename(between)
        other.rename(one)
        between.rename(other)


def _at_once(one: bytes, other: bytes) -> bool:
    if os.name != "posix":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        failed = library.renameat2(_AT_FDCWD, one, _AT_FDCWD, other, _EXCHANGE)
    elif sys.platform == "darwin" and hasattr(library, "renamex_np"):
        failed = library.renamex_np(one, other, _SWAP)
    else:
        return False
    if failed and ctypes.get_errno() not in _LACKING:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), os.fsdecode(one))
    return not failed
