"""The package as an SQLite database: strict tables with keys, exact numbers, views, full-text search.

A number is kept as a whole number of ten-thousandths in a column ending in `_e4`; the column of its own name
is worked out from it as a double. Both kinds of missing are NULL; `_not_stated` names the columns of the one.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from disclosure.model import Field, Missing, Package, Table, Value
from disclosure.package.contract import aimed_at
from disclosure.package.shipped import text_of
from disclosure.release.dictionary import entries, head
from disclosure.release.exact import NOT_STATED, CannotHold, batches, kinds, not_stated, ten_thousandths
from disclosure.release.questions import figures_view, quoted, text, texts

_TYPES = {"string": "TEXT", "date": "TEXT", "integer": "INTEGER", "year": "INTEGER", "number": "INTEGER"}
# The file is new and written once; nobody reads it before it is whole.
_FRESH = (
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096; PRAGMA cache_size = -16000"
    # Of this connection alone: the reader has held each cell to them.
    "; PRAGMA ignore_check_constraints = ON"
)


def write(package: Package, file: Path) -> None:
    """Write the database. Raises CannotHold."""
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as base:
        base.executescript(_FRESH)
        for table in package.tables.values():
            base.execute(definition(table, package))
            _fill(base, table)
        if fault := base.execute("PRAGMA foreign_key_check").fetchone():
            raise CannotHold(f"SQLite: {fault}")
        _about(base, package)
        base.executescript(text_of("release", "views.sql"))
        base.execute(figures_view(package))
        texts(base, package)
        base.commit()


def definition(table: Table, package: Package) -> str:
    """The statement that makes a table."""
    lines = [line for field in table.fields for line in _column(field)]
    lines.append(f"{quoted(NOT_STATED)} TEXT NOT NULL DEFAULT '[]' CHECK ({quoted(NOT_STATED)} LIKE '[%]')")
    lines.append(f"PRIMARY KEY ({_names(table.key)})")
    lines += [f"UNIQUE ({_names(target)})" for target in sorted(aimed_at(table, package.tables))]
    lines += [
        f"FOREIGN KEY ({_names(item.fields)}) REFERENCES {quoted(item.table or table.name)}"
        f" ({_names(item.target)})"
        for item in table.references
    ]
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {quoted(table.name)} (\n  {body}\n) STRICT"


def _column(field: Field) -> Iterator[str]:
    rules = " NOT NULL" if field.required else ""
    allowed = field.constraints.get("enum")
    if isinstance(allowed, list) and field.type == "string":
        rules += f" CHECK ({quoted(field.name)} IN ({', '.join(text(str(value)) for value in allowed)}))"
    if field.type != "number":
        yield f"{quoted(field.name)} {_TYPES[field.type]}{rules}"
        return
    stored = quoted(f"{field.name}_e4")
    yield f"{stored} INTEGER{rules}"
    yield f"{quoted(field.name)} REAL GENERATED ALWAYS AS ({stored} / 10000.0) VIRTUAL"


def _fill(base: sqlite3.Connection, table: Table) -> None:
    names = [field.name + ("_e4" if field.type == "number" else "") for field in table.fields]
    marks = ", ".join("?" * (len(names) + 1))
    statement = f"INSERT INTO {quoted(table.name)} ({_names((*names, NOT_STATED))}) VALUES ({marks})"
    for columns in batches(table):
        silent = map(_json, not_stated(table, columns))
        cells = [_cells(table, *cell) for cell in zip(table.fields, columns, kinds(table), strict=True)]
        base.executemany(statement, zip(*cells, silent, strict=True))


def _cells(table: Table, field: Field, column: tuple[Value, ...], kind: frozenset[type]) -> Sequence[Any]:
    if kind == {str}:
        return column
    if field.type == "number":
        try:
            return [ten_thousandths(value) if isinstance(value, Decimal) else None for value in column]
        except ValueError as error:
            raise CannotHold(f"SQLite: {table.path}, {field.name}: {error}") from error
    if field.type == "date":
        return [None if isinstance(value, Missing) else str(value) for value in column]
    return [None if type(value) is Missing else value for value in column]


@cache
def _json(names: tuple[str, ...]) -> str:
    return json.dumps(names)


def _about(base: sqlite3.Connection, package: Package) -> None:
    """What the package says of itself, and its data dictionary."""
    base.execute("CREATE TABLE _about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")
    said = {name: value for name, value in package.descriptor.items() if name != "resources"}
    lines = [
        (name, v if isinstance(v, str) else json.dumps(v, ensure_ascii=False)) for name, v in said.items()
    ]
    base.executemany("INSERT INTO _about VALUES (?, ?)", lines)
    names = [f"{quoted(name)} TEXT NOT NULL" for name, _ in head()]
    base.execute(f'CREATE TABLE _columns ({", ".join(names)}, PRIMARY KEY ("table", "column")) STRICT')
    base.executemany(f"INSERT INTO _columns VALUES ({', '.join('?' * len(names))})", entries(package))


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(map(quoted, names))
