"""A sheet as people see it: cells with their spans, whatever kind of file it comes from."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from disclosure.forms.guard import within
from disclosure.forms.refusal import Refused

# Full-width and small signs by their half-width ones; ㎡ and the like stay as they are.
HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord(wide): ord(half) for wide, half in zip("﹥﹤﹦﹪﹣﹢−﹐﹕﹒", "><=%-+-,:.", strict=True)
}
Placed = tuple[int, int, str]  # row and column, counted from 0, and what is shown
Span = tuple[int, int, int, int]  # first row, first column, last row, last column, counted from 0
MAX_TEXT = 32_767  # signs of a cell, as spreadsheets have it
_SPACES = re.compile(r"[ \u00a0\u2000-\u200a\u3000]+")
_BREAK = re.compile(r" ?(?:[\r\n\t\v\f\u2028] ?)+")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))  # signs without a width
_NAME = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,6})")
_BROKEN = re.compile(r"Err:\d{3}|#(?:N/A|DIV/0!|[A-Z]+[!?])")


@dataclass(slots=True, eq=False)
class Cell:
    """What stands in a cell, on one line, and the span it covers.

    A cell is the same as itself only, and not frozen: they are made and looked up by the thousand.
    """

    text: str
    row: int
    column: int
    last_row: int
    last_column: int

    @property
    def name(self) -> str:
        """Its name in a spreadsheet, such as E7."""
        return name(self.row, self.column)


@dataclass(frozen=True)
class Sheet:
    """A sheet, without cells if it is hidden, or the table of a document; `above` is the text over it."""

    title: str
    cells: tuple[Cell, ...]
    above: str = ""
    hidden: bool = False
    places: Mapping[tuple[int, int], Cell | None] = field(default_factory=dict)  # by each that a cell covers

    @cached_property
    def is_merged(self) -> bool:
        """Whether any cell spans several places; else blank ones may stand for those that a label covered."""
        return any((cell.row, cell.column) != (cell.last_row, cell.last_column) for cell in self.cells)

    @cached_property
    def rows(self) -> dict[int, list[Cell]]:
        """The cells that begin in each row, from left to right."""
        found: dict[int, list[Cell]] = {}
        for cell in self.cells:
            found.setdefault(cell.row, []).append(cell)
        return found

    def at(self, row: int, column: int) -> Cell | None:
        """The cell with something in it that covers a place."""
        return self.places.get((row, column))

    def where(self, cell: Cell) -> str:
        """Sheet and cell, as problems and citations name it."""
        return f"{self.title}!{cell.name}"


@lru_cache(maxsize=8_192)
def name(row: int, column: int) -> str:
    """The name of a place, both counted from 0: (6, 4) is E7."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def one_line(text: str) -> str:
    """The text without line breaks, wide spaces or outer spaces; between Chinese signs nothing is put."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    spaced = _SPACES.sub(" ", text.translate(_UNSEEN))
    return _BREAK.sub(lambda match: _between(spaced, match), spaced).strip()


def _between(text: str, match: re.Match[str]) -> str:
    before, after = text[max(match.start() - 1, 0) : match.start()], text[match.end() : match.end() + 1]
    return " " if before.isascii() and after.isascii() and before and after else ""


@lru_cache(maxsize=8_192)
def folded(text: str) -> str:
    """The text in half-width signs without white space: what labels and values are told by."""
    return "".join(text.translate(HALF).split())


@lru_cache(maxsize=8_192)
def place_of(name: str) -> tuple[int, int]:
    """The place that a name such as E7 names, counted from 0; raises Refused where it names none."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise Refused("form-safe", name[:20], "place")
    column = 0
    for letter in match.group(1).upper():
        column = column * 26 + ord(letter) - 64
    return int(match.group(2)) - 1, column - 1


def sheet(title: str, placed: Iterable[Placed], spans: Iterable[Span], above: str = "") -> Sheet:
    """A sheet from its filled cells and merged ranges.

    Raises Refused where it is too large, where ranges overlap, or where one covers what stands under it.
    """
    filled = sorted(placed)
    merged = {span[:2]: span for span in spans}
    last_row = max((cell[0] for cell in filled), default=0)
    last_column = max((cell[1] for cell in filled), default=0)
    within(title, last_row + 1, last_column + 1)
    places: dict[tuple[int, int], Cell | None] = {}
    room = (last_row + 1) * (last_column + 1)
    for place in merged.keys() - {cell[:2] for cell in filled}:  # nothing shows of what stands under these
        inner = _inner(merged[place], last_row, last_column)
        places.update(dict.fromkeys(inner))
        room -= len(inner)
        if room < 0:
            raise Refused("form-safe", title, "merged ranges that overlap")
    cells = []
    for row, column, text in filled:
        place = row, column
        if len(text) > MAX_TEXT:
            raise Refused("form-safe", f"{title}!{name(row, column)}", f"{len(text)} signs", f"<= {MAX_TEXT}")
        if place in places:
            over = places[place]
            if over is None or over.text != text or (over.row, over.column) == place:
                raise Refused("form-hidden", f"{title}!{name(row, column)}", text[:40])
            continue
        if text[0] in "#E" and _BROKEN.fullmatch(text):
            raise Refused("form-cell-broken", f"{title}!{name(row, column)}", text)
        if place not in merged:
            places[place] = cell = Cell(text, row, column, row, column)
        else:
            inner = _inner(merged[place], last_row, last_column)
            if not places.keys().isdisjoint(inner):
                raise Refused("form-safe", f"{title}!{name(row, column)}", "merged ranges that overlap")
            cell = Cell(text, row, column, *inner[-1])
            places.update(dict.fromkeys(inner, cell))
        cells.append(cell)
    return Sheet(title, tuple(cells), above, places=places)


def _inner(span: Span, last_row: int, last_column: int) -> list[tuple[int, int]]:
    """The places of a merged range, no further than the sheet is filled."""
    top, left, bottom, right = span
    columns = range(left, min(right, last_column) + 1)
    return [(row, column) for row in range(top, min(bottom, last_row) + 1) for column in columns]
