"""Rows of a CSV, a sheet or a database table as pieces, and marked columns that hold values."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from disclosure.quality.scan.detectors import suspicious
from disclosure.quality.scan.headers import is_blank, is_marked
from disclosure.quality.scan.pieces import CannotRead, Piece, Role
from disclosure.quality.scan.screen import screen
from disclosure.quality.scan.settings import ScanSettings

_COUNT = re.compile(r"(?:人数|户数|对象数|名额|例数)$|^(?:headcount|persons|people|households|cases)$")
_JOINTS = str.maketrans("\t\n\r", "   ")
_AT_ONCE = 10_000  # rows
_MAX_CELL = 16 * 1024 * 1024


class Line(NamedTuple):
    """A row: its number, its columns' keys (one object while they stay), its texts, where a cell stands."""

    number: int
    columns: Sequence[str]
    texts: Sequence[str]
    place: Callable[[int], str]


Rows = Iterable[Line]


def of_csv(text: str, settings: ScanSettings, delimiter: str = ",") -> Iterator[Piece]:
    """Pieces of a CSV file whose first line names its columns. Raises CannotRead."""
    try:
        yield from of_rows(_csv_rows(text, delimiter), settings, head_rows=1)
    except csv.Error as error:
        raise CannotRead("not a CSV file") from error


def _csv_rows(text: str, delimiter: str) -> Rows:
    csv.field_size_limit(_MAX_CELL)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    titles = next(lines, [])
    columns: tuple[str, ...] = ()
    start = 1

    def place(at: int) -> str:
        return titles[at] if at < len(titles) else ""

    for cells in chain([titles], lines):
        if len(cells) != len(columns):
            columns = tuple(map(str, range(len(cells))))
        yield Line(start, columns, cells, place)
        start = lines.line_num + 1


def of_rows(rows: Rows, settings: ScanSettings, head_rows: int) -> Iterator[Piece]:
    """Pieces of any table. Columns are named within the first `head_rows` rows.

    A blank form has marked columns and nothing in them, so a column is a piece only with a value below; an
    office's own number is none.
    """
    marked: dict[str, tuple[str, str]] = {}
    titles: dict[str, str] = {}
    columns: Sequence[str] = ()
    for number, (line, may_hold) in enumerate(_screened(rows, settings), start=1):
        texts = line.texts
        if may_hold or marked or number <= head_rows:
            yield from _broken(line, settings)
            texts = [cell.translate(_JOINTS) for cell in texts]
        if line.columns is not columns:
            columns = line.columns
            for column, cell in zip(columns, texts, strict=True):
                titles.setdefault(column, cell)
        if marked or number <= head_rows:
            yield from _columns(line, texts, marked, number <= head_rows, settings)
        # Names of columns stand side by side without being label and value.
        text = ("\n" if number == 1 and head_rows == 1 else "\t").join(texts) if may_hold else ""
        # The very text that is looked at: a label may stand two cells away.
        if text and suspicious(text, settings):
            yield Piece("", text, line.number, columns=tuple(map(line.place, range(len(texts)))))
            yield from _counts(line, texts, titles, settings)


def _screened(rows: Rows, settings: ScanSettings) -> Iterator[tuple[Line, bool]]:
    """Rows, and whether each may hold a hit."""
    rows = iter(rows)
    while lines := list(islice(rows, _AT_ONCE)):
        texts = ["\x1f".join(line.texts) for line in lines]
        yield from zip(lines, screen(texts, settings.sensitive_groups, by_cells=True), strict=True)


def _broken(line: Line, settings: ScanSettings) -> Iterator[Piece]:
    """Cells of several lines: a mark may have a line of its own within a cell."""
    for at, cell in enumerate(line.texts):
        if "\n" in cell and suspicious(cell, settings):
            yield Piece(line.place(at), cell, line.number)


def _columns(
    line: Line,
    texts: Sequence[str],
    marked: dict[str, tuple[str, str]],
    is_head: bool,
    settings: ScanSettings,
) -> Iterator[Piece]:
    """Marked columns that turn out to hold a value; in the head, those that begin are noted."""
    for at, (column, cell) in enumerate(zip(line.columns, texts, strict=True)):
        if column in marked and not is_blank(cell) and not is_marked(cell):
            place, title = marked.pop(column)
            if "".join(filter(str.isdigit, cell)) not in settings.official_numbers:
                yield Piece(place, title, line.number, Role.COLUMN)
        elif is_head and is_marked(cell):
            marked[column] = line.place(at), cell


def _counts(
    line: Line, texts: Sequence[str], titles: dict[str, str], settings: ScanSettings
) -> Iterator[Piece]:
    """A small number in a column of counts, told together with the group that its row names."""
    group = next((word for word in settings.sensitive_groups for cell in texts if word in cell), "")
    if group:
        for at, (column, cell) in enumerate(zip(line.columns, texts, strict=True)):
            if _COUNT.search(titles[column]) and cell.isdigit():
                yield Piece(line.place(at), f"{group}：{int(cell)} 人", line.number)
