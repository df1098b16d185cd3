"""How a form is read once its labels are found: for each value its cells and what is made of their texts.

Forms that are filled into one file differ in what they state, not in where. What was asked about the cells to
find out where is asked again of the next sheet of that shape: if all answers are the same, it is read alike.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import compress, count
from operator import ne
from typing import Any

from disclosure.forms.form import Citation, Entry, Form, Read
from disclosure.forms.grid import Answer, Cell, Question, Refused, Sheet


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

    return Read(
        title,
        draft.kind,
        draft.year,
        line(draft.project),
        line(draft.citations),
        [(line(values), made[quoted]) for values, quoted in draft.funds],
        [(line(values), made[quoted]) for values, quoted in draft.indicators],
        draft.left_out,
        draft.passed,
    )
