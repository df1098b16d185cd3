"""The money of a form as a table whose columns are funds: 合计, 财政拨款, 其他资金 over rows of amounts."""

from collections.abc import Iterator

from disclosure.forms.board import Board, Label
from disclosure.forms.currency import said_by
from disclosure.forms.form import Value, Values, fixed, quote
from disclosure.forms.grid import Cell, Refused
from disclosure.forms.money import AMOUNTS, Funds, field_of, name_of, value_of
from disclosure.forms.values import NOT_STATED, is_nothing

_OF_FUND = (*AMOUNTS, "execution_rate_pct")


def funds_across(board: Board) -> list[Label]:
    """The labels of a row with a total and parts of it side by side, none with a value beside it."""
    rows: dict[int, list[Label]] = {}
    for label in board.of("fund"):
        rows.setdefault(label.cell.row, []).append(label)
    for found in rows.values():
        totals = [label for label in found if label.meaning["fund"] == "total"]
        beside = (label.inline or board.right(label.cell) for label in found)
        if len(totals) == 1 < len(found) and not any(beside):
            return found
    return []


def across(board: Board, unit: str, kind: str, first: int) -> tuple[dict[str, Value], Funds]:
    """The total by column of projects, and its parts, over row `first`; nothing where no row has the funds.

    A row of amounts is what its label says; one that has none is the budget of a target form, for what an
    evaluation states may be what was spent. Raises Refused where a row is said twice.
    """
    heads = [label for label in funds_across(board) if label.cell.row < first]
    rows = [*_rows(board, heads, kind)] if heads else []
    if not rows:
        return {}, []
    lines: list[dict[str, Value]] = [{} for _ in heads]
    for row, label in rows:
        field = field_of(board, label) if label else "budget_wan"
        for head, line in zip(heads, lines, strict=True):
            if field in line and label:
                raise Refused("form-twice-said", label.cell.name, label.cell.text)
            cell, said = _cell(board, head, row), (*([label.cell] if label else ()), head.cell)
            board.tick(*said, cell)
            item = value_of(label or head, field, cell, unit) if cell else fixed(NOT_STATED)
            line[field] = Value(item.how, item.of, (*said, *item.of))
    every = [*zip(heads, lines, strict=True)]
    total = next(line for head, line in every if head.meaning["fund"] == "total")
    return total, [_line(board, *item) for item in every if item[1] is not total]


def _rows(board: Board, heads: list[Label], kind: str) -> Iterator[tuple[int, Label | None]]:
    """The rows of amounts under the funds, each with the label left of them, if it has one."""
    left = min(head.cell.column for head in heads)
    over = board.sheet.at(heads[0].cell.row, left - 1)
    headed = over is None or "heading" in board.meaning(over)
    first = row = heads[0].cell.last_row + 1
    while amounts := [cell for head in heads if (cell := board.sheet.at(row, head.cell.column))]:
        labels = [board.labels.get(cell) for cell in board.sheet.rows.get(row, ()) if cell.column < left]
        named = [label for label in labels if label and "money" in label.meaning]
        alone = row == first and not labels and headed and kind == "target"
        if any(cell in board.labels for cell in amounts) or not (named or alone):
            return
        yield row, named[-1] if named else None
        row += 1


def _cell(board: Board, head: Label, row: int) -> Cell | None:
    """The amount of a fund in a row. Raises Refused where it is of several rows."""
    cell = board.under(head.cell, row)
    if cell is not None and cell.row != row:
        raise Refused("form-cell-unknown", cell.name, cell.text)
    return cell


def _line(board: Board, head: Label, entries: Values) -> tuple[dict[str, Value], Value]:
    """The line of a fund; each of its cells is quoted by itself, for others stand between them."""
    kept = {field: item for field, item in entries.items() if field in _OF_FUND}
    more = [cell for field, item in entries.items() if field not in kept for cell in item.of]
    board.passed.update(cell for cell in more if not cell.tells(is_nothing))
    line = {"fund": fixed(head.meaning["fund"], head.cell), "name": fixed(name_of(head), head.cell), **kept}
    said = [cell for item in line.values() for cell in item.cells]
    cells = [*dict.fromkeys((*said, *said_by(board)))]
    return line, quote(",".join(board.cite([cell]).section for cell in cells), *cells)
