"""Rows of a CSV, a sheet or a database table as pieces, and marked columns that hold values."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress, islice, repeat
from typing import NamedTuple

from disclosure.quality.scan.detectors import suspicious
from disclosure.quality.scan.headers import is_blank, is_marked
from disclosure.quality.scan.pieces import CannotRead, Piece, Role
from disclosure.quality.scan.screen import FEW, in_cells, matching, screen
from disclosure.quality.scan.settings import ScanSettings

_COUNT = re.compile(r"(?:人数|户数|对象数|名额|例数)$|^(?:headcount|persons|people|households|cases)$")
_MANY = 200  # columns
_MAX_CELL = 16 * 1024 * 1024


class Line(NamedTuple):
    """A row: its number, its columns' keys (one object while they stay), its texts, where a cell stands."""

    number: int
    columns: Sequence[str]
    texts: Sequence[str]
    place: Callable[[int], str]


Rows = Iterable[Line]
Column = tuple[Sequence[object], Mapping[object, str]]  # its cells, and the text of each that it has


def of_csv(text: str, settings: ScanSettings, delimiter: str) -> Iterator[Piece]:
    """Pieces of a CSV file whose first line names its columns. Raises CannotRead."""
    try:
        yield from of_rows(_csv_rows(text, settings, delimiter), settings, head_rows=1)
    except csv.Error as error:
        raise CannotRead("not a CSV file") from error


def _csv_rows(text: str, settings: ScanSettings, delimiter: str) -> Rows:
    csv.field_size_limit(_MAX_CELL)
    worth = _worth_lines(text, settings, delimiter)
    whole = csv.reader(worth.values() if worth else io.StringIO(text, newline=""), delimiter=delimiter)
    starts = iter(worth) if worth else (whole.line_num + 1 for _ in repeat(None))
    start = next(starts)
    titles = next(whole, [])
    columns: tuple[str, ...] = ()

    def place(at: int) -> str:
        return titles[at] if at < len(titles) else ""

    for cells in chain([titles], whole):
        if len(cells) != len(columns):
            columns = tuple(map(str, range(len(cells))))
        yield Line(start, columns, cells, place)
        start = next(starts, 0)


def _worth_lines(text: str, settings: ScanSettings, delimiter: str) -> dict[int, str]:
    """The head and every line that may hold a hit, by number; none of a file that must be read whole.

    Where each line is a row of no more cells than the head, and nothing but a doubled quote stands otherwise
    in it than in its cells, a row holds a hit only if its line does (see `in_cells`). Below a head that marks
    nothing and names every column, nothing else is looked at.
    """
    lines = text.encode().split(b"\n")
    head = next(csv.reader([lines[0].decode()], delimiter=delimiter), [])
    named = 0 < len(head) < _MANY and not any(map(is_marked, head))
    quoted = any('"' in group for group in settings.sensitive_groups)
    if len(text) < FEW or not named or quoted or max(map(len, lines)) > _MAX_CELL:
        return {}
    cell = rf'(?:[^"\r\n{delimiter}]*|"(?:[^"\r\n]|"")*")'
    row = rf"^\n(?:{cell}{delimiter}){{0,{len(head) - 1}}}{cell}\r?\n$"
    plain, held = matching(lines, row, in_cells(settings.sensitive_groups))
    kept = [0, *(at for at, may_hold in enumerate(held) if at and may_hold)]
    return {at + 1: lines[at].decode() for at in kept} if all(plain) else {}


def of_columns(names: Sequence[str], batches: Iterable[Sequence[Column]], settings: ScanSettings) -> Rows:
    """The head of a table and its rows that may hold a hit, or all, if a column is marked.

    A row holds one only if one of its cells does (see `in_cells`); the same of a column are looked at once.
    """
    yield Line(0, names, names, names.__getitem__)
    start, is_whole = 1, any(map(is_marked, names))
    for columns in batches:
        told = list(chain.from_iterable(texts.values() for _, texts in columns))
        screened = iter(screen(told, settings.sensitive_groups, by_cells=True))
        held = [set(compress(texts, islice(screened, len(texts)))) for _, texts in columns]
        some = [(cells, worth) for (cells, _), worth in zip(columns, held, strict=True) if worth]
        rows = {at for cells, worth in some for at, cell in enumerate(cells) if cell in worth}
        for at in range(len(columns[0][0])) if is_whole else sorted(rows):
            texts = [texts[cells[at]] for cells, texts in columns]
            yield Line(start + at, names, texts, names.__getitem__)
        start += len(columns[0][0])


def of_rows(rows: Rows, settings: ScanSettings, head_rows: int) -> Iterator[Piece]:
    """Pieces of any table. Columns are named within the first `head_rows` rows.

    A blank form has marked columns and nothing in them, so a column is a piece only with a value below; an
    office's own number is none.
    """
    marked: dict[str, tuple[str, str]] = {}
    titles: dict[str, str] = {}
    columns: Sequence[str] = ()
    for number, line in enumerate(rows, start=1):
        yield from _broken(line, settings)
        texts = [cell.replace("\t", " ").replace("\n", " ").replace("\r", " ") for cell in line.texts]
        if line.columns is not columns:
            columns = line.columns
            for column, cell in zip(columns, texts, strict=True):
                titles.setdefault(column, cell)
        if marked or number <= head_rows:
            yield from _columns(line, texts, marked, number <= head_rows, settings)
        # Names of columns stand side by side without being label and value.
        text = ("\n" if number == 1 and head_rows == 1 else "\t").join(texts)
        # The very text that is looked at: a label may stand two cells away.
        if suspicious(text, settings):
            yield Piece("", text, line.number, columns=tuple(map(line.place, range(len(texts)))))
            yield from _counts(line, texts, titles, settings)


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
