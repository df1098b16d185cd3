"""The one reader of CSV: pinned encoding and dialect, typed cells, and a problem for all it refuses."""

import re
from collections.abc import Iterator
from io import BytesIO

from disclosure.model import Missing, Problem, Row, Table, Value
from disclosure.package.cells import MAX_CELL, CellReader, reader_of

MAX_ROWS = 100_000
MAX_FAULTS = 1_000  # problems told of one file
MAX_SEEN = 10_000  # values of one column that are kept, so that the same text is read once
# Faults after which nothing in the file can be told apart.
WHOLE_FILE = frozenset({"file-encoding", "file-line-ends", "csv-grammar", "header-as-schema", "row-count"})
_QUOTED = re.compile(r'(?:"((?:[^"]|"")*)"|([^",]*))(?:,|\Z)')
_SHOWN = 200


def read(table: Table, data: bytes, max_rows: int | None = None) -> tuple[tuple[Row, ...], list[Problem]]:
    """Typed rows of one CSV file and the problems met in it; a refused cell reads as UNREADABLE.

    Where one of WHOLE_FILE is among the problems, the rows are not the table's. Beyond MAX_FAULTS problems
    no more are told.
    """
    problems: list[Problem] = []
    lines = _lines(table, data, MAX_ROWS if max_rows is None else max_rows, problems)
    rows = tuple(_rows(table, lines, problems)) if lines else ()
    return rows, problems[:MAX_FAULTS]


def shown(text: str) -> str:
    """The beginning of a text that was refused, without anything that a terminal would act upon."""
    return visible(text[:_SHOWN])


def visible(text: str) -> str:
    """The text with every sign that a terminal would act upon, or not show, written out."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)


def _lines(table: Table, data: bytes, max_rows: int, problems: list[Problem]) -> list[str | None] | None:
    """The lines of the file, None for one that is too long to be read; None if it cannot be told apart."""
    longest = sum(8 * _bound(field.constraints.get("maxLength")) + 3 for field in table.fields)
    if data.count(b"\n") > max_rows + 1:
        problems.append(Problem(table.path, max_rows + 2, "", "row-count", f"> {max_rows}", f"<= {max_rows}"))
        return None
    lines: list[str | None] = []
    for number, raw in enumerate(BytesIO(data), start=1):
        line = None
        if len(raw) > longest and number == 1:
            expected = ",".join(table.columns)
            problems.append(Problem(table.path, 1, "", "header-as-schema", f"{len(raw)} bytes", expected))
            return None
        if len(raw) > longest:
            problems.append(_too_long(table, number, raw, longest))
        elif fault := _fault_of_line(number, raw):
            problems[:] = [Problem(table.path, number, "", *fault)]
            return None
        else:
            line = raw.removesuffix(b"\n").decode("utf-8")  # the last line may have none
        lines.append(line)
    if not data.endswith(b"\n"):
        problems[:] = [Problem(table.path, len(lines) or 1, "", "file-line-ends", "EOF", "LF")]
        return None
    return lines


def _bound(limit: object) -> int:
    return limit if isinstance(limit, int) else MAX_CELL


def _fault_of_line(number: int, raw: bytes) -> tuple[str, str, str] | None:
    if number == 1 and raw.startswith(b"\xef\xbb\xbf"):
        return "file-encoding", "BOM", "UTF-8"
    if number == 1 and b"\0" in raw:
        return "file-encoding", "0x00", "UTF-8"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return "file-encoding", f"0x{raw[error.start]:02x}", "UTF-8"
    return ("file-line-ends", "CR", "LF") if b"\r" in raw else None


def _too_long(table: Table, number: int, raw: bytes, longest: int) -> Problem:
    cells = raw.split(b",", len(table.fields))
    place = max(range(len(cells)), key=lambda index: len(cells[index]))
    name = table.fields[place].name if place < len(table.fields) else ""
    return Problem(table.path, number, name, "cell-length", f"{len(raw)} bytes", f"<= {longest} bytes")


def _rows(table: Table, lines: list[str | None], problems: list[Problem]) -> Iterator[Row]:
    names = [field.name for field in table.fields]
    readers = [reader_of(field, field.name in table.key) for field in table.fields]
    seen: list[dict[str, Value]] = [{} for _ in names]
    columns = tuple(zip(names, readers, seen, strict=True))
    places = {name: place for place, name in enumerate(names)}
    for number, line in enumerate(lines, start=1):
        if line is None:
            continue
        cells = line.split(",", len(names)) if '"' not in line else _cells(line)
        if isinstance(cells, int):
            column = names[cells] if cells < len(names) else ""
            problems.append(Problem(table.path, number, column, "csv-grammar", shown(line), "RFC 4180"))
            return
        if number == 1:
            if cells != names:
                expected = ",".join(names)
                problems.append(Problem(table.path, 1, "", "header-as-schema", shown(line), expected))
                return
        elif len(cells) != len(names) or not line:
            found = str(line.count(",") + 1 if line and '"' not in line else len(cells) if line else 0)
            problems.append(Problem(table.path, number, "", "row-width", found, str(len(names))))
        else:
            yield Row(number, tuple(_typed(columns, cells, table.path, number, problems)), places, table.path)


def _cells(line: str) -> list[str] | int:
    """The cells of a line with quotes in it, or the place of the cell whose quotes do not pair."""
    cells: list[str] = []
    at = 0
    while True:
        found = _QUOTED.match(line, at)
        if found is None:
            return len(cells)
        quoted, bare = found.groups()
        cells.append(bare if quoted is None else quoted.replace('""', '"'))
        at = found.end()
        if not found.group().endswith(","):
            return cells


def _typed(
    columns: tuple[tuple[str, CellReader, dict[str, Value]], ...],
    cells: list[str],
    path: str,
    number: int,
    problems: list[Problem],
) -> Iterator[Value]:
    for (name, read_cell, known), cell in zip(columns, cells, strict=True):
        value = known.get(cell)
        if value is None:
            typed = read_cell(cell)
            if isinstance(typed, tuple):
                if len(problems) < MAX_FAULTS:
                    rule, found, expected = typed
                    problems.append(Problem(path, number, name, rule, shown(found), expected))
                yield Missing.UNREADABLE
                continue
            value = typed
            if len(known) < MAX_SEEN:
                known[cell] = value
        yield value
