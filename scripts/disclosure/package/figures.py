"""Every figure the site may print: one cell with its sentence, or a sum over such cells with its working.

A figure without a source cannot be made: that is the rule the whole project stands on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from disclosure.model import DisclosureError, Field, Missing, Package, Row, Table

REPORT, WORKBOOK = "self_evaluation", "workbook"  # kinds of sources: the report of a year, a filled form


class UnsourcedFigure(DisclosureError):
    """A figure has neither a sentence that states it nor figures it is computed from."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A sentence of a source document."""

    id: str
    source: str
    section: str
    quote: str
    note: str


@dataclass(slots=True, eq=False)  # frozen, making one would take four times as long
class Figure:
    """A number for people: value, unit, and either its sentence and cell or its formula and operands.

    `id` is stable and never reused: `resource.key.column`, or `computed.year.what`. A missing value is a
    figure too; its citation is that of its row, and it has none where the package has no such row.
    """

    id: str
    label: str
    value: Decimal | Missing
    unit: str
    citation: Citation | None = None
    resource: str = ""
    path: str = ""
    line: int = 0
    column: str = ""
    formula: str = ""
    operands: tuple["Figure", ...] = ()

    def __post_init__(self) -> None:
        if self.citation is None and not self.operands and not isinstance(self.value, Missing):
            raise UnsourcedFigure(self.id)

    @property
    def is_sourced(self) -> bool:
        """Whether there is a sentence or a working to show; only a missing value can do without."""
        return self.citation is not None or bool(self.operands)

    @property
    def number(self) -> Decimal:
        """The value of a figure that has one; raises ValueError where it is missing."""
        if isinstance(self.value, Missing):
            raise ValueError(f"{self.id}: missing")
        return self.value


@lru_cache(maxsize=2048)  # a page shows a cell in its form, in its evidence and beside our scores
def cell_figure(package: Package, table: Table, row: Row, field: Field) -> Figure:
    """The figure in one cell; a missing one cites the sentence its row rests on. Raises UnsourcedFigure."""
    value = row[field.name]
    known = isinstance(value, int | Decimal)
    silent = Missing.NOT_STATED if value is Missing.NOT_STATED else Missing.NOT_APPLICABLE
    return Figure(
        f"{_row_id(table, row)}.{field.name}",
        field.title,
        Decimal(value) if isinstance(value, int | Decimal) else silent,
        field.unit or row.text(field.unit_field),
        cited(package, row.cited(field)) or (None if known else citation(package, row)),
        *(table.name, table.path, row.line, field.name),
    )


@lru_cache(maxsize=64)  # the cells of a row are asked for one after the other
def _row_id(table: Table, row: Row) -> str:
    return ".".join((table.name, *table.key_of(row)))


@lru_cache(maxsize=256)
def columns(table: Table) -> tuple[Field, ...]:
    """The columns of a table whose cells are figures."""
    return tuple(field for field in table.fields if field.is_figure)


def absent(name: str, label: str, unit: str) -> Figure:
    """What stands where the package has no row to take a figure from: not stated, with nothing to cite."""
    return Figure(name, label, Missing.NOT_STATED, unit)


def citation(package: Package, row: Row, column: str = "citation_id") -> Citation | None:
    """The sentence a row cites in the given column."""
    return cited(package, row.text(column))


@lru_cache(maxsize=256)
def cited(package: Package, name: str) -> Citation | None:
    """A citation by id, with its source's title; None where there is no such citation."""
    found = package.citations.get(name)
    if found is None:
        return None
    source = package.sources.get(found.text("source_id"))
    title = source.text("title") if source else ""
    return Citation(name, title, *(found.text(part) for part in ("section", "quote", "note")))


def stated(package: Package, table: Table, rows: Iterable[Row] | None = None) -> Iterator[Figure]:
    """All figures of a table, or of some rows of it; a cell that does not apply is none."""
    for row in table.rows if rows is None else rows:
        for field in columns(table):
            if row[field.name] is not Missing.NOT_APPLICABLE:
                yield cell_figure(package, table, row, field)


def of_forms(package: Package) -> frozenset[str]:
    """Citations whose source is a filled form: cells side by side, their units in other cells."""
    forms = {name for name, row in package.sources.items() if row.text("kind") == WORKBOOK}
    citations = package.citations.items() if forms else ()
    return frozenset(name for name, row in citations if row.text("source_id") in forms)
