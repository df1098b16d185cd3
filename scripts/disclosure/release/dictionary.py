"""The data dictionary: a line for each column of each table, for people; as CSV, as a sheet, on a page."""

from collections.abc import Iterator

from disclosure.model import Field, Package, Table
from disclosure.package.shipped import csv_of

HEAD = (
    ("table", "表"),
    ("table_title", "表名"),
    ("column", "列"),
    ("title", "含义"),
    ("title_en", "英文名"),
    ("type", "类型"),
    ("unit", "单位"),
    ("required", "必填"),
    ("key", "主键"),
    ("refers_to", "指向"),
    ("values", "取值"),
    ("missing", "空缺"),
    ("description", "说明"),
    ("description_en", "英文说明"),
)
TYPES = {"string": "文字", "integer": "整数", "number": "小数", "year": "年份", "date": "日期"}


def entries(package: Package) -> Iterator[tuple[str, ...]]:
    """A line for each column, in the order of HEAD."""
    for table in package.tables.values():
        for field in table.fields:
            yield _entry(table, field)


def _entry(table: Table, field: Field) -> tuple[str, ...]:
    return (
        table.name,
        table.title,
        field.name,
        field.title,
        field.title_en,
        TYPES[field.type],
        field.unit or (f"见 {field.unit_field} 列" if field.unit_field else ""),
        "是" if field.required else "",
        "是" if field.name in table.key else "",
        "；".join(_aims(table, field)),
        "；".join(f"{value} {label}" for value, label in field.labels.items()),
        "；".join(f"{value or '空格子'} {label}" for value, label in field.missing_labels.items()),
        field.description,
        field.description_en,
    )


def _aims(table: Table, field: Field) -> Iterator[str]:
    """The columns that a column's value stands in, as table.column."""
    for reference in table.references:
        for name, target in zip(reference.fields, reference.target, strict=True):
            if name == field.name:
                yield f"{reference.table or table.name}.{target}"


def dictionary(package: Package) -> str:
    """The text of the CSV file."""
    return csv_of([tuple(name for name, _ in HEAD), *entries(package)])
