"""CSV files as lines by key: a row is changed or added, every other line keeps its bytes."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from disclosure.model import Table
from disclosure.package.cells import MISSING

Key = tuple[str, ...]
Cells = dict[str, str]


@dataclass
class Ledger:
    """One table's lines: the cells of each as text, and its bytes as they were, until it is changed."""

    name: str
    path: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    numbers: frozenset[str]
    cited_by: Mapping[str, str]  # the citation column of each column that has to stand in its quotation
    rows: dict[Key, Cells]
    lines: dict[Key, str] = field(default_factory=dict)
    groups: dict[Key, dict[Key, None]] = field(default_factory=dict)

    def of(self, *first: str) -> list[Key]:
        """The keys that begin with these two columns, in file order."""
        return list(self.groups.get(first, ()))

    def key_of(self, cells: Mapping[str, str]) -> Key:
        """The key of a row."""
        return tuple(cells[name] for name in self.key)

    def same(self, column: str, one: str, other: str) -> bool:
        """Whether two cells say the same: 9.20 and 9.2, or nothing either way."""
        if one == other or (one in MISSING and other in MISSING):
            return True
        return column in self.numbers and not {one, other} & MISSING.keys() and Decimal(one) == Decimal(other)

    def put(self, cells: Cells) -> None:
        """A row as it is to be; a new one goes to the end."""
        key = self.key_of(cells)
        if self.rows.get(key) != cells:
            self.rows[key] = cells
            self.lines[key] = ""
            self.groups.setdefault(key[:2], {})[key] = None

    def drop(self, key: Key) -> None:
        """A row that is to go."""
        del self.rows[key], self.lines[key], self.groups[key[:2]][key]

    def data(self) -> bytes:
        """The file."""
        written = [_line(self.columns)]
        for key, cells in self.rows.items():
            written.append(self.lines[key] or _line(cells[name] for name in self.columns))
        return "".join(written).encode("utf-8")


def _line(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(list(cells))
    return text.getvalue()


def ledger(table: Table, data: bytes) -> Ledger:
    """A table's file as lines by key; its rows have been read and found without fault before."""
    columns, key = tuple(field.name for field in table.fields), table.key
    numbers = frozenset(field.name for field in table.fields if field.type == "number")
    cited = {field.name: field.cited_by for field in table.fields if field.is_figure or field.as_written}
    found = Ledger(table.name, table.path, columns, key, numbers, cited, {})
    for raw, values in _rows(data):
        cells = dict(zip(columns, values, strict=True))
        place = found.key_of(cells)
        found.put(cells)
        found.lines[place] = raw
    return found


def _rows(data: bytes) -> Iterator[tuple[str, list[str]]]:
    lines = data.decode("utf-8").splitlines(keepends=True)[1:]
    yield from zip(lines, csv.reader(lines), strict=True)
