"""A form as it was read: every value with the cell it stands in."""

from collections.abc import Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from disclosure.forms.values import NOT_STATED


class Entry(NamedTuple):
    """A value as the package writes it, and the cells it was read from; none where the form leaves it out."""

    text: str
    cells: tuple[str, ...] = ()


Line = Mapping[str, Entry]


class Citation(NamedTuple):
    """What stands in cells of the form's sheet, in the order in which they are read, and which they are."""

    quote: str
    section: str


E = TypeVar("E")
C = TypeVar("C")


class Read(NamedTuple, Generic[E, C]):
    """One form of one project. `kind` is target or evaluation; `year` is None where the form names none.

    `project` has columns of projects (and `unit`, a name), `funds` and `indicators` those of their tables;
    each line comes with its citation. A column that the form has no place for is not among them.
    `left_out` names the cells of persons, `passed` those without a column.
    """

    sheet: str
    kind: str
    year: int | None
    project: Mapping[str, E]
    citations: Mapping[str, C]
    funds: Sequence[tuple[Mapping[str, E], C]]
    indicators: Sequence[tuple[Mapping[str, E], C]]
    left_out: tuple[str, ...]
    passed: tuple[str, ...]


Form = Read[Entry, Citation]


def said(form: Form, field: str) -> str:
    """A text of the form's head; empty where it has none."""
    text = form.project[field].text if field in form.project else NOT_STATED
    return "" if text == NOT_STATED else text
