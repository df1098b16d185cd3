"""The ledger of disclosure: coverage by count and by amount, the state of each project, the duties."""

from dataclasses import dataclass

from disclosure.model import Missing, Row
from disclosure.package.figures import Citation, Figure, citation
from disclosure.website.charts import State
from disclosure.website.desk import Desk
from disclosure.website.front import Disclosure, disclosure_picture
from disclosure.website.wording import cell, exact

NO_BASE_DATE = "基准日未提供"
_COVERAGE = ("due_count", "declared_count", "declared_rate_pct", "disclosed_count", "disclosed_rate_pct")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Coverage as the report states it, and by the states of the targets."""

    due: Figure
    declared: Figure
    declared_rate: Figure
    disclosed: Figure
    disclosed_rate: Figure
    disclosure: Disclosure


@dataclass(frozen=True, slots=True)
class Amounts:
    """The money behind the targets of each state and its share, as far as known, and all of it.

    `at_most` bounds that of the targets without a name.
    """

    groups: tuple[tuple[State, Figure | None, Figure | None], ...]
    share: Figure | None
    at_most: Figure | None

    @property
    def is_partly_known(self) -> bool:
        """Whether money is known to stand behind the targets of some state."""
        return any(amount and exact(amount) and amount.number for _, amount, _ in self.groups)


@dataclass(frozen=True, slots=True)
class Duty:
    """A statutory duty: what, who, by when, on which law, and what is known of it."""

    row: Row
    days: Figure | None
    base_date: str
    state_label: str
    state_source: Citation | None
    basis: Citation


def coverage_by_count(desk: Desk) -> Coverage:
    """Targets due, declared and disclosed as the report counts them, and by state."""
    due, declared, declared_rate, disclosed, rate = (desk.keyed("coverage", "", name) for name in _COVERAGE)
    return Coverage(due, declared, declared_rate, disclosed, rate, disclosure_picture(desk))


def coverage_by_amount(desk: Desk) -> Amounts:
    """How much money stands behind what is public, with bounds for what has no name."""
    states = disclosure_picture(desk).states
    groups = tuple(
        (state, desk.maybe(f"amount.{state.state}.budget_wan"), desk.maybe(f"amount.{state.state}.share"))
        for state in states
    )
    return Amounts(groups, desk.maybe("listed.share"), desk.maybe("unlisted.budget_wan"))


def duties(desk: Desk) -> tuple[tuple[Duty, ...], bool]:
    """The statutory duties to disclose and what is known of each; whether the package has several years."""
    known = tuple(
        _duty(desk, row, basis)
        for row in desk.package.rows("duties")
        if (basis := citation(desk.package, row))
    )
    return known, len(desk.package.years) > 1


def _duty(desk: Desk, row: Row, basis: Citation) -> Duty:
    missing = row["deadline_days"] is Missing.NOT_APPLICABLE
    return Duty(
        row=row,
        days=None if missing else desk.stated("duties", row, "deadline_days"),
        base_date=_base_date(row),
        state_label=desk.label("duties", row, "state"),
        state_source=citation(desk.package, row, "state_citation_id"),
        basis=basis,
    )


def _base_date(row: Row) -> str:
    """The dated start of a duty's clock; said to be missing where a deadline needs one."""
    found = row["event_date"]
    if not isinstance(found, Missing):
        return cell(found)
    return NO_BASE_DATE if found is Missing.NOT_STATED else ""
