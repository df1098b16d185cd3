"""How a sheet is read that is like one that was read before.

Forms that are filled into one file differ in what they state, not in where. What was asked about the cells to
find out where is asked again of the next sheet of that shape: if all answers are the same, it is read alike.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import compress, count
from operator import itemgetter, ne
from typing import Any

from disclosure.forms.form import Draft, Form, Read, Told, Value
from disclosure.forms.grid import Refused, Sheet


def _picked(numbers: Sequence[int]) -> Callable[[Sequence[str]], Sequence[str]]:
    """What picks these of all texts."""
    if numbers[1:]:
        return itemgetter(*numbers)
    return itemgetter(slice(numbers[0], numbers[0] + 1) if numbers else slice(0))


class Unlike(Exception):
    """A sheet is not to be read as another was."""


class Recipe:
    """How to read the sheets that are like one, and the form that it held, if any; raises Refused.

    `cells` are those in which any of them was unlike it: what is `anew` is asked and made of their texts.
    """

    def __init__(self, sheet: Sheet, told: Sequence[Told], draft: Draft | None) -> None:
        self.sheet, self.texts, self.told, self.draft = sheet, sheet.texts, told, draft
        # Without what names persons.
        self.cut = {
            cell.number: cell.written for cell in sheet.cells if cell.written != self.texts[cell.number]
        }
        lines = [*draft.funds, *draft.indicators] if draft else []
        quoted = dict(enumerate((quoted for _, quoted in lines), start=3))  # of each line, by its place
        self.values: list[Mapping[Any, Value]] = []
        if draft:
            self.values = [draft.project, draft.citations, quoted, *(line for line, _ in lines)]
        self.lines = [{key: item.entry() for key, item in line.items()} for line in self.values]
        self._widen(frozenset(), self._anew(frozenset()))

    def _widen(self, cells: frozenset[int], anew: tuple[list[Any], ...]) -> None:
        self.cells, self.anew = cells, anew
        self._others = _picked([number for number in range(len(self.texts)) if number not in cells])
        self._same = self._others(self.texts)

    def fits(self, texts: Sequence[str]) -> bool:
        """Whether only cells differ that have differed before."""
        return self._others(texts) == self._same

    def _anew(self, cells: frozenset[int]) -> tuple[list[Any], ...]:
        """Questions, values, questions about these, entries. A text that was asked for whole is the same."""
        every = [(number, self.sheet.cells[number].asked) for number in cells]
        every = [(number, {str: asked[str]} if str in asked else asked) for number, asked in every]
        asked = [(number, *item) for number, answers in every for item in answers.items()]
        values = [
            *(item for item, _, _ in self.told),
            *(item for line in self.values for item in line.values()),
        ]
        chains = [made for item in values for made in item.chain] if cells else []
        of = {item: [cell.number for cell in item.of] for item in chains}
        new = {item for item, at in of.items() if not cells.isdisjoint(at)}
        made = [(item, item.how, _picked(at)) for item, at in of.items() if item in new and not item.base]
        then = [(item, item.how, item.base) for item in of if item in new and item.base]
        put = [
            (place, key, line[key], was.__class__, was[1])
            for place, (line, entries) in enumerate(zip(self.values, self.lines, strict=True))
            for key, was in entries.items()
            if line[key] in new
        ]
        return asked, made, then, [item for item in self.told if item[0] in new], put

    def read(self, title: str, texts: Sequence[str]) -> Form | None:
        """The form of a sheet with these texts, if any; raises Unlike where it is not to be read alike."""
        cells, anew = self.cells, self.anew
        if not self.fits(texts):
            cells = cells.union(compress(count(), map(ne, texts, self.texts)))
            anew = self._anew(cells)
        asked, made, then, told, put = anew
        left = [self.cut.get(number, text) for number, text in enumerate(texts)] if self.cut else texts
        try:
            for number, question, answer in asked:
                if question(texts[number]) != answer:
                    raise Unlike
            said = {item: how(*of(left)) for item, how, of in made}
            for item, how, base in then:
                said[item] = how(said[base])
            for item, question, answer in told:
                if question(said[item]) != answer:
                    raise Unlike
        except Refused as refused:  # whoever looks through the sheet says where
            raise Unlike from refused
        if cells is not self.cells:
            self._widen(cells, anew)
        lines = [*map(dict.copy, self.lines)]
        for place, key, item, kind, where in put:
            lines[place][key] = kind(said[item], where)
        return _form(title, self.draft, *lines) if self.draft else None


def _form(title: str, draft: Draft, project: Any, citations: Any, quoted: Any, *lines: Any) -> Form:
    every = [(line, quoted[place]) for place, line in enumerate(lines, start=3)]
    funds, indicators = every[: len(draft.funds)], every[len(draft.funds) :]
    states = (project, citations, funds, indicators)
    return Read(title, draft.kind, draft.year, *states, draft.left_out, draft.passed)
