"""The levels of indicators: which of the first level a cell names, and rows that are of none."""

import re

from disclosure.forms.board import Board
from disclosure.forms.columns import Head
from disclosure.forms.grid import Cell, Refused, folded
from disclosure.forms.layout import LONGEST
from disclosure.forms.values import NOT_STATED

_GROUP = re.compile(r"(.*?)[(（]?(?:权重|分值|满分|共)?:?(\d+(?:\.\d+)?)[分%]?[)）]?")
_LEVEL = 12  # signs of a second level


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


def is_no_indicator(board: Board, head: Head, first: Cell) -> bool:
    """Whether a row begins with a subtotal, or has the execution of the budget among the first levels."""
    what = board.meaning(first).get("subtotal")
    levels = head.columns.get("level_1")
    return what == "group" or (
        what == "execution" and levels is not None and first.column == levels.cell.column
    )


def is_boxed(board: Board, head: Head, level: str, end: int) -> bool:
    """Whether cells of a level are merged over their rows: a blank one then is not the one over it."""
    column = head.columns[level].cell.column
    cells = (board.sheet.at(row, column) for row in range(head.last + 1, end))
    return any(cell.last_row > cell.row for cell in cells if cell is not None)


def is_remark(text: str) -> bool:
    """Whether a text among the second levels is longer than these are."""
    return len(text) > _LEVEL and not text.endswith("指标")
