"""Files into forms: every form of every sheet, and what is wrong with each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from disclosure.forms.find import form_in
from disclosure.forms.form import Form, said
from disclosure.forms.layout import LAYOUT, Layout, of_package
from disclosure.forms.opened import Book, sheets
from disclosure.forms.refusal import Refused
from disclosure.model import Package, Problem

Watch = Callable[[Sequence[Book]], Iterable[Book]]
_KINDS = ("target", "evaluation")  # the order in which the forms of a project are filed


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
    for sheet in parts:
        try:
            form = form_in(sheet, layout)
        except Refused as refused:
            problems.append(refused.problem(book.name))
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
