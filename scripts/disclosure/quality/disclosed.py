"""Disclosure: the state of each target follows from its row, and a lawful exception names its ground."""

from collections.abc import Iterator
from datetime import date

from disclosure.model import Package, Problem, Row
from disclosure.package.contract import DECISION
from disclosure.quality.settings import settings

_CALENDAR_DAYS = "日"  # deadlines in working days need a calendar of holidays: they are not judged
_CONTENT = ("goal", "long_term_goal", "actual_result")


def state_as_derived(package: Package) -> Iterator[Problem]:
    """The disclosure state of a project is the one that its cells and its indicators give it."""
    for row in package.rows("projects"):
        expected = _derived(package, row)
        if (found := row.text("disclosure_state")) not in ("", expected):
            yield Problem(*row.place("disclosure_state"), "state-as-derived", found, expected)


def _derived(package: Package, row: Row) -> str:
    """How far a target is public: withheld, by name, as text, or in full, with indicators."""
    if row.text("withhold_ground"):
        return "withheld"
    if not row.text("goal"):
        return "name"
    return "full" if row.project in package.indicators else "text"


def withheld_with_decision(package: Package) -> Iterator[Problem]:
    """A withheld item names its ground, who decided, when, and when it is looked at again; others none."""
    for row in package.rows("projects"):
        ground = row.text("withhold_ground")
        for name in DECISION:
            if bool(row.text(name)) is not bool(ground):
                yield Problem(*row.place(name), "withheld-with-decision", row.text(name), ground)


def withheld_says_nothing(package: Package) -> Iterator[Problem]:
    """Of a project that is withheld the package has neither goal, result nor indicators."""
    for row in package.rows("projects"):
        if not (ground := row.text("withhold_ground")):
            continue
        said = [name for name in _CONTENT if row.text(name)]
        has = row.project in package.indicators
        for name in (*said, *(("withhold_ground",) if has else ())):
            yield Problem(*row.place(name), "withheld-says-nothing", ground, "")


def ground_for_review(package: Package) -> Iterator[Problem]:
    """For budget items the Budget Law names only state secrets; any other ground needs legal review."""
    for row in package.rows("projects"):
        if (ground := row.text("withhold_ground")) not in ("", "state_secret"):
            yield Problem(*row.place("withhold_ground"), "ground-for-review", ground, "state_secret")


def duty_dated(package: Package) -> Iterator[Problem]:
    """A duty is called met or not met only where the event that starts its clock is dated."""
    for row in package.rows("duties"):
        timed = row.amount("deadline_days") is not None
        if timed and row.text("state") in ("met", "not_met") and not row.text("event_date"):
            yield Problem(*row.place("state"), "duty-dated", row.text("state"), "not_known")


def state_or_ground(package: Package) -> Iterator[Problem]:
    """A declared target that is listed has a disclosure state or a ground for withholding."""
    for row in package.rows("projects"):
        if not row.text("disclosure_state") and not row.text("withhold_ground"):
            yield Problem(*row.place("disclosure_state"), "state-or-ground", row.text("project_id"), "")


def targets_unlisted(package: Package) -> Iterator[Problem]:
    """Declared targets of which nothing is published, not even a name, are counted."""
    for row in package.rows("coverage"):
        declared = row.amount("declared_count")
        listed = len(package.rows("projects", row["fiscal_year"]))
        if declared is not None and declared > listed:
            found = f"{declared} − {listed} = {declared - listed}"
            yield Problem(*row.place("declared_count"), "targets-unlisted", found, str(listed))


def review_after_decision(package: Package) -> Iterator[Problem]:
    """A decision to withhold is looked at again after the day on which it was taken."""
    for row in package.rows("projects"):
        decided, again = row["decided_on"], row["next_review_on"]
        if isinstance(decided, date) and isinstance(again, date) and again <= decided:
            yield Problem(*row.place("next_review_on"), "review-after-decision", str(again), f"> {decided}")


def review_in_time(package: Package) -> Iterator[Problem]:
    """As of the day given, no day on which a decision to withhold is to be looked at again has gone by."""
    as_of = settings(package).as_of or date.min
    for row in package.rows("projects"):
        again = row["next_review_on"]
        if isinstance(again, date) and again < as_of:
            yield Problem(*row.place("next_review_on"), "review-in-time", str(again), f">= {as_of}")


def duty_in_time(package: Package) -> Iterator[Problem]:
    """As of the day given, no dated duty is past its deadline without being met."""
    if (as_of := settings(package).as_of) is None:
        return
    for row in package.rows("duties"):
        start, days = row["event_date"], row.amount("deadline_days")
        if not isinstance(start, date) or days is None or row["deadline_unit"] != _CALENDAR_DAYS:
            continue
        # Counted back from the day: a deadline may lie beyond the calendar, on either side.
        if (as_of - start).days > days and row["state"] in ("not_met", "not_known"):
            last = date.fromordinal(max(date.min.toordinal(), start.toordinal() + int(days)))
            yield Problem(*row.place("state"), "duty-in-time", f"{row.text('state')}, {as_of}", f"<= {last}")


def event_not_future(package: Package) -> Iterator[Problem]:
    """As of the day given, what started a duty's clock has happened."""
    as_of = settings(package).as_of or date.max
    for row in package.rows("duties"):
        event = row["event_date"]
        if isinstance(event, date) and event > as_of:
            yield Problem(*row.place("event_date"), "event-not-future", str(event), f"<= {as_of}")


# Rules that judge nothing without an as-of date.
DATED = frozenset({"review-in-time", "duty-in-time", "event-not-future"})
