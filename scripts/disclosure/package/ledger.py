"""CSV files as lines by key: a row is changed or added, every other line keeps its bytes."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from disclosure.model import Table
from disclosure.package.cells import MISSING
from disclosure.package.shipped import csv_of

Key = tuple[str, ...]
Cells = dict[str, str]


@dataclass
class Rows(Mapping[Key, Cells]):
    """The cells of each line as text, taken apart when asked for: kept so, they take many times the room."""

    columns: tuple[str, ...]
    lines: dict[Key, str]

    def __getitem__(self, key: Key) -> Cells:
        (cells,) = csv.reader((self.lines[key],))
        return dict(zip(self.columns, cells, strict=True))

    def __iter__(self) -> Iterator[Key]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)


@dataclass
class Ledger:
    """One table's lines, and the rows that they are."""

    name: str
    path: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    numbers: frozenset[str]
    cited_by: Mapping[str, str]  # the citation column of each column that has to stand in its quotation
    rows: Rows
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
        if self.rows.get(self.key_of(cells)) != cells:
            self.add(self.key_of(cells), csv_of([[cells[name] for name in self.columns]]))

    def add(self, key: Key, line: str) -> None:
        """A line as it stands, in the place of the one of that key."""
        self.rows.lines[key] = line
        self.groups.setdefault(key[:2], {})[key] = None

    def drop(self, key: Key) -> None:
        """A row that is to go."""
        del self.rows.lines[key], self.groups[key[:2]][key]

    def data(self) -> bytes:
        """The file."""
        return "".join([csv_of([self.columns]), *self.rows.lines.values()]).encode("utf-8")


def ledger(table: Table, data: bytes) -> Ledger:
    """A table's file as lines by key; its rows have been read and found without fault before."""
    columns, key = tuple(field.name for field in table.fields), table.key
    numbers = frozenset(field.name for field in table.fields if field.type == "number")
    cited = {field.name: field.cited_by for field in table.fields if field.is_figure or field.as_written}
    found = Ledger(table.name, table.path, columns, key, numbers, cited, Rows(columns, {}))
    places = [columns.index(name) for name in key]
    lines = data.decode("utf-8").splitlines(keepends=True)[1:]
    for line, cells in zip(lines, csv.reader(lines), strict=True):
        found.add(tuple(cells[place] for place in places), line)
    return found
