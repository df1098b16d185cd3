"""The problems of a package as one page of HTML, for whoever reads no terminal."""

from collections.abc import Sequence

from disclosure.model import Package, Problem
from disclosure.package.reader import visible
from disclosure.quality.messages import place, row_of, tally
from disclosure.quality.rules import rules
from disclosure.website.render import render


def page(problems: Sequence[Problem], package: Package) -> str:
    """A whole page that needs no other file."""
    found = {
        rule: [problem for problem in problems if problem.rule == rule.rule_id] for rule in rules().values()
    }
    groups = [
        (rule, [_case(problem, package) for problem in cases]) for rule, cases in found.items() if cases
    ]
    record = {"title": package.descriptor.get("title", ""), "tally": tally(problems), "groups": groups}
    return "<!doctype html>\n" + render("findings", record, "", {})


def _case(problem: Problem, package: Package) -> tuple[str, ...]:
    """Where a rule does not hold, the line there, what was found and what should stand there."""
    where, line = place(problem, "zh", package), row_of(problem, package)
    return where, line, visible(problem.found), visible(problem.expected)
