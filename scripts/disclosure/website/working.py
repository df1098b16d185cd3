"""The evidence of figures that no sentence states: what each was computed from, and how."""

from disclosure.package.figures import Citation, Figure
from disclosure.website.desk import Desk
from disclosure.website.evidence import PROJECTS, Evidence, Operand, anchor, cite, row_name

MOST_OPERANDS = 12


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
        cite=cite(desk, figure.citation or _first(figure), f"按原报告数字计算：{figure.id}"),
        figure=figure,
        operands=operands,
        more=len(figure.operands) - len(operands),
    )


def computed_title(desk: Desk, figure: Figure) -> str:
    """What a computed figure is called, with the row it is about."""
    if figure.formula == "recurrence":
        project = desk.table(PROJECTS).index[(str(desk.year), figure.label)]
        return f"与“{project.text('name')}”的目标逐字相同"
    stated = [part for part in figure.operands if part.resource]
    if not stated or figure.formula.startswith("count"):
        return figure.label
    columns = {part.label for part in stated}
    column = f"（{columns.pop()}）" if len(columns) == 1 and len(stated) > 1 else ""
    about = "" if figure.formula == "+" else f"{_operand_name(desk, stated[0], with_column=False)}："
    return f"{about}{figure.label}{column}"


def _operand_name(desk: Desk, figure: Figure, with_column: bool = True) -> str:
    if not figure.resource:
        return figure.label
    table = desk.table(figure.resource)
    row = table.index[tuple(figure.id.split(".")[1:-1])]
    return f"{row_name(table, row)}{figure.label}" if with_column else row_name(table, row)


def _first(figure: Figure) -> Citation | None:
    return next((part.citation or _first(part) for part in figure.operands), None)
