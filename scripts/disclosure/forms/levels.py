"""The levels of indicators: which of the first level a cell names, and rows that are of none."""

import re

from disclosure.forms.board import Board
from disclosure.forms.columns import Head
from disclosure.forms.form import Value, fixed, value
from disclosure.forms.grid import Cell, Refused, folded
from disclosure.forms.layout import LONGEST
from disclosure.forms.values import NOT_STATED, applied, weighed

_GROUP = re.compile(
    r"(.*?)[(（]?(?:权重|分值|满分|共)?:?(\d+(?:\.\d+)?)[分%]?[)）]?(?:[:;,、。*]|[(][^()]*[)])*"
)
_LEVEL = 12  # signs of a second level
_LEVELS = ("level_1", "level_2")
EVALUATED = frozenset({"decision", "process"})  # levels that only evaluations have
Cells = dict[str, Cell | None]  # of a row, by field


def levels(board: Board, cells: Cells, name: Cell) -> dict[str, Value]:
    """Both levels of the indicator of that name, and the points of its group. Raises Refused."""
    one, two, group = (cells.get(field) for field in ("level_1", "level_2", "group_weight"))
    if "level_1" not in cells and two is not None:
        level, weight, one = two.tells(board.layout.level_of_kind), NOT_STATED, two
    elif one is not None:
        level, weight = level_of(board, one)
    else:
        level = ""
    if one is None or not level:
        wrong = one or name
        raise Refused("form-level", wrong.name, wrong.text)
    points_of = fixed(weight, one) if group is None else value(weighed, group)
    if group is not None and weight not in (NOT_STATED, said := board.answer(points_of, str)):
        raise Refused("form-twice-said", group.name, said, weight)
    second = fixed(NOT_STATED) if two is None else value(applied, two)
    return {"level_1": fixed(level, one), "level_2": second, "group_weight": points_of}


def merged(board: Board, head: Head, end: int) -> set[str]:
    """The levels whose cells are merged over their rows: a blank one then is not the one over it."""
    columns = {level: head.columns[level].cell.column for level in _LEVELS if level in head.columns}
    return {
        level
        for level, column in columns.items()
        for row in range(head.last + 1, end)
        if (cell := board.sheet.at(row, column)) is not None and cell.last_row > cell.row
    }


def from_above(board: Board, head: Head, cells: Cells, above: Cells, boxed: set[str]) -> None:
    """Put into the cells of a row the levels that stand once for several rows, and the group's points.

    A level that is written once, and blank under it, goes on where no level is merged over its rows: if the
    first one is, the second would be as well, and a blank one says nothing.
    """
    for level in _LEVELS:
        if cells.get(level) is None and level in cells and not boxed & {level, "level_1"}:
            cells[level] = above.get(level)
        elif level == "level_1" and cells.get(level) != above.get(level):
            above["level_2"] = None
        above[level] = cells.get(level)
    if "group_weight" in cells and (one := cells.get("level_1")):
        group = board.under(head.columns["group_weight"].cell, one.row, wider=True)
        if group is not None and group.row != one.row:
            raise Refused("form-indicator", group.name, group.text, "level_1")
        cells["group_weight"] = group  # another one in its rows is left, and refused


def level_of(board: Board, cell: Cell) -> tuple[str, str]:
    """The level that a cell names, and the points of its group. Raises Refused."""
    text, weight = folded(cell.text), NOT_STATED
    level = board.layout.meaning(cell.text).get("level_1", "")
    if len(text) <= LONGEST and (match := _GROUP.fullmatch(text)):
        weight = match.group(2)
        level = level or board.layout.meaning(match.group(1)).get("level_1", "")
    if not level:
        raise Refused("form-level", cell.name, cell.text)
    return level, weight


def is_evaluated(board: Board, one: Cell | None) -> bool:
    """Whether a row is of how the project came about or was run: it may be judged with no target set."""
    return one is not None and level_of(board, one)[0] in EVALUATED


def is_no_indicator(board: Board, head: Head, first: Cell) -> bool:
    """Whether a row begins with a subtotal, or has the execution of the budget among the first levels."""
    what = board.meaning(first).get("subtotal")
    levels = head.columns.get("level_1")
    return what == "group" or (
        what == "execution" and levels is not None and first.column == levels.cell.column
    )


def is_remark(text: str) -> bool:
    """Whether a text among the second levels is longer than these are."""
    return len(text) > _LEVEL and not text.endswith("指标")
