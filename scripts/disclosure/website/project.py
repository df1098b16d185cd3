"""One project: its figures, its goal, facts about the goal, the official form, the evidence."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from disclosure.model import Row
from disclosure.package.figures import WORKBOOK, Figure, citation
from disclosure.package.scores import TOTAL, Form, Score, scores
from disclosure.package.text import normalised
from disclosure.quality.scores import scheme_of
from disclosure.release.form import address
from disclosure.release.official import official
from disclosure.website.cite import Cite, cite
from disclosure.website.desk import Desk
from disclosure.website.evidence import Record, documents, record
from disclosure.website.gaps import Kind, of_project
from disclosure.website.official import IN_REPORT, ON_FORM, Block, shown
from disclosure.website.permalink import PROJECTS
from disclosure.website.working import workings

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
# Digits, or Chinese numerals before a counter: 十三条, 六成. Numerals inside words (进一步) count nothing.
_COUNTERS = "个条项次场所株户人名处座里米吨天月成倍"
_QUANTITY = re.compile(rf"[0-9]|[零〇一二两三四五六七八九十百千]+[{_COUNTERS}]")
FORM_MONEY = ("budget_wan", "adjusted_budget_wan", "expenditure_wan")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that anyone can find in a goal: `kind` says what, with its figures, words, and an address."""

    kind: str
    figures: tuple[Figure, ...] = ()
    words: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """Everything a project's page shows."""

    row: Row
    year: int
    state_label: str
    money: tuple[Figure, ...]
    rate: Figure | None
    stated_by: str
    goal_note: str
    department: str
    withheld: tuple[tuple[str, str], ...]
    facts: tuple[Fact, ...]
    form_title: str
    form: tuple[Block, ...]
    form_file: str
    grade: str
    evidence: tuple[Record, ...]
    cite: Cite
    gaps: tuple[Kind, ...]
    files: tuple[tuple[str, str], ...]


def url(row: Row) -> str:
    """A project's page, below the site's root."""
    return f"{PROJECTS}/{row.text('fiscal_year')}/{row.text('project_id')}/"


def project(desk: Desk, row: Row) -> Project:
    """The page of a project."""
    indicators = desk.package.indicators.get(row.project, ())
    goal = citation(desk.package, row, "goal_citation_id")
    scheme = scheme_of(desk.package, indicators)
    found = scores(Form(desk.package, scheme, row, indicators)) if scheme else {}
    drawn = official(desk.package, row)
    rate = desk.maybe(f"execution.project.{row.text('project_id')}")
    stated_by = _stated_by(desk, row)
    behind = tuple(_evidence(desk, row, indicators, (*((rate,) if rate else ()), *_ours(found))))
    return Project(
        row=row,
        year=desk.year,
        state_label=desk.label("projects", row, "disclosure_state"),
        money=tuple(desk.stated(PROJECTS, row, name) for name in FORM_MONEY),
        rate=rate,
        stated_by=stated_by,
        goal_note=goal.note if goal else "",
        department=str(desk.site.publisher.get("name", "")),
        withheld=tuple(_withheld(desk, row)),
        facts=tuple(_facts(desk, row)),
        form_title=drawn.title,
        form=shown(desk, drawn, found, rate, stated_by),
        form_file=address(row),
        grade=found[TOTAL].grade if TOTAL in found else "",
        evidence=behind,
        cite=cite(desk, documents(behind), row.text("name"), url(row)),
        gaps=of_project(desk, row),
        files=desk.project_files,
    )


def _stated_by(desk: Desk, row: Row) -> str:
    """What states the project: a form that came in, or the report."""
    said = desk.package.citations.get(row.text("citation_id"))
    source = desk.package.sources.get(said.text("source_id")) if said else None
    return ON_FORM if source and source.text("kind") == WORKBOOK else IN_REPORT


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
        url = f"{desk.site.at('objectives/')}#objective-{found[0]}"
        yield Fact("overlap", (found[1],), found[0], url)
    if row.amount("budget_wan") is not None and row["budget_wan"] == row["expenditure_wan"]:
        listed = desk.computed("targets.listed")
        yield Fact("to_the_cent", (listed,) if desk.all_spent and listed.number > 1 else ())


def _evidence(
    desk: Desk, row: Row, indicators: tuple[Row, ...], computed: tuple[Figure, ...]
) -> Iterator[Record]:
    """The rows behind the page: the project's own, its funds, its indicators; then what is computed."""
    funds = desk.package.funds.get(row.project, ())
    for name, rows in ((PROJECTS, (row,)), ("project_funds", funds), ("indicators", indicators)):
        table = desk.table(name)
        yield from (found for item in rows if (found := record(desk, table, item)))
    if computed:
        yield workings(desk, url(row), computed)


def _ours(scores: Mapping[str, Score]) -> Iterator[Figure]:
    for score in scores.values():
        if score.agrees is not None:
            yield score.ours
        if score.agrees is False:
            yield score.difference
