"""The official form as an HTML table: the office's cells in its order, each with its headings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from disclosure.model import Field, Missing, Table
from disclosure.package.figures import Figure, cell_figure
from disclosure.package.scores import EXECUTION, TOTAL, Score
from disclosure.release.drawn import Cell, Source
from disclosure.release.official import Official
from disclosure.website.desk import Desk

IN_REPORT, ON_FORM = "报告", "表上"  # where what is not stated was looked for
_SILENT = "未列"
_WITHHELD, _CONTENT = "不予公开", range(2, 4)  # what a decision withholds: the blocks of goals and indicators
_NUMBERS = {"target_as_written": "target_value", "actual_as_written": "actual_value"}
_SHAPE = itemgetter(*(Cell._fields.index(name) for name in Cell._fields if name not in ("text", "source")))
_RATE = ("projects", "execution_rate_pct")
_OF_PROJECT = {"execution_score": EXECUTION, "total_score": TOTAL}


class Place(NamedTuple):
    """What a cell shows: words or a figure, ours beside a stated score or for a rate that is not stated."""

    cell: Cell
    text: str
    silent: bool = False
    figure: Figure | None = None
    ours: Score | None = None
    rate: Figure | None = None


@dataclass(frozen=True, eq=False)
class Layout:
    """How the cells of a block lie: its rows, each cell with the ids of its headings."""

    rows: tuple[tuple[tuple[Cell, str], ...], ...]


Block = tuple[Layout, tuple[Place, ...]]
_Shape = tuple[tuple[int, int, int, int, str, str], ...]


def shown(
    desk: Desk,
    drawn: Official,
    scores: Mapping[str, Score],
    rate: Figure | None = None,
    stated_by: str = IN_REPORT,
) -> tuple[Block, ...]:
    """The blocks of the table; `rate` is ours, shown where there is none IN_REPORT, or ON_FORM."""
    silent = f"{stated_by}{_SILENT}"
    withheld = any(cell.source and cell.source.row.text("withhold_ground") for cell in drawn.blocks[0])
    blocks = [[cell for cell in block if cell.role != "sign"] for block in drawn.blocks]
    return tuple(
        (
            _layout(tuple(map(_SHAPE, block))),
            tuple(
                [
                    _place(desk, cell, scores, rate, words if cell.role != "number" else silent)
                    for cell in block
                ]
            ),
        )
        for number, block in enumerate(blocks)
        for words in (_WITHHELD if withheld and number in _CONTENT else silent,)
    )


@lru_cache(maxsize=1024)  # forms of as many indicators have the same blocks
def _layout(shape: _Shape) -> Layout:
    """Rows from left to right and down, as blocks are drawn."""
    block = (
        Cell(top, left, rows, columns, role, heads=heads) for top, left, rows, columns, role, heads in shape
    )
    made = []
    over: dict[int, str] = {}  # the heading of each column, as far as the block goes
    tall: list[Cell] = []
    for top, row in groupby(block, lambda cell: cell.top):
        cells = list(row)
        tall = [cell for cell in tall if cell.top + cell.rows > top]
        for cell in cells:
            if cell.heads == "col":
                over |= dict.fromkeys(range(cell.left, cell.left + cell.columns), cell.name)
        headings = dict(_headings(sorted((*tall, *cells), key=lambda cell: cell.left), over))
        tall += [cell for cell in cells if cell.heads == "row" and cell.rows > 1]
        made.append(tuple((cell, headings[cell.left]) for cell in cells))
    return Layout(tuple(made))


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


def _place(desk: Desk, cell: Cell, scores: Mapping[str, Score], rate: Figure | None, unstated: str) -> Place:
    source = cell.source
    if source is None or cell.heads:
        silent = cell.role == "empty"
        return Place(cell, unstated if silent else cell.text, silent)
    if source.column == "department" and not cell.text:
        return Place(cell, str(desk.site.publisher.get("name", "")) or unstated)
    figure = _figure(desk, source)
    if not cell.text:
        due = source.value is not Missing.NOT_APPLICABLE or unstated == _WITHHELD
        beside = rate if (source.table, source.column) == _RATE else None
        return Place(cell, unstated if due else "—", due, figure, rate=beside)
    return Place(cell, cell.text, False, figure, _ours(source, scores))


def _figure(desk: Desk, source: Source) -> Figure | None:
    """The figure behind a cell, stated or not; words of an indicator lead to the number in them."""
    table = desk.package.tables[source.table]
    field = _number(table, source.column)
    if field is None or source.row[field.name] is Missing.NOT_APPLICABLE:
        return None
    return cell_figure(desk.package, table, source.row, field)


@lru_cache(maxsize=64)
def _number(table: Table, column: str) -> Field | None:
    field = table.columns[_NUMBERS.get(column, column)]
    return field if field.is_figure else None


def _ours(source: Source, scores: Mapping[str, Score]) -> Score | None:
    if source.table == "indicators" and source.column == "score":
        return scores.get(source.row.text("indicator_no"))
    return scores.get(_OF_PROJECT.get(source.column, ""))
