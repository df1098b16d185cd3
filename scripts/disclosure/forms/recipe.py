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

from disclosure.forms.form import Citation, Entry, Form, Line, Read
from disclosure.forms.grid import Answer, Cell, Sheet
from disclosure.forms.refusal import Refused


@dataclass(frozen=True, eq=False)
class Value:
    """What is made of the texts of cells, `of`: a text in the end; and which cells say it, with its label."""

    how: Callable[..., Any]
    of: tuple[Cell, ...]
    cells: tuple[Cell, ...]

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the cells that it is made of."""
        return tuple(cell.number for cell in self.of)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the cells that say it."""
        return tuple(cell.name for cell in self.cells)

    def made(self, text: str) -> Entry | Citation:
        """What a form has of it."""
        return Entry(text, self.names)

    def then(self, more: Callable[[Any], Any]) -> "Value":
        """What is made of the value, said by the same cells."""
        return Value(lambda *texts: more(self.how(*texts)), self.of, self.cells)

    def tells(self, texts: Sequence[str], title: str, question: Callable[[Any], Answer]) -> Answer:
        """The answer of the value that these texts of a sheet make; raises Refused for its first cell."""
        try:
            return question(self.how(*map(texts.__getitem__, self.numbers)))
        except Refused as refused:
            where = f"{title}!{self.of[0].name}"
            raise Refused(refused.rule, where, refused.found, refused.expected) from refused


@dataclass(frozen=True, eq=False)
class Quote(Value):
    """Cells that are cited and quoted, by the section that they are."""

    section: str

    def made(self, text: str) -> Citation:
        """The citation, with what the cells say."""
        return Citation(self.section, text)


Values = Mapping[str, Value]
Told = tuple[Value, Callable[[Any], object], object]  # a question about a value, and its answer
Draft = Read[Value, Quote]


def value(how: Callable[..., Any], *cells: Cell) -> Value:
    """What is made of these cells' texts, which say it themselves."""
    return Value(how, cells, cells)


def quote(section: str, *cells: Cell) -> Quote:
    """The cells of a section, quoted as they follow one another."""
    return Quote(lambda *texts: " ".join(texts), cells, cells, section)


def fixed(text: str, *cells: Cell) -> Value:
    """The same text whatever the cells say that are named for it."""
    return Value(partial(str, text), (), cells)


class Unlike(Exception):
    """A sheet is not to be read as another was."""


class Recipe:
    """How to read the sheets that are like one, and the form that it held, if any; raises Refused."""

    def __init__(self, sheet: Sheet, told: Sequence[Told], draft: Draft | None) -> None:
        self.texts, self.told, self.draft = sheet.texts, told, draft
        # Where a text was asked for whole, no answer can be another.
        self.asked = [
            [(str, cell.asked[str])] if str in cell.asked else [*cell.asked.items()] for cell in sheet.cells
        ]
        left = [cell.written for cell in sheet.cells]  # without what names persons
        self.cut = {number: text for number, text in enumerate(left) if text != sheet.texts[number]}
        values = dict.fromkeys([*_values(draft), *(item for item, _, _ in told)])
        self.made = {item: item.made(item.tells(left, sheet.title, str)) for item in values}

    def read(self, texts: Sequence[str]) -> Form | None:
        """The form of a sheet with these texts, if any; raises Unlike where it is not to be read alike."""
        changed = set(compress(count(), map(ne, texts, self.texts)))
        for number in changed:
            text = texts[number]
            for question, answer in self.asked[number]:
                if question(text) != answer:
                    raise Unlike
        left = [self.cut.get(number, text) for number, text in enumerate(texts)] if self.cut else texts
        try:
            others = {
                item: item.made(item.how(*map(left.__getitem__, item.numbers)))
                for item in self.made
                if not changed.isdisjoint(item.numbers)
            }
        except Refused as refused:  # whoever looks through the sheet says where
            raise Unlike from refused
        if any(
            item in others and question(others[item][0]) != answer for item, question, answer in self.told
        ):
            raise Unlike
        return _form(self.draft, {**self.made, **others}) if self.draft else None


def _values(draft: Draft | None) -> Iterator[Value]:
    for line, quoted in ((draft.project, None), *draft.funds, *draft.indicators) if draft else ():
        yield from line.values()
        if quoted:
            yield quoted
    yield from draft.citations.values() if draft else ()


def _form(draft: Draft, made: Mapping[Value, Any]) -> Form:
    def line(values: Values) -> Line:
        return {name: made[item] for name, item in values.items()}

    return Read(
        draft.sheet,
        draft.kind,
        draft.year,
        line(draft.project),
        {name: made[quoted] for name, quoted in draft.citations.items()},
        [(line(values), made[quoted]) for values, quoted in draft.funds],
        [(line(values), made[quoted]) for values, quoted in draft.indicators],
        draft.left_out,
        draft.passed,
    )
