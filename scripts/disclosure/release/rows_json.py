"""Rows as JSON text with the digits of the CSV: a line each, or one document that says what it is."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from json import dumps
from json.encoder import encode_basestring as quoted

from disclosure.model import Missing, Table, Value
from disclosure.release.exact import NOT_STATED, NUMBERS, batches, fits_double, not_stated


def lines(table: Table) -> Iterator[str]:
    """Each row as one JSON object. A null is named in `_not_stated` where the source does not state it."""
    names = [*table.columns, NOT_STATED]
    form = "{" + ", ".join(f'"{name}": %s' for name in names) + "}"
    for columns in batches(table):
        cells = [_column(column) for column in columns]
        for line in zip(*cells, map(_names, not_stated(table, columns)), strict=True):
            yield form % line


def _column(column: tuple[Value, ...]) -> list[str]:
    return [
        quoted(value) if type(value) is str else "null" if type(value) is Missing else cell(value)
        for value in column
    ]


@cache
def _names(names: tuple[str, ...]) -> str:
    return dumps(names)


def cell(value: Value) -> str:
    """A cell as JSON: a number that a double cannot hold is a string of its digits."""
    if type(value) is str:
        return quoted(value)
    if type(value) is Missing:
        return "null"
    text = str(value)
    return text if isinstance(value, NUMBERS) and fits_double(text) else f'"{text}"'


def document(head: Mapping[str, object], name: str, rows: Iterable[str]) -> Iterator[str]:
    """One JSON object: what the head says, then the rows under their name, one on each line."""
    yield dumps(head, ensure_ascii=False)[:-1] + f', "{name}": ['
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + row
    yield "\n]}\n"
