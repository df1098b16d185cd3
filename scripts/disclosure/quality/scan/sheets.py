"""Long sheets of workbooks without the rows that hold nothing, told from how they are written."""

import re
from collections.abc import Callable, Sequence
from html import unescape

from disclosure.quality.scan.headers import is_marked
from disclosure.quality.scan.pieces import CannotRead
from disclosure.quality.scan.screen import matching, screen
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


def thinned(
    data: bytes, strings: Sequence[str], groups: tuple[str, ...], rows_of: Callable[[bytes], Rows]
) -> bytes:
    """A long sheet without the plain rows that hold nothing and name no column; any other as it is.

    Why none is missed: rows are written without prefix, each begins where another ends, and no comment or
    instruction hides one, so each stands right in the sheet's data. A plain row is well-formed by itself, so
    the rest is if the whole is. The text of each of its cells is written in it, but for five entities, or is
    a shared string; so it holds a hit only if it does as it is written or one of its strings does (see
    `screen`). None of its columns is named below the head, which is kept, and the head marks none.
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
    if len(head) < HEAD_ROWS or marked or not named or len(some) > _MANY:
        return data
    cell = f'<c r="(?:{"|".join(sorted(named))})[0-9]{{1,9}}"(?: s="[0-9]{{1,9}}")?(?:/>|{_HELD})'
    plain = matching(rows, [rf'^\n<row r="[0-9]{{1,9}}"(?: spans="[0-9:]+")?>(?:{cell})*</row>\n$'])
    shared = matching(rows, [f't="s"><v>0*(?:{"|".join(some)})</v>']) if some else [False] * len(rows)
    written = [unescape(row.decode("utf-8", "replace")) if b"&" in row else row for row in rows]
    held = screen(written, groups, by_cells=True)
    kept = [not is_plain for is_plain in plain]
    told = enumerate(zip(rows, map(any, zip(kept, shared, held, strict=True)), strict=True))
    return start + b"".join(row for at, (row, is_kept) in told if at < HEAD_ROWS or is_kept)
