"""A sheet with its labels marked and its cells ticked off as they are read, so that none is passed over."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby, pairwise
from typing import NamedTuple

from disclosure.forms.form import Told, Value, quote
from disclosure.forms.grid import Answer, Cell, Refused, Sheet, folded, name
from disclosure.forms.layout import LONGEST, NOTHING, Layout, Meaning, behind, core, has_colon

_YEAR_BEHIND = re.compile(r" [(（]?[2２][0０]\d\d ?年度?[)）]?$")  # the form's year, behind who filled it in
BODIES = ("filer", "unit", "department")  # fields of the head that name whose a form is
_LEVEL = "fund_level"  # the block of what names a fund in a fund's place alone: 省级
# What levels are parts of, or stand among.
_LEVELS = ("central", "provincial", "municipal", "county", "township", "local")
_WITH_LEVELS = frozenset({"total", "fiscal", "superior", *_LEVELS})
MAX_NAMED = 5  # cells of one fault that are named


class Label(NamedTuple):
    """A cell that is a label: what it means by block, and the value that stands behind its colon."""

    cell: Cell
    meaning: Meaning
    inline: str = ""


@dataclass(eq=False)
class Board:
    """The sheet, its labels by cell, the cells read so far, and those of persons, which are never read."""

    sheet: Sheet
    layout: Layout
    labels: dict[Cell, Label]
    blocks: dict[str, list[Label]]
    ticked: set[Cell] = field(default_factory=set)
    persons: set[Cell] = field(default_factory=set)
    passed: set[Cell] = field(default_factory=set)
    cut: set[Cell] = field(default_factory=set)  # cells of which what names persons has been cut off
    told: list[Told] = field(default_factory=list)

    def answer(self, value: Value, question: Callable[[str], Answer]) -> Answer:
        """The answer of a value to a question, which is kept as a cell's is. Raises Refused."""
        answer = value.told(question)
        self.told.append((value, question, answer))
        return answer

    def of(self, block: str, first: int = 0, last: int = 1_000_000) -> list[Label]:
        """The labels of a block that begin in rows `first` to `last`, in reading order."""
        if first == last:
            return [*self.by_row.get((block, first), ())]
        return [label for label in self.blocks.get(block, ()) if first <= label.cell.row <= last]

    @cached_property
    def by_row(self) -> dict[tuple[str, int], list[Label]]:
        """The labels of each block and row: a hostile sheet has a head in each of its rows."""
        found: dict[tuple[str, int], list[Label]] = {}
        for block, labels in self.blocks.items():
            for label in labels:
                found.setdefault((block, label.cell.row), []).append(label)
        return found

    def tick(self, *cells: Cell | None) -> None:
        """These have been read."""
        self.ticked.update(cell for cell in cells if cell is not None)

    def meaning(self, cell: Cell | None) -> Meaning:
        """What a cell means as a label, by block; nothing where it is none."""
        label = self.labels.get(cell) if cell else None
        return label.meaning if label else NOTHING

    def right(self, cell: Cell) -> list[Cell]:
        """The values beside a label, one for each row that it covers; none where a label stands there.

        Where a sheet has no merged cells, the value is the next filled cell.
        """
        found: dict[Cell, None] = {}
        for row in range(cell.row, cell.last_row + 1):
            beside = self.sheet.at(row, cell.last_column + 1)
            if beside is None and not self.sheet.is_merged:
                after = (item for item in self.sheet.rows.get(row, ()) if item.column > cell.column)
                beside = next(after, None)
            if beside is not None and beside not in self.labels and beside not in self.ticked:
                found[beside] = None
        return list(found)

    def further(self, cell: Cell) -> list[Cell]:
        """The next cell of the row, where only blank ones stand between and it is neither label nor read."""
        after = [item for item in self.sheet.rows[cell.row] if item.column > cell.last_column][:1]
        return [item for item in after if item not in self.labels and item not in self.ticked]

    def below(self, cell: Cell) -> list[Cell]:
        """The value under a label, beginning in its column; none where a label stands there."""
        under = self.sheet.at(cell.last_row + 1, cell.column)
        if under is None or under.column != cell.column or under in self.labels or under in self.ticked:
            return []
        return [under]

    def under(self, label: Cell, row: int, wider: bool = False) -> Cell | None:
        """The cell of a column in a row; refused are several, or one that begins before it unless `wider`."""
        first: Cell | None = None
        for column in range(label.column, label.last_column + 1):
            cell = self.sheet.places.get((row, column))
            if cell and (first not in (None, cell) or (cell.column < label.column and not wider)):
                raise Refused("form-cell-unknown", cell.name, cell.text)
            first = first or cell
        return first

    def cite(self, cells: Iterable[Cell]) -> Value:
        """The cells with what stands between them in their rows, those of persons left out."""
        rows: dict[int, list[int]] = {}
        for cell in cells:
            rows.setdefault(cell.row, []).extend((cell.column, cell.last_column))
        places: list[str] = []
        seen: dict[Cell, None] = {}
        for row in sorted(rows):
            columns = range(min(rows[row]), max(rows[row]) + 1)
            line = [(self.sheet.places.get((row, column)), column) for column in columns]
            for of_person, run in groupby(line, lambda place: place[0] in self.persons):
                inside = list(run)
                found = [cell for cell, _ in inside if cell]
                if found and not of_person:
                    ends = dict.fromkeys((name(row, inside[0][1]), name(row, inside[-1][1])))
                    places.append(":".join(ends))
                    seen.update(dict.fromkeys(found))
        return quote(",".join(places), *seen)


