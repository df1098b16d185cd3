"""The tables as CSVW describes them: types, keys and references for readers of CSV on the web."""

from collections.abc import Iterator
from typing import Any

from disclosure.model import Field, Package, Table
from disclosure.package.cells import MISSING
from disclosure.release.address import licence, words

_TYPES = {"integer": "integer", "number": "decimal", "year": "gYear", "date": "date"}
_BOUNDS = ("minimum", "maximum")


def table_group(package: Package) -> dict[str, Any]:
    """The metadata of all tables; addresses are relative to the package's own folder."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "dc:title": words(package, "title"),
        "dc:license": {"@id": licence(package).get("path", "")},
        "dialect": {"encoding": "utf-8", "header": True},
        "tables": [_table(package, table) for table in package.tables.values()],
    }


def _table(package: Package, table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(table, field) for field in table.fields]}
    schema["primaryKey"] = list(table.key)
    if keys := list(_foreign_keys(package, table)):
        schema["foreignKeys"] = keys
    return {
        "url": table.path,
        "dc:title": table.title,
        "dc:description": table.description,
        "tableSchema": schema,
    }


def _column(table: Table, field: Field) -> dict[str, Any]:
    titled = {"name": field.name, "titles": field.name, "dc:title": field.title, "datatype": _type(field)}
    if field.description:
        titled["dc:description"] = field.description
    is_required = field.required or field.name in table.key
    return titled | ({"required": True} if is_required else {"null": list(MISSING)})


def _type(field: Field) -> str | dict[str, Any]:
    base = _TYPES.get(field.type, "string")
    bounds = {name: field.constraints[name] for name in _BOUNDS if name in field.constraints}
    return {"base": base, **bounds} if bounds and base != "string" else base


def _foreign_keys(package: Package, table: Table) -> Iterator[dict[str, Any]]:
    for reference in table.references:
        target = package.tables.get(reference.table or table.name)
        if target is not None and not reference.optional:  # CSVW knows none that may be null
            reached = {"resource": target.path, "columnReference": list(reference.target)}
            yield {"columnReference": list(reference.fields), "reference": reached}
