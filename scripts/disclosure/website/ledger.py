"""The ledger of disclosure: coverage by count and by amount, the state of each project, the duties."""

from collections.abc import Iterator
from dataclasses import dataclass

from disclosure.model import Missing, Row
from disclosure.package.figures import Citation, Figure, citation
from disclosure.website.charts import State
from disclosure.website.desk import Desk
from disclosure.website.front import Disclosure, disclosure_picture
from disclosure.website.listing import Listing, listing
from disclosure.website.wording import cell

NO_BASE_DATE = "基准日未提供"


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
class Group:
    """The targets of one state and the money behind them, as far as it is known."""

    state: str
    label: str
    count: Figure
    amount: Figure | None
    share: Figure | None


@dataclass(frozen=True, slots=True)
class Amounts:
    """The money behind the targets by state; `at_most` bounds that of the targets without a name."""

    groups: tuple[Group, ...]
    share: Figure | None
    at_most: Figure | None


@dataclass(frozen=True, slots=True)
class Duty:
    """A statutory duty: what, who, by when, on which law, and what is known of it."""

    id: str
    title: str
    bearer: str
    subject: str
    rule: str
    days: Figure | None
    starts_from: str
    base_date: str
    state: str
    state_label: str
    state_source: Citation | None
    where: str
    basis: Citation


def coverage_by_count(desk: Desk) -> Coverage:
    """Targets due, declared and disclosed as the report counts them, and by state."""
    return Coverage(
        due=desk.keyed("coverage", "", "due_count"),
        declared=desk.keyed("coverage", "", "declared_count"),
        declared_rate=desk.keyed("coverage", "", "declared_rate_pct"),
        disclosed=desk.keyed("coverage", "", "disclosed_count"),
        disclosed_rate=desk.keyed("coverage", "", "disclosed_rate_pct"),
        disclosure=disclosure_picture(desk),
    )


def coverage_by_amount(desk: Desk) -> Amounts:
    """How much money stands behind what is public, with bounds for what has no name."""
    states = disclosure_picture(desk).states
    groups = tuple(_group(desk, state) for state in states)
    return Amounts(groups, desk.maybe("listed.share"), desk.maybe("unlisted.budget_wan"))


def _group(desk: Desk, state: State) -> Group:
    amount, share = (desk.maybe(f"amount.{state.state}.{name}") for name in ("budget_wan", "share"))
    return Group(state.state, state.label, state.figure, amount, share)


def project_states(desk: Desk) -> Listing:
    """The state of every project that the report lists."""
    return listing(desk)


def duties(desk: Desk) -> tuple[Duty, ...]:
    """The statutory duties to disclose and what is known of each."""
    return tuple(_duties(desk))


def _duties(desk: Desk) -> Iterator[Duty]:
    for row in desk.package.rows("duties"):
        basis = citation(desk.package, row)
        if basis is None:
            continue
        missing = row["deadline_days"] is Missing.NOT_APPLICABLE
        yield Duty(
            id=row.text("duty_id"),
            title=row.text("title"),
            bearer=row.text("duty_bearer"),
            subject=row.text("subject"),
            rule=row.text("deadline_rule"),
            days=None if missing else desk.stated("duties", row, "deadline_days"),
            starts_from=row.text("starts_from"),
            base_date=_base_date(row),
            state=row.text("state"),
            state_label=desk.label("duties", row, "state"),
            state_source=citation(desk.package, row, "state_citation_id"),
            where=row.text("where_published"),
            basis=basis,
        )


def _base_date(row: Row) -> str:
    """The dated start of a duty's clock; said to be missing where a deadline needs one."""
    found = row["event_date"]
    if not isinstance(found, Missing):
        return cell(found)
    return NO_BASE_DATE if found is Missing.NOT_STATED else ""
