"""What stands behind a figure or a text: the sentence, the cell, the checks, how to cite; and where a page shows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from disclosure.model import Field, Missing, Row, Table
from disclosure.package.figures import Citation, Figure, cell_figure, citation
from disclosure.website.desk import Desk
from disclosure.website.marking import Marked, marked

COMPUTED = "computed"
PROJECTS = "projects"
OF_PROJECTS = (PROJECTS, "indicators")  # tables whose evidence stands on the project's own page
MOST_OPERANDS = 12


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
    if not figure.resource:
        return f"evidence/{COMPUTED}/"
    if figure.resource in OF_PROJECTS:
        _, year, project = figure.id.split(".")[:3]
        return f"{PROJECTS}/{year}/{project}/"
    return f"evidence/{figure.resource}/"


def anchor(figure: Figure) -> str:
    """The id that a figure's evidence has on its page."""
    parts = figure.id.split(".")
    return ".".join(parts[3:] if figure.resource in OF_PROJECTS else parts[1:])


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
    return " · ".join(table.key_of(row))


def of_cell(desk: Desk, table: Table, row: Row, field: Field) -> Evidence:
    """The evidence of a figure that a sentence states."""
    figure = cell_figure(desk.package, table, row, field)
    title = f"{row_name(table, row)}：{field.title}"
    quote = figure.citation.quote if figure.citation else ""
    mark = marked(quote, figure.value, _occurrence(table, row, field))
    return _evidence(desk, table, row, anchor(figure), title, field.name, figure.citation, mark, figure)


def of_text(
    desk: Desk, table: Table, row: Row, column: str, name: str, cited_by: str = "citation_id"
) -> Evidence:
    """The evidence of words taken from a source; `name` is its anchor."""
    source = citation(desk.package, row, cited_by)
    mark = (source.quote if source else "", "", "")
    return _evidence(desk, table, row, name, row_name(table, row), column, source, mark)


def _evidence(  # noqa: PLR0913, PLR0917
    desk: Desk, table: Table, row: Row, name: str, title: str, column: str,
    source: Citation | None, quote: Marked, figure: Figure | None = None,
) -> Evidence:  # fmt: skip
    return Evidence(
        anchor=name,
        title=title,
        source=source,
        quote=quote,
        file=table.path,
        line=row.line,
        column=column,
        rules=desk.rules_passed(table.name),
        matches=bool(quote[1]) and desk.number_in_quote,
        cite=_cite(desk, source, f"{table.path} 第 {row.line} 行 {column}".rstrip()),
        figure=figure,
    )


def of_computed(desk: Desk, figure: Figure) -> Evidence:
    """The working of a figure that no sentence states."""
    operands = tuple(Operand(_operand_name(desk, part), part) for part in figure.operands[:MOST_OPERANDS])
    return Evidence(
        anchor=anchor(figure),
        title=computed_title(desk, figure),
        source=figure.citation,
        quote=(figure.citation.quote if figure.citation else "", "", ""),
        file="",
        line=0,
        column="",
        rules=desk.rules_passed("package"),
        matches=False,
        cite=_cite(desk, figure.citation or _first(figure), f"按原报告数字计算：{figure.id}"),
        figure=figure,
        operands=operands,
        more=len(figure.operands) - len(operands),
    )


def computed_title(desk: Desk, figure: Figure) -> str:
    """What a computed figure is called, with the row it is about."""
    if figure.formula == "recurrence":
        project = desk.table(PROJECTS).index[(str(desk.year), figure.label)]
        return f"与“{project.text('name')}”的目标逐字相同"
    about = next((part for part in figure.operands if part.resource), None)
    if figure.formula == "÷" and about is not None:
        return f"{_operand_name(desk, about, with_column=False)}：{figure.label}"
    return figure.label


def _operand_name(desk: Desk, figure: Figure, with_column: bool = True) -> str:
    if not figure.resource:
        return figure.label
    table = desk.table(figure.resource)
    row = table.index[tuple(figure.id.split(".")[1:-1])]
    return f"{row_name(table, row)}{figure.label}" if with_column else row_name(table, row)


def _first(figure: Figure) -> Citation | None:
    return next((part.citation or _first(part) for part in figure.operands), None)


def _occurrence(table: Table, row: Row, field: Field) -> int:
    """Which of a row's equal numbers in one sentence this is: a line of a table states them in order."""
    before = table.fields[: table.fields.index(field)]
    return sum(
        other.is_figure and other.cited_by == field.cited_by and row[other.name] == row[field.name]
        for other in before
    )


def _cite(desk: Desk, source: Citation | None, where: str) -> str:
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
            yield name, row_name(table, row), (of_text(desk, table, row, written, f"{name}.text"),)
