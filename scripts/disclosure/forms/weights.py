"""Points that a form writes as percentages: taken where they are of one whole, which is a hundred."""

from collections.abc import Iterable
from decimal import Decimal

from disclosure.forms.board import Board
from disclosure.forms.form import Value, Values
from disclosure.forms.grid import Refused, folded
from disclosure.forms.sums import number_in
from disclosure.forms.values import is_stated

WHOLE = Decimal(100)


def of_one_whole(board: Board, project: Values, lines: Iterable[Values]) -> None:
    """Raises Refused where points are percentages and others are not, or where they are of several wholes.

    They may be short of a hundred where the form itself says that their sum is that.
    """
    own = [line["weight"] for line in lines if "weight" in line]
    beside = [project[name] for name in ("execution_weight", "total_weight") if name in project]
    shares = [item for item in own if _is_share(item)]
    if not shares:
        if wrong := [item for item in beside if _is_share(item)]:
            _refuse(wrong[0])
        return
    if len(shares) < len([item for item in own if board.answer(item, is_stated)]):
        _refuse(shares[0])
    parts = sum(number_in(board, item) for item in (*own, *beside) if item is not project.get("total_weight"))
    total = number_in(board, project["total_weight"]) if "total_weight" in project else 0
    if parts != WHOLE and not (total == WHOLE > parts):
        _refuse(shares[0])


def _is_share(item: Value) -> bool:
    return any(cell.tells(_in_percent) for cell in item.of)


def _in_percent(text: str) -> bool:
    return text[-1] in "%％﹪" and folded(text[:-1])[-1:].isdigit()


def _refuse(item: Value) -> None:
    raise Refused("form-number", item.of[0].name, item.of[0].text)
