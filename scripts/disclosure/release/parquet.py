"""A table as Parquet: decimals and dates as such, and everything the schema says of a column beside it."""

import json
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from disclosure.model import Field, Missing, Package, Table, Value
from disclosure.release.exact import DIGITS, NOT_STATED, SCALE, CannotHold, batches, kinds, not_stated

_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "year": pa.int16(),
    "date": pa.date32(),
    "number": pa.decimal128(DIGITS, SCALE),
}
_ROW_GROUP = 20_000
_ABOUT = ("name", "title", "description", "version", "created", "licenses", "sources")


def write(package: Package, table: Table, file: Path) -> None:
    """Write the file. Both kinds of missing are null; `_not_stated` names the columns of the one kind.

    Raises CannotHold.
    """
    pa.set_memory_pool(pa.system_memory_pool())  # the library's own keeps what it no longer uses
    silent = pa.field(NOT_STATED, pa.list_(pa.string()), nullable=False)
    schema = pa.schema([*map(_field, table.fields), silent], metadata=_about(package, table))
    with parquet.ParquetWriter(file, schema, compression="zstd", store_decimal_as_integer=True) as writer:
        for columns in batches(table, _ROW_GROUP):
            cells = [_array(table, *cell) for cell in zip(table.fields, columns, kinds(table), strict=True)]
            writer.write_batch(pa.record_batch([*cells, _lists(not_stated(table, columns))], schema=schema))


def _array(table: Table, field: Field, column: tuple[Value, ...], kind: frozenset[type]) -> pa.Array:
    cells: Sequence[object] = column
    if Missing in kind:
        cells = [None if type(value) is Missing else value for value in column]
    try:
        return pa.array(cells, type=_TYPES[field.type])
    except (pa.ArrowInvalid, OverflowError) as error:
        raise CannotHold(f"Parquet: {table.path}, {field.name}: {error}") from error


def _lists(silent: Sequence[tuple[str, ...]]) -> pa.Array:
    """Each row's columns that are not stated; few lists are many rows'."""
    places: dict[tuple[str, ...], int] = {}
    found = [places.setdefault(names, len(places)) for names in silent]
    return pa.array(list(places), type=pa.list_(pa.string())).take(pa.array(found, type=pa.int32()))


def _field(field: Field) -> pa.Field:
    said = {
        "title": field.title,
        "title_en": field.title_en,
        "description": field.description,
        "description_en": field.description_en,
        "unit": field.unit,
        "unit_column": field.unit_field,
        "missing": _json(field.missing_labels),
        "values": _json(field.labels) if field.labels else "",
    }
    metadata = {name: text for name, text in said.items() if text}
    return pa.field(field.name, _TYPES[field.type], not field.required, metadata)


def _about(package: Package, table: Table) -> dict[str, str]:
    head = {name: package.descriptor[name] for name in _ABOUT if name in package.descriptor}
    return {
        "datapackage": _json(head),
        "resource": table.name,
        "title": table.title,
        "description": table.description,
        "primary_key": ",".join(table.key),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
