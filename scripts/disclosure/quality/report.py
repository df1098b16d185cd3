"""Run every check once, group what it found by rule, and say which rules could not apply."""

from collections.abc import Iterable
from dataclasses import dataclass

from disclosure.model import Package, Problem
from disclosure.quality.disclosed import DATED
from disclosure.quality.rules import Rule, rules
from disclosure.quality.settings import settings


@dataclass(frozen=True, slots=True)
class Result:
    """A rule and what became of it.

    `passed`, `failed`, `noted` (no error, but said), `not_applicable` (no row it speaks of, or no
    as-of date to judge by), or `not_run`
    (it needs the source document, which stays with its publisher: `disclosure verify`).
    """

    rule: Rule
    status: str
    problems: tuple[Problem, ...]


def results(package: Package, problems: Iterable[Problem], verified: bool = False) -> tuple[Result, ...]:
    """One result a rule, in the order of the table; `verified` where the source document was at hand."""
    found: dict[str, list[Problem]] = {name: [] for name in rules()}
    for problem in problems:
        found[problem.rule].append(problem)
    return tuple(_result(package, rule, tuple(found[name]), verified) for name, rule in rules().items())


def _result(package: Package, rule: Rule, problems: tuple[Problem, ...], verified: bool) -> Result:
    if problems:
        return Result(rule, "failed" if rule.severity == "error" else "noted", problems)
    if rule.stage == "verify" and not verified:
        return Result(rule, "not_run", ())
    if rule.stage == "form" and not any(row.text("kind") == "workbook" for row in package.rows("sources")):
        return Result(rule, "not_applicable", ())
    if rule.rule_id in DATED and settings(package).as_of is None:
        return Result(rule, "not_applicable", ())
    empty = rule.applies_to != "package" and not package.rows(rule.applies_to)
    return Result(rule, "not_applicable" if empty else "passed", ())


def blocking(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that forbid publication: those of rules whose severity is error."""
    return [problem for problem in problems if rules()[problem.rule].severity == "error"]
