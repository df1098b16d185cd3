"""CSV for Excel: with a byte order mark, and nothing in it that Excel would turn into something else."""

import re
from collections.abc import Iterator, Sequence

from disclosure.model import Missing, Table, Value
from disclosure.package.shipped import csv_of
from disclosure.release.exact import NUMBERS, batches, fits_double, is_text, kinds, numbers

BOM = "\ufeff"
# A formula to Excel, a date, a time, a truth value, a number that it would write otherwise; our own sign.
_TAKEN = re.compile(
    r"[=+\-@'\t].*|0[0-9]+|[0-9]{16,}|[0-9]+[.,/:eE% -][0-9 .,:/eE%-]*|true|false", re.IGNORECASE | re.DOTALL
).fullmatch
_WRITTEN = {value: value.value for value in Missing}
_FIRST = frozenset("=+-@'\t0123456789tTfF")  # what all of these begin with
_LAST = "u"  # what begins with a later sign, as all Chinese does, is never taken


def pieces(table: Table) -> Iterator[str]:
    """The file in pieces. An apostrophe before a cell keeps it a text; without it the cell is as it was."""
    yield BOM + ",".join(field.name for field in table.fields) + "\n"
    for columns in batches(table):
        yield csv_of(zip(*map(_column, columns, kinds(table)), strict=True))


def _column(column: tuple[Value, ...], kind: frozenset[type]) -> Sequence[object]:
    if is_text(column, kind):
        return [
            value if value > _LAST or value[:1] not in _FIRST or not _TAKEN(value) else f"'{value}"
            for value in column
        ]
    if texts := numbers(column, kind):
        return texts
    return [
        (value if value > _LAST or not _TAKEN(value) else f"'{value}")
        if type(value) is str
        else _WRITTEN[value]
        if type(value) is Missing
        else value
        if not isinstance(value, NUMBERS) or fits_double(str(value))
        else f"'{value}"
        for value in column
    ]
