"""The head of a form's indicators, one row or two: which column holds what, and where the rows end."""

from typing import NamedTuple

from disclosure.forms.board import Board, Label
from disclosure.forms.grid import Cell, Refused


class Head(NamedTuple):
    """The head's first and last row, and the label of each column by field."""

    first: int
    last: int
    columns: dict[str, Label]


def head_of(board: Board) -> Head | None:
    """The head of the indicators: the first row with a label for their name and one for their target."""
    for label in board.of("indicator"):
        if label.meaning["indicator"] == "name":
            found = _columns(board, label.cell)
            if "target" in found.columns:
                return found
    return None


def _columns(board: Board, cell: Cell) -> Head:
    first = cell.row
    labels = board.of("indicator", first, first)
    last = max(item.cell.last_row for item in labels)
    # A second row of the head holds labels only.
    for row in range(first + 1, max(last, first + 1) + 1):
        inner = board.sheet.rows.get(row, [])
        if inner and all("indicator" in board.meaning(item) for item in inner):
            labels += [board.labels[item] for item in inner]
            last = max(last, *(item.last_row for item in inner))
    narrow = [item for item in labels if not _parted(item, labels)]
    columns: dict[str, Label] = {}
    for item in narrow:
        field = item.meaning["indicator"]
        if field in columns and field not in ("passed", "person"):
            raise Refused("form-twice-said", item.cell.name, item.cell.text)
        columns[field if field not in columns else f"{field} {item.cell.name}"] = item
    board.tick(*(item.cell for item in labels))
    return Head(first, last, columns)


def _parted(item: Label, labels: list[Label]) -> bool:
    """Whether a label of the first row has labels of its own under it."""
    return any(
        other.cell.row > item.cell.last_row and item.cell.column <= other.cell.column <= item.cell.last_column
        for other in labels
    )


def end_of(board: Board, head: Head) -> int:
    """The row of the first label after the indicators: a sum, a conclusion, a signature; or the end."""
    found = [
        label.cell.row
        for block in ("foot", "person", "passed")
        for label in board.of(block, head.last + 1)
        if label.cell.column <= head.columns["name"].cell.column
        and "level_1" not in label.meaning
        and "indicator" not in label.meaning
    ]
    return min(found, default=max(board.sheet.rows, default=0) + 1)
