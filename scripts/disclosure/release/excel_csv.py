"""CSV for Excel: with a byte order mark, and nothing in it that Excel would turn into something else."""

import re
from collections.abc import Iterator, Sequence

from disclosure.model import Missing, Table, Value
from disclosure.package.shipped import csv_of
from disclosure.release.exact import NUMBERS, batches, fits_double, is_text, kinds, numbers

BOM = "\ufeff"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
# A formula to Excel (with full-width signs to Numbers), our own sign; a number that it would write otherwise,
# an amount, a bracketed one, which is below nil; a date or a time, also with a month's name or in Chinese; a
# truth value.
_TAKEN = re.compile(
    r"[=+\-@＝＋－＠'\t].*|0[0-9]+|[0-9]{16,}|[0-9]+[.,/:eE% -][0-9 .,:/eE%-]*|[.%$¥￥][0-9.,%]+|\([0-9.,]+\)"
    rf"|{_MONTH}[ .,/-]*[0-9][0-9 .,/-]*|[0-9]+[ ./-]*{_MONTH}(?:[ .,/-]*[0-9]+)?"
    r"|[0-9]+ ?[年月时][0-9年月日时分秒 ]*|true|false",
    re.IGNORECASE | re.DOTALL,
).fullmatch
_WRITTEN = {value: value.value for value in Missing}
_FIRST = frozenset("=+-@＝＋－＠'\t0123456789.%$¥￥(tTfFjJmMaAsSoOnNdD")  # what all of these begin with
_LAST, _WIDE = "\xa6", "\uff00"  # what begins with a sign between, as Chinese does, is never taken


def pieces(table: Table) -> Iterator[str]:
    """The file in pieces. An apostrophe before a cell keeps it a text; without it the cell is as it was."""
    yield BOM + ",".join(field.name for field in table.fields) + "\n"
    for columns in batches(table):
        yield csv_of(zip(*map(_column, columns, kinds(table)), strict=True))


def _column(column: tuple[Value, ...], kind: frozenset[type]) -> Sequence[object]:
    if is_text(column, kind):
        return [
            value if _LAST < value < _WIDE or value[:1] not in _FIRST or not _TAKEN(value) else f"'{value}"
            for value in column
        ]
    if texts := numbers(column, kind):
        return texts
    return [
        (value if _LAST < value < _WIDE or not _TAKEN(value) else f"'{value}")
        if type(value) is str
        else _WRITTEN[value]
        if type(value) is Missing
        else value
        if not isinstance(value, NUMBERS) or fits_double(str(value))
        else f"'{value}"
        for value in column
    ]
