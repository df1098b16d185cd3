"""What stands behind a figure or a text: the sentence, the cell, the checks; and the page that shows it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from disclosure.model import Field, Missing, Row, Table
from disclosure.package.figures import Citation, Figure, cell_figure, citation
from disclosure.package.scores import SCORES
from disclosure.website.desk import Desk
from disclosure.website.marking import Marked, marked

COMPUTED = "computed"
PROJECTS = "projects"
OF_PROJECTS = (PROJECTS, "indicators", "project_funds")  # their evidence stands on the project's page


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure that another is computed from, with the name of its row."""

    name: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Evidence:
    """One anchor: a figure or a text as written, the sentence it rests on, its cell, its checks."""

    anchor: str
    title: str
    source: Citation | None
    quote: Marked
    file: str
    line: int
    column: str
    rules: int
    matches: bool
    cite: str
    figure: Figure | None = None
    operands: tuple[Operand, ...] = ()
    more: int = 0


def page(figure: Figure) -> str:
    """The page a figure's evidence stands on, below the site's root."""
    if not figure.resource and not _is_score(figure):
        return f"evidence/{COMPUTED}/"
    if figure.resource in OF_PROJECTS or _is_score(figure):
        _, year, project = figure.id.split(".")[:3]
        return f"{PROJECTS}/{year}/{project}/"
    return f"evidence/{figure.resource}/"


def _is_score(figure: Figure) -> bool:
    """Whether it is one of ours beside a score of a project's form."""
    return figure.id.startswith(f"{SCORES}.")


def anchor(figure: Figure) -> str:
    """The id that a figure's evidence has on its page."""
    parts = figure.id.split(".")
    return ".".join(parts[3:] if figure.resource in OF_PROJECTS or _is_score(figure) else parts[1:])


def url(figure: Figure) -> str:
    """Where a figure's evidence stands, below the site's root."""
    return f"{page(figure)}#{anchor(figure)}"


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
    return replace(words, figure=figure, quote=quote, matches=bool(quote[1]) and desk.number_in_quote)


def of_text(desk: Desk, table: Table, row: Row, column: str, name: str) -> Evidence:
    """The evidence of words taken from a source, or of a whole row; `name` is its anchor."""
    field = table.columns.get(column)
    source = citation(desk.package, row, field.cited_by if field else "citation_id")
    source = source or citation(desk.package, row)
    title = row_name(table, row)
    return Evidence(
        anchor=name,
        title=f"{title}：{field.title}" if field else title,
        source=source,
        quote=(source.quote if source else "", "", ""),
        file=table.path,
        line=row.line,
        column=column,
        rules=desk.rules_passed(table.name),
        matches=False,
        cite=cite(desk, source, f"{table.path} 第 {row.line} 行 {column}".rstrip()),
    )


def _occurrence(table: Table, row: Row, field: Field) -> int:
    """Which of a row's equal numbers in one sentence this is: a line of a table states them in order."""
    before = table.fields[: table.fields.index(field)]
    return sum(
        other.is_figure and other.cited_by == field.cited_by and row[other.name] == row[field.name]
        for other in before
    )


def cite(desk: Desk, source: Citation | None, where: str) -> str:
    """One line of Chinese that names a document and the place of a figure in the data."""
    descriptor = desk.package.descriptor
    document = f"{source.source}，{source.section}。" if source else ""
    return f"{document}数据：{descriptor.get('title', '')} {descriptor.get('version', '')}，{where}。"


def rows_of(desk: Desk, table: Table) -> Iterator[tuple[str, str, tuple[Evidence, ...]]]:
    """Each row of a cited table: its anchor, its name, the evidence of its figures or else of its words."""
    figures = [field for field in table.fields if field.is_figure]
    for row in table.rows:
        name = ".".join(table.key_of(row))
        cells = tuple(
            of_cell(desk, table, row, field)
            for field in figures
            if row[field.name] is not Missing.NOT_APPLICABLE
        )
        if cells:
            yield name, row_name(table, row), cells
        elif citation(desk.package, row) is not None:
            written = next((field.name for field in table.fields if field.as_written), "")
            yield name, row_name(table, row), (of_text(desk, table, row, written, ""),)


def has_page(desk: Desk, table: Table) -> bool:
    """Whether a table has a page of evidence: its rows cite, and are not shown on pages of projects."""
    cites = any(found.table == "citations" for found in table.references)
    return cites and table.name not in OF_PROJECTS and next(rows_of(desk, table), None) is not None
