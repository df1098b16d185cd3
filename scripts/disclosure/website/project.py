"""One project: its figures, its goal, facts about the goal, the official form, the evidence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from disclosure.model import Missing, Row
from disclosure.package.figures import Figure, citation
from disclosure.package.text import normalised
from disclosure.website import evidence
from disclosure.website.desk import Desk
from disclosure.website.evidence import Evidence

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
# Digits, or Chinese numerals before a counter: 十三条, 六成. Numerals inside words (进一步) count nothing.
_COUNTERS = "个条项次场所株户人名处座里米吨天月成倍"
_QUANTITY = re.compile(rf"[0-9]|[零〇一二两三四五六七八九十百千]+[{_COUNTERS}]")
QUALITATIVE = "qualitative"
FORM_MONEY = ("budget_wan", "adjusted_budget_wan", "expenditure_wan")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that anyone can find in a goal: `kind` says what, with its figures and words."""

    kind: str
    figures: tuple[Figure, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of the form's table of indicators."""

    number: str
    level_1: str
    level_2: str
    name: str
    direction: str
    target: str
    target_figure: Figure | None
    actual: str
    actual_figure: Figure | None
    weight: Figure
    score: Figure
    reason: str


@dataclass(frozen=True, slots=True)
class Project:
    """Everything a project's page shows."""

    name: str
    year: int
    url: str
    state: str
    state_label: str
    money: tuple[Figure, ...]
    rate: Figure | None
    goal: str
    goal_note: str
    actual: str
    department: str
    unit: str
    objective: str
    withheld: tuple[tuple[str, str], ...]
    facts: tuple[Fact, ...]
    indicators: tuple[Indicator, ...]
    evidence: tuple[Evidence, ...]
    files: tuple[tuple[str, str], ...]


def url(row: Row) -> str:
    """A project's page, below the site's root."""
    return f"{evidence.PROJECTS}/{row.text('fiscal_year')}/{row.text('project_id')}/"


def project(desk: Desk, row: Row, indicators: tuple[Row, ...] = ()) -> Project:
    """The page of a project; `indicators` are its rows of that table."""
    goal = citation(desk.package, row, "goal_citation_id")
    behind = tuple(_evidence(desk, row, indicators))
    unit = desk.table("units").index.get((row.text("fiscal_year"), row.text("unit_id")))
    return Project(
        name=row.text("name"),
        year=desk.year,
        url=url(row),
        state=row.text("disclosure_state"),
        state_label=desk.label("projects", row, "disclosure_state"),
        money=tuple(item.figure for item in behind[: len(FORM_MONEY)] if item.figure),
        rate=desk.maybe(f"execution.project.{row.text('project_id')}"),
        goal=row.text("goal"),
        goal_note=goal.note if goal else "",
        actual=row.text("actual_result"),
        department=str(desk.site.publisher.get("name", "")),
        unit=unit.text("name") if unit else "",
        objective=row.text("objective_no"),
        withheld=tuple(_withheld(desk, row)),
        facts=tuple(_facts(desk, row)),
        indicators=tuple(_indicator(desk, found) for found in indicators),
        evidence=behind,
        files=desk.project_files,
    )


def _withheld(desk: Desk, row: Row) -> Iterator[tuple[str, str]]:
    if row.text("withhold_ground"):
        columns = desk.table("projects").columns
        yield columns["withhold_ground"].title, desk.label("projects", row, "withhold_ground")
        for name in ("decided_by", "decided_on", "next_review_on"):
            yield columns[name].title, row.text(name)


def _facts(desk: Desk, row: Row) -> Iterator[Fact]:
    goal = row.text("goal")
    if goal:
        words = normalised(goal)
        counted = tuple(figure for sentence, figure in desk.counts if sentence in words)
        if counted:
            yield Fact("counted", counted)
        elif not _QUANTITY.search(_YEAR.sub("", goal)):
            years = sorted(set(_YEAR.findall(goal)))
            yield Fact("only_years", words="、".join(years)) if years else Fact("no_quantity")
    if found := desk.overlaps.get(row.text("project_id")):
        yield Fact("overlap", (found[1],), found[0])
    if row.amount("budget_wan") is not None and row["budget_wan"] == row["expenditure_wan"]:
        listed = desk.computed("targets.listed")
        yield Fact("to_the_cent", (listed,) if desk.all_spent and listed.number > 1 else ())


def _indicator(desk: Desk, row: Row) -> Indicator:
    def number(name: str) -> Figure | None:
        missing = row[name] is Missing.NOT_APPLICABLE
        return None if missing else desk.stated("indicators", row, name)

    return Indicator(
        number=row.text("indicator_no"),
        level_1=desk.label("indicators", row, "level_1"),
        level_2=row.text("level_2"),
        name=row.text("name"),
        direction=desk.label("indicators", row, "direction") if row["direction"] != QUALITATIVE else "",
        target=row.text("target_as_written"),
        target_figure=number("target_value"),
        actual=row.text("actual_as_written"),
        actual_figure=number("actual_value"),
        weight=desk.stated("indicators", row, "weight"),
        score=desk.stated("indicators", row, "score"),
        reason=row.text("deviation_reason"),
    )


def _evidence(desk: Desk, row: Row, indicators: tuple[Row, ...]) -> Iterator[Evidence]:
    table = desk.table("projects")
    for name in FORM_MONEY:
        yield evidence.of_cell(desk, table, row, table.columns[name])
    if row.text("goal"):
        yield evidence.of_text(desk, table, row, "goal", "goal")
    table = desk.table("indicators")
    for found in indicators:
        for field in table.fields:
            if field.is_figure and found[field.name] is not Missing.NOT_APPLICABLE:
                yield evidence.of_cell(desk, table, found, field)
