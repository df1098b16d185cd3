"""The page of data quality: every rule and its result, what is left open, the source's own faults."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from disclosure.model import Problem
from disclosure.package.figures import Citation, Figure, citation
from disclosure.quality.messages import place
from disclosure.quality.report import Result
from disclosure.quality.rules import OUR_OWN, Rule
from disclosure.website import evidence
from disclosure.website.desk import Desk
from disclosure.website.money import NOT_ITEMISED
from disclosure.website.wording import exact

BASIS_OUR_OWN = "本项目自定"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem in words."""

    place: str
    found: str
    figure: Figure | None
    expected: str


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
    for result in desk.site.results:
        stage = labels.get(result.rule.stage, result.rule.stage)
        stages.setdefault(stage, []).append(_check(desk, result))
    return tuple(stages.items())


def _check(desk: Desk, result: Result) -> Check:
    rule = result.rule
    table = desk.package.tables.get(rule.applies_to)
    return Check(
        rule,
        table.title if table else "整个数据包",
        BASIS_OUR_OWN if rule.basis == OUR_OWN else rule.basis,
        result.status,
        tuple(_finding(desk, problem) for problem in result.problems),
    )


def _finding(desk: Desk, problem: Problem) -> Finding:
    """A problem in words; where a computed figure starts from its cell and has its value, that figure."""
    same = (
        figure
        for figure in desk.site.computed.values()
        if exact(figure) == problem.found
        and figure.operands
        and (figure.operands[0].path, figure.operands[0].line) == (problem.file, problem.row)
        and figure.operands[0].column == problem.column
    )
    return Finding(place(problem, "zh"), problem.found, next(same, None), problem.expected)


def residuals(desk: Desk) -> tuple[Figure, ...] | None:
    """What totals hold beyond their parts: kept as a line of its own, never named. None without parts."""
    found = [figure for figure in desk.site.computed.values() if figure.label == NOT_ITEMISED]
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
