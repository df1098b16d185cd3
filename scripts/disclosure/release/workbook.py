"""The package as one workbook: a cover with source and licence, then a sheet a table, titles in Chinese."""

from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from disclosure.model import Field, Missing, Package, Table, Value
from disclosure.release.frames import frame

_EPOCH = datetime(1980, 1, 1)
_NUMBERS = {"number": "#,##0.00##", "integer": "#,##0", "year": "0"}
_WIDE = 48


def workbook(package: Package) -> bytes:
    """An .xlsx file; text cells are written as text, so no cell is ever a formula."""
    buffer = BytesIO()
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        book: Workbook = writer.book
        book.set_properties({"title": str(package.descriptor.get("title", "")), "created": _EPOCH})
        _cover(book, package)
        for table in package.tables.values():
            frame(table).head(0).to_excel(writer, sheet_name=table.name, index=False)
            _sheet(book, writer.sheets[table.name], table)
    return buffer.getvalue()


def _cover(book: Workbook, package: Package) -> None:
    sheet = book.add_worksheet("封面")
    bold, wrap = (
        book.add_format({"bold": True, "valign": "top"}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 90)
    for line, (label, value) in enumerate(cover(package)):
        sheet.write_string(line, 0, label, bold)
        sheet.write_string(line, 1, value, wrap)


def cover(package: Package) -> list[tuple[str, str]]:
    """What the cover says: title, version, sources, licence, how missing values are written, the sheets."""
    descriptor: Any = package.descriptor
    lines = [("名称", str(descriptor.get("title", ""))), ("说明", str(descriptor.get("description", "")))]
    lines.append(("版本", str(descriptor.get("version", ""))))
    lines += [("来源", row.text("title")) for row in package.rows("sources") if row["kind"] != "law"]
    lines += [
        ("许可", f"{item.get('title', '')} {item.get('path', '')}".strip())
        for item in descriptor.get("licenses", ())
    ]
    lines.append(("空缺", f"空单元格：不适用；{Missing.NOT_STATED.value}：来源没有写明"))
    lines += [(table.name, f"{table.title}：{table.description}") for table in package.tables.values()]
    return lines


def _sheet(book: Workbook, sheet: Worksheet, table: Table) -> None:
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for column, field in enumerate(table.fields):
        form = book.add_format(
            {"num_format": _NUMBERS.get(field.type, "@"), "valign": "top", "text_wrap": True}
        )
        sheet.set_column(column, column, _width(table, field), form)
        sheet.write_string(0, column, field.name, head)
        sheet.write_comment(0, column, f"{field.title} {field.unit}".strip(), {"author": ""})
        for line, row in enumerate(table.rows, start=1):
            _write(sheet, line, column, row[field.name])
    sheet.freeze_panes(1, len(table.key))
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.fields) - 1)


def _write(sheet: Worksheet, line: int, column: int, value: Value) -> None:
    if isinstance(value, Missing):
        if value.value:
            sheet.write_string(line, column, value.value)
    elif isinstance(value, int | Decimal):
        sheet.write_number(line, column, value)
    else:
        sheet.write_string(line, column, str(value))


def _width(table: Table, field: Field) -> int:
    longest = max((len(row.text(field.name)) for row in table.rows), default=0)
    return min(_WIDE, max(12, len(field.name) + 2, longest * 2))
