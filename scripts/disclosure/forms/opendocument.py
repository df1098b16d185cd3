"""Spreadsheets of the .ods kind: values, spans and what is hidden, read from their own XML.

calamine gives no spans of these, and covered cells come as blank ones.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from xml.etree.ElementTree import Element

from disclosure.forms.grid import Placed, Refused, Sheet, Span, name, on, one_line
from disclosure.forms.guard import MAX_AREA, MAX_COLUMNS, parsed, parts, within
from disclosure.forms.placed import sheet
from disclosure.forms.stored import PLACES, number_of

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLES = f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table"
_DISPLAY, _STYLED = f"{_TABLE}display", f"{_TABLE}style-name"
_STRUCK = f"{_STYLE}text-line-through-style"
_SIZES = (f"{_STYLE}row-height", f"{_STYLE}column-width")
_NIL = re.compile(r"0*(?:\.0*)?[a-z]*$")
_SHOWN = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def ods(data: bytes) -> list[Sheet]:
    """The sheets of an .ods, a hidden one without its cells; raises Refused."""
    root = parsed("content.xml", parts(data).get("content.xml", b""))
    unseen = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        if any(
            (key == _DISPLAY and value == "false")
            or (key in _SIZES and _NIL.match(value))
            or (key == _STRUCK and value != "none")
            for item in style
            for key, value in item.items()
        )
    }
    try:
        return [_sheet(table, unseen) for table in root.iterfind(_TABLES)]
    except RecursionError as error:
        raise Refused("form-safe", "content.xml", "nesting") from error


def _sheet(table: Element, unseen: set[str | None]) -> Sheet:
    title = table.get(f"{_TABLE}name", "")
    if _hidden(table, unseen):
        return Sheet(title, hidden=True)
    with on(title):
        return sheet(title, *_placed(table, unseen))


def _placed(table: Element, unseen: set[str | None]) -> tuple[list[Placed], list[Span]]:
    if table.find(f".//{_TABLE}table") is not None:
        raise Refused("form-hidden", "", "table in a cell")
    placed: list[Placed] = []
    spans: list[Span] = []
    row = 0
    columns = list(_columns(table, unseen))
    for item in table.iter(f"{_TABLE}table-row"):
        many = _count(item, "number-rows-repeated")
        for column, text, span, styles in _row(item):
            within(row + many, column + 1)
            if _hidden(item, unseen) or column in columns or styles & unseen:
                raise Refused("form-hidden", name(row, column), text[:40])
            if span != (1, 1):
                spans.append((row, column, row + span[0] - 1, column + span[1] - 1))
            placed.extend(((row + extra, column), text) for extra in range(many))
            if len(placed) > MAX_AREA:
                raise Refused("form-safe", "", f"> {MAX_AREA}")
        row += many
    return placed, spans


def _hidden(item: Element, unseen: set[str | None]) -> bool:
    """Whether a sheet, a row or a column is hidden, by itself or by its style."""
    return item.get(f"{_TABLE}visibility") in ("collapse", "filter") or item.get(_STYLED) in unseen


def _columns(table: Element, unseen: set[str | None]) -> Iterator[int]:
    """The columns that are hidden."""
    place = 0
    for item in table.iter(f"{_TABLE}table-column"):
        many = _count(item, "number-columns-repeated")
        if _hidden(item, unseen):
            yield from range(place, min(place + many, MAX_COLUMNS))
        place += many


def _row(item: Element) -> Iterator[tuple[int, str, tuple[int, int], set[str]]]:
    """The filled cells of a row: column, text, how far it spans, the styles of the cell and of its words."""
    column = 0
    for cell in item:
        if cell.tag not in _CELLS:
            continue
        many = _count(cell, "number-columns-repeated")
        if text := one_line(_value(cell, name(0, column))):
            within(1, column + many)
            span = (_count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned"))
            styles = {cell.get(_STYLED, ""), *(part.get(f"{_TEXT}style-name", "") for part in cell.iter())}
            for place in range(many):
                yield column + place, text, span, styles
        column += many


def _count(item: Element, attribute: str) -> int:
    text = item.get(f"{_TABLE}{attribute}", "1")
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < 1:
        raise Refused("form-safe", "", f"{attribute}={text}"[:80])
    if attribute.endswith("spanned") and int(text) > MAX_AREA // 10:
        raise Refused("form-safe", "", f"{attribute}={text}")
    return int(text)


def _value(cell: Element, where: str) -> str:
    kind = cell.get(f"{_OFFICE}value-type", "")
    if cell.get(f"{_TABLE}formula") and not kind:
        raise Refused("form-formula", where, cell.get(f"{_TABLE}formula", "")[:80])
    shown = "\n".join(_text(line) for line in cell if line.tag == f"{_TEXT}p")
    if kind not in ("float", "currency"):
        return shown
    stored = cell.get(f"{_OFFICE}value", "")
    try:
        return _as_shown(number_of(stored), shown)
    except ValueError as error:
        raise Refused("form-hidden", where, f"{stored} {shown}"[:80]) from error


def _as_shown(number: str, shown: str) -> str:
    """The number with the words that its format sets around it; raises ValueError where it shows another."""
    match = _SHOWN.search(shown)
    digits = match.group().replace(",", "") if match else ""
    places = len(digits.partition(".")[2])
    if match is None or abs(Decimal(digits) - Decimal(number)) > Decimal(5).scaleb(-places - 1):
        raise ValueError(number)
    exact = digits if len(number.partition(".")[2]) > PLACES else number
    return f"{shown[: match.start()]}{exact}{shown[match.end() :]}"


def _text(item: Element) -> str:
    inner = {f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n"}.get(item.tag, item.text or "")
    return inner + "".join(_text(child) + (child.tail or "") for child in item)
