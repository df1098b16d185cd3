"""The money of a form in one cell beside a heading: 全年预算数：100万元，全年执行数：95万元。"""

import re
from collections.abc import Iterator, Mapping
from functools import partial

from disclosure.forms.board import Board, Label
from disclosure.forms.form import Value, value
from disclosure.forms.grid import Cell, Refused, folded
from disclosure.forms.layout import Layout
from disclosure.forms.money import AMOUNTS
from disclosure.forms.values import APART, NUMBER, amount, rate

_RATE = "execution_rate_pct"
_UNIT = "亿元|亿|万元|万|元"
_PART = re.compile(rf"[,;、。]?([^\d,;、。:=+-]+)(?:为|是|[:=])?(({NUMBER})(?:{_UNIT}|%)?)")
_LONGEST = 200  # signs of a cell that says all money


def is_spoken(board: Board) -> bool:
    """Whether a cell beside a heading says money in words alone."""
    return any(True for _ in _cells(board))


def spoken(board: Board, unit: str, first: int) -> dict[str, Value]:
    """The whole by column of projects, over row `first`; nothing where no cell says money in words alone.

    Raises Refused where several do, or where an amount has no unit and the form none either.
    """
    found = [*_cells(board, first)]
    if found[1:]:
        raise Refused("form-twice-said", found[1][1].name, found[1][1].text)
    total: dict[str, Value] = {}
    for label, cell, fields in found:
        board.tick(label.cell, cell)
        for field in fields:
            item = value(partial(_said, board.layout, unit, field), cell)
            total[field] = Value(item.how, item.of, (label.cell, cell))
    return total


def _cells(board: Board, first: int = 1_000_000) -> Iterator[tuple[Label, Cell, tuple[str, ...]]]:
    def fields(text: str) -> tuple[str, ...]:
        return tuple(_parts(text, board.layout))

    for label in board.of("heading", 0, first - 1):
        beside = board.right(label.cell)
        if (
            len(beside) == 1
            and "goal" not in label.meaning
            and (said := board.answer(value(str, beside[0]), fields))
        ):
            yield label, beside[0], said


def _parts(text: str, layout: Layout) -> Mapping[str, str]:
    """What a text says of each column, if it says nothing else; all amounts have a unit, or none has."""
    bare = folded(text)
    found: dict[str, str] = {}
    place = 0
    for match in _PART.finditer(bare if len(bare) <= _LONGEST else ""):
        field = layout.meaning(match.group(1)).get("money", "")
        is_rate = match.group(2).endswith("%")
        if match.start() != place or field in found or field not in (*AMOUNTS, _RATE):
            return {}
        if is_rate != (field == _RATE):
            return {}
        found[field] = match.group(2)
        place = match.end()
    units = {said[-1].isdigit() for field, said in found.items() if field != _RATE}
    return found if len(units) == 1 and not bare[place:].strip("。;,") and not APART.search(text) else {}


def _said(layout: Layout, unit: str, field: str, text: str) -> str:
    said = _parts(text, layout).get(field)
    if said is None:
        raise Refused("form-amount", "", text)
    return rate(said) if field == _RATE else amount(said, unit)
