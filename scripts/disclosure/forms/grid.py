"""A sheet as people see it: cells with their spans, whatever kind of file it comes from."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache

from disclosure.forms.refusal import Refused

# Full-width and small signs by their half-width ones; ㎡ and the like stay as they are.
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord(wide): ord(half) for wide, half in zip("﹥﹤﹦﹪﹣﹢−﹐﹕﹒", "><=%-+-,:.", strict=True)
}
Span = tuple[int, int, int, int]  # first row, first column, last row, last column, counted from 0
_BREAK = re.compile(r"[ \t\u00a0\u3000]*[\r\n\t\v\f\u2028]+[ \t\u00a0\u3000]*")
_WIDE = re.compile(r"[\u00a0\u2000-\u200a\u3000\t]+")
_SPACES = re.compile(" {2,}")


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """What stands in a cell, on one line, and the span it covers; `number` where it was stored as one.

    A cell is the same as itself only: cells are looked up by the thousand.
    """

    text: str
    row: int
    column: int
    last_row: int
    last_column: int
    number: Decimal | None = None

    @property
    def name(self) -> str:
        """Its name in a spreadsheet, such as E7."""
        return name(self.row, self.column)


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook or a table of a document; `above` is the text that stands over it.

    `fractions` says whether a percentage may have come without its sign (the format tells nothing of it).
    """

    title: str
    cells: tuple[Cell, ...]
    above: str = ""
    fractions: bool = False

    @cached_property
    def places(self) -> dict[tuple[int, int], Cell]:
        """The cell that covers each place, merged ranges followed."""
        found: dict[tuple[int, int], Cell] = {}
        for cell in self.cells:
            if cell.row == cell.last_row and cell.column == cell.last_column:
                found[cell.row, cell.column] = cell
                continue
            for row in range(cell.row, cell.last_row + 1):
                for column in range(cell.column, cell.last_column + 1):
                    found.setdefault((row, column), cell)
        return found

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
    joined = _BREAK.sub(lambda match: _between(text, match), text)
    return _SPACES.sub(" ", _WIDE.sub(" ", joined)).strip()


def _between(text: str, match: re.Match[str]) -> str:
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    return " " if before.isascii() and after.isascii() and before and after else ""


@lru_cache(maxsize=8_192)
def folded(text: str) -> str:
    """The text in half-width signs without white space: what labels and values are told by."""
    return "".join(text.translate(_HALF).split())


def plain(number: float) -> Decimal:
    """A stored number as a spreadsheet shows it: fifteen digits, no exponent."""
    return Decimal(f"{Decimal(f'{number:.15g}'):f}")


def written(value: object, percent: bool = False) -> tuple[str, Decimal | None]:
    """A stored value as text, and as a number where it is one."""
    if isinstance(value, str):
        return one_line(value), None
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), None
    if isinstance(value, int | float):
        number = plain(value)
        return (f"{(number * 100).normalize():f}%", None) if percent else (f"{number:f}", number)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" "), None
    if isinstance(value, date):
        return value.isoformat(), None
    return ("" if value is None or (isinstance(value, timedelta) and not value) else str(value)), None


def sheet(
    title: str,
    rows: Iterable[Iterable[object]],
    spans: Iterable[Span],
    percents: frozenset[tuple[int, int]] = frozenset(),
    **more: object,
) -> Sheet:
    """A sheet from its rows and merged ranges; raises Refused where ranges overlap or a cell is broken."""
    merged = {(span[0], span[1]): span for span in spans}
    cells = []
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if value == "" or value is None:
                continue
            text, stored = written(value, (number, place) in percents)
            if (text.startswith("#") and text.rstrip("!?").isupper()) or text in ("#DIV/0!", "#N/A"):
                raise Refused("form-cell-broken", f"{title}!{name(number, place)}", text)
            if text:
                _, _, last_row, last_column = merged.get((number, place), (0, 0, number, place))
                cells.append(Cell(text, number, place, last_row, last_column, stored))
    return Sheet(title, tuple(cells), **more)  # type: ignore[arg-type]
