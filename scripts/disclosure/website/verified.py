"""The page of data quality: every rule and its result, what is left open, the source's own faults."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from disclosure.model import Problem, Row, Table
from disclosure.package.figures import Citation, Figure, citation
from disclosure.quality.messages import place
from disclosure.quality.report import Result
from disclosure.quality.rules import OUR_OWN, Rule
from disclosure.website import evidence
from disclosure.website.desk import Desk
from disclosure.website.edition import Site
from disclosure.website.money import NOT_ITEMISED
from disclosure.website.wording import exact

BASIS_OUR_OWN = "本项目自定"
# Where a rule expects not a value but compares with another cell: `data/projects.csv#3 goal`.
_OTHER_CELL = re.compile(r"(?P<file>\S+)#(?P<row>\d+) (?P<column>\w+)")


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem in words; `other` is the cell that was compared with, where it is no value."""

    place: str
    found: str
    figure: Figure | None
    expected: str
    other: str


@dataclass(frozen=True, slots=True)
class Check:
    """A rule, the table it holds for, what it stands on, and what became of it."""

    rule: Rule
    applies_to: str
    basis: str
    status: str
    findings: tuple[Finding, ...]


def check_tally(desk: Desk) -> Mapping[str, int]:
    """How many rules there are and how many hold, were noted, do not apply, or were not run."""
    return Counter([*(result.status for result in desk.site.results), *("all" for _ in desk.site.results)])


def rules_and_results(desk: Desk) -> tuple[tuple[str, list[Check]], ...]:
    """Every rule with its result, by the name of its stage."""
    stages: dict[str, list[Check]] = {}
    labels = desk.table("rules").columns["stage"].labels
    figures = _computed_from(desk)
    for result in desk.site.results:
        stage = labels.get(result.rule.stage, result.rule.stage)
        stages.setdefault(stage, []).append(_check(desk, result, figures))
    return tuple(stages.items())


def _computed_from(desk: Desk) -> Mapping[tuple[str, int, str, str], Figure]:
    """The computed figures of every year by the cell that they start from and by their value."""
    return {
        (start.path, start.line, start.column, exact(figure)): figure
        for site in _every_year(desk)
        for figure in site.computed.values()
        for start in figure.operands[:1]
    }


def _every_year(desk: Desk) -> tuple[Site, ...]:
    return (desk.site, *desk.site.others)


def _check(desk: Desk, result: Result, figures: Mapping[tuple[str, int, str, str], Figure]) -> Check:
    rule = result.rule
    table = desk.package.tables.get(rule.applies_to)
    return Check(
        rule,
        table.title if table else "整个数据包",
        BASIS_OUR_OWN if rule.basis == OUR_OWN else rule.basis,
        result.status,
        tuple(_finding(desk, problem, figures) for problem in result.problems),
    )


def _finding(desk: Desk, problem: Problem, figures: Mapping[tuple[str, int, str, str], Figure]) -> Finding:
    """A problem in words; where a computed figure starts from its cell and has its value, that figure."""
    where = _cell(desk, problem.file, problem.row, problem.column)
    other = _OTHER_CELL.fullmatch(problem.expected)
    return Finding(
        f"{where}（{place(problem, 'zh')}）" if where else place(problem, "zh"),
        problem.found,
        figures.get((problem.file, problem.row, problem.column, problem.found)),
        problem.expected,
        _cell(desk, other["file"], int(other["row"]), other["column"]) if other else "",
    )


def _cell(desk: Desk, file: str, line: int, column: str) -> str:
    """What people call a cell: its table, its row, its column; empty where it is none of a table."""
    for table in desk.package.tables.values():
        if table.path == file and column in table.columns:
            rows = table.rows[line - 2 : line - 1] if line else ()  # a line is a row, below the header
            which = "".join(_row(desk, table, row) for row in rows)
            return f"{table.title}{which}的“{table.columns[column].title}”"
    return ""


def _row(desk: Desk, table: Table, row: Row) -> str:
    """The name of a row, or of the project that it is of, with its year where there are several."""
    projects = desk.table("projects")
    owner = projects.index.get(row.project) if "project_id" in table.columns else None
    name = evidence.row_name(projects, owner) if owner else evidence.row_name(table, row)
    year = row.text("fiscal_year") if len(desk.package.years) > 1 and "fiscal_year" in table.columns else ""
    return f"“{name}”（{year} 年）" if year and year not in name else f"“{name}”"


def residuals(desk: Desk) -> tuple[tuple[int, tuple[Figure, ...] | None], ...]:
    """What totals hold beyond their parts, by year: a line of its own, never named. None without parts."""
    return tuple((site.year, _residuals(site)) for site in _every_year(desk))


def _residuals(site: Site) -> tuple[Figure, ...] | None:
    found = [figure for figure in site.computed.values() if figure.label == NOT_ITEMISED]
    return tuple(figure for figure in found if figure.value != 0) if found else None


def source_faults(desk: Desk) -> tuple[tuple[str, list[Citation]], ...]:
    """What is to be said of sentences that are kept as written, faults and all, with those sentences."""
    notes: dict[str, list[Citation]] = {}
    for row in desk.package.rows("citations"):
        if row.text("note") and (found := citation(desk.package, row)):
            notes.setdefault(found.note, []).append(found)
    return tuple(notes.items())


def evidence_pages(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Where the sentences behind each table stand, and the working of computed figures: title and address."""
    cited = (table for table in desk.package.tables.values() if evidence.has_page(desk, table))
    return (
        *((table.title, f"evidence/{table.name}/") for table in cited),
        ("怎么算的", "evidence/computed/"),
    )
