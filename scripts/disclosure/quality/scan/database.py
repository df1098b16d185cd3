"""SQLite by the standard library, from bytes in memory: every table, and whether deleted rows remain."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from disclosure.quality.scan.pieces import CannotRead, Piece
from disclosure.quality.scan.settings import ScanSettings
from disclosure.quality.scan.tabular import Rows, of_columns, of_rows

_AT_ONCE = 10_000  # rows
_GENERATED = (2, 3)  # virtual and stored, in a column list of SQLite


def of_database(data: bytes, settings: ScanSettings) -> Iterator[Piece]:
    """Pieces of a database. Views show nothing that its tables do not hold. Raises CannotRead."""
    try:
        with closing(sqlite3.connect(":memory:")) as base:
            base.deserialize(data)
            base.execute("PRAGMA trusted_schema = OFF")
            base.execute("PRAGMA query_only = ON")
            base.text_factory = bytes
            for name, statement in base.execute("SELECT name, sql FROM sqlite_master").fetchall():
                yield Piece(f"schema of {_text(name)}", _text(statement))
            if base.execute("PRAGMA freelist_count").fetchone()[0]:
                raise CannotRead("free pages that may hold deleted rows: run VACUUM")
            for (name,) in base.execute(
                "SELECT name FROM pragma_table_list WHERE type IN ('table', 'shadow')"
            ):
                if name != b"sqlite_schema":
                    yield from of_rows(_rows(base, _text(name), settings), settings, head_rows=1)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise CannotRead(f"a damaged database ({type(error).__name__})") from error


def _rows(base: sqlite3.Connection, table: str, settings: ScanSettings) -> Rows:
    rows = base.execute(f"SELECT {', '.join(_columns(base, table))} FROM {_quoted(table)}")
    names = [column[0] for column in rows.description]
    batches = (zip(*batch, strict=True) for batch in iter(lambda: rows.fetchmany(_AT_ONCE), []))
    columns = ([(cells, {cell: _text(cell) for cell in set(cells)}) for cells in batch] for batch in batches)
    for line in of_columns(names, columns, settings):
        yield line._replace(place=lambda at: f"{table}.{names[at]}")


def _columns(base: sqlite3.Connection, table: str) -> Iterator[str]:
    """What to select of a table: whole ten-thousandths only where no generated column states that amount.

    As every whole number of eleven digits, they would be read as numbers of telephones.
    """
    told = base.execute("SELECT name, hidden FROM pragma_table_xinfo(?)", (table,)).fetchall()
    amounts = {f"{_text(name)}_e4": _quoted(_text(name)) for name, hidden in told if hidden in _GENERATED}
    for column in (_text(name) for name, _ in told):
        name = _quoted(column)
        if amount := amounts.get(column):
            yield f"CASE WHEN {amount} = {name} / 10000.0 THEN NULL ELSE {name} END AS {name}"
        else:
            yield name


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(cell: object) -> str:
    if isinstance(cell, bytes):
        return cell.decode("utf-8", "replace")
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e19:
        return str(int(cell))
    return "" if cell is None else str(cell)
