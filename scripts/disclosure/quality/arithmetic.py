"""Figures that must agree: parts and totals, counts and lists, rates and what they are rates of."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from disclosure.model import Package, Problem, Row
from disclosure.package.computed import due_column
from disclosure.quality.settings import settings

_TWO_PLACES = Decimal("0.01")


def _wholes(package: Package, table: str) -> Iterator[tuple[Row, list[Row]]]:
    """Rows that others of their year name as their parent, each with these parts of it."""
    parts: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in package.rows(table):
        if row.text("parent"):
            parts[row.text("fiscal_year"), row.text("parent")].append(row)
    for key, rows in parts.items():
        if whole := package.tables[table].index.get(key):
            yield whole, rows


def _sum(rows: list[Row], name: str) -> Decimal | None:
    amounts = [row.amount(name) for row in rows]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if len(known) == len(amounts) else None


def staff_adds_up(package: Package) -> Iterator[Problem]:
    """The staff of a category is the sum of its parts."""
    for whole, rows in _wholes(package, "staff"):
        total = _sum(rows, "headcount")
        if total is not None and whole.amount("headcount") not in (None, total):
            yield Problem(*whole.place("headcount"), "staff-adds-up", whole.text("headcount"), str(total))


def _residuals(package: Package) -> Iterator[tuple[Row, str, Decimal, int]]:
    for whole, rows in _wholes(package, "appropriations"):
        for name in ("budget_wan", "adjusted_budget_wan", "final_accounts_wan"):
            total, parts = whole.amount(name), _sum(rows, name)
            if total is not None and parts is not None:
                yield whole, name, total - parts, len(rows)


def total_present(package: Package) -> Iterator[Problem]:
    """A year of whose money anything is told has one row for the whole of it."""
    wholes: dict[str, int] = defaultdict(int)
    for row in package.rows("appropriations"):
        wholes[row.text("fiscal_year")] += not row.text("parent")
    for year, number in wholes.items():
        if number != 1:
            path = package.tables["appropriations"].path
            yield Problem(path, 0, "fund", "total-present", f"{year}: {number}", "1")


def funds_within_total(package: Package) -> Iterator[Problem]:
    """The funds of a total do not exceed it by more than rounding."""
    for row, name, residual, addends in _residuals(package):
        if residual < -settings(package).amount_tolerance * addends:
            total = row.amount(name) or Decimal(0)
            yield Problem(*row.place(name), "funds-within-total", row.text(name), f">= {total - residual}")


def fund_residual(package: Package) -> Iterator[Problem]:
    """What the source does not itemise is said, to the cent."""
    for row, name, residual, addends in _residuals(package):
        if residual > settings(package).amount_tolerance * addends:
            yield Problem(*row.place(name), "fund-residual", str(residual), "0")


def final_within_budget(package: Package) -> Iterator[Problem]:
    """Final accounts do not exceed the budget (the adjusted one, where it is known)."""
    for table, spent in (("appropriations", "final_accounts_wan"), ("projects", "expenditure_wan")):
        for row in package.rows(table):
            budget, outturn = row.amount(due_column(row)), row.amount(spent)
            if budget is not None and outturn is not None and outturn > budget:
                yield Problem(*row.place(spent), "final-within-budget", str(outturn), f"<= {budget}")


def counts_as_listed(package: Package) -> Iterator[Problem]:
    """A count that the source states of one of its lists is the number of rows listed."""
    for row in package.rows("counts"):
        listed = row.text("counted_resource")
        if listed not in package.tables:
            continue
        column, _, wanted = row.text("counted_filter").partition("=")
        rows = package.rows(listed, row["fiscal_year"])
        number = sum(not column or other.text(column) == wanted for other in rows)
        if row.amount("value") not in (None, Decimal(number)):
            yield Problem(*row.place("value"), "counts-as-listed", row.text("value"), str(number))


def objectives_numbered(package: Package) -> Iterator[Problem]:
    """Overall goals are numbered from 1 without a gap."""
    number: dict[str, int] = defaultdict(int)
    for row in package.rows("objectives"):
        year = row.text("fiscal_year")
        number[year] += 1
        if row.amount("objective_no") not in (None, Decimal(number[year])):
            found = row.text("objective_no")
            yield Problem(*row.place("objective_no"), "objectives-numbered", found, str(number[year]))


def coverage_rates(package: Package) -> Iterator[Problem]:
    """Declared coverage is declared ÷ due, disclosed coverage is disclosed ÷ declared, as stated."""
    pairs = (
        ("declared_rate_pct", "declared_count", "due_count"),
        ("disclosed_rate_pct", "disclosed_count", "declared_count"),
    )
    for row in package.rows("coverage"):
        for rate, part, whole in pairs:
            stated, some, every = row.amount(rate), row.amount(part), row.amount(whole)
            if stated is None or some is None or not every:
                continue
            exact = some * 100 / every
            if stated != exact.quantize(stated, ROUND_HALF_UP):
                expected = f"{some} / {every} = {exact.quantize(_TWO_PLACES, ROUND_HALF_UP)}"
                yield Problem(*row.place(rate), "coverage-rates", str(stated), expected)


def coverage_in_order(package: Package) -> Iterator[Problem]:
    """No more targets are disclosed than declared, none listed beyond those declared."""
    for row in package.rows("coverage"):
        declared = row.amount("declared_count")
        listed = len(package.rows("projects", row["fiscal_year"]))
        for name, number in (("disclosed_count", row.amount("disclosed_count")), ("declared_count", listed)):
            if declared is not None and number is not None and number > declared:
                yield Problem(*row.place(name), "coverage-in-order", str(number), f"<= {declared}")


def projects_within_total(package: Package) -> Iterator[Problem]:
    """The listed projects together do not exceed the department's total."""
    for whole in package.rows("appropriations"):
        if whole.text("parent"):
            continue
        rows = package.rows("projects", whole["fiscal_year"])
        for theirs, ours in (("budget_wan", "budget_wan"), ("final_accounts_wan", "expenditure_wan")):
            total = sum((row.amount(ours) or Decimal(0) for row in rows), Decimal(0))
            limit = whole.amount(theirs)
            if limit is not None and total > limit:
                yield Problem(*whole.place(theirs), "projects-within-total", str(limit), f">= {total}")
