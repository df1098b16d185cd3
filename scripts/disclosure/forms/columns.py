"""The head of a form's indicators, one row or two: which column holds what, and where the rows end."""

from collections import Counter
from typing import NamedTuple

from disclosure.forms.board import Board, Label
from disclosure.forms.grid import Cell, Refused

_OF_LEVEL = {"level_1": "group_weight", "level_2": "passed"}  # the field of the points beside a level


class Head(NamedTuple):
    """The head's first and last row, and the label of each column by field."""

    first: int
    last: int
    columns: dict[str, Label]


def heads_of(board: Board) -> list[Head]:
    """The head of the indicators: the first row with a label for their name and one for their target.

    Numbered goals may have one each, and every page may. Where the whole period has indicators of its own,
    those are left out, and said to be.
    """
    found = [_columns(board, label.cell) for label in board.of("indicator") if _is_name(label)]
    heads = [head for head in found if "target" in head.columns]
    own = [head for head in heads if not _is_of_period(board, head)] or heads
    rows = {head.first for head in own}
    for head in heads:
        if head.first not in rows:
            for row in range(head.last + 1, end_of(board, head)):
                board.passed.update(board.sheet.rows.get(row, ()))
                board.tick(*board.sheet.rows.get(row, ()))
    of_goals = [head for head in own if _is_of_goal(board, head)]
    end = _goes_to(board, own[0]) if own[1:] else 0
    again = [head for head in own[1:] if own[0].last < head.first < end and _repeats(board, own[0], head)]
    return of_goals if of_goals[:1] == own[:1] else [*own[:1], *again]


def _is_name(label: Label) -> bool:
    return label.meaning["indicator"] == "name"


def _is_of_period(board: Board, head: Head) -> bool:
    """Whether a heading beside the head, or over it, says that it is of the whole period."""
    left = _left(head)
    places = [(head.first, column) for column in range(left)] + [(head.first - 1, left)]
    return any(board.meaning(board.sheet.at(*place)).get("heading") == "long_term" for place in places)


def _is_of_goal(board: Board, head: Head) -> bool:
    """Whether a numbered goal stands beside the head."""
    places = ((head.first, column) for column in range(_left(head)))
    return any(board.meaning(board.sheet.at(*place)).get("heading") == "numbered_goal" for place in places)


def _goes_to(board: Board, head: Head) -> int:
    """The first row under a head with a project's name or a goal, which other indicators are of; or the end.

    Where a goal of the whole period stands over it, the same head again may be of the year: its own row.
    """
    goals = [item for item in board.of("goal") if "indicator" not in item.meaning]
    if any(item.meaning["goal"] == "long_term_goal" for item in goals):
        return head.first
    names = [item for item in board.of("head", head.last) if item.meaning["head"] == "name"]
    found = (item.cell.row for item in (*names, *goals) if item.cell.row > head.last)
    return min(found, default=max(board.sheet.rows, default=0) + 1)


def _repeats(board: Board, first: Head, head: Head) -> bool:
    """Whether a head says again, with nothing before it in its row or the same, what the first one says."""
    one, other = (
        [(field.split()[0], label.cell.column, label.cell.text) for field, label in item.columns.items()]
        for item in (first, head)
    )
    rows = [board.sheet.rows[item.first] for item in (first, head)]
    before = [[cell.text for cell in row if cell.column < _left(first)] for row in rows]
    return one == other and before[1] in ([], before[0])


def _left(head: Head) -> int:
    return min(label.cell.column for label in head.columns.values())


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
    narrow = [item for item in labels if not parted(item, labels)]
    columns: dict[str, Label] = {}
    times = Counter(item.meaning["indicator"] for item in narrow)
    for item in narrow:
        field = item.meaning["indicator"]
        if times[field] > 1 and _is_under(board, "long_term_goal", item):
            field = "passed"
        elif field == "weight" and (times[field] > 1 or _is_merged(board, item, last)):
            field = _weight_of(board, item, cell)
        if field in columns and field not in ("passed", "person"):
            raise Refused("form-twice-said", item.cell.name, item.cell.text)
        columns[field if field not in columns else f"{field} {item.cell.name}"] = item
    if "level_4" in columns and "name" in columns:  # the lowest level is the indicator
        columns[f"passed {cell.name}"], columns["name"] = columns["name"], columns.pop("level_4")
    # What stands at the foot of other forms may be a column here, such as what will be done.
    for item in board.of("foot", first, first):
        if item.meaning["foot"] != "total" and item not in labels:
            columns[f"passed {item.cell.name}"] = item
            board.tick(item.cell)
    board.tick(*(item.cell for item in labels))
    return Head(first, last, columns)


def _is_merged(board: Board, item: Label, last: int) -> bool:
    """Whether a cell under a column of the head, which ends in row `last`, spans several rows."""
    cells = (board.sheet.at(row, item.cell.column) for row in board.sheet.rows if row > last)
    return any(cell.last_row > cell.row for cell in cells if cell)


def _weight_of(board: Board, item: Label, name: Cell) -> str:
    """Whose points one of several columns has: those of the level left of it, or the indicator's."""
    left = board.meaning(board.sheet.at(item.cell.row, item.cell.column - 1)).get("indicator", "")
    if left not in _OF_LEVEL and item.cell.column < name.column:
        raise Refused("form-twice-said", item.cell.name, item.cell.text)
    return _OF_LEVEL.get(left, "weight")


def _is_under(board: Board, goal: str, item: Label) -> bool:
    """Whether a column stands under that goal, as where each period has its columns."""
    over = (label.cell for label in board.of("goal", 0, item.cell.row - 1) if label.meaning["goal"] == goal)
    return any(cell.column <= item.cell.column <= cell.last_column for cell in over)


def parted(item: Label, labels: list[Label]) -> bool:
    """Whether a label of the first row has labels of its own under it."""
    return any(
        other.cell.row > item.cell.last_row and item.cell.column <= other.cell.column <= item.cell.last_column
        for other in labels
    )


def is_total(label: Label | None) -> bool:
    """Whether a label is of the sum of all points."""
    return label is not None and label.meaning.get("foot") == "total"


def end_of(board: Board, head: Head) -> int:
    """The row of the first label after the indicators: a sum, a conclusion, a signature; or the end.

    A sum right under the head is over them.
    """
    name = head.columns["name"].cell.column
    furthest = {"foot": name, "person": name, "passed": _left(head)}  # 资金到位率 may be an indicator's name
    found = [
        label.cell.row
        for block, column in furthest.items()
        for label in board.of(block, head.last + 1)
        if label.cell.column <= column and "level_1" not in label.meaning
        if block == "passed" or "indicator" not in label.meaning
        if label.cell.row > head.last + 1 or not is_total(label)
    ]
    others = board.of("indicator", head.last + 1)
    targets = {label.cell.row for label in others if label.meaning["indicator"] == "target"}
    found += [label.cell.row for label in others if _is_name(label) and label.cell.row in targets]
    return min(found, default=max(board.sheet.rows, default=0) + 1)
