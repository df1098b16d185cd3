"""A worksheet's XML into cells; what those who signed the form could not see is refused."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element

from disclosure.forms.grid import Placed, Sheet, Span, name, place_of
from disclosure.forms.guard import MAX_COLUMNS, parsed, within
from disclosure.forms.markup import MAX_KEPT, Text, cut, filled, numbered, text_in
from disclosure.forms.placed import sheet
from disclosure.forms.refusal import Refused, on
from disclosure.forms.stored import ODD, PLAIN, Known, number_of, text_of

_YES = ("1", "true")
_LEAST = 1  # points of a row, signs of a column: nobody can read what is in less


class _Cell(NamedTuple):
    """A cell that may show something: its place and how its text is to be read."""

    line: int
    column: int
    kind: str
    style: int
    text: Text | None
    formula: bool
    hidden: bool


class _Frame(NamedTuple):
    """A worksheet without its texts: the last place that it says it has, its cells and merged ranges."""

    last: tuple[int, int]
    cells: list[_Cell]
    spans: list[Span]


def worksheet(title: str, part: bytes, known: Known) -> Sheet:
    """The sheet; raises Refused where something in it is hidden, broken or not computed."""
    markup, texts = cut(part)
    with on(title):
        last, cells, spans = (_frame if len(markup) < MAX_KEPT else _framed)(markup, known.space)
        within(last[0] + 1, last[1] + 1)
        return sheet(title, _shown(cells, texts, known), spans)


def strings(part: bytes, space: str) -> list[str]:
    """The strings that cells share; raises Refused where one is struck out."""
    markup, texts = cut(part)
    found = (_strings if len(markup) < MAX_KEPT else _listed)(markup, space)
    return [text_of(filled(text, texts)) for text in found]


def _listed(markup: bytes, space: str) -> list[Text]:
    return [_string(item, space) for item in parsed("sharedStrings", numbered(markup))]


def _string(item: Element, space: str) -> Text:
    """A string as shown, its runs together, without how it is spoken; raises Refused if one is struck out."""
    lines = [line for line in item if line.tag in (f"{space}t", f"{space}r")]
    text = "".join(part.text or "" for line in lines for part in line.iter(f"{space}t"))
    if any(line.get("val", "1") in _YES for line in item.iter(f"{space}strike")):
        raise Refused("form-hidden", "", text_of(text)[:40])
    return text_in(text)


def _framed(markup: bytes, space: str) -> _Frame:
    root = parsed("", numbered(markup))
    last = [item.get("ref", "A1").rpartition(":")[2] for item in root.iterfind(f"{space}dimension")]
    spans = [_span(item.get("ref", "")) for item in root.iter(f"{space}mergeCell")]
    return _Frame(place_of(last[0] if last else "A1"), list(_cells(root, space)), spans)


_frame, _strings = lru_cache(maxsize=64)(_framed), lru_cache(maxsize=64)(_listed)


def _span(ref: str) -> Span:
    first, _, last = ref.partition(":")
    return (*place_of(first), *place_of(last or first))


def _cells(root: Element, space: str) -> Iterator[_Cell]:
    number, unseen = -1, _unseen(root, space)
    low = any(item.get("zeroHeight") in _YES for item in root.iterfind(f"{space}sheetFormatPr"))
    for row in root.iterfind(f"{space}sheetData/{space}row"):
        number, column = _row(row, number + 1), -1
        hidden = row.get("hidden") in _YES or float(row.get("ht", not low)) < _LEAST
        for cell in row:
            ref = cell.get("r")
            line, column = place_of(ref) if ref else (number, column + 1)
            if line != number or column >= MAX_COLUMNS:
                raise Refused("form-safe", ref or name(line, column), "place")
            if len(cell):
                yield _cell(cell, space, (line, column), hidden or column in unseen)


def _cell(cell: Element, space: str, place: tuple[int, int], hidden: bool) -> _Cell:
    text: Text | None = None
    for item in cell:
        if item.tag == f"{space}v":
            text = text_in(item.text or "")
        elif item.tag == f"{space}is":
            text = _string(item, space)
    formula = cell.find(f"{space}f") is not None
    return _Cell(*place, cell.get("t", "n"), int(cell.get("s", 0)), text, formula, hidden)


def _shown(cells: Sequence[_Cell], texts: Sequence[str], known: Known) -> Iterator[Placed]:
    for cell in cells:
        line, column, kind, style, text, _, hidden = cell
        stored = texts[text] if isinstance(text, int) else filled(text or "", texts)
        shape = known.styles[style] if known.styles else PLAIN
        if not stored or kind == "e":
            _empty(cell, stored)
            continue
        if shape.unseen or (kind == "n" and shape.kind == ODD):
            raise Refused("form-hidden", name(line, column), stored[:40] if kind == "n" else "")
        if kind == "s":
            shown = known.strings[int(stored)]
        elif kind == "n":
            shown = number_of(stored, shape, known.late)
        else:
            shown = ("FALSE", "TRUE")[int(stored)] if kind == "b" else text_of(stored)
        if shown and hidden:
            raise Refused("form-hidden", name(line, column), shown[:40])
        if shown:
            yield line, column, shown


def _empty(cell: _Cell, stored: str) -> None:
    """Refuse a cell that shows an error, or nothing where something should have been computed."""
    where = name(cell.line, cell.column)
    if cell.formula and not stored and (cell.kind != "str" or cell.text is None):
        raise Refused("form-formula", where, "formula without a value")
    if cell.kind == "e":
        raise Refused("form-cell-broken", where, stored)


def _row(row: Element, after: int) -> int:
    """The number of a row: as it says, as its first cell says, or the one after the row before."""
    said = row.get("r")
    if said is None:
        named = next((ref for cell in row if (ref := cell.get("r"))), None)
        return place_of(named)[0] if named else after
    return int(said) - 1


def _unseen(root: Element, space: str) -> set[int]:
    """The columns that are hidden, or too narrow to show anything."""
    found: set[int] = set()
    for item in root.iterfind(f"{space}cols/{space}col"):
        if item.get("hidden") in _YES or float(item.get("width", _LEAST)) < _LEAST:
            found.update(range(int(item.get("min", 1)) - 1, min(int(item.get("max", 1)), MAX_COLUMNS)))
    return found
