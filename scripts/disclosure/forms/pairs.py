"""The money of a form as amounts that stand beside their labels, or behind their colons."""

from collections.abc import Sequence
from functools import partial

from disclosure.forms.board import Board, Label
from disclosure.forms.currency import said_by
from disclosure.forms.form import Value, fixed, value
from disclosure.forms.grid import Cell, Refused
from disclosure.forms.layout import LONGEST, behind
from disclosure.forms.money import AMOUNTS, Funds, field_of, line_of, value_of
from disclosure.forms.values import NOT_STATED, amount, amounts, currency_of


def in_pairs(board: Board, unit: str, first: int) -> tuple[dict[str, Value], Funds]:
    """Each amount of the year beside its label, over row `first`: budget, adjusted, spent; and their parts.

    A part stands under the label of the whole that it is of, with its own amount beside it; a rate may stand
    under its label. Raises Refused where an amount is said twice.
    """
    labels = [
        label for label in board.of("money", 0, first - 1) if not {"pair", "score"} & label.meaning.keys()
    ]
    amounts = [label for label in labels if field_of(board, label) in AMOUNTS]
    if not any(board.right(label.cell) for label in amounts):
        return {}, []
    total: dict[str, Value] = {}
    rows = {label.cell.row for label in amounts}
    rates = [label for label in labels if label.meaning["money"] == "execution_rate_pct"]
    for label in [label for label in labels if label.cell.row in rows or label in rates]:
        field, cell = field_of(board, label), label.cell
        beside = board.right(cell)[:1] or (board.below(cell) if field == "execution_rate_pct" else [])
        if field in total:
            raise Refused("form-twice-said", cell.name, cell.text)
        said = value_of(label, field, beside[0], unit) if beside else fixed(NOT_STATED)
        total[field] = Value(said.how, said.of, (cell, *said.cells))
        board.tick(cell, *beside)
    left_out = [label for label in board.of("passed", 0, first - 1) if label.cell.row in rows]
    return total, _parts(board, unit, first, [*amounts, *left_out])


def _parts(board: Board, unit: str, first: int, wholes: Sequence[Label]) -> Funds:
    """The parts that stand under labels of wholes, a line for each fund; or are left out as it is."""
    lines: dict[str, tuple[Label, dict[str, Value]]] = {}
    for label in board.of("fund", 0, first - 1):
        cell = label.cell
        over = [item for item in wholes if item.cell.column == cell.column and item.cell.row < cell.row]
        if cell in board.ticked or not over:
            continue
        head = max(over, key=lambda item: item.cell.row)
        beside = board.right(cell)[:1]
        board.tick(cell, *beside)
        if "money" not in head.meaning:
            board.passed.update(beside)
            continue
        line, field = lines.setdefault(label.meaning["fund"], (label, {}))[1], field_of(board, head)
        if field in line:
            raise Refused("form-twice-said", cell.name, cell.text)
        line[field] = value_of(head, field, beside[0], unit) if beside else fixed(NOT_STATED)
    return [line_of(board, label, entries) for label, entries in lines.values()]


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
        elif fund == "total":
            board.passed.update(cells)
        else:
            how = partial(_amount, bool(label.inline), currency_of(label.cell.text) or unit)
            item = value(how, cells[0]) if cells else fixed(NOT_STATED)
            funds.append(line_of(board, label, {"budget_wan": item}))
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
