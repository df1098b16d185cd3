"""Disclosure: the state of each target follows from its row, and a lawful exception names its ground."""

from collections.abc import Iterator

from disclosure.model import Package, Problem
from disclosure.package import state

_DECISION = ("decided_by", "decided_on", "next_review_on")


def state_as_derived(package: Package) -> Iterator[Problem]:
    """The disclosure state of a project is the one that its cells and its indicators give it."""
    with_indicators = state.with_indicators(package)
    for row in package.rows("projects"):
        expected = state.derived(row, with_indicators)
        if row.text("disclosure_state") not in ("", expected):
            path = package.tables["projects"].path
            found = row.text("disclosure_state")
            yield Problem(path, row.line, "disclosure_state", "state-as-derived", found, expected)


def withheld_with_decision(package: Package) -> Iterator[Problem]:
    """A withheld item names its ground, who decided, when, and when it is looked at again; others none."""
    for row in package.rows("projects"):
        withheld = bool(row.text("withhold_ground"))
        for name in _DECISION:
            if bool(row.text(name)) is not withheld:
                path = package.tables["projects"].path
                yield Problem(
                    path,
                    row.line,
                    name,
                    "withheld-with-decision",
                    row.text(name),
                    row.text("withhold_ground"),
                )


def ground_for_review(package: Package) -> Iterator[Problem]:
    """For budget items the Budget Law names only state secrets; any other ground needs legal review."""
    for row in package.rows("projects"):
        if row.text("withhold_ground") not in ("", "state_secret"):
            path, ground = package.tables["projects"].path, row.text("withhold_ground")
            yield Problem(path, row.line, "withhold_ground", "ground-for-review", ground, "state_secret")


def duty_dated(package: Package) -> Iterator[Problem]:
    """A duty is called met or not met only where the event that starts its clock is dated."""
    for row in package.rows("duties"):
        timed = row.amount("deadline_days") is not None
        if timed and row.text("state") in ("met", "not_met") and not row.text("event_date"):
            path = package.tables["duties"].path
            yield Problem(path, row.line, "state", "duty-dated", row.text("state"), "not_known")
