"""The unit of a form's money: what its labels say, or what stands over the table of a document."""

from disclosure.forms.board import Board
from disclosure.forms.grid import Cell
from disclosure.forms.values import currency_of

_SPEAKS = frozenset({"head", "pair", "money", "heading"})
_FAR = 6  # signs after the colon, in which the unit stands


def unit_of(board: Board) -> str:
    """The unit that labels give the form's money; empty where they give none, or several."""
    found = {
        currency_of(label.cell.text)
        for label in board.labels.values()
        if _SPEAKS & label.meaning.keys() and "indicator" not in label.meaning
        if not (label.inline and "pair" in label.meaning)  # the unit of that amount alone
    }
    for label in board.of("head"):
        if label.meaning["head"] == "currency":
            beside = "".join(cell.text for cell in board.right(label.cell))
            found.add(currency_of(label.cell.text) or currency_of(beside))
    found.discard("")
    above = board.sheet.above
    over = {
        currency_of(above[begin : begin + _FAR])
        for _, begin, meaning in board.layout.inside(above)
        if meaning.get("head") == "currency"
    }
    if found or over == {"万元"}:  # 元 over a table stands in no cell that could be cited
        found |= over - {""}
    return found.pop() if len(found) == 1 else ""


def said_by(board: Board) -> list[Cell]:
    """The cells that say that the money is in 元, for a citation has to show it."""
    return [label.cell for label in board.labels.values() if currency_of(label.cell.text) not in ("", "万元")]
