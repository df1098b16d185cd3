"""Rows as JSON text with the digits of the CSV: a line each, or one document that says what it is."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from json import dumps
from json.encoder import encode_basestring as quoted

from disclosure.model import Missing, Table, Value
from disclosure.release.exact import NOT_STATED, batches, fits_double, is_text, kinds, not_stated, numbers

_BETWEEN = "\x7f"  # what no cell holds, and JSON leaves as it is


def lines(table: Table) -> Iterator[str]:
    """Each row as a line of JSON, some lines at a time, between two of which and at the end stands no sign.

    A null is named in `_not_stated` where the source does not state it.
    """
    for columns in batches(table):
        made = [*map(_column, columns, kinds(table)), ("%s", list(map(_names, not_stated(table, columns))))]
        told = zip((*table.columns, NOT_STATED), made, strict=True)
        form = "{" + ", ".join(f'"{name}": {shape}' for name, (shape, _) in told) + "}"
        yield "\n".join(map(form.__mod__, zip(*(cells for _, cells in made if cells), strict=True)))


def _column(column: tuple[Value, ...], kind: frozenset[type]) -> tuple[str, list[str]]:
    """What is written of each cell, and what of it differs from cell to cell."""
    if is_text(column, kind):
        return '"%s"', quoted(_BETWEEN.join(column))[1:-1].split(_BETWEEN)
    if kind == {Missing}:
        return "null", []
    texts = numbers(column, kind)
    return "%s", texts or [quoted(value) if type(value) is str else cell(value) for value in column]


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
    return text if not isinstance(value, date) and fits_double(text) else f'"{text}"'


def document(head: Mapping[str, object], name: str, rows: Iterable[str]) -> Iterator[str]:
    """One JSON object: what the head says, then the rows under their name, one on each line."""
    yield dumps(head, ensure_ascii=False)[:-1] + f', "{name}": ['
    before = ""
    for row in rows:
        yield f"{before}\n"
        yield row.replace("\n", ",\n")
        before = ","
    yield "\n]}\n"
