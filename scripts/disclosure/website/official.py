"""The official form as an HTML table: the office's cells in its order, each with its headings."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from disclosure.model import Missing
from disclosure.package.figures import Figure
from disclosure.package.scores import EXECUTION, TOTAL, Score
from disclosure.release.drawn import Cell, Source
from disclosure.release.official import Official
from disclosure.website.desk import Desk

NO_INDICATOR = "报告没有列出这个项目的任何指标"
_SILENT = "报告未列"
_NUMBERS = {"target_as_written": "target_value", "actual_as_written": "actual_value"}
_SHAPE = itemgetter(*(Cell._fields.index(name) for name in Cell._fields if name not in ("text", "source")))
_RATE = ("projects", "execution_rate_pct")
_OF_PROJECT = {"execution_score": EXECUTION, "total_score": TOTAL}


class Place(NamedTuple):
    """A cell: what it says or its figure, the ids of its headings, ours beside a stated score."""

    cell: Cell
    text: str
    headings: str
    silent: bool = False
    figure: Figure | None = None
    ours: Score | None = None
    rate: Figure | None = None

    @property
    def scope(self) -> str:
        """What a heading heads; empty for a cell that is none."""
        group = "group" if self.cell.heads == "row" and self.cell.rows > 1 else ""
        return f"{self.cell.heads}{group}" if self.cell.heads else ""


Line = tuple[Place, ...]
_Shape = tuple[tuple[int, int, int, int, str, str], ...]


def lines(desk: Desk, drawn: Official, scores: Mapping[str, Score], rate: Figure | None) -> tuple[Line, ...]:
    """The rows of the table; `rate` is ours, shown where the form states none."""
    return tuple(_lines(desk, drawn, scores, rate))


def _lines(desk: Desk, drawn: Official, scores: Mapping[str, Score], rate: Figure | None) -> Iterator[Line]:
    for block in drawn.blocks:
        for line in _headed(tuple(map(_SHAPE, block))):
            yield tuple([_place(desk, block[at], headings, scores, rate) for at, headings in line])


@lru_cache(maxsize=1024)  # forms of as many indicators have the same blocks
def _headed(shape: _Shape) -> tuple[tuple[tuple[int, str], ...], ...]:
    """The rows of a block: of each cell its place among the block's and the ids of its headings."""
    block = [
        Cell(top, left, rows, columns, role, heads=heads) for top, left, rows, columns, role, heads in shape
    ]
    at = {(cell.top, cell.left): number for number, cell in enumerate(block)}
    made = []
    over: dict[int, str] = {}  # the heading of each column, as far as the block goes
    tall: list[Cell] = []
    for top, row in groupby((cell for cell in block if cell.role != "sign"), lambda cell: cell.top):
        cells = list(row)
        tall = [cell for cell in tall if cell.top + cell.rows > top]
        for cell in cells:
            if cell.heads == "col":
                over |= dict.fromkeys(range(cell.left, cell.left + cell.columns), cell.name)
        headings = dict(_headings(sorted((*tall, *cells), key=lambda cell: cell.left), over))
        tall += [cell for cell in cells if cell.heads == "row" and cell.rows > 1]
        made.append(tuple((at[top, cell.left], headings[cell.left]) for cell in cells))
    return tuple(made)


def _headings(row: list[Cell], over: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """By column, the ids of the headings next to the left, and of the one above; none for a column's own."""
    names: list[str] = []
    is_open = False  # whether the cell before was a heading, too
    for cell in row:
        named = (*names, over[cell.left]) if cell.left in over else names
        yield cell.left, "" if cell.heads == "col" else " ".join(named)
        if cell.heads == "row":
            names = [*names, cell.name] if is_open else [cell.name]
        is_open = cell.heads == "row"


def _place(desk: Desk, cell: Cell, headings: str, scores: Mapping[str, Score], rate: Figure | None) -> Place:
    source = cell.source
    if cell.heads or source is None:
        silent = cell.role == "empty"
        return Place(cell, _SILENT if silent else cell.text, headings, silent)
    figure, ours = _figure(desk, source), _ours(source, scores)
    if source.column == "department" and not cell.text:
        return Place(cell, str(desk.site.publisher.get("name", "")) or _SILENT, headings)
    if not cell.text:
        stated = source.value is not Missing.NOT_APPLICABLE
        beside = rate if (source.table, source.column) == _RATE else None
        return Place(cell, _SILENT if stated else "—", headings, stated, figure, rate=beside)
    return Place(cell, cell.text, headings, figure=figure, ours=ours)


def _figure(desk: Desk, source: Source) -> Figure | None:
    """The figure behind a cell, stated or not; words of an indicator lead to the number in them."""
    column = _NUMBERS.get(source.column, source.column)
    field = desk.table(source.table).columns[column]
    applies = field.is_figure and source.row[column] is not Missing.NOT_APPLICABLE
    return desk.stated(source.table, source.row, column) if applies else None


def _ours(source: Source, scores: Mapping[str, Score]) -> Score | None:
    if source.table == "indicators" and source.column == "score":
        return scores.get(source.row.text("indicator_no"))
    return scores.get(_OF_PROJECT.get(source.column, ""))
