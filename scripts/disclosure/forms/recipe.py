"""How a form is read once its labels are found: for each value its cells and what is made of their texts.

Forms that are filled into one file differ in what they state, not in where. What was asked about the cells to
find out where is asked again of the next sheet of that shape: if all answers are the same, it is read alike.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import compress, count, repeat
from operator import ne
from typing import NamedTuple

from disclosure.forms.form import NOTHING, Citation, Entry, Form, Line, Read
from disclosure.forms.grid import Answer, Cell, Sheet
from disclosure.forms.refusal import Refused


@dataclass(frozen=True, eq=False)
class Value:
    """What is made of the texts of cells, `of`, and which cells say it, with its label and its unit."""

    how: Callable[..., str]
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

    def tells(self, texts: Sequence[str], title: str, question: Callable[[str], Answer]) -> Answer:
        """The answer of the value that these texts of a sheet make; raises Refused for its first cell."""
        try:
            return question(self.how(*[texts[number] for number in self.numbers]))
        except Refused as refused:
            where = f"{title}!{self.of[0].name}"
            raise Refused(refused.rule, where, refused.found, refused.expected) from refused


class Quote(NamedTuple):
    """Cells of a sheet to be cited, and those of which the texts are quoted."""

    section: str
    cells: tuple[Cell, ...]


Values = Mapping[str, Value]
Told = tuple[Value, Callable[[str], object], object]  # a question about a value, and its answer
Lines = Sequence[tuple[Values, Quote]]
Draft = Read[Value, Quote]


def value(how: Callable[..., str], *cells: Cell) -> Value:
    """What is made of these cells' texts, which say it themselves."""
    return Value(how, cells, cells)


def fixed(text: str, *cells: Cell) -> Value:
    """The same text whatever the cells say that are named for it."""
    return Value(partial(str, text), (), cells)


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
        lines = [draft.project, *(line for line, _ in (*draft.funds, *draft.indicators))] if draft else []
        values = [item for line in lines for item in line.values()]
        said = {item: item.tells(left, sheet.title, str) for item in values}
        self.values = [*dict.fromkeys([*values, *(item for item, _, _ in told)])]
        self.form: Form | None = None
        self.form = self.filled(sheet.texts, said)

    def said(self, texts: Sequence[str]) -> Mapping[Value, str] | None:
        """The values that are others in a sheet with these texts; None where it is not to be read alike."""
        changed = set(compress(count(), map(ne, texts, self.texts)))
        for number in changed:
            text = texts[number]
            for question, answer in self.asked[number]:
                if question(text) != answer:
                    return None
        left = self._without_persons(texts)
        other = [item for item in self.values if not changed.isdisjoint(item.numbers)]
        try:
            said = {item: item.how(*[left[number] for number in item.numbers]) for item in other}
        except Refused:  # whoever looks through the sheet says where
            return None
        alike = all(question(said[item]) == answer for item, question, answer in self.told if item in said)
        return said if alike else None

    def filled(self, texts: Sequence[str], said: Mapping[Value, str]) -> Form | None:
        """The form of a sheet with these texts, its values others than those of the first."""
        if (draft := self.draft) is None:
            return None
        left, first = self._without_persons(texts), self.form

        def line(values: Values, before: Line) -> Line:
            return {
                name: Entry(said[item], item.names) if item in said else before[name]
                for name, item in values.items()
            }

        def lines(drawn: Lines, before: Sequence[tuple[Line, Citation]]) -> Sequence[tuple[Line, Citation]]:
            olds = (old for old, _ in before) if before else repeat(NOTHING)
            return [
                (line(new, old), _quoted(quote, left)) for (new, quote), old in zip(drawn, olds, strict=False)
            ]

        return Read(
            draft.sheet,
            draft.kind,
            draft.year,
            line(draft.project, first.project if first else NOTHING),
            {name: _quoted(quote, left) for name, quote in draft.citations.items()},
            lines(draft.funds, first.funds if first else ()),
            lines(draft.indicators, first.indicators if first else ()),
            draft.left_out,
            draft.passed,
        )

    def _without_persons(self, texts: Sequence[str]) -> Sequence[str]:
        return [self.cut.get(number, text) for number, text in enumerate(texts)] if self.cut else texts


def _quoted(quote: Quote, texts: Sequence[str]) -> Citation:
    return Citation(quote.section, " ".join([texts[cell.number] for cell in quote.cells]))
