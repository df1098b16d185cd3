"""What lies at a path: files that may hold forms, in folders and zips too, and those that are passed over."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from errno import ENOENT
from os import fstat, strerror, walk
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from disclosure.forms.grid import Refused, one_line
from disclosure.forms.guard import MAX_FILE, listing, unpacked
from disclosure.model import Problem

if TYPE_CHECKING:
    from zipfile import ZipInfo

SUFFIXES = (".xlsx", ".xls", ".ods", ".docx", ".xlsm")
MAX_ZIP = 512 * 2**20
_UTF8 = 0x800
_OFFICE = ("~$", ".")  # how names of files begin that programs put beside a form while it is open


class Book(NamedTuple):
    """A file that may hold forms: its name, where it lies in a folder or zip, its path and part of a zip."""

    name: str
    inside: str
    path: Path
    part: "ZipInfo | None" = None

    def data(self) -> bytes:
        """Its bytes; raises Refused where there are too many or none can be had."""
        try:
            if self.part is not None:
                with self.path.open("rb") as file:
                    return unpacked(file, self.part, MAX_FILE)
            with self.path.open("rb", buffering=0) as whole:
                if (size := fstat(whole.fileno()).st_size) > MAX_FILE:
                    raise Refused("form-safe", "", f"{size} bytes", f"<= {MAX_FILE}")
                return whole.read()
        except PermissionError as error:
            raise Refused("form-readable", "", "no permission") from error
        except OSError as error:
            raise Refused("form-readable", "", "no file to be read") from error

    @property
    def may_hold(self) -> bool:
        """Whether it may hold forms: by its name, and no device or pipe, which have no end."""
        packed = self.part is None and self.name.lower().endswith(".zip")  # of which nothing could be listed
        named = packed or self.name.lower().endswith(SUFFIXES)
        return named and (self.part is not None or self.path.is_file() or not self.path.exists())


def books(paths: Sequence[Path]) -> list[Book]:
    """Every workbook and document at the paths, in the order of their names. Raises OSError.

    Where several files bear one name, each is named with the folders that it lies in.
    """
    found: list[Book] = []
    for path in paths:
        path.stat()  # what is named and is not there
        if path.is_dir():
            found += [book for book in _within(path) if book.may_hold]
        elif path.is_file():
            found += [book for book in _packed(path, path.name) if book.part is None or book.may_hold]
        else:  # a device or a pipe
            raise FileNotFoundError(ENOENT, strerror(ENOENT), str(path))
    times = Counter(book.name for book in found)
    return [book._replace(name=book.inside) if times[book.name] > 1 else book for book in found]


def passed(paths: Sequence[Path]) -> Iterator[Problem]:
    """The files in folders and zips that are not looked into, by the names of those. Raises OSError."""
    for path in paths:
        every = _within(path) if path.is_dir() else _packed(path, path.name)
        if names := [book.inside for book in every if not book.may_hold and (path.is_dir() or book.part)]:
            yield Problem(_text(path.name), 0, "", "form-file-passed", ", ".join(names)[:200], "")


def _within(folder: Path) -> Iterator[Book]:
    """The files in a folder and in its zips, in the order of their names."""
    found: list[tuple[tuple[str, ...], Path]] = []
    for here, below, names in walk(folder, onerror=_raised):
        lies = Path(here).relative_to(folder.parent).parts
        linked = [name for name in below if Path(here, name).is_symlink()]  # may lead anywhere, or in rounds
        found += [((*lies, name), Path(here, name)) for name in (*names, *linked)]
    for parts, path in sorted(found):
        if not path.name.startswith(_OFFICE):
            yield from _packed(path, "/".join(parts))


def _raised(error: OSError) -> None:
    raise error


def _packed(path: Path, inside: str) -> Iterator[Book]:
    """The files in a zip; any other file itself, and a zip that does not say what is in it."""
    inside = _text(inside)
    parts: Sequence[ZipInfo] = []
    if path.name.lower().endswith(".zip") and path.is_file():
        try:
            with path.open("rb") as file:
                parts = listing(file) if fstat(file.fileno()).st_size <= MAX_ZIP else []
        except (Refused, OSError):
            parts = []
    if not parts:
        yield Book(inside.rpartition("/")[2].strip(), inside, path)  # whoever opens it says what is wrong
    for info in parts:
        name = info.filename if info.flag_bits & _UTF8 else _chinese(info.filename)
        name = one_line(name.replace("\\", "/"))
        base = PurePosixPath(name).name.strip()
        if not info.is_dir() and not base.startswith(_OFFICE):
            yield Book(base, f"{inside}/{name}", path, info)


def _chinese(name: str) -> str:
    """The name of a part as Chinese Windows packs it, in GBK without saying so."""
    try:
        return name.encode("cp437").decode("gbk")
    except UnicodeError:
        return name


def _text(name: str) -> str:
    """The name of a file on one line; if it is no UTF-8, as a program unpacks what Chinese Windows packed."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gbk"):
        try:
            return one_line(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return one_line(raw.decode("utf-8", "replace"))
