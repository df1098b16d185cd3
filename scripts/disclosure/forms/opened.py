"""Files at hand: a path, a folder or a zip of workbooks and documents, each told by its content."""

from collections import Counter
from collections.abc import Iterator, Sequence
from operator import attrgetter
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from zipfile import ZipInfo

from disclosure.forms.grid import Sheet
from disclosure.forms.guard import MAX_FILE, listing, unpacked
from disclosure.forms.refusal import Refused
from disclosure.forms.workbook import xlsx

SUFFIXES = frozenset({".xlsx", ".xls", ".ods", ".docx", ".xlsm"})
MAX_ZIP = 512 * 2**20
# As the directory of a zip names them; what is in them is looked at later.
_PARTS = ("xl/workbook.xml", "word/document.xml", "content.xml")
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\3\4"
_UTF8 = 0x800


class Book(NamedTuple):
    """A file that may hold forms: its name, where it lies in a folder or zip, its path and part of a zip."""

    name: str
    inside: str
    path: Path
    part: ZipInfo | None = None

    def data(self) -> bytes:
        """Its bytes; raises Refused where there are too many or none can be had."""
        if self.part is not None:
            with self.path.open("rb") as file:
                return unpacked(file, self.part, MAX_FILE)
        if self.path.stat().st_size > MAX_FILE:
            raise Refused("form-safe", "", f"{self.path.stat().st_size} bytes", f"<= {MAX_FILE}")
        return self.path.read_bytes()


def books(paths: Sequence[Path]) -> list[Book]:
    """Every workbook and document at the paths, in the order of their names. Raises OSError.

    Where several files bear one name, each is named with the folders that it lies in.
    """
    found: list[Book] = []
    for path in paths:
        inner = sorted(path.rglob("*"), key=attrgetter("parts")) if path.is_dir() else [path]
        for item in inner:
            if item is path or (item.is_file() and _is_form(item.name)):
                found += _book(item, item.relative_to(path.parent).as_posix())
    times = Counter(book.name for book in found)
    return [book._replace(name=book.inside) if times[book.name] > 1 else book for book in found]


def _is_form(name: str) -> bool:
    suffix = PurePosixPath(name).suffix.lower()
    return not name.startswith(("~$", ".")) and (suffix in SUFFIXES or suffix == ".zip")


def _book(path: Path, inside: str) -> Iterator[Book]:
    if path.suffix.lower() != ".zip":
        yield Book(path.name, inside, path)
        return
    try:
        with path.open("rb") as file:
            parts = listing(file) if path.stat().st_size <= MAX_ZIP else []
    except Refused:
        parts = []
    if not parts:
        yield Book(path.name, inside, path)  # whoever opens it says what is wrong
    for info in parts:
        name = info.filename if info.flag_bits & _UTF8 else _chinese(info.filename)
        name = name.replace("\\", "/")
        base = PurePosixPath(name).name
        if not info.is_dir() and _is_form(base) and not base.lower().endswith(".zip"):
            yield Book(base, f"{inside}/{name}", path, info)


def _chinese(name: str) -> str:
    """The name of a part as Chinese Windows packs it, in GBK without saying so."""
    try:
        return name.encode("cp437").decode("gbk")
    except UnicodeError:
        return name


def sheets(data: bytes) -> list[Sheet]:
    """What a file shows, whatever its name says it is, by libraries loaded where needed; raises Refused."""
    if data.startswith(_OLE):
        from disclosure.forms.excel97 import xls  # noqa: PLC0415

        return xls(data)
    found = data.startswith(_ZIP) and next((part for part in _PARTS if part.encode() in data), None)
    if not found:
        said = "zip" if data.startswith(_ZIP) else data[:16].decode("utf-8", "replace")
        raise Refused("form-readable", "", said, ".xlsx .xls .ods .docx")
    if found == _PARTS[1]:
        from disclosure.forms.word import docx  # noqa: PLC0415

        return docx(data)
    if found == _PARTS[2]:
        from disclosure.forms.opendocument import ods  # noqa: PLC0415

        return ods(data)
    return xlsx(data)
