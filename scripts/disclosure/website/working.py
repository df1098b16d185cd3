"""The evidence of figures that no sentence states: what each was computed from, and how."""

from collections.abc import Iterable

from disclosure.package.figures import Figure
from disclosure.website.desk import Desk
from disclosure.website.evidence import Evidence, Operand, Record, row_name
from disclosure.website.permalink import PROJECTS, anchor

MOST_OPERANDS = 12


def of_computed(desk: Desk, figure: Figure) -> Evidence:
    """The working of a figure that no sentence states."""
    operands = tuple(Operand(_operand_name(desk, part), part) for part in figure.operands[:MOST_OPERANDS])
    return Evidence(
        anchor=anchor(figure),
        label=computed_title(desk, figure),
        source=figure.citation,
        quote=(figure.citation.quote if figure.citation else "", "", ""),
        figure=figure,
        operands=operands,
        more=len(figure.operands) - len(operands),
    )


def workings(desk: Desk, page: str, figures: Iterable[Figure]) -> Record:
    """The record of the figures that a page computes."""
    return Record(
        page, "", "怎么算的", tuple(of_computed(desk, figure) for figure in figures), (), None, "", 0
    )


def computed_title(desk: Desk, figure: Figure) -> str:
    """What a computed figure is called, with the row it is about."""
    if figure.formula == "recurrence":
        project = desk.table(PROJECTS).index[(figure.id.split(".")[1], figure.label)]
        return f"与“{project.text('name')}”的目标逐字相同"
    stated = [part for part in figure.operands if part.resource]
    if not stated or figure.formula.startswith("count"):
        return f"{figure.label}（{figure.unit}）" if figure.formula == "+" else figure.label
    columns = {part.label for part in stated}
    part_of = "占" if figure.formula == "÷" and len(stated) == 1 and "占" not in figure.label else ""
    told = len(columns) == 1 and (part_of or figure.formula == "+" or len(stated) > 1)
    column = f"（{part_of}{columns.pop()}）" if told else ""
    about = "" if figure.formula == "+" else f"{_operand_name(desk, stated[0], with_column=False)}："
    return f"{about}{figure.label}{column}"


def _operand_name(desk: Desk, figure: Figure, with_column: bool = True) -> str:
    if not figure.resource:
        return figure.label
    table = desk.table(figure.resource)
    row = table.index[tuple(figure.id.split(".")[1:-1])]
    return f"{row_name(table, row)}{figure.label}" if with_column else row_name(table, row)
