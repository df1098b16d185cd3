"""The report's words: overall goals, kinds of indicators, results by area, conclusions and measures."""

from dataclasses import dataclass

from disclosure.model import Row
from disclosure.package.figures import Figure, citation
from disclosure.website import project
from disclosure.website.desk import Desk
from disclosure.website.permalink import row_url


@dataclass(frozen=True, slots=True)
class Objective:
    """An overall goal as written, and the project whose goal repeats it."""

    row: Row
    note: str
    evidence: str
    repeated: Figure | None
    project: str
    project_url: str


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the report, with where their sentence stands."""

    text: str
    note: str
    evidence: str
    figures: tuple[tuple[str, Figure], ...] = ()
    kind: str = ""


def objectives(desk: Desk) -> tuple[Objective, ...]:
    """The overall goals as written, with those that a project's goal repeats."""
    return tuple(_objective(desk, row) for row in desk.rows("objectives"))


def _objective(desk: Desk, row: Row) -> Objective:
    repeated = desk.maybe(f"recurrence.{row.text('objective_no')}")
    found = desk.table("projects").index.get((str(desk.year), repeated.label)) if repeated else None
    return Objective(
        row=row,
        note=_note(desk, row),
        evidence=_evidence(desk, "objectives", row),
        repeated=repeated,
        project=found.text("name") if found else "",
        project_url=project.url(found) if found else "",
    )


def indicators_listed(desk: Desk) -> tuple[int, Figure]:
    """Whether the report lists indicators at all: how many, and how many projects."""
    return len(desk.rows("indicators")), desk.computed("targets.listed")


def counts_in_goals(desk: Desk) -> tuple[Said, ...]:
    """Numbers that stand in the words of goals."""
    return tuple(
        Said(row.text("name"), "", "", (("", desk.stated("counts", row, "value")),))
        for row in desk.rows("counts")
        if not row.text("counted_resource")
    )


def results_by_area(desk: Desk) -> tuple[tuple[str, tuple[Said, ...]], ...]:
    """Everything reported done, by area; rows of one name that count several things stand together."""
    areas: dict[str, dict[str, list[Row]]] = {}
    for row in desk.rows("results"):
        areas.setdefault(row.text("area"), {}).setdefault(row.text("name"), []).append(row)
    return tuple(
        (name, tuple(_result(desk, rows) for rows in found.values())) for name, found in areas.items()
    )


def _result(desk: Desk, rows: list[Row]) -> Said:
    first = rows[0]
    counted = (row for row in rows if row.amount("value") is not None)
    return Said(
        text=first.text("name"),
        note=" ".join(dict.fromkeys(note for row in rows if (note := _note(desk, row)))),
        evidence=_evidence(desk, "results", first),
        figures=tuple((row.text("measure"), desk.stated("results", row, "value")) for row in counted),
        kind=first.text("kind"),
    )


def said(desk: Desk, kind: str) -> tuple[Said, ...]:
    """What the report says of one kind: `conclusion`, `problem`, `cause`, `measure` and so on."""
    return tuple(
        Said(row.text("text"), _note(desk, row), _evidence(desk, "evaluation", row))
        for row in desk.rows("evaluation")
        if row["kind"] == kind
    )


def _note(desk: Desk, row: Row) -> str:
    found = citation(desk.package, row)
    return found.note if found else ""


def _evidence(desk: Desk, table: str, row: Row) -> str:
    return row_url(desk.table(table), row)
