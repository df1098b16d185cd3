"""Files into forms: every form of every sheet of a file, and what is wrong with each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from disclosure.forms.files import Book
from disclosure.forms.find import form_in
from disclosure.forms.form import Form, said
from disclosure.forms.grid import Refused, Sheet
from disclosure.forms.layout import LAYOUT, Layout, of_package
from disclosure.forms.stacked import is_rest, stacked, whole
from disclosure.forms.workbook import xlsx
from disclosure.model import Package, Problem

# As the directory of a zip names them; what is in them is looked at later.
_PARTS = ("xl/workbook.xml", "word/document.xml", "content.xml")
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\3\4"
_KINDS = ("target", "evaluation")  # the order in which the forms of a project are filed


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
        try:
            if todo and todo[0].follows:
                sheet = whole(sheet, todo, layout)
            form = form_in(sheet, layout)
            if form is not None and todo and is_rest(todo[0], layout):
                raise Refused("form-cell-unknown", todo[0].title, todo[0].texts[0])
        except Refused as refused:
            more = stacked(sheet, layout)  # whatever was said first against several forms as one
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
        # What it begins with, such as the title of another form, tells the clerk which file this is.
        says = next((sheet.texts[0] for sheet in parts if sheet.texts), "")
        problems.append(Problem(book.name, 0, "", "form-none", says[:40], ""))
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
