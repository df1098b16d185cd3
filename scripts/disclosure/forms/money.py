"""The money of a form as a table of columns; each line with its cells."""

from collections.abc import Callable
from functools import partial

from disclosure.forms.board import Board, Label
from disclosure.forms.columns import parted
from disclosure.forms.currency import said_by
from disclosure.forms.form import Value, Values, fixed, value
from disclosure.forms.grid import Cell, Refused, folded
from disclosure.forms.values import (
    NOT_STATED,
    amount,
    currency_of,
    is_nothing,
    is_stated,
    points,
    rate,
    weighed,
)

AMOUNTS = ("budget_wan", "adjusted_budget_wan", "expenditure_wan")
_READ: dict[str, Callable[[str], str]] = {
    "execution_rate_pct": rate,
    "execution_reason": str,
    "execution_weight": weighed,
}
_CHANGED = "调整后"  # what brackets or the head of a group say of a budget that was adjusted
Funds = list[tuple[dict[str, Value], Value]]


def stated(board: Board, funds: Funds) -> Funds:
    """The lines that state an amount, one of each fund; what is only printed on the form states none."""
    kept: dict[str, tuple[dict[str, Value], Value]] = {}
    for line, cited in funds:
        fund, name = board.answer(line["fund"], str), line["name"]
        if not any(field in line and board.answer(line[field], is_stated) for field in AMOUNTS):
            rates = line["execution_rate_pct"].cells if "execution_rate_pct" in line else ()
            board.passed.update(cell for cell in rates if not cell.tells(is_nothing))
            continue
        if fund in kept:
            said = (board.answer(item, str) for item in (name, kept[fund][0]["name"]))
            raise Refused("form-twice-said", name.cells[0].name, *said)
        kept[fund] = line, cited
    return [*kept.values()]


def columns(board: Board) -> dict[str, Label]:
    """The labels of the money table's head, a row or two, by field; none where the form has no such table."""
    rows: dict[int, list[Label]] = {}
    for label in board.of("money"):
        rows.setdefault(label.cell.row, []).append(label)
    for row, found in rows.items():
        inner = rows.get(row + 1, []) if _is_head(board, row + 1) else []
        names = [label.cell for label in board.of("fund", row + 1, row + 2)]
        # What stands over the names of the funds heads the table and none of its columns.
        left = min((cell.last_column for cell in names), default=-1)
        right = [item for item in (*found, *inner) if item.cell.column > left]
        labels: dict[str, Label] = {}
        for item in sorted(right, key=lambda item: item.cell.column):
            if parted(item, right):
                board.tick(item.cell)  # a group, which has columns of its own
            else:
                labels.setdefault(field_of(board, item), item)
        whole = [item for field, item in labels.items() if field in AMOUNTS]
        if (whole[1:] or "expenditure_wan" in labels) and not _in_pairs(board, whole):
            others = (item for item in board.of("passed", row, row) if item.cell.column > left)
            return labels | {f"passed {item.cell.name}": item for item in others if item not in right}
    return {}


def field_of(board: Board, label: Label) -> str:
    """The column of projects that a label heads."""
    field, over = label.meaning["money"], board.sheet.at(label.cell.row - 1, label.cell.column)
    if field != "budget_wan":
        return field
    said = label.cell.text + (over.text if "heading" in board.meaning(over) and over else "")
    return "adjusted_budget_wan" if _CHANGED in folded(said) else field


def _in_pairs(board: Board, labels: list[Label]) -> bool:
    """Whether amounts stand beside labels, and not under them."""
    beside = [board.sheet.at(label.cell.row, label.cell.last_column + 1) for label in labels]
    return any(beside) and not any(cell in board.labels for cell in beside if cell)


def _is_head(board: Board, row: int) -> bool:
    """Whether all that begins in a row are labels of columns of money."""
    return all("money" in board.meaning(cell) for cell in board.sheet.rows.get(row, ()))


