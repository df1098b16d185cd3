"""What stands behind a figure or a text: the sentence, the cell, the checks; and where it is shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import takewhile
from typing import NamedTuple

from disclosure.model import Field, Missing, Row, Table
from disclosure.package.difference import KEY_JOINT
from disclosure.package.figures import Citation, Figure, cell_figure, citation, columns
from disclosure.quality.rules import Rule
from disclosure.website.desk import Desk
from disclosure.website.marking import Marked, marked
from disclosure.website.permalink import OF_PROJECTS, PROJECTS, place


class Operand(NamedTuple):
    """A figure that another is computed from, with the name of its row."""

    name: str
    figure: Figure


class Evidence(NamedTuple):
    """One anchor: a figure or a text as written, the sentence it rests on, its column, what looked at it.

    `passed` and `told` are the rules that hold for the cell and those that say something of it;
    `corrections` its rows of that table, oldest first.
    """

    anchor: str
    label: str
    source: Citation | None
    quote: Marked
    column: str = ""
    passed: tuple[Rule, ...] = ()
    told: tuple[Rule, ...] = ()
    corrections: tuple[Row, ...] = ()
    figure: Figure | None = None
    operands: tuple[Operand, ...] = ()
    more: int = 0

    @property
    def is_silent(self) -> bool:
        """Whether the source does not state the figure."""
        return self.figure is not None and not self.operands and isinstance(self.figure.value, Missing)


@dataclass(frozen=True, slots=True)
class Record:
    """A row with the evidence of its cells: `items` are stated, `silent` ones the source leaves out.

    `page` is where it stands, below the root; `anchor` its own on that page, empty for the page's own row;
    `is_corrected` whether a cell of it ever was.
    """

    page: str
    anchor: str
    name: str
    items: tuple[Evidence, ...]
    silent: tuple[Evidence, ...]
    source: Citation | None
    file: str
    line: int
    is_corrected: bool = False


@lru_cache(maxsize=256)  # a row is named above its evidence and in what is computed from it
def row_name(table: Table, row: Row) -> str:
    """What people call a row: the label of its enumerated key, its name, or its key."""
    for name in table.key:
        if labels := table.columns[name].labels:
            return labels.get(row.text(name), row.text(name))
    for name in ("name", "title", "term"):
        if row.text(name):
            return row.text(name)
    for field in table.fields:
        if field.labels and row.text(field.name):
            return f"{field.labels[row.text(field.name)]} {table.key_of(row)[-1]}"
    return f"{table.key_of(row)[-1]} 年" if table.key == ("fiscal_year",) else " · ".join(table.key_of(row))


def _cell(desk: Desk, table: Table, row: Row, field: Field, anchor: str) -> Evidence:
    """The evidence of a figure that a sentence states."""
    figure = cell_figure(desk.package, table, row, field)
    source = figure.citation or citation(desk.package, row)
    quote = marked(source.quote if source else "", figure.value, partial(_occurrence, table, row, field))
    return Evidence(anchor, field.title, source, quote, *_looked_at(desk, table, row, field), figure)


def _words(desk: Desk, table: Table, row: Row, name: str, anchor: str) -> Evidence:
    """The evidence of words taken from a source, or of a whole row where no column is named."""
    field = table.columns.get(name)
    source = citation(desk.package, row, field.cited_by if field else "citation_id")
    source = source or citation(desk.package, row)
    quote = (source.quote if source else "", "", "")
    if field is None:
        return Evidence(anchor, "", source, quote)
    return Evidence(anchor, field.title, source, quote, *_looked_at(desk, table, row, field))


def _looked_at(
    desk: Desk, table: Table, row: Row, field: Field
) -> tuple[str, tuple[Rule, ...], tuple[Rule, ...], tuple[Row, ...]]:
    """The column of a cell, the rules that it passed and those that say something of it, its corrections."""
    corrections: tuple[Row, ...] = ()
    if desk.corrected:
        key = KEY_JOINT.join(table.key_of(row))
        places = ((table.name, key, name) for name in (field.name, field.cited_by))
        corrections = tuple(item for place in places for item in desk.corrected.get(place, ()))
    return field.name, *desk.checked.of(table, row, field), corrections


def _occurrence(table: Table, row: Row, field: Field) -> int:
    """Which of a row's equal numbers in one sentence this is: a line of a table states them in order."""
    value, before = row[field.name], takewhile(lambda other: other is not field, columns(table))
    return sum(row[other.name] == value and other.cited_by == field.cited_by for other in before)


def record(desk: Desk, table: Table, row: Row) -> Record | None:
    """The evidence of a row's figures and of its goal, or else of its words; None where it cites nothing."""
    page, anchor = place(table.name, table.key_of(row))
    cells = [
        _cell(desk, table, row, field, f"{anchor}.{field.name}" if anchor else field.name)
        for field in columns(table)
        if row[field.name] is not Missing.NOT_APPLICABLE
    ]
    if table.name == PROJECTS and row.text("goal"):
        cells.append(_words(desk, table, row, "goal", "goal"))
    if not cells and citation(desk.package, row) is not None:
        written = next((field.name for field in table.fields if field.as_written), "")
        cells.append(_words(desk, table, row, written, ""))
    if not cells:
        return None
    name, source = row_name(table, row), cells[0].source
    silent = tuple(item for item in cells if item.is_silent)
    items = tuple(item for item in cells if not item.is_silent) if silent else tuple(cells)
    corrected = bool(desk.corrected) and any(item.corrections for item in cells)
    return Record(page, anchor, name, items, silent, source, table.path, row.line, corrected)


def records(desk: Desk, table: Table) -> Iterator[Record]:
    """The evidence of each row of a cited table."""
    found = (record(desk, table, row) for row in table.rows)
    return (item for item in found if item)


def documents(found: Iterable[Record]) -> Iterator[str]:
    """The titles of the documents that records rest on."""
    return (item.source.source for record in found for item in record.items if item.source)


def has_page(desk: Desk, table: Table) -> bool:
    """Whether a table has a page of evidence: its rows cite, and are not shown on pages of projects."""
    cites = any(found.table == "citations" for found in table.references)
    return cites and table.name not in OF_PROJECTS and next(records(desk, table), None) is not None
