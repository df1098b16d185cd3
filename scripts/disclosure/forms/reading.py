"""Files into forms: a path, a folder or a zip; every form of every sheet, and what is wrong with each."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from errno import ENOENT
from hashlib import sha256
from os import fstat, strerror, walk
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from disclosure.forms.find import form_in
from disclosure.forms.form import Form, said
from disclosure.forms.grid import Refused, Sheet
from disclosure.forms.guard import MAX_FILE, listing, unpacked
from disclosure.forms.layout import LAYOUT, Layout, of_package
from disclosure.forms.stacked import stacked, whole
from disclosure.forms.workbook import xlsx
from disclosure.model import Package, Problem

if TYPE_CHECKING:
    from zipfile import ZipInfo

SUFFIXES = frozenset({".xlsx", ".xls", ".ods", ".docx", ".xlsm"})
MAX_ZIP = 512 * 2**20
# As the directory of a zip names them; what is in them is looked at later.
_PARTS = ("xl/workbook.xml", "word/document.xml", "content.xml")
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\3\4"
_UTF8 = 0x800
_KINDS = ("target", "evaluation")  # the order in which the forms of a project are filed


class Book(NamedTuple):
    """A file that may hold forms: its name, where it lies in a folder or zip, its path and part of a zip."""

    name: str
    inside: str
    path: Path
    part: "ZipInfo | None" = None

    def data(self) -> bytes:
        """Its bytes; raises Refused where there are too many or none can be had."""
        if self.part is not None:
            with self.path.open("rb") as file:
                return unpacked(file, self.part, MAX_FILE)
        with self.path.open("rb", buffering=0) as whole:
            if (size := fstat(whole.fileno()).st_size) > MAX_FILE:
                raise Refused("form-safe", "", f"{size} bytes", f"<= {MAX_FILE}")
            return whole.read()


def books(paths: Sequence[Path]) -> list[Book]:
    """Every workbook and document at the paths, in the order of their names. Raises OSError.

    Where several files bear one name, each is named with the folders that it lies in.
    """
    found: list[Book] = []
    for path in paths:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a device or a pipe has no end
            raise FileNotFoundError(ENOENT, strerror(ENOENT), str(path))
        for item, inside in _forms(path) if path.is_dir() else [(path, path.name)]:
            found += _book(item, inside)
    times = Counter(book.name for book in found)
    return [book._replace(name=book.inside) if times[book.name] > 1 else book for book in found]


def _forms(folder: Path) -> list[tuple[Path, str]]:
    """The files in a folder that may be forms, in the order of their names, and the folders each lies in."""
    found: list[tuple[tuple[str, ...], Path]] = []
    for here, _, names in walk(folder):
        lies = Path(here).relative_to(folder.parent).parts
        found += [((*lies, name), Path(here, name)) for name in names if _is_form(name)]
    return [(path, "/".join(parts)) for parts, path in sorted(found) if path.is_file()]


def _is_form(name: str) -> bool:
    return not name.startswith(("~$", ".")) and name.lower().endswith((*SUFFIXES, ".zip"))


def _book(path: Path, inside: str) -> Iterator[Book]:
    name = inside.rpartition("/")[2]
    if not name.lower().endswith(".zip"):
        yield Book(name, inside, path)
        return
    try:
        with path.open("rb") as file:
            parts = listing(file) if path.stat().st_size <= MAX_ZIP else []
    except Refused:
        parts = []
    if not parts:
        yield Book(name, inside, path)  # whoever opens it says what is wrong
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


Watch = Callable[[Sequence[Book]], Iterable[Book]]


class Found(NamedTuple):
    """A form and the file it stands in."""

    form: Form
    file: str
    digest: str

    @property
    def part(self) -> tuple[str, str]:
        """File and sheet, as problems name them."""
        return self.file, self.form.sheet


def read(book: Book, layout: Layout) -> tuple[list[Found], list[Problem]]:
    """The forms of one file, and what is wrong with it; a sheet with a fault does not hide the others."""
    problems: list[Problem] = []
    found: list[Found] = []
    try:
        data = book.data()
        parts = sheets(data)
    except Refused as refused:
        return [], [refused.problem(book.name)]
    digest = sha256(data).hexdigest()
    todo = [*parts]
    while todo:
        sheet = todo.pop(0)
        if todo and todo[0].follows:
            sheet = whole(sheet, todo, layout)
        try:
            form = form_in(sheet, layout)
        except Refused as refused:
            more = stacked(sheet, layout) if refused.rule == "form-twice-said" else []
            todo[:0] = more
            problems += [] if more else [refused.problem(book.name)]
            continue
        if form is not None:
            found.append(Found(form, book.name, digest))
            problems.extend(_told(form, book.name))
        elif sheet.hidden or (len(parts) > 1 and sheet.texts):
            hidden = "hidden" if sheet.hidden else ""
            problems.append(Problem(book.name, 0, sheet.title, "form-sheet-passed", hidden, ""))
    if not found and not any(problem.rule != "form-sheet-passed" for problem in problems):
        problems.append(Problem(book.name, 0, "", "form-none", "", ""))
    return found, problems


def _told(form: Form, file: str) -> Iterator[Problem]:
    for rule, cells in (("form-person-left-out", form.left_out), ("form-passed", form.passed)):
        if cells:
            yield Problem(file, 0, form.sheet, rule, ", ".join(cells)[:200], "")
    if form.project.get("goal") is None or form.project["goal"].text == "NA" or not form.indicators:
        yield Problem(file, 0, form.sheet, "form-incomplete", said(form, "name"), "")


def read_all(package: Package, every: Sequence[Book], watch: Watch) -> tuple[list[Found], list[Problem]]:
    """The forms of all books, target forms first, and what is wrong with each. Raises Refused."""
    layout = of_package(package.files.get(LAYOUT))
    forms: list[Found] = []
    told: list[Problem] = []
    for book in watch(every):
        found, problems = read(book, layout)
        forms.extend(found)
        told.extend(problems)
    return sorted(forms, key=lambda item: _KINDS.index(item.form.kind)), told
