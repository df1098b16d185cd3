"""How a form is read once its labels are found: for each value its cells and what is made of their texts.

Forms that are filled into one file differ in what they state, not in where. What was asked about the cells to
find out where is asked again of the next sheet of that shape: if all answers are the same, it is read alike.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple

from disclosure.forms.form import Citation, Entry, Form
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


Values = Mapping[str, Value]
Told = tuple[Value, Callable[[str], object], object]  # a question about a value, and its answer


class Quote(NamedTuple):
    """Cells of a sheet to be cited, and those of which the texts are quoted."""

    section: str
    cells: tuple[Cell, ...]


def value(how: Callable[..., str], *cells: Cell) -> Value:
    """What is made of these cells' texts, which say it themselves."""
    return Value(how, cells, cells)


def fixed(text: str, *cells: Cell) -> Value:
    """The same text whatever the cells say that are named for it."""
    return Value(partial(str, text), (), cells)


class Draft(NamedTuple):
    """A form without its texts: what it has is a Form's."""

    kind: str
    year: int | None
    project: Values
    citations: Mapping[str, Quote]
    funds: Sequence[tuple[Values, Quote]]
    indicators: Sequence[tuple[Values, Quote]]
    left_out: tuple[str, ...]
    passed: tuple[str, ...]


class Recipe:
    """How to read sheets of one shape as one was; `draft` is None where it held no form."""

    def __init__(self, sheet: Sheet, told: Sequence[Told], draft: Draft | None) -> None:
        self.title, self.draft = sheet.title, draft
        whole = [cell for cell in sheet.cells if str in cell.asked]  # of these no answer can be another
        self.numbers, self.texts = [cell.number for cell in whole], [cell.asked[str] for cell in whole]
        asked = [
            (cell.number, *item)
            for cell in sheet.cells
            if str not in cell.asked
            for item in cell.asked.items()
        ]
        self.asked, self.answers = [item[:2] for item in asked], [item[2] for item in asked]
        self.values, self.told = [item[:2] for item in told], [item[2] for item in told]
        self.cut = {cell.number: cell.written for cell in whole if cell.written != cell.asked[str]}

    def fits(self, texts: Sequence[str]) -> bool:
        """Whether these texts give the same answers."""
        if [texts[number] for number in self.numbers] != self.texts:
            return False
        if [question(texts[number]) for number, question in self.asked] != self.answers:
            return False
        left = self._left(texts)
        try:
            return [value.tells(left, self.title, question) for value, question in self.values] == self.told
        except Refused:
            return False

    def _left(self, texts: Sequence[str]) -> Sequence[str]:
        """The texts without what names persons."""
        return [self.cut.get(number, text) for number, text in enumerate(texts)] if self.cut else texts

    def form(self, texts: Sequence[str]) -> Form | None:
        """The form that a sheet with these texts holds; raises Refused."""
        if self.draft is None:
            return None
        left, title = self._left(texts), self.title
        kind, year, project, citations, funds, indicators, left_out, passed = self.draft
        return Form(
            sheet=title,
            kind=kind,
            year=year,
            project=_entries(project, left, title),
            citations={name: _citation(quote, left) for name, quote in citations.items()},
            funds=tuple([(_entries(line, left, title), _citation(quote, left)) for line, quote in funds]),
            indicators=tuple(
                [(_entries(line, left, title), _citation(quote, left)) for line, quote in indicators]
            ),
            left_out=left_out,
            passed=passed,
        )


def _entries(line: Values, texts: Sequence[str], title: str) -> dict[str, Entry]:
    return {name: Entry(item.tells(texts, title, str), item.names) for name, item in line.items()}


def _citation(quote: Quote, texts: Sequence[str]) -> Citation:
    return Citation(quote.section, " ".join([texts[cell.number] for cell in quote.cells]))
