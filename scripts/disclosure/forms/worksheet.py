"""A worksheet's XML into cells; what those who signed the form could not see is refused."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from disclosure.forms.grid import Placed, Sheet, Span, name, one_line, place_of, sheet
from disclosure.forms.guard import MAX_COLUMNS, parsed, within
from disclosure.forms.plain import plain
from disclosure.forms.refusal import Refused
from disclosure.forms.stored import ODD, PLAIN, Known, escaped, number_of

_YES = ("1", "true")
_LEAST = 1  # points of a row, signs of a column: nobody can read what is in less


def worksheet(title: str, part: bytes, known: Known) -> Sheet:
    """The sheet; raises Refused where something in it is hidden, broken or not computed."""
    last, placed, spans = plain(part, known) or _parsed(title, part, known)
    row, column = place_of(last)
    within(title, row + 1, column + 1)
    return sheet(title, placed, spans)


def _parsed(title: str, part: bytes, known: Known) -> tuple[str, list[Placed], list[Span]]:
    root, space = parsed(title, part), known.space
    last = [item.get("ref", "A1").rpartition(":")[2] for item in root.iterfind(f"{space}dimension")]
    spans = [_span(item.get("ref", "")) for item in root.iter(f"{space}mergeCell")]
    return last[0] if last else "A1", list(_cells(title, root, known)), spans


def string(item: Element, space: str) -> str:
    """A string as shown, its runs together, without how it is spoken; raises Refused if one is struck out."""
    lines = [line for line in item if line.tag in (f"{space}t", f"{space}r")]
    text = one_line(escaped("".join(part.text or "" for line in lines for part in line.iter(f"{space}t"))))
    if any(line.get("val", "1") in _YES for line in item.iter(f"{space}strike")):
        raise Refused("form-hidden", "", text[:40])
    return text


def _span(ref: str) -> Span:
    first, _, last = ref.partition(":")
    return (*place_of(first), *place_of(last or first))


def _cells(title: str, root: Element, known: Known) -> Iterator[Placed]:
    number, unseen = -1, _unseen(root, known.space)
    low = any(item.get("zeroHeight") in _YES for item in root.iterfind(f"{known.space}sheetFormatPr"))
    for row in root.iterfind(f"{known.space}sheetData/{known.space}row"):
        number, column = _row(row, number + 1), -1
        hidden = row.get("hidden") in _YES or float(row.get("ht", not low)) < _LEAST
        for cell in row:
            ref = cell.get("r")
            line, column = place_of(ref) if ref else (number, column + 1)
            if line != number or column >= MAX_COLUMNS:
                raise Refused("form-safe", f"{title}!{ref or name(line, column)}", "place")
            if not len(cell):
                continue
            text = _value(cell, known, f"{title}!{ref or name(line, column)}")
            if text and (hidden or column in unseen):
                raise Refused("form-hidden", f"{title}!{name(line, column)}", text[:40])
            if text:
                yield line, column, text


def _value(cell: Element, known: Known, where: str) -> str:
    """What a cell shows; raises Refused."""
    kind, text, formula = cell.get("t", "n"), None, False
    for item in cell:
        tag = item.tag.removeprefix(known.space)
        if tag == "v":
            text = item.text or ""
        elif tag == "is":
            text = string(item, known.space)
        formula |= tag == "f"
    if formula and not text and (kind != "str" or text is None):
        raise Refused("form-formula", where, "formula without a value")
    if kind == "e":
        raise Refused("form-cell-broken", where, text or "")
    if not text:
        return ""
    style = known.styles[int(cell.get("s", 0))] if known.styles else PLAIN
    if style.unseen or (kind == "n" and style.kind == ODD):
        raise Refused("form-hidden", where, text[:40] if kind == "n" else "")
    if kind == "s":
        return known.strings[int(text)]
    if kind == "n":
        return number_of(text, style, known.late)
    return ("FALSE", "TRUE")[int(text)] if kind == "b" else one_line(escaped(text))


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
