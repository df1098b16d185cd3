"""Rows of a table as the rows of a worksheet (SpreadsheetML), written as text: exact digits, never a formula.

A library that writes cell by cell takes half a minute for five million cells; this takes a tenth of that.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name

from disclosure.model import Missing, Row, Table, Value
from disclosure.release.exact import CannotHold, batches, fits_double, kinds, numbers

LONGEST_TEXT = 32_767
MOST_ROWS = 1_048_575  # below the head
_KIND = "Excel"
_FIRST_DATE = date(1900, 3, 1)  # Excel has a 29 February 1900 and nothing before that year
_DAY_ZERO = date(1899, 12, 30)
_BETWEEN = "\0"  # what no cell holds: texts are escaped many at a time
_NOT_STATED = Missing.NOT_STATED.value
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # what Excel would read as a character's number


def rows(table: Table, styles: tuple[str, ...]) -> Iterator[str]:
    """The rows from line 2 on, some at a time; `styles` are the numbers of the columns' formats.

    Raises CannotHold.
    """
    if len(table.rows) > MOST_ROWS:
        raise CannotHold(f"{_KIND}: {table.path}: > {MOST_ROWS}")
    places = [(xl_col_to_name(place), style) for place, style in enumerate(styles)]
    first = 2
    for columns in batches(table):
        lines = [str(line) for line in range(first, first + len(columns[0]))]
        made = [_column(*part, lines) for part in zip(places, columns, kinds(table), strict=True)]
        form = f'<row r="%s">{"".join(shape for shape, _ in made)}</row>'
        cells = zip(lines, *(column for _, some in made for column in some), strict=True)
        rows = list(map(form.__mod__, cells))
        if max(map(len, rows)) > LONGEST_TEXT:
            _refuse_long(table, table.rows[first - 2 : first - 2 + len(rows)])
        first += len(rows)
        yield "".join(rows)


def _column(
    place: tuple[str, str], column: tuple[Value, ...], kind: frozenset[type], lines: list[str]
) -> tuple[str, tuple[list[str], ...]]:
    """What is written of each cell, and what of it differs from line to line."""
    if kind == {Missing} and Missing.NOT_STATED not in column:
        return "", ()
    start, style = f'<c r="{place[0]}', f'" s="{place[1]}"'
    if found := numbers(column, kind):
        return f"{start}%s{style}><v>%s</v></c>", (lines, found)
    said = safe(_BETWEEN.join([value if type(value) is str else _NOT_STATED for value in column]))
    texts, told = said.split(_BETWEEN), f'{style} t="inlineStr"><is><t>'
    if kind == {str}:
        return f"{start}%s{told}%s</t></is></c>", (lines, texts)
    cells = [
        f"{start}{line}{told}{text}</t></is></c>"
        if type(value) is str or value is Missing.NOT_STATED
        else ""
        if value is Missing.NOT_APPLICABLE
        else f"{start}{line}{style}{_cell(value)}</c>"
        for line, value, text in zip(lines, column, texts, strict=True)
    ]
    return "%s", (cells,)


def _cell(value: Value) -> str:
    """A number or a date, from the end of the cell's attributes on."""
    text = str(value)
    if isinstance(value, date):
        return _text(text) if value < _FIRST_DATE else f"><v>{(value - _DAY_ZERO).days}</v>"
    return f"><v>{text}</v>" if fits_double(text) else _text(text)


def _text(text: str) -> str:
    return f' t="inlineStr"><is><t>{text}</t></is>'


def safe(text: str) -> str:
    """A text as the content of an element, with nothing in it that Excel would read as a code."""
    return escape(_ESCAPE.sub("_x005F_", text))


def _refuse_long(table: Table, rows: Sequence[Row]) -> None:
    for row in rows:
        for field in table.fields:
            if len(row.text(field.name)) > LONGEST_TEXT:
                raise CannotHold(f"{_KIND}: {table.path}:{row.line}, {field.name}")