def table(board: Board, unit: str) -> tuple[dict[str, Value], Funds]:
    """The line of the total by column of projects, and the lines of its parts."""
    labels = columns(board)
    if not labels:
        return {}, []
    board.tick(*(label.cell for label in labels.values()))
    beyond = [label for name, label in labels.items() if name.startswith("passed")]
    labels = {name: label for name, label in labels.items() if label not in beyond}
    total = {name: fixed(NOT_STATED, label.cell) for name, label in labels.items()}
    funds: Funds = []
    first = min(label.cell.column for label in labels.values())
    line = _next(board, max(label.cell.last_row for label in labels.values()) + 1)
    if _is_only_row(board, line, first):
        for name, head in labels.items():
            item = _value(board, head, name, line, unit)
            total[name] = Value(item.how, item.of, (head.cell, *item.cells))
    while (label := _fund(board, line, first)) is not None:
        board.tick(label.cell)
        entries = {name: _value(board, head, name, line, unit) for name, head in labels.items()}
        left_out = [cell for head in beyond if (cell := board.under(head.cell, line)) and cell.row == line]
        board.tick(*left_out)
        board.passed.update(left_out)
        if label.meaning["fund"] == "total":
            for name in {*AMOUNTS} & entries.keys():
                old = board.answer(total[name], str)
                if old != NOT_STATED and board.answer(entries[name], str) not in (NOT_STATED, old):
                    raise Refused("form-twice-said", label.cell.name, label.cell.text, old)
            total |= {
                name: Value(item.how, item.of, (label.cell, *item.cells))
                for name, item in entries.items()
                if board.answer(item, is_stated) or not total[name].of
            }
        else:
            funds.append(line_of(board, label, entries))
            others = entries.keys() - {*AMOUNTS, "execution_rate_pct"}
            more = [cell for name in others for cell in entries[name].cells if not cell.tells(is_nothing)]
            board.passed.update(more)
        line = _next(board, line + 1)
    return total, funds


def _is_only_row(board: Board, row: int, before: int) -> bool:
    """Whether a row under the head has no label but the heading that the head has too: it is the whole."""
    cells = {board.sheet.at(row, column) for column in range(before)} - {None}
    heading = next(iter(cells), None)
    return (
        len(cells) == 1 and heading is not None and heading.row < row and "heading" in board.meaning(heading)
    )


def _next(board: Board, row: int) -> int:
    """That row, or the first one under it with something in it."""
    rows = board.sheet.rows
    return row if row in rows else next((below for below in rows if below > row), row)


def _fund(board: Board, row: int, before: int) -> Label | None:
    """The fund of a row: the first one that is not of several rows, each with a fund of its own."""
    cells = (board.labels.get(cell) for cell in board.sheet.rows.get(row, ()) if cell.column < before)
    found = [label for label in cells if label and "fund" in label.meaning and not label.inline]
    while found[1:] and found[0].cell.last_row > row and found[1].meaning["fund"] != "total":
        if found[0].meaning["fund"] == "carried_over":
            raise Refused("form-cell-unknown", found[1].cell.name, found[1].cell.text)
        board.tick(found.pop(0).cell)
    if found and found[0].cell.last_row > row:  # the row of its sum: 财政拨款, 小计
        own = board.sheet.at(row, found[0].cell.last_column + 1)
        if "subtotal" in (said := board.meaning(own)) or said.get("fund") == "total":
            board.tick(own)
    return next(iter(found), None)


def _value(board: Board, head: Label, field: str, row: int, unit: str) -> Value:
    cell = board.under(head.cell, row, wider=field not in AMOUNTS)
    if cell is not None and cell.row != row:
        if field in AMOUNTS:
            raise Refused("form-cell-unknown", cell.name, cell.text)
        cell = None
    board.tick(cell)
    if cell is None:
        return fixed(NOT_STATED)
    return value_of(head, field, cell, unit)


def value_of(head: Label, field: str, cell: Cell, unit: str) -> Value:
    """What a cell says of the field that a label heads."""
    if field in AMOUNTS:
        return value(partial(amount, currency=currency_of(head.cell.text) or unit), cell)
    return value(_READ.get(field, points), cell)


def name_of(label: Label) -> str:
    """What a form calls a fund."""
    return label.cell.text.removesuffix(label.inline).removeprefix("其中").lstrip("：:、 ").rstrip("：: ")


def line_of(board: Board, label: Label, entries: Values) -> tuple[dict[str, Value], Value]:
    """The line of a fund with what is stated of it, by column, and its citation."""
    kept = {field: item for field, item in entries.items() if field in (*AMOUNTS, "execution_rate_pct")}
    line = {
        "fund": fixed(label.meaning["fund"], label.cell),
        "name": fixed(name_of(label), label.cell),
        **kept,
    }
    cells = [cell for item in line.values() for cell in item.cells]
    return line, board.cite([*cells, *said_by(board)])
