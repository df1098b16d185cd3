"""Worksheets as most programs write them, by one expression: a fourth of the time that a parser takes.

What is not made of such tags alone, to the last sign, or may hide anything, is left to the parser.
"""

import re

from disclosure.forms.grid import Placed, Span, place_of
from disclosure.forms.stored import ODD, PLAIN, Known, number_of, text_of

_SPACED = [(space, "") for space in " \t\r\n"] + [("", space) for space in " \t\r\n"]
# Around the cells: what hides rows and columns, prefixes, comments, other quotes, a second of all.
_RARE = (
    *("hidden", "zeroHeight", 'idth="0', "<!", ":sheet", ":merge", ":col", "'", "sheetData"),
    *(f"{a}={b}" for a, b in _SPACED),
)
_DECLARED = r'<\?xml(?: (?:version="1.0"|encoding="(?:UTF|utf)-8"|standalone="\w+"))+ ?\?>\s*'
_BEGINS = re.compile(rf"(?:{_DECLARED})?<worksheet [^<>]*>")
_CELL = re.compile(
    r'(<row r="(\d+)"(?: (?!hidden|ht="0)[\w:]+="[^"<>]*")*>|</row>|\s+'
    r'|(?:<c r="[A-Z]+\d+"(?: s="\d+")? ?/>)+'
    r'|<c r="([A-Z]+\d+)"(?: s="(\d+)")?(?: t="(n|s|str|inlineStr)")?>(?:<f>[^<]*</f>(?=<v>[^<]))?'
    r'(?:<v>([^<]*)</v>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
)
_SHARED = re.compile(rf"(?:{_DECLARED})?<sst [^<>]*>(.*)</sst>\s*", re.DOTALL)
_STRING = re.compile(r'(<si><t(?: xml:space="preserve")?>([^<]*)</t></si>|\s+)')
_MERGE = re.compile(r'(<mergeCell ref="([A-Z]+\d+):([A-Z]+\d+)" ?/>|\s+)')
_DIMENSION = re.compile(r'<dimension ref="(?:\w+:)?(\w+)" ?/>')


def plain(part: bytes, known: Known) -> tuple[str, list[Placed], list[Span]] | None:
    """The last place that a worksheet says it has, its filled cells and merged ranges; None for a parser."""
    head, _, rest = part.decode("utf-8").partition("<sheetData>")
    data, _, tail = rest.partition("</sheetData>")
    whole = _BEGINS.match(head) and tail.rstrip().endswith("</worksheet>")
    merges = tail.partition("<mergeCells")[2]
    merged, last = merges.partition(">")[2].partition("</mergeCells>")[0], _DIMENSION.search(head)
    if (
        not whole
        or any(word in around for around in (head, tail) for word in _RARE)
        or "<mergeCells" in merges
    ):
        return None
    placed, spans = _placed(data, known), _tiles(_MERGE, merged)
    if placed is None or spans is None or ("<dimension" in head and not last):
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


def _placed(data: str, known: Known) -> list[Placed] | None:
    """The filled cells; None where one stands in another row than it says, or does not show what it holds."""
    placed: list[Placed] = []
    tiles = _tiles(_CELL, data)
    if tiles is None:
        return None
    number, strings, styles = 0, known.strings, known.styles
    for _, row, ref, style, kind, value, inline in tiles:
        if row:
            number = int(row) - 1
        elif value or inline:
            line, column = place_of(ref)
            if line != number:
                return None
            shape = styles[int(style or 0)] if styles else PLAIN
            if shape.unseen:
                return None
            if inline or kind == "str":
                text = text_of(inline or value)
            elif kind == "s":
                text = strings[int(value)]
            elif shape.kind == ODD:
                return None
            else:
                text = number_of(value, shape, known.late)
            if text:
                placed.append((line, column, text))
    return placed