def board(sheet: Sheet, layout: Layout) -> Board:
    """The sheet with its labels found, wherever they stand."""
    labels: dict[Cell, Label] = {}
    others: list[Label] = []  # that stand in a cell after another
    for cell in sheet.cells:
        if meaning := cell.tells(layout.meaning):
            if meaning := _of_fund(sheet, cell, meaning, labels):
                labels[cell] = Label(cell, meaning)
        elif cell.tells(has_colon):
            if meaning := layout.with_amount(cell.text):
                labels[cell] = Label(cell, meaning, behind(cell.text))
            elif inside := _with_values(sheet, cell, layout):
                labels[cell], *more = inside
                others += more
    cut = {label.cell for label in others if "person" in label.meaning}
    blocks: dict[str, list[Label]] = {}
    for label in [*labels.values(), *others]:
        for block in label.meaning if label.cell not in cut or "person" not in label.meaning else ():
            blocks.setdefault(block, []).append(label)
    return Board(sheet, layout, labels, blocks, cut=cut)


def _of_fund(sheet: Sheet, cell: Cell, meaning: Meaning, labels: Mapping[Cell, Label]) -> Meaning:
    """What a label means; a bare level of government is one only where what it is a part of is next to it.

    That is public money or a heading beside it, else over it; of money carried over it is another part.
    """
    level = meaning.get(_LEVEL)
    if level is None:
        return meaning
    near = (sheet.at(cell.row, cell.column - 1), sheet.at(cell.row - 1, cell.column))
    beside, over = (labels[other].meaning if other and other in labels else NOTHING for other in near)
    of = beside.get("fund") or ("heading" in beside and "total") or over.get("fund")
    return {"fund": level} if of in _WITH_LEVELS else NOTHING


def _with_values(sheet: Sheet, cell: Cell, layout: Layout) -> list[Label]:
    """The labels of a cell that holds label and value, or several of both: 填报单位：某局 填表人：某人.

    What names persons is cut off its text, for nothing of it may be quoted; a line that begins with a person
    is theirs. Raises Refused.
    """
    text = cell.text
    found = list(layout.inside(text)) if len(text) <= LONGEST * 3 else []
    if not found or core(text[: found[0][1]]) != core(text[found[0][0] : found[0][1]]):
        return []
    if "person" in found[0][2]:
        return [Label(cell, found[0][2], text[found[0][1] :].strip())]
    labels: list[Label] = []
    kept: list[str] = []
    for (start, begin, meaning), (end, _, _) in pairwise([*found, (len(text), 0, {})]):
        ends = meaning != found[0][2]  # else it goes on with it, as the end of a period with its beginning
        if ends and not text[start - 1].isspace():
            raise Refused("form-cell-unknown", cell.name, text)
        value = text[begin:end].strip()
        if meaning.get("head") in BODIES:
            value = _YEAR_BEHIND.sub("", value)  # whoever reads the title looks for it
        labels.append(Label(cell, meaning, "" if folded(value) in ("(盖章)", "(公章)") else value))
        if "person" not in meaning:
            kept.append(text[start if kept else 0 : end].strip())
    cell.written = " ".join(kept)
    return labels
