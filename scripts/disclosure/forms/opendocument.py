"""Spreadsheets of the .ods kind: values, spans and what is hidden, read from their own XML.

calamine gives no spans of these, and covered cells come as blank ones.
"""

from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError, iterparse

from disclosure.forms.grid import Sheet, Span, sheet
from disclosure.forms.guard import MAX_AREA, MAX_COLUMNS, parts, within
from disclosure.forms.refusal import Refused

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_GROUPS = (f"{_TABLE}table-rows", f"{_TABLE}table-row-group", f"{_TABLE}table-header-rows")
Placed = dict[tuple[int, int], object]


def ods(data: bytes) -> list[Sheet]:
    """The visible sheets of an .ods; raises Refused."""
    found = parts(data)
    try:
        root = next(
            item for _, item in iterparse(BytesIO(found["content.xml"])) if item.tag.endswith("content")
        )
    except (KeyError, ParseError, StopIteration) as error:
        raise Refused("form-readable", "content.xml", str(error)) from error
    unseen = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        if any(item.get(f"{_TABLE}display") == "false" for item in style)
    }
    tables = root.iter(f"{_TABLE}table")
    return [_sheet(table) for table in tables if table.get(f"{_TABLE}style-name") not in unseen]


def _sheet(table: Element) -> Sheet:
    title = table.get(f"{_TABLE}name", "")
    values: Placed = {}
    spans: list[Span] = []
    row = 0
    hidden = {column for column, shown in _columns(table) if not shown}
    for item in _rows(table):
        many = _count(item, "number-rows-repeated", title)
        before = len(values)
        for column, value, span in _row(item, title):
            values[row, column] = value
            if span != (1, 1):
                spans.append((row, column, row + span[0] - 1, column + span[1] - 1))
            if item.get(f"{_TABLE}visibility") in ("collapse", "filter") or column in hidden:
                raise Refused("form-hidden", f"{title}!{row + 1}", str(value)[:40])
        if len(values) > before:
            within(title, row + many, max(column for _, column in values) + 1)
            for extra in range(1, many):
                values |= {(row + extra, c): values[r, c] for r, c in list(values) if r == row}
        row += many
    height, width = (max((place[axis] for place in values), default=-1) + 1 for axis in (0, 1))
    rows = ([values.get((line, column)) for column in range(width)] for line in range(height))
    return sheet(title, rows, spans)


def _columns(table: Element) -> Iterator[tuple[int, bool]]:
    place = 0
    for item in table.iter(f"{_TABLE}table-column"):
        many = min(int(item.get(f"{_TABLE}number-columns-repeated", "1")), MAX_COLUMNS)
        for _ in range(many):
            yield place, item.get(f"{_TABLE}visibility") not in ("collapse", "filter")
            place += 1


def _rows(table: Element) -> Iterator[Element]:
    for item in table:
        if item.tag == f"{_TABLE}table-row":
            yield item
        elif item.tag in _GROUPS:
            yield from _rows(item)


def _row(item: Element, title: str) -> Iterator[tuple[int, object, tuple[int, int]]]:
    column = 0
    for cell in item:
        if cell.tag not in _CELLS:
            continue
        many = _count(cell, "number-columns-repeated", title)
        value = _value(cell) if cell.tag == _CELLS[0] else ""
        if value != "":
            within(title, 1, column + many)
            span = (_count(cell, "number-rows-spanned", title), _count(cell, "number-columns-spanned", title))
            for place in range(many):
                yield column + place, value, span
        column += many


def _count(item: Element, attribute: str, title: str) -> int:
    text = item.get(f"{_TABLE}{attribute}", "1")
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < 1:
        raise Refused("form-safe", title, f"{attribute}={text}"[:80])
    if attribute.endswith("spanned") and int(text) > MAX_AREA // 10:
        raise Refused("form-safe", title, f"{attribute}={text}")
    return int(text)


def _value(cell: Element) -> object:
    kind = cell.get(f"{_OFFICE}value-type", "")
    if cell.get(f"{_TABLE}formula") and not kind:
        raise Refused("form-formula", "", cell.get(f"{_TABLE}formula", "")[:80])
    if kind in ("float", "currency"):
        try:
            return float(cell.get(f"{_OFFICE}value", ""))
        except ValueError as error:
            raise Refused("form-readable", "", cell.get(f"{_OFFICE}value", "")) from error
    return "\n".join(_text(line) for line in cell if line.tag == f"{_TEXT}p")


def _text(item: Element) -> str:
    inner = {f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n"}.get(item.tag, item.text or "")
    return inner + "".join(_text(child) + (child.tail or "") for child in item)
