"""A form as it was read, every value with its cells; and what is made of the cells for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

from disclosure.forms.grid import Answer, Cell, Refused
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


@dataclass(slots=True, eq=False)
class Value:
    """What is made of the texts of cells, `of`: a text in the end; and the cells that say it and its label.

    A quotation has a `section` of the sheet; what is made of a value, and not of texts, has it as its `base`.
    It is the same as itself only, and not frozen: they are made and looked up by the thousand.
    """

    how: Callable[..., Any]
    of: tuple[Cell, ...]
    cells: tuple[Cell, ...]
    section: str = ""
    base: "Value | None" = None

    def entry(self) -> Entry | Citation:
        """What the form has of it where it was found; raises Refused for its first cell."""
        text = self.told(str)
        names = tuple([cell.name for cell in self.cells])
        return Citation(text, self.section) if self.section else Entry(text, names)

    def told(self, question: Callable[[Any], Answer]) -> Answer:
        """The answer of what is made of the texts where it was found; raises Refused for its first cell."""
        if self.base:
            return self.base.told(lambda made: question(self.how(made)))
        try:
            return question(self.how(*[cell.written for cell in self.of]))
        except Refused as refused:
            raise Refused(refused.rule, self.of[0].name, refused.found, refused.expected) from refused

    def then(self, more: Callable[[Any], Any], cells: tuple[Cell, ...] = ()) -> "Value":
        """What is made of the value, said by the same cells, or by these."""
        return Value(more, self.of, cells or self.cells, base=self)

    @property
    def chain(self) -> "list[Value]":
        """What it is made of, one of the other, and itself."""
        return [*(self.base.chain if self.base else ()), self]


Values = Mapping[str, Value]
Told = tuple[Value, Callable[[Any], object], object]  # a question about a value, and its answer
Draft = Read[Value, Value]


def value(how: Callable[..., Any], *cells: Cell) -> Value:
    """What is made of these cells' texts, which say it themselves."""
    return Value(how, cells, cells)


def quote(section: str, *cells: Cell) -> Value:
    """The cells of a section, quoted as they follow one another."""
    return Value(lambda *texts: " ".join(texts), cells, cells, section)


def fixed(text: str, *cells: Cell) -> Value:
    """The same text whatever the cells say that are named for it."""
    return Value(partial(str, text), (), cells)
