"""Rows of a CSV, a sheet or a database table as pieces, and marked columns that hold values."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from disclosure.quality.scan.detectors import suspicious
from disclosure.quality.scan.headers import is_blank, is_marked
from disclosure.quality.scan.pieces import CannotRead, Piece, Role
from disclosure.quality.scan.settings import ScanSettings

_COUNT = re.compile(r"(?:人数|户数|对象数|名额|例数)$|^(?:headcount|persons|people|households|cases)$")
_JOINTS = str.maketrans("\t\n\r", "   ")
_MAX_CELL = 16 * 1024 * 1024


class Cell(NamedTuple):
    """A cell: its column, the same all the way down; its place in words; its text."""

    column: str
    place: str
    text: str


Rows = Iterable[tuple[int, list[Cell]]]


def of_csv(text: str, settings: ScanSettings, delimiter: str = ",") -> Iterator[Piece]:
    """Pieces of a CSV file whose first line names its columns. Raises CannotRead.

    A file without quotation marks has a row on each line, and is screened whole before it is taken apart.
    """
    head = text.partition("\n")[0].strip().split(delimiter)
    is_plain = '"' not in text and not any(map(is_marked, head))
    if not is_plain or suspicious(text.replace(delimiter, "\t"), settings):
        try:
            yield from of_rows(_csv_rows(text, delimiter), settings, head_rows=1)
        except csv.Error as error:
            raise CannotRead("not a CSV file") from error


def _csv_rows(text: str, delimiter: str) -> Rows:
    csv.field_size_limit(_MAX_CELL)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    titles: list[str] = []
    start = 1
    for cells in lines:
        titles = titles or cells
        names = titles + [""] * (len(cells) - len(titles))
        yield start, [Cell(str(at), names[at], cell) for at, cell in enumerate(cells)]
        start = lines.line_num + 1


def of_rows(rows: Rows, settings: ScanSettings, head_rows: int) -> Iterator[Piece]:
    """Pieces of any table. Columns are named within the first `head_rows` rows.

    A blank form has marked columns and nothing in them, so a column is a piece only with a value below; an
    office's own number is none.
    """
    marked: dict[str, Cell] = {}
    titles: dict[str, str] = {}
    for number, (line, raw) in enumerate(rows, start=1):
        cells = [Cell(cell.column, cell.place, cell.text.translate(_JOINTS)) for cell in raw]
        for cell in cells:
            titles.setdefault(cell.column, cell.text)
            if cell.column in marked and not is_blank(cell.text) and not is_marked(cell.text):
                head = marked.pop(cell.column)
                if "".join(filter(str.isdigit, cell.text)) not in settings.official_numbers:
                    yield Piece(head.place, head.text, line, Role.COLUMN)
            elif number <= head_rows and is_marked(cell.text):
                marked[cell.column] = cell
        # Names of columns stand side by side without being label and value.
        joint = "\n" if number == 1 and head_rows == 1 else "\t"
        text = joint.join(cell.text for cell in cells)
        if suspicious(text, settings):  # of the very text that is looked at: a label may stand two cells away
            yield Piece("", text, line, columns=tuple(cell.place for cell in cells))
            yield from _counts(line, cells, titles, settings)
        for cell in raw:  # a mark may have a line of its own within a cell
            if "\n" in cell.text and suspicious(cell.text, settings):
                yield Piece(cell.place, cell.text, line)


def _counts(line: int, cells: list[Cell], titles: dict[str, str], settings: ScanSettings) -> Iterator[Piece]:
    """A small number in a column of counts, told together with the group that its row names."""
    group = next((word for word in settings.sensitive_groups for cell in cells if word in cell.text), "")
    if group:
        for cell in cells:
            if _COUNT.search(titles[cell.column]) and cell.text.isdigit():
                yield Piece(cell.place, f"{group}：{int(cell.text)} 人", line)
