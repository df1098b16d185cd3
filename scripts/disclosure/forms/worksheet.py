"""A worksheet's XML into cells; what those who signed the form could not see is refused."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, count
from operator import ne
from xml.etree.ElementTree import Element

from disclosure.forms.grid import LARGEST, Place, Refused, Sheet, Span, name, on, place_of
from disclosure.forms.guard import MAX_COLUMNS, parsed, within
from disclosure.forms.markup import MAX_KEPT, Text, cut, filled, numbered, text_in
from disclosure.forms.placed import alike, sheet
from disclosure.forms.stored import ODD, PLAIN, Known, Style, number_of, text_of

_YES = ("1", "true")
_LEAST = 1  # points of a row, signs of a column: nobody can read what is in less


@dataclass(slots=True, eq=False)
class _Cell:
    """A cell that may show something: its place and how its text is to be read."""

    place: Place
    kind: str
    style: Style
    late: bool
    text: Text | None
    formula: bool
    hidden: bool


@dataclass(slots=True, eq=False)
class _Frame:
    """A worksheet without its texts: its cells, those that share strings, merged ranges; what it was before.

    `before` has the texts of its cells, the numbers of those that show one, and the sheet.
    """

    cells: list[_Cell]
    sharing: list[int]
    spans: list[Span]
    before: tuple[list[str], Mapping[int, int], Sheet] | None = None


def worksheet(title: str, part: bytes, known: Known, shared: Sequence[str]) -> Sheet:
    """The sheet, with the strings that its cells share; raises Refused where what it says cannot be seen."""
    markup, texts = cut(part)
    with on(title):
        frame = (_frame if len(markup) < MAX_KEPT else _frame.__wrapped__)(markup, known)
        stored = [
            texts[cell.text] if cell.text.__class__ is int else filled(cell.text or "", texts)
            for cell in frame.cells
        ]
        for number in frame.sharing:
            stored[number] = shared[int(stored[number])] if stored[number] else ""
        return _again(title, frame, stored) or _anew(title, frame, stored)


def _again(title: str, frame: _Frame, stored: list[str]) -> Sheet | None:
    """The sheet as it was before, with what differs in its place; None where other cells show something."""
    if frame.before is None:
        return None
    was, shown, before = frame.before
    said: dict[int, str] = {}
    for number in compress(count(), map(ne, stored, was)):
        text = _said(frame.cells[number], stored[number])
        if not text or number not in shown:
            return None
        said[shown[number]] = text
    return alike(before, title, said)


def _anew(title: str, frame: _Frame, stored: list[str]) -> Sheet:
    every = zip(count(), frame.cells, map(_said, frame.cells, stored), strict=False)
    shown = [(number, (cell.place, text)) for number, cell, text in every if text]
    found = sheet(title, [placed for _, placed in shown], frame.spans)
    if sum(map(len, stored)) <= LARGEST:
        frame.before = stored, {number: place for place, (number, _) in enumerate(shown)}, found
    return found


def strings(part: bytes, space: str) -> list[str]:
    """The strings that cells share, as they are stored; raises Refused where one is struck out."""
    markup, texts = cut(part)
    found = (_strings if len(markup) < MAX_KEPT else _strings.__wrapped__)(markup, space)
    return [texts[text] if text.__class__ is int else filled(text, texts) for text in found]


@lru_cache(maxsize=64)
def _strings(markup: bytes, space: str) -> list[Text]:
    return [_string(item, space) for item in parsed("sharedStrings", numbered(markup))]


def _string(item: Element, space: str) -> Text:
    """A string as shown, its runs together, without how it is spoken; raises Refused if one is struck out."""
    if len(item) == 1 and item[0].tag == f"{space}t":
        return text_in(item[0].text or "")
    lines = [line for line in item if line.tag in (f"{space}t", f"{space}r")]
    text = "".join(part.text or "" for line in lines for part in line.iter(f"{space}t"))
    if any(line.get("val", "1") in _YES for line in item.iter(f"{space}strike")):
        raise Refused("form-hidden", "", text_of(text)[:40])
    return text_in(text)


@lru_cache(maxsize=64)
def _frame(markup: bytes, known: Known) -> _Frame:
    root, space = parsed("", numbered(markup)), known.space
    for item in root.iterfind(f"{space}dimension"):
        row, column = place_of(item.get("ref", "A1").rpartition(":")[2])
        within(row + 1, column + 1)
    spans = [_span(item.get("ref", "")) for item in root.iter(f"{space}mergeCell")]
    cells = [*_cells(root, known)]
    return _Frame(cells, [number for number, cell in enumerate(cells) if cell.kind == "s"], spans)


def _span(ref: str) -> Span:
    first, _, last = ref.partition(":")
    return (*place_of(first), *place_of(last or first))


def _cells(root: Element, known: Known) -> Iterator[_Cell]:
    space = known.space
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
                yield _cell(cell, known, (line, column), hidden or column in unseen)


def _cell(cell: Element, known: Known, place: Place, hidden: bool) -> _Cell:
    text: Text | None = None
    for item in cell:
        if item.tag == f"{known.space}v":
            text = text_in(item.text or "")
        elif item.tag == f"{known.space}is":
            text = _string(item, known.space)
    style = known.styles[int(cell.get("s", 0))] if known.styles else PLAIN
    formula = cell.find(f"{known.space}f") is not None
    return _Cell(place, cell.get("t", "n"), style, known.late, text, formula, hidden)


def _said(cell: _Cell, stored: str) -> str:
    """What a cell shows of what it stores; raises Refused where that is hidden, broken or not computed."""
    is_number, where = cell.kind == "n", name(*cell.place)
    if cell.formula and not stored and (cell.kind != "str" or cell.text is None):
        raise Refused("form-formula", where, "formula without a value")
    if cell.kind == "e":
        raise Refused("form-cell-broken", where, stored)
    if stored and (cell.style.unseen or (is_number and cell.style.kind == ODD)):
        raise Refused("form-hidden", where, stored[:40] if is_number else "")
    if not stored:
        return ""
    if is_number:
        said = number_of(stored, cell.style, cell.late)
    elif cell.kind == "b":
        said = ("FALSE", "TRUE")[int(stored)]
    else:
        said = text_of(stored)
    if said and cell.hidden:
        raise Refused("form-hidden", where, said[:40])
    return said


def _row(row: Element, after: int) -> int:
    """The number of a row: as it says, as its first cell says, or the one after the row before."""
    if said := row.get("r"):
        return int(said) - 1
    named = next((ref for cell in row if (ref := cell.get("r"))), None)
    return place_of(named)[0] if named else after


def _unseen(root: Element, space: str) -> set[int]:
    """The columns that are hidden, or too narrow to show anything."""
    found: set[int] = set()
    for item in root.iterfind(f"{space}cols/{space}col"):
        if item.get("hidden") in _YES or float(item.get("width", _LEAST)) < _LEAST:
            found.update(range(int(item.get("min", 1)) - 1, min(int(item.get("max", 1)), MAX_COLUMNS)))
    return found
