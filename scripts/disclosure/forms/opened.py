"""Files at hand: a path, a folder or a zip of workbooks and documents, each told by its content."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import ZipInfo

from disclosure.forms.excel97 import xls
from disclosure.forms.grid import Sheet
from disclosure.forms.guard import MAX_FILE, listing, unpacked
from disclosure.forms.opendocument import ods
from disclosure.forms.refusal import Refused
from disclosure.forms.word import docx
from disclosure.forms.workbook import xlsx

SUFFIXES = frozenset({".xlsx", ".xls", ".ods", ".docx", ".xlsm"})
MAX_ZIP = 512 * 2**20
_KINDS = {"xl/workbook.xml": xlsx, "word/document.xml": docx, "content.xml": ods}
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\3\4"
_UTF8 = 0x800


@dataclass(frozen=True, slots=True)
class Book:
    """A file that may hold forms: its name, and where it lies (a path, and the part of a zip)."""

    name: str
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


def books(paths: Sequence[Path]) -> Iterator[Book]:
    """Every workbook and document at the paths, in the order of their names. Raises OSError."""
    for path in paths:
        if path.is_dir():
            inside = (item for item in sorted(path.rglob("*")) if item.is_file() and _is_form(item.name))
            for item in inside:
                yield from _book(item)
        else:
            yield from _book(path)


def _is_form(name: str) -> bool:
    suffix = PurePosixPath(name).suffix.lower()
    return not name.startswith(("~$", ".")) and (suffix in SUFFIXES or suffix == ".zip")


def _book(path: Path) -> Iterator[Book]:
    if path.suffix.lower() != ".zip":
        yield Book(path.name, path)
        return
    try:
        with path.open("rb") as file:
            inside = listing(file) if path.stat().st_size <= MAX_ZIP else []
    except Refused:
        inside = []
    if not inside:
        yield Book(path.name, path)  # whoever opens it says what is wrong
    for info in inside:
        name = info.filename if info.flag_bits & _UTF8 else _chinese(info.filename)
        base = PurePosixPath(name.replace("\\", "/")).name
        if not info.is_dir() and _is_form(base) and not base.lower().endswith(".zip"):
            yield Book(base, path, info)


def _chinese(name: str) -> str:
    """The name of a part as Chinese Windows packs it, in GBK without saying so."""
    try:
        return name.encode("cp437").decode("gbk")
    except UnicodeError:
        return name


def sheets(data: bytes) -> list[Sheet]:
    """What a file shows, whatever its name says it is; raises Refused."""
    if data.startswith(_OLE):
        return xls(data)
    if not data.startswith(_ZIP):
        raise Refused("form-readable", "", data[:16].decode("utf-8", "replace"), ".xlsx .xls .ods .docx")
    for part, read in _KINDS.items():
        if part.encode() in data:  # as the zip's directory names it; what is in the part is looked at next
            return read(data)
    raise Refused("form-readable", "", "zip", ".xlsx .xls .ods .docx")
