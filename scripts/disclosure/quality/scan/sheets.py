"""Long sheets of workbooks without the rows that hold nothing, told from how they are written."""

import re
from collections.abc import Callable, Sequence

from disclosure.quality.scan.headers import is_marked
from disclosure.quality.scan.pieces import CannotRead
from disclosure.quality.scan.screen import FEW, in_cells, in_heads, matching, screen
from disclosure.quality.scan.tabular import Rows

HEAD_ROWS = 8  # a title, a unit line and two-storeyed headings stand above the first row of data
_MANY = 1_000  # rows; fewer are read whole
_FIRST = re.compile(
    rb'(?:<\?xml version="1\.0"(?: encoding="UTF-8")?(?: standalone="(?:yes|no)")?\?>\s*)?<[a-z]'
)
_TEXT = r"(?:[^<>&\x{0}-\x{8}\x{b}\x{c}\x{e}-\x{1f}\x{fffe}\x{ffff}]|&(?:amp|lt|gt|quot|apos);)*"
# A number with a point may be read as a whole one: of ten digits, it is nobody's.
_HELD = (
    rf' t="inlineStr"><is><t(?: xml:space="preserve")?>{_TEXT}</t></is></c>|'
    r' t="s"><v>[0-9]{1,9}</v></c>|><v>-?(?:[0-9]{1,10}\.[0-9]{1,10}|[0-9]+)</v></c>'
)
_LOOK = r'(?: spans="[0-9:]{3,15}")?(?: ht="[0-9.]{1,9}" customHeight="1")?'


def _row(columns: str) -> str:
    """A plain row of no other columns: well-formed by itself, with its texts in one piece, told to end."""
    cell = f'<c r="(?:{columns})[0-9]{{1,9}}"(?: s="[0-9]{{1,9}}")?(?:/>|{_HELD})'
    return f'<row r="[0-9]{{1,9}}"{_LOOK}>(?:{cell})*</row>'


def rows_apart(data: bytes) -> tuple[bytes, bytes]:
    """The rows of a sheet, if they begin right in its data, and what is written around them."""
    start, end = data.find(b"<sheetData><row ") + 11, data.rfind(b"</row>") + 6
    return (data[start:end], data[:start] + data[end:]) if 11 <= start < end else (b"", data)


def may_hold(books: Sequence[bytes], groups: tuple[str, ...]) -> list[bool]:
    """Whether workbooks may hold a hit, each given as a line of its name, its rows and all else of it.

    One passes whose rows are plain, so that it is well-formed if what is around them is, and of which no cell
    marks a column or holds anything: signs that XML escapes are not needed for it.
    """
    if sum(map(len, books)) < FEW or _escaped(groups):
        return [True] * len(books)
    patterns = rf"^\n[^\n]*\n(?:{_row('[A-Z]+')})*\n", f"{in_cells(groups)}|{in_heads()}"
    return [not plain or held for plain, held in zip(*matching(books, *patterns), strict=True)]


def _escaped(groups: tuple[str, ...]) -> bool:
    return any(set(group) & set("&<>\"'") for group in groups)


def thinned(
    data: bytes, strings: Sequence[str], groups: tuple[str, ...], rows_of: Callable[[bytes], Rows]
) -> bytes:
    """A long sheet without the plain rows that hold nothing and name no column; any other as it is.

    Why none is missed: rows are written without prefix, each begins where another ends, and no comment or
    instruction hides one, so each stands right in the sheet's data. A plain row is well-formed by itself, so
    the rest is if the whole is. The text of each of its cells is written in it, but for five signs that no
    part of `in_cells` needs, or is a shared string; so it holds a hit only if it does as it is written or one
    of its strings does. None of its columns is named below the head, which is kept, and the head marks none.
    """
    start, *parts = data.split(b"<row ")
    rows = [b"<row " + part for part in parts]
    end = data.rpartition(b"</row>")[2]
    apart = all(row.endswith(b"</row>") for row in rows[:-1]) and data.count(b"</row>") == len(rows)
    whole = data.count(b"<row") - end.count(b"<row") == len(rows) and b":row" not in data
    if (
        len(rows) < _MANY
        or not (apart and whole and _FIRST.match(data))
        or b"<!" in data
        or b"<?" in data[1:]
    ):
        return data
    try:
        head = list(rows_of(start + b"".join(rows[:HEAD_ROWS]) + end))
    except (CannotRead, ValueError, IndexError):
        return data  # whoever reads it says so
    some = [str(at) for at, may_hold in enumerate(screen(strings, groups, by_cells=True)) if may_hold]
    marked = any(is_marked(text) for line in head for text in line.texts)
    named = {column for line in head for column in line.columns if re.fullmatch("[A-Z]+", column)}
    if len(head) < HEAD_ROWS or marked or _escaped(groups) or not named or len(some) > _MANY:
        return data
    row = rf"^\n{_row('|'.join(sorted(named)))}\n$"
    shared = rf't="s"><v>0*(?:{"|".join(some) or "x"})</v>'
    told = zip(rows, *matching(rows, row, shared, in_cells(groups)), strict=True)
    kept = (
        row
        for at, (row, is_plain, is_shared, may_hold) in enumerate(told)
        if at < HEAD_ROWS or not is_plain or is_shared or may_hold
    )
    return start + b"".join(kept)
