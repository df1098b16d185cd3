"""The package as one workbook: cover, data dictionary, a sheet a table with its head frozen.

The library makes everything but the rows of the tables, which are then put into the sheets it made.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from disclosure.model import Field, Missing, Package, Table
from disclosure.release.address import words
from disclosure.release.dictionary import entries, head
from disclosure.release.lines import points
from disclosure.release.sheets import rows

COVER, DICTIONARY = "封面", "数据字典"
_EPOCH = datetime(1980, 1, 1)  # the day it was made: no clock is read
_FORMATS = {"number": "#,##0.00##", "integer": "#,##0", "year": "0", "date": "yyyy-mm-dd"}
_OPTIONS = {
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True
}  # fmt: skip
_WIDE, _LOOKED_AT = 48, 200  # characters; rows that decide how wide a column is
_TOLD = 74  # characters of a line of what is said
_STYLE = re.compile(rb'<col min="(\d+)" max="(\d+)"[^>]* style="(\d+)"')
_END = b"</sheetData>"


def book(target: BinaryIO, title: str) -> Workbook:
    """A workbook to be filled and closed; texts are written as texts, so none is ever a formula."""
    made = Workbook(target, _OPTIONS)
    made.set_properties({"title": title, "created": _EPOCH})
    return made


def told(book: Workbook, name: str, lines: Iterable[tuple[str, str]], font: str = "") -> Worksheet:
    """A sheet of labels and what is to be said of each."""
    base = {"valign": "top", **({"font_name": font} if font else {})}
    bold, wrap = book.add_format(base | {"bold": True}), book.add_format(base | {"text_wrap": True})
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, _TOLD)
    for line, (label, value) in enumerate(lines):
        sheet.set_row(line, points(value, _TOLD, 11))  # not every program makes a row as tall as its words
        sheet.write_string(line, 0, label, bold)
        sheet.write_string(line, 1, value, wrap)
    return sheet


def write(package: Package, file: Path | BinaryIO) -> None:
    """Write an .xlsx file. Raises CannotHold."""
    tables = list(package.tables.values())
    sheets = {f"xl/worksheets/sheet{number}.xml": table for number, table in enumerate(tables, start=3)}
    with ZipFile(_frame(package)) as frame, ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as made:
        for item in frame.infolist():
            _copy(made, item.filename, frame.read(item), sheets.get(item.filename))


def _copy(made: ZipFile, name: str, content: bytes, table: Table | None) -> None:
    with made.open(name, "w") as target:
        if table is None:
            target.write(content)
            return
        head, end, tail = content.partition(_END)
        target.write(head)
        for block in rows(table, _styles(head, len(table.fields))):
            target.write(block.encode("utf-8"))
        target.write(end + tail)


def _styles(head: bytes, columns: int) -> tuple[str, ...]:
    """The number of each column's format, as the library has written it into the sheet."""
    found: dict[int, str] = {}
    for first, last, style in _STYLE.findall(head):
        found |= {place: style.decode() for place in range(int(first), int(last) + 1)}
    return tuple(found[place] for place in range(1, columns + 1))


def _frame(package: Package) -> BytesIO:
    buffer = BytesIO()
    with book(buffer, words(package, "title")) as made:
        told(made, COVER, cover(package))
        _dictionary(made, package)
        for table in package.tables.values():
            _sheet(made, made.add_worksheet(table.name), table)
    return buffer


def cover(package: Package) -> list[tuple[str, str]]:
    """What the cover says: title, version, sources, licence, how missing values are written, the sheets."""
    descriptor: Any = package.descriptor
    head = (("名称", "title"), ("说明", "description"), ("版本", "version"))
    licences = (f"{item.get('title', '')} {item.get('path', '')}" for item in descriptor.get("licenses", ()))
    return [
        *((label, str(descriptor.get(name, ""))) for label, name in head),
        *(("来源", row.text("title")) for row in package.rows("sources") if row["kind"] != "law"),
        *(("许可", text.strip()) for text in licences),
        ("空缺", f"空单元格：不适用；{Missing.NOT_STATED.value}：来源没有写明"),
        ("长数字", "超过 15 位的数字和 1900 年以前的日期写成文字：Excel 存不下它们"),
        (DICTIONARY, "每张表每一列的含义、类型、单位和取值"),
        *((table.name, f"{table.title}：{table.description}") for table in package.tables.values()),
    ]


def _dictionary(book: Workbook, package: Package) -> None:
    sheet = book.add_worksheet(DICTIONARY)
    bold, names = _head(book), head()
    wrap = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for column, (_, title) in enumerate(names):
        sheet.set_column(column, column, 36 if column >= len(names) - 4 else 16, wrap)
        sheet.write_string(0, column, title, bold)
    lines = list(entries(package))
    for line, cells in enumerate(lines, start=1):
        for column, cell in enumerate(cells):
            if cell:
                sheet.write_string(line, column, cell)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, len(lines), len(names) - 1)


def _head(book: Workbook) -> Any:
    return book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})


def _sheet(book: Workbook, sheet: Worksheet, table: Table) -> None:
    """Head, widths and formats of a table's sheet."""
    head = _head(book)
    for column, field in enumerate(table.fields):
        form = {"num_format": _FORMATS.get(field.type, "@"), "valign": "top", "text_wrap": True}
        sheet.set_column(column, column, _width(table, field), book.add_format(form))
        sheet.write_string(0, column, field.name, head)
        sheet.write_comment(0, column, f"{field.title} {field.unit}".strip(), {"author": ""})
    sheet.freeze_panes(1, len(table.key))
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.fields) - 1)


def _width(table: Table, field: Field) -> int:
    """Characters; the first rows decide."""
    longest = max((len(row.text(field.name)) for row in table.rows[:_LOOKED_AT]), default=0)
    return min(_WIDE, max(12, len(field.name) + 2, longest * 2))
