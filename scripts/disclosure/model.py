"""The nouns of the project: a read-only package of typed, cited rows, and the problems found in one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property


class DisclosureError(Exception):
    """The command cannot run as it was asked to."""


class Missing(Enum):
    """Why a cell holds no value; the member's value is how the CSV writes it."""

    NOT_APPLICABLE = ""
    NOT_STATED = "NA"
    UNREADABLE = "\0"  # the reader refused the cell and said so; nothing with one is ever published


Value = str | int | Decimal | date | Missing


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A column: its names in both languages, its type, and what a figure in it needs to be one."""

    name: str
    type: str
    title: str
    title_en: str = ""
    description: str = ""
    description_en: str = ""
    required: bool = False
    constraints: Mapping[str, object] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    missing_labels: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    unit_field: str = ""
    cited_by: str = "citation_id"
    as_written: bool = False
    unit_in_head: bool = False

    @property
    def is_figure(self) -> bool:
        """Whether cells of this column are numbers that carry a unit."""
        return self.type in ("integer", "number") and bool(self.unit or self.unit_field)


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One typed record, the file and the line it stands on; `places` of the columns are the table's."""

    line: int
    values: tuple[Value, ...]
    places: Mapping[str, int]
    path: str

    def __getitem__(self, name: str) -> Value:
        return self.values[self.places[name]]

    def text(self, name: str) -> str:
        """The cell as text; empty where it is missing."""
        value = self.values[self.places[name]] if name in self.places else Missing.NOT_APPLICABLE
        return value if value.__class__ is str else "" if value.__class__ is Missing else str(value)

    def amount(self, name: str) -> Decimal | None:
        """The cell as an exact number; None where it is missing."""
        value = self.values[self.places[name]] if name in self.places else None
        return Decimal(value) if isinstance(value, int | Decimal) else None

    def place(self, column: str) -> tuple[str, int, str]:
        """Where a cell stands: the first three of a Problem."""
        return self.path, self.line, column

    @property
    def project(self) -> tuple[str, str]:
        """The key of the project that it is, or is a part of."""
        return self.text("fiscal_year"), self.text("project_id")

    def cited(self, field: Field) -> str:
        """The citation of a cell: that of the column its field names, or else the row's own."""
        return self.text(field.cited_by) or self.text("citation_id")


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns that name a row of another table; an optional one may be left missing."""

    fields: tuple[str, ...]
    table: str
    target: tuple[str, ...]
    optional: bool = False


@dataclass(frozen=True, eq=False)
class Table:
    """A resource: what a row is, its columns, and its rows in file order."""

    name: str
    title: str
    description: str
    path: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    rows: tuple[Row, ...] = ()
    title_en: str = ""
    description_en: str = ""

    @cached_property
    def columns(self) -> Mapping[str, Field]:
        """Fields by name."""
        return {field.name: field for field in self.fields}

    @cached_property
    def index(self) -> Mapping[tuple[str, ...], Row]:
        """Rows by key, each part of the key as text."""
        return {self.key_of(row): row for row in self.rows}

    def key_of(self, row: Row) -> tuple[str, ...]:
        """The row's key, each part as text."""
        return tuple(row.text(name) for name in self.key)


@dataclass(frozen=True, eq=False)
class Package:
    """A data package as it was read and checked: the only thing that pages and downloads are made from.

    `files` holds the bytes that were read, by path inside the package, so that nothing is read twice;
    `releases` the archives of the versions that were published, oldest first.
    """

    descriptor: Mapping[str, object]
    tables: Mapping[str, Table]
    files: Mapping[str, bytes]
    releases: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def unread(self) -> frozenset[str]:
        """Resources that the descriptor names and whose table could not be had."""
        resources = self.descriptor.get("resources", ())
        named = {item["name"] for item in resources} if isinstance(resources, list) else set()
        return frozenset(named - self.tables.keys())

    def rows(self, table: str, year: Value | None = None) -> tuple[Row, ...]:
        """Rows of a table, of one fiscal year if given; none where the table could not be read."""
        found = self.tables[table].rows if table in self.tables else ()
        return found if year is None else tuple(row for row in found if row["fiscal_year"] == year)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Fiscal years reported on or of projects, oldest first; else those of rows or of the descriptor."""
        reported = ("coverage",) if self.rows("coverage") else ("appropriations", "results", "units")
        cells = (row["fiscal_year"] for name in ("projects", *reported) for row in self.rows(name))
        found = {year for year in cells if isinstance(year, int)} or self.descriptor.get("fiscal_years")
        return tuple(sorted(found)) if isinstance(found, set | list) else ()

    @cached_property
    def citations(self) -> Mapping[str, Row]:
        """Citations by id."""
        return {row.text("citation_id"): row for row in self.rows("citations")}

    @cached_property
    def indicators(self) -> Mapping[tuple[str, str], tuple[Row, ...]]:
        """Indicators by fiscal year and project, in file order."""
        return self._of_projects("indicators")

    @cached_property
    def funds(self) -> Mapping[tuple[str, str], tuple[Row, ...]]:
        """Parts of each project's money by fiscal year and project, in file order."""
        return self._of_projects("project_funds")

    def _of_projects(self, table: str) -> Mapping[tuple[str, str], tuple[Row, ...]]:
        found: dict[tuple[str, str], list[Row]] = {}
        for row in self.rows(table):
            found.setdefault(row.project, []).append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    @cached_property
    def sources(self) -> Mapping[str, Row]:
        """Source documents by id."""
        return {row.text("source_id"): row for row in self.rows("sources")}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A rule that does not hold: where, what stands there, what was expected. Values, never sentences.

    `row` is the line of the file, counted from 1 as an editor shows it; 0 where the whole file is meant.
    """

    file: str
    row: int
    column: str
    rule: str
    found: str
    expected: str
