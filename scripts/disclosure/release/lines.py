"""The cells of an official form as rows of a worksheet (SpreadsheetML): words, numbers, heights, merges."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import count, starmap
from math import ceil
from typing import NamedTuple

from disclosure.release.drawn import Cell
from disclosure.release.exact import NUMBERS, fits_double
from disclosure.release.official import Official
from disclosure.release.sheets import safe

TOP = 2  # rows of title and year
_MORE = (14, 14)  # columns of what only some forms state
# Of the columns, in characters of the default font.
WIDTHS = {
    "target": (7, 11, 16, 9, 14, 18, 20, *_MORE),
    "evaluation": (7, 11, 16, 8, 13, 14, 14, 8, 9, 18, *_MORE),
}
_SIZE, _SMALLER = 10.5, (("text 8", 8.0), ("text 6", 6.0))  # for words that no row is tall enough for
_TALLEST = 409  # points; a sheet has no taller row
_LETTERS = "ABCDEFGHIJKL"
_ALL = '<sheetData>{}</sheetData><mergeCells count="{}">{}</mergeCells>'
_RANGE = '<mergeCell ref="{}"/>'
Styles = Mapping[str, str]


class _Item(NamedTuple):
    """A cell with its words, its style and the points that they need."""

    cell: Cell
    text: str
    style: str
    points: float


def laid(drawn: Official, styles: Styles) -> str:
    """The rows of a form and its merged ranges; `styles` are the numbers of their formats by name."""
    widths, wide = WIDTHS[drawn.kind], drawn.width
    head = (Cell(-2, 0, 1, wide, "title", drawn.title), Cell(-1, 0, 1, wide, "year", f"（{drawn.year}年度）"))
    items = [_laid(cell, widths) for cell in (*head, *drawn.cells)]
    rows: list[dict[int, str]] = [{} for _ in range(TOP + drawn.last + 1)]
    merged = []
    for item in items:
        (top, left, down, across, role, *_), style = item.cell, styles[item.style]
        if role != "sign" and (down > 1 or across > 1):
            merged.append(f"{_place(top, left)}:{_place(top + down - 1, left + across - 1)}")
            for row in range(top, top + down):  # each has its borders
                rows[row + TOP] |= {at: _cell(_place(row, at), style) for at in range(left, left + across)}
        rows[top + TOP][left] = _written(item, _place(top, left), style)
    lines = zip(count(1), _heights(drawn, items), rows, strict=False)
    return _ALL.format("".join(starmap(_row, lines)), len(merged), "".join(map(_RANGE.format, merged)))


def extent(drawn: Official) -> str:
    """The range of a sheet that a form fills: some readers look no further than a sheet says it goes."""
    return f"A1:{_place(drawn.last, drawn.width - 1)}"


def _place(top: int, left: int) -> str:
    return f"{_LETTERS[left]}{top + TOP + 1}"


def _row(number: int, height: float, cells: Mapping[int, str]) -> str:
    inside = "".join(cells[column] for column in sorted(cells))
    return f'<row r="{number}" ht="{min(height, _TALLEST):g}" customHeight="1">{inside}</row>'


def _cell(place: str, style: str, content: str = "") -> str:
    return f'<c r="{place}" s="{style}"{content or "/>"}'


def _laid(cell: Cell, widths: Sequence[int]) -> _Item:
    """The largest size in which a text goes into the tallest row; the smallest where it goes into none."""
    text = f"{cell.text}%" if cell.text and cell.is_rate else cell.text
    room = sum(widths[cell.left : cell.left + cell.columns]) - 1
    style = "amount" if cell.source and cell.source.column.endswith("_wan") else cell.role
    needed = points(text, room, _SIZE)
    for smaller, size in _SMALLER if cell.role == "text" else ():
        if needed > _TALLEST:
            style, needed = smaller, points(text, room, size)
    return _Item(cell, text, style, needed)


@lru_cache(maxsize=4096)
def points(text: str, room: int, size: float) -> float:
    """The height of words: lines by the characters that a line has room for, a Chinese one two wide."""
    across = room * _SIZE / size
    lines = sum(max(1, ceil(_units(line) / across)) for line in text.split("\n"))
    return lines * size * 1.35 + 6


def _units(text: str) -> int:
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def _written(item: _Item, place: str, style: str) -> str:
    """A cell: a number that a spreadsheet keeps as a number, all else as it is written, never a formula."""
    cell, text = item.cell, item.text
    value = cell.source.value if cell.source and cell.role == "number" and not cell.is_rate else None
    if isinstance(value, NUMBERS) and fits_double(str(value)):
        return _cell(place, style, f"><v>{value}</v></c>")
    told = f' t="inlineStr"><is><t xml:space="preserve">{safe(text)}</t></is></c>' if text else ""
    return _cell(place, style, told)


def _heights(drawn: Official, items: Sequence[_Item]) -> list[float]:
    """The height of each row; a cell over several rows makes its last one taller where it must."""
    heights = [34.0, 22.0, *[26.0] * (drawn.last + 1)]
    heights[-1] = 48.0
    heights[drawn.goal_row + TOP] = 72.0  # room to write in
    for item in sorted(items, key=lambda item: item.cell.rows):
        top = item.cell.top + TOP
        end = top + item.cell.rows
        if (lack := item.points - sum(heights[top:end])) > 0:
            heights[end - 1] += lack
    return heights
