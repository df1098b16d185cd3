"""Worksheets as most programs write them, by one expression: a fourth of the time that a parser takes.

What is not made of such tags alone, to the last sign, or may hide anything, is left to the parser.
"""

import re

from disclosure.forms.grid import Placed, Span, place_of
from disclosure.forms.stored import Known, number_of, text_of

_SPACED = [(space, "") for space in " \t\r\n"] + [("", space) for space in " \t\r\n"]
# Around the cells: what hides rows and columns, prefixes, comments, attributes in other quotes.
_RARE = (
    "hidden",
    "zeroHeight",
    'idth="0',
    "<!",
    ":sheet",
    ":merge",
    ":col",
    "'",
    *(f"{a}={b}" for a, b in _SPACED),
)
_DECLARED = r'<\?xml(?: (?:version="1.0"|encoding="(?:UTF|utf)-8"|standalone="\w+"))+ ?\?>\s*'
_WHOLE = re.compile(
    rf"(?:{_DECLARED})?<worksheet [^<>]*>(.*?)<sheetData>(.*)</sheetData>(.*)</worksheet>\s*", re.DOTALL
)
_CELL = re.compile(
    r'(<row r="(\d+)"(?: (?!hidden|ht="0)[\w:]+="[^"<>]*")*>|</row>|\s+'
    r'|(?:<c r="[A-Z]+\d+"(?: s="\d+")? ?/>)+'
    r'|<c r="([A-Z]+\d+)"(?: s="(\d+)")?(?: t="(n|s|str|inlineStr)")?>(?:<f>[^<]*</f>(?=<v>[^<]))?'
    r'(?:<v>([^<]*)</v>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
)
_SHARED = re.compile(rf"(?:{_DECLARED})?<sst [^<>]*>(.*)</sst>\s*", re.DOTALL)
_STRING = re.compile(r'(<si><t(?: xml:space="preserve")?>([^<]*)</t></si>|\s+)')
_MERGES = re.compile(r"<mergeCells[^<>]*>(.*)</mergeCells>", re.DOTALL)
_MERGE = re.compile(r'(<mergeCell ref="([A-Z]+\d+):([A-Z]+\d+)" ?/>|\s+)')
_DIMENSION = re.compile(r'<dimension ref="(?:\w+:)?(\w+)" ?/>')


def plain(part: bytes, known: Known) -> tuple[str, list[Placed], list[Span]] | None:
    """The last place that a worksheet says it has, its filled cells and merged ranges; None for a parser."""
    whole = _WHOLE.fullmatch(part.decode("utf-8"))
    head, data, tail = whole.groups() if whole else ("<!", "", "")
    if any(word in around for around in (head, tail) for word in _RARE):
        return None
    merged, last = _MERGES.search(tail), _DIMENSION.search(head)
    cells, spans = _tiles(_CELL, data), _tiles(_MERGE, merged.group(1) if merged else "")
    placed = None if cells is None else _placed(cells, known)
    if (
        placed is None
        or spans is None
        or tail.count("<mergeCells") > 1
        or ("<dimension" in head and not last)
    ):
        return None
    ranges = [(*place_of(first), *place_of(end)) for _, first, end in spans if first]
    return last.group(1) if last else "A1", placed, ranges


def plain_strings(part: bytes) -> list[str] | None:
    """The shared strings of a workbook where each is one text; None for a parser."""
    whole = _SHARED.fullmatch(part.decode("utf-8"))
    tiles = _tiles(_STRING, whole.group(1)) if whole else None
    return None if tiles is None else [text_of(tile[1]) for tile in tiles if tile[0].strip()]


def _tiles(pattern: re.Pattern[str], text: str) -> list[tuple[str, ...]] | None:
    """The text cut into tiles; None where they are not all of it."""
    found: list[tuple[str, ...]] = pattern.findall(text)
    return found if sum([len(tile[0]) for tile in found]) == len(text) else None


def _placed(tiles: list[tuple[str, ...]], known: Known) -> list[Placed] | None:
    """The filled cells; None where one says that it stands in another row than it does."""
    placed: list[Placed] = []
    number, strings, styles = 0, known.strings, known.styles
    for _, row, ref, style, kind, value, inline in tiles:
        if row:
            number = int(row) - 1
        elif value or inline:
            line, column = place_of(ref)
            if line != number:
                return None
            if inline or kind == "str":
                text = text_of(inline or value)
            elif kind == "s":
                text = strings[int(value)]
            else:
                text = number_of(value, styles[int(style or 0)] if styles else "", known.late)
            if text:
                placed.append((line, column, text))
    return placed
