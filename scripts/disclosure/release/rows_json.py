"""Rows as JSON text with the digits of the CSV: a line each, or one document that says what it is."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from json import dumps
from json.encoder import encode_basestring as quoted

from disclosure.model import Missing, Table, Value
from disclosure.release.exact import NOT_STATED, batches, fits_double, not_stated


def lines(table: Table) -> Iterator[str]:
    """Each row as one JSON object. A null is named in `_not_stated` where the source does not state it."""
    names = [*table.columns, NOT_STATED]
    form = "{" + ", ".join(f'"{name}": %s' for name in names) + "}"
    for some, columns in batches(table):
        cells = [
            [quoted(value) if type(value) is str else cell(value) for value in column] for column in columns
        ]
        for line in zip(*cells, map(_names, not_stated(table, some)), strict=True):
            yield form % line


@cache
def _names(names: tuple[str, ...]) -> str:
    return dumps(names)


def cell(value: Value) -> str:
    """A cell as JSON: a number that a double cannot hold is a string of its digits."""
    if isinstance(value, Missing):
        return "null"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, int | Decimal):
        return str(value) if fits_double(value) else f'"{value}"'
    return f'"{value}"'


def document(head: Mapping[str, object], name: str, rows: Iterator[str]) -> Iterator[str]:
    """One JSON object: what the head says, then the rows under their name, one on each line."""
    yield dumps(head, ensure_ascii=False)[:-1] + f', "{name}": ['
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + row
    yield "\n]}\n"
