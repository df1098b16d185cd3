"""The data dictionary: a line for each column of each table, for people; as CSV, as a sheet, on a page."""

from collections.abc import Iterator
from functools import cache

from disclosure.model import Field, Package, Table
from disclosure.package.shipped import csv_of, shipped

TYPES = {"string": "文字", "integer": "整数", "number": "小数", "year": "年份", "date": "日期"}


@cache
def head() -> tuple[tuple[str, str], ...]:
    """The columns of the dictionary itself: name and title."""
    return tuple((line["name"], line["title"]) for line in shipped("release", "dictionary"))


def entries(package: Package) -> Iterator[tuple[str, ...]]:
    """A line for each column, in the order of `head`."""
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
    return csv_of([tuple(name for name, _ in head()), *entries(package)])
