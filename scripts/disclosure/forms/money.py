"""The money of a form: a table of columns, or amounts beside their labels; each line with its cells."""

from collections.abc import Callable
from functools import partial

from disclosure.forms.board import Board, Label
from disclosure.forms.currency import said_by
from disclosure.forms.form import Value, Values, fixed, value
from disclosure.forms.grid import Cell, Refused
from disclosure.forms.layout import LONGEST, behind
from disclosure.forms.values import (
    NOT_STATED,
    amount,
    amounts,
    currency_of,
    is_nothing,
    is_stated,
    points,
    rate,
)

AMOUNTS = ("budget_wan", "adjusted_budget_wan", "expenditure_wan")
_READ: dict[str, Callable[[str], str]] = {"execution_rate_pct": rate, "execution_reason": str}
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
    """The labels of the money table's head by field; none where the form has no such table."""
    rows: dict[int, list[Label]] = {}
    for label in board.of("money"):
        rows.setdefault(label.cell.row, []).append(label)
    for row, found in rows.items():
        names = [label.cell for label in board.of("fund", row + 1, row + 2)]
        # What stands over the names of the funds heads the table and none of its columns.
        left = min((cell.last_column for cell in names), default=-1)
        right = sorted((item for item in found if item.cell.column > left), key=lambda item: item.cell.column)
        labels: dict[str, Label] = {}
        for item in right:
            labels.setdefault(item.meaning["money"], item)
        if len(labels.keys() & set(AMOUNTS)) > 1 or ("expenditure_wan" in labels):
            return labels
    return {}


def table(board: Board, unit: str) -> tuple[dict[str, Value], Funds]:
    """The line of the total by column of projects, and the lines of its parts."""
    labels = columns(board)
    if not labels:
        return {}, []
    board.tick(*(label.cell for label in labels.values()))
    total = {name: fixed(NOT_STATED, label.cell) for name, label in labels.items()}
    funds: Funds = []
    first = min(label.cell.column for label in labels.values())
    line = max(label.cell.last_row for label in labels.values()) + 1
    while (label := _fund(board, line, first)) is not None:
        board.tick(label.cell)
        entries = {name: _value(board, head, name, line, unit) for name, head in labels.items()}
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
            funds.append(_line(board, label, entries))
            others = entries.keys() - {*AMOUNTS, "execution_rate_pct"}
            beyond = [cell for name in others for cell in entries[name].cells if not cell.tells(is_nothing)]
            board.passed.update(beyond)
        line += 1
    return total, funds


def _fund(board: Board, row: int, before: int) -> Label | None:
    """The fund of a row: the first one that is not of several rows, each with a fund of its own."""
    cells = (board.labels.get(cell) for cell in board.sheet.rows.get(row, ()) if cell.column < before)
    found = [label for label in cells if label and "fund" in label.meaning and not label.inline]
    while found[1:] and found[0].cell.last_row > row and found[1].meaning["fund"] != "total":
        board.tick(found.pop(0).cell)
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
    if field in AMOUNTS:
        return value(partial(amount, currency=currency_of(head.cell.text) or unit), cell)
    return value(_READ.get(field, points), cell)


def _line(board: Board, label: Label, entries: Values) -> tuple[dict[str, Value], Value]:
    name = label.cell.text.removesuffix(label.inline).removeprefix("其中").lstrip("：:、 ").rstrip("：: ")
    kept = {field: item for field, item in entries.items() if field in (*AMOUNTS, "execution_rate_pct")}
    line = {"fund": fixed(label.meaning["fund"], label.cell), "name": fixed(name, label.cell), **kept}
    cells = [cell for item in line.values() for cell in item.cells]
    return line, board.cite([*cells, *said_by(board)])


def beside(board: Board, unit: str, indicators: range) -> tuple[dict[str, Value], Funds]:
    """Amounts that stand beside their labels, as target forms have them, and not among the indicators."""
    total: dict[str, Value] = {}
    funds: Funds = []
    governs: dict[int, str] = {}  # by column: which total the parts under it, and right of it, belong to
    for label in sorted(board.labels.values(), key=lambda item: (item.cell.row, item.cell.column)):
        pair, fund = label.meaning.get("pair", ""), label.meaning.get("fund", "")
        if label.cell in board.ticked or not (pair or fund) or "foot" in label.meaning:
            continue
        if label.cell.row in indicators:
            continue
        if label.inline and _is_text(board, label.cell):
            continue
        cells = [label.cell] if label.inline else board.right(label.cell)[:1] or _under(board, label.cell)
        if pair:
            governs[label.cell.column] = pair
        whose = max((column for column in governs if column <= label.cell.column), default=-1)
        board.tick(label.cell, *cells)
        if governs.get(whose) == "whole_period":
            board.passed.update(cells)
        elif pair:
            whole, parts = _whole(board, label, cells, currency_of(label.cell.text) or unit)
            if total:
                said = board.answer(whole, str)
                if board.answer(total["budget_wan"], str) not in (NOT_STATED, said):
                    raise Refused("form-twice-said", label.cell.name, said)
            total["budget_wan"] = whole
            funds += parts
        elif not cells and "passed" in board.meaning(board.sheet.at(label.cell.row, label.cell.column - 1)):
            board.passed.add(label.cell)  # 资金性质 has it as its value
        elif fund != "total":
            how = partial(_amount, bool(label.inline), currency_of(label.cell.text) or unit)
            item = value(how, cells[0]) if cells else fixed(NOT_STATED)
            funds.append(_line(board, label, {"budget_wan": item}))
    return total, funds


def _is_text(board: Board, cell: Cell) -> bool:
    """Whether a cell stands beside or under a label of texts, which it then may be the value of."""
    near = (board.sheet.at(cell.row, cell.column - 1), board.sheet.at(cell.row - 1, cell.column))
    return any(board.meaning(other).keys() & {"goal", "foot"} for other in near)


def _amount(own: bool, unit: str, text: str) -> str:
    return amount(behind(text) if own else text, unit)


def _under(board: Board, cell: Cell) -> list[Cell]:
    """The amount under a label that heads a column; a text under it is another field's."""
    return [under for under in board.below(cell) if under.tells(_may_be_amount)]


def _may_be_amount(text: str) -> bool:
    return len(text) <= LONGEST and text[-1] not in "。；"


def _whole(board: Board, label: Label, cells: list[Cell], unit: str) -> tuple[Value, Funds]:
    """The whole amount, and its parts where its cell says them."""
    if not cells:
        return fixed(NOT_STATED, label.cell), []
    cell, layout, own = cells[0], board.layout, behind if label.inline else str

    def parts(text: str) -> list[tuple[str, str]]:
        return [(fund, words) for fund, (words, _) in amounts(own(text), unit, layout).items()]

    def part(fund: str, text: str) -> str:
        return amounts(own(text), unit, layout).get(fund, ("", NOT_STATED))[1]

    funds: Funds = []
    for fund, words in board.answer(value(str, cell), parts):
        if fund != "total":
            said = {"fund": fixed(fund, cell), "name": fixed(words, cell)}
            line = {**said, "budget_wan": value(partial(part, fund), cell)}
            funds.append((line, board.cite([cell, *said_by(board)])))
    return Value(partial(part, "total"), (cell,), tuple(dict.fromkeys((label.cell, cell)))), funds
