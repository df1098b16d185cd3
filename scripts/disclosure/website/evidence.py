"""What stands behind a figure or a text: the sentence, the cell, the checks; and where it is shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from disclosure.model import Field, Missing, Row, Table
from disclosure.package.figures import Citation, Figure, cell_figure, citation
from disclosure.quality.rules import Rule
from disclosure.website.desk import Desk
from disclosure.website.marking import Marked, marked
from disclosure.website.permalink import OF_PROJECTS, PROJECTS, anchor, place


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure that another is computed from, with the name of its row."""

    name: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Evidence:
    """One anchor: a figure or a text as written, the sentence it rests on, its column, what looked at it.

    `passed` and `told` are the rules that hold for the cell and those that say something of it;
    `corrections` its rows of that table, oldest first.
    """

    anchor: str
    label: str
    title: str
    source: Citation | None
    quote: Marked
    column: str = ""
    passed: tuple[Rule, ...] = ()
    told: tuple[Rule, ...] = ()
    corrections: tuple[Row, ...] = ()
    figure: Figure | None = None
    operands: tuple[Operand, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """A row with the evidence of its cells: `items` are stated, `silent` ones the source leaves out.

    `page` is where it stands, below the root; `anchor` its own on that page, empty for the page's own row.
    """

    page: str
    anchor: str
    name: str
    items: tuple[Evidence, ...]
    silent: tuple[Evidence, ...]
    source: Citation | None
    file: str
    line: int

    @property
    def is_corrected(self) -> bool:
        """Whether a cell of the row was ever corrected."""
        return any(item.corrections for item in (*self.items, *self.silent))


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


def of_cell(desk: Desk, table: Table, row: Row, field: Field) -> Evidence:
    """The evidence of a figure that a sentence states."""
    figure = cell_figure(desk.package, table, row, field)
    words = of_text(desk, table, row, field.name, anchor(figure))
    quote = marked(words.quote[0], figure.value, _occurrence(table, row, field))
    return replace(words, figure=figure, quote=quote)


def of_text(desk: Desk, table: Table, row: Row, column: str, name: str) -> Evidence:
    """The evidence of words taken from a source, or of a whole row; `name` is its anchor."""
    field = table.columns.get(column)
    source = citation(desk.package, row, field.cited_by if field else "citation_id")
    source = source or citation(desk.package, row)
    passed, told = desk.checked.of(table, row, field) if field else ((), ())
    title = row_name(table, row)
    return Evidence(
        anchor=name,
        label=field.title if field else "",
        title=f"{title}：{field.title}" if field else title,
        source=source,
        quote=(source.quote if source else "", "", ""),
        column=column,
        passed=passed,
        told=told,
        corrections=desk.corrected.get((table.name, "/".join(table.key_of(row)), column), ()),
    )


def _occurrence(table: Table, row: Row, field: Field) -> int:
    """Which of a row's equal numbers in one sentence this is: a line of a table states them in order."""
    before = table.fields[: table.fields.index(field)]
    return sum(
        other.is_figure and other.cited_by == field.cited_by and row[other.name] == row[field.name]
        for other in before
    )


def record(desk: Desk, table: Table, row: Row) -> Record | None:
    """The evidence of a row's figures and of its goal, or else of its words; None where it cites nothing."""
    page, anchor = place(table.name, table.key_of(row))
    cells = [
        of_cell(desk, table, row, field)
        for field in table.fields
        if field.is_figure and row[field.name] is not Missing.NOT_APPLICABLE
    ]
    if table.name == PROJECTS and row.text("goal"):
        cells.append(of_text(desk, table, row, "goal", "goal"))
    if not cells and citation(desk.package, row) is not None:
        written = next((field.name for field in table.fields if field.as_written), "")
        cells.append(of_text(desk, table, row, written, ""))
    if not cells:
        return None
    silent = tuple(item for item in cells if item.figure and isinstance(item.figure.value, Missing))
    return Record(
        page=page,
        anchor=anchor,
        name=row_name(table, row),
        items=tuple(item for item in cells if item not in silent),
        silent=silent,
        source=cells[0].source,
        file=table.path,
        line=row.line,
    )


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
