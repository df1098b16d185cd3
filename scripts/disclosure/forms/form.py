"""A form as it was read, every value with its cells; and how the next one like it is read.

Forms that are filled into one file differ in what they state, not in where. What was asked about the cells to
find out where is asked again of the next sheet of that shape: if all answers are the same, it is read alike.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import compress, count
from operator import itemgetter, ne
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
    return Value(_together, cells, cells, section)


def _together(*texts: str) -> str:
    return " ".join(texts)


def fixed(text: str, *cells: Cell) -> Value:
    """The same text whatever the cells say that are named for it."""
    return Value(partial(str, text), (), cells)


class Unlike(Exception):
    """A sheet is not to be read as another was."""


class _Plan(NamedTuple):
    """What is asked and made anew of the cells in which sheets have been unlike the first."""

    cells: frozenset[int] = frozenset()
    asked: Sequence[tuple[int, Question, object]] = ()
    made: Sequence[tuple[Value, Callable[..., Any], Callable[[Sequence[str]], Sequence[str]]]] = ()
    told: Sequence[Told] = ()
    put: Sequence[tuple[int, Sequence[tuple[object, Value, Callable[..., Any], object]]]] = ()


class Recipe:
    """How to read the sheets that are like one, and the form that it held, if any; raises Refused."""

    def __init__(self, sheet: Sheet, told: Sequence[Told], draft: Draft | None) -> None:
        self.sheet, self.texts, self.told, self.draft, self.plan = sheet, sheet.texts, told, draft, _Plan()
        # Without what names persons.
        self.cut = {
            cell.number: cell.written
            for cell, text in zip(sheet.cells, sheet.texts, strict=True)
            if cell.written != text
        }
        self.values = _lines(draft) if draft else []
        self.lines = [{key: item.entry() for key, item in line.items()} for line in self.values]

    def _plan(self, cells: frozenset[int]) -> _Plan:
        """Where a text was asked for whole, no answer can be another."""
        every = [(number, self.sheet.cells[number].asked) for number in cells]
        every = [(number, {str: asked[str]} if str in asked else asked) for number, asked in every]
        values = [*(item for item, _, _ in self.told), *(item for line in self.values for item in line.values())]
        made = {
            item: (item.how, itemgetter(*numbers) if numbers[1:] else itemgetter(slice(numbers[0], numbers[0] + 1)))
            for item in values
            if not cells.isdisjoint(numbers := [cell.number for cell in item.of])
        }
        put = [
            (place, [(key, line[key], was.__class__, was[1]) for key, was in lines.items() if line[key] in made])
            for place, (line, lines) in enumerate(zip(self.values, self.lines, strict=True))
        ]
        return _Plan(
            cells,
            [(number, *item) for number, asked in every for item in asked.items()],
            [(item, *how) for item, how in made.items()],
            [item for item in self.told if item[0] in made],
            [item for item in put if item[1]],
        )

    def read(self, title: str, texts: Sequence[str]) -> Form | None:
        """The form of a sheet with these texts, if any; raises Unlike where it is not to be read alike."""
        changed = self.plan.cells.union(compress(count(), map(ne, texts, self.texts)))
        plan = self.plan if len(changed) == len(self.plan.cells) else self._plan(changed)
        left = [self.cut.get(number, text) for number, text in enumerate(texts)] if self.cut else texts
        try:
            for number, question, answer in plan.asked:
                if question(texts[number]) != answer:
                    raise Unlike
            made = {item: how(*of(left)) for item, how, of in plan.made}
            for item, question, answer in plan.told:
                if question(made[item]) != answer:
                    raise Unlike
        except Refused as refused:  # whoever looks through the sheet says where
            raise Unlike from refused
        self.plan, lines = plan, self.lines.copy()
        for place, entries in plan.put:
            lines[place] = lines[place] | {key: kind(made[item], where) for key, item, kind, where in entries}
        return _form(title, self.draft, lines) if self.draft else None


def _lines(draft: Draft) -> list[Mapping[Any, Value]]:
    """The project, the citations, those of lines by the place of the line, and the lines."""
    lines = [*draft.funds, *draft.indicators]
    quoted = dict(enumerate((quoted for _, quoted in lines), start=3))
    return [draft.project, draft.citations, quoted, *(line for line, _ in lines)]


def _form(title: str, draft: Draft, every: Sequence[Mapping[Any, Any]]) -> Form:
    project, citations, quoted, *rest = every
    lines = [(line, quoted[place]) for place, line in enumerate(rest, start=3)]
    funds, indicators = lines[: len(draft.funds)], lines[len(draft.funds) :]
    return Read(
        title, draft.kind, draft.year, project, citations, funds, indicators, draft.left_out, draft.passed
    )
