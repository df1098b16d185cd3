"""A package changed in several files at once: written beside it whole, and put in its place in one step.

Killed at any moment, what stands under the package's name is the old package or the new one. What a kill
leaves beside it (`.NAME.import`, `.NAME.lock`) is cleared away by the next change.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from disclosure.model import DisclosureError
from disclosure.package.exchange import exchange


class InUse(DisclosureError):
    """Another command is changing this package; wait until it has ended."""


class ChangedMeanwhile(DisclosureError):
    """The package was changed while this command was at work; nothing was written, run it again."""


@contextmanager
def beside(root: Path, changed: Mapping[str, bytes], read: Mapping[str, bytes]) -> Iterator[Path]:
    """The package as it would be, in a folder beside it, gone afterwards; nobody else changes it meanwhile.

    What does not change is linked, not copied. What was read of it, by path, has to be there still, for the
    change was made for it. Raises InUse, ChangedMeanwhile, OSError.
    """
    with _alone(root):
        fresh = root.with_name(f".{root.name}.import")
        _clear(root, fresh)
        if any(
            not (root / path).is_file() or (root / path).read_bytes() != data for path, data in read.items()
        ):
            raise ChangedMeanwhile(root.name)
        try:
            shutil.copytree(root, fresh, copy_function=_linked, symlinks=True)
            for path, data in changed.items():
                _written(fresh / path, data)
            yield fresh
        finally:
            _gone(fresh)


def recover(root: Path) -> None:
    """Clear away what a killed change has left; where it stood between two names, bring the package back."""
    if not root.exists() and not _between(root).exists():
        return  # whoever reads it says that there is none
    with _alone(root):
        _clear(root, root.with_name(f".{root.name}.import"))


def put(fresh: Path, root: Path) -> None:
    """The folder beside the package takes its place; both names are on disk before this returns."""
    for folder in (path for path in [fresh, *fresh.rglob("*")] if path.is_dir()):
        _synced(folder)
    exchange(root, fresh, _between(root))
    _synced(root.parent)


def _linked(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # a file system without links
        shutil.copy2(source, target, follow_symlinks=False)


def _written(file: Path, data: bytes) -> None:
    """A new file in the place of the link: what is written never reaches the package itself."""
    mode = file.stat().st_mode if file.exists() else 0o644
    file.unlink(missing_ok=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    file.chmod(mode & 0o777)


def _synced(folder: Path) -> None:
    if os.name == "posix":
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _clear(root: Path, fresh: Path) -> None:
    between = _between(root)
    if not root.exists() and between.exists():  # killed where two folders cannot change places in one step
        between.rename(root)
    _gone(fresh)


def _gone(folder: Path) -> None:
    """Remove a folder, also one whose folders are read-only, as those are that it was copied from."""
    for here, _, _ in os.walk(folder):
        with suppress(OSError):
            Path(here).chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)


def _between(root: Path) -> Path:
    """Where the old package is for a moment, where two folders cannot change places in one step."""
    return root.with_name(f".{root.name}.was")


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Nobody else changes this package, whoever changes one beside it. Raises InUse, OSError.

    The lock is a file beside the package: its own folder is another one once it has been changed. The system
    frees it when its holder dies; the file that is left is the next one's.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  nothing that reading a package should pay

    file = root.with_name(f".{root.name}.lock")
    try:
        with FileLock(file, timeout=0):
            try:
                yield
            finally:
                with suppress(PermissionError):  # of Windows, where the lock itself takes it away
                    file.unlink(missing_ok=True)  # held: whoever has opened it sees that it is none any more
    except Timeout as error:
        raise InUse(root.name) from error
