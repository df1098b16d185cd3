"""A form as it was read, every value with its cells; and how the next one like it is read.

Forms that are filled into one file differ in what they state, not in where. What was asked about the cells to
find out where is asked again of the next sheet of that shape: if all answers are the same, it is read alike.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import compress, count
from operator import ne
from typing import Any, Generic, NamedTuple, TypeVar

from disclosure.forms.grid import Answer, Cell, Question, Refused, Sheet
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
    """What is made of the texts of cells, `of`: a text in the end; and which cells say it, with its label.

    A quotation has a `section` of the sheet. It is the same as itself only, and not frozen: they are made and
    looked up by the thousand.
    """

    how: Callable[..., Any]
    of: tuple[Cell, ...]
    cells: tuple[Cell, ...]
    section: str = ""

    def entry(self) -> Entry | Citation:
        """What the form has of it where it was found; raises Refused for its first cell."""
        text = self.told(str)
        names = tuple([cell.name for cell in self.cells])
        return Citation(text, self.section) if self.section else Entry(text, names)

    def told(self, question: Callable[[Any], Answer]) -> Answer:
        """The answer of what is made of the texts where it was found; raises Refused for its first cell."""
        try:
            return question(self.how(*[cell.written for cell in self.of]))
        except Refused as refused:
            raise Refused(refused.rule, self.of[0].name, refused.found, refused.expected) from refused

    def then(self, more: Callable[[Any], Any]) -> "Value":
        """What is made of the value, said by the same cells."""
        return Value(lambda *texts: more(self.how(*texts)), self.of, self.cells)


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


class Unlike(Exception):
    """A sheet is not to be read as another was."""


class Recipe:
    """How to read the sheets that are like one, and the form that it held, if any; raises Refused."""

    def __init__(self, sheet: Sheet, told: Sequence[Told], draft: Draft | None) -> None:
        self.sheet, self.texts, self.told, self.draft = sheet, sheet.texts, told, draft
        # Without what names persons.
        self.cut = {
            cell.number: cell.written
            for cell, text in zip(sheet.cells, sheet.texts, strict=True)
            if cell.written != text
        }
        self.made: dict[Value, Any] = {item: Entry("") for item, _, _ in told}
        self.made |= {item: item.entry() for item in _values(draft)}

    @cached_property
    def asked(self) -> list[list[tuple[Question, object]]]:
        """By cell: its questions and answers. Where a text was asked for whole, no answer can be another."""
        every = [cell.asked for cell in self.sheet.cells]
        return [[(str, asked[str])] if str in asked else [*asked.items()] for asked in every]

    @cached_property
    def users(self) -> list[list[Value]]:
        """By cell: what is made of it."""
        users: list[list[Value]] = [[] for _ in self.texts]
        for item in self.made:
            for cell in item.of:
                users[cell.number].append(item)
        return users

    def read(self, title: str, texts: Sequence[str]) -> Form | None:
        """The form of a sheet with these texts, if any; raises Unlike where it is not to be read alike."""
        changed = [*compress(count(), map(ne, texts, self.texts))]
        for number in changed:
            text = texts[number]
            for question, answer in self.asked[number]:
                if question(text) != answer:
                    raise Unlike
        left = [self.cut.get(number, text) for number, text in enumerate(texts)] if self.cut else texts
        made = self.made.copy()
        others = {item for number in changed for item in self.users[number]}
        try:
            for item in others:
                kind, where = made[item].__class__, made[item][1]
                made[item] = kind(item.how(*[left[cell.number] for cell in item.of]), where)
        except Refused as refused:  # whoever looks through the sheet says where
            raise Unlike from refused
        if any(item in others and question(made[item][0]) != answer for item, question, answer in self.told):
            raise Unlike
        return _form(title, self.draft, made) if self.draft else None


def _values(draft: Draft | None) -> Iterator[Value]:
    for line, quoted in ((draft.project, None), *draft.funds, *draft.indicators) if draft else ():
        yield from line.values()
        if quoted:
            yield quoted
    yield from draft.citations.values() if draft else ()


def _form(title: str, draft: Draft, made: Mapping[Value, Any]) -> Form:
    def line(values: Values) -> dict[str, Any]:
        return {name: made[item] for name, item in values.items()}

    def lines(every: Sequence[tuple[Values, Value]]) -> list[tuple[dict[str, Any], Any]]:
        return [(line(values), made[quoted]) for values, quoted in every]

    states = (line(draft.project), line(draft.citations), lines(draft.funds), lines(draft.indicators))
    return Read(title, draft.kind, draft.year, *states, draft.left_out, draft.passed)
