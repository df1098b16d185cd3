"""Figures that must agree: parts and totals, counts and lists, rates and what they are rates of."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from disclosure.model import Package, Problem, Row, Table
from disclosure.quality.settings import settings

_TWO_PLACES = Decimal("0.01")


def _parts(table: Table, name: str) -> dict[tuple[str, str], list[Row]]:
    """Rows by fiscal year and the parent they name."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in table.rows:
        if row.text("parent"):
            found[row.text("fiscal_year"), row.text("parent")].append(row)
    return found


def _sum(rows: list[Row], name: str) -> Decimal | None:
    amounts = [row.amount(name) for row in rows]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if len(known) == len(amounts) else None


def staff_adds_up(package: Package) -> Iterator[Problem]:
    """The staff of a category is the sum of its parts."""
    if (table := package.tables.get("staff")) is None:
        return
    for key, rows in _parts(table, "headcount").items():
        whole, total = table.index.get(key), _sum(rows, "headcount")
        if whole and total is not None and whole.amount("headcount") not in (None, total):
            yield Problem(
                table.path, whole.line, "headcount", "staff-adds-up", whole.text("headcount"), str(total)
            )


def _residuals(package: Package) -> Iterator[tuple[Table, Row, str, Decimal, int]]:
    if (table := package.tables.get("appropriations")) is None:
        return
    for key, rows in _parts(table, "fund").items():
        whole = table.index.get(key)
        for name in ("budget_wan", "adjusted_budget_wan", "final_accounts_wan"):
            total = whole.amount(name) if whole else None
            parts = _sum(rows, name)
            if whole and total is not None and parts is not None:
                yield table, whole, name, total - parts, len(rows)


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
    for table, row, name, residual, addends in _residuals(package):
        if residual < -settings(package).amount_tolerance * addends:
            total = row.amount(name) or Decimal(0)
            yield Problem(
                table.path, row.line, name, "funds-within-total", row.text(name), f">= {total - residual}"
            )


def fund_residual(package: Package) -> Iterator[Problem]:
    """What the source does not itemise is said, to the cent."""
    for table, row, name, residual, addends in _residuals(package):
        if residual > settings(package).amount_tolerance * addends:
            yield Problem(table.path, row.line, name, "fund-residual", str(residual), "0")


def final_within_budget(package: Package) -> Iterator[Problem]:
    """Final accounts do not exceed the budget (the adjusted one, where it is known)."""
    for table_name, spent in (("appropriations", "final_accounts_wan"), ("projects", "expenditure_wan")):
        for row in package.rows(table_name):
            budget = row.amount("adjusted_budget_wan")
            budget = row.amount("budget_wan") if budget is None else budget
            outturn = row.amount(spent)
            if budget is not None and outturn is not None and outturn > budget:
                path = package.tables[table_name].path
                yield Problem(path, row.line, spent, "final-within-budget", str(outturn), f"<= {budget}")


def counts_as_listed(package: Package) -> Iterator[Problem]:
    """A count that the source states of one of its lists is the number of rows listed."""
    for row in package.rows("counts"):
        listed = package.tables.get(row.text("counted_resource"))
        if listed is None:
            continue
        column, _, wanted = row.text("counted_filter").partition("=")
        rows = (other for other in listed.rows if other["fiscal_year"] == row["fiscal_year"])
        number = sum(not column or other.text(column) == wanted for other in rows)
        if row.amount("value") not in (None, Decimal(number)):
            path = package.tables["counts"].path
            yield Problem(path, row.line, "value", "counts-as-listed", row.text("value"), str(number))


def objectives_numbered(package: Package) -> Iterator[Problem]:
    """Overall goals are numbered from 1 without a gap."""
    number: dict[str, int] = defaultdict(int)
    for row in package.rows("objectives"):
        year = row.text("fiscal_year")
        number[year] += 1
        if row.amount("objective_no") not in (None, Decimal(number[year])):
            path, found = package.tables["objectives"].path, row.text("objective_no")
            yield Problem(path, row.line, "objective_no", "objectives-numbered", found, str(number[year]))


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
                path = package.tables["coverage"].path
                expected = f"{some} / {every} = {exact.quantize(_TWO_PLACES, ROUND_HALF_UP)}"
                yield Problem(path, row.line, rate, "coverage-rates", str(stated), expected)


def coverage_in_order(package: Package) -> Iterator[Problem]:
    """No more targets are disclosed than declared, none listed beyond those declared."""
    for row in package.rows("coverage"):
        declared = row.amount("declared_count")
        year = row["fiscal_year"]
        listed = Decimal(sum(other["fiscal_year"] == year for other in package.rows("projects")))
        for name, number in (("disclosed_count", row.amount("disclosed_count")), ("declared_count", listed)):
            if declared is not None and number is not None and number > declared:
                path = package.tables["coverage"].path
                yield Problem(path, row.line, name, "coverage-in-order", str(number), f"<= {declared}")


def projects_within_total(package: Package) -> Iterator[Problem]:
    """The listed projects together do not exceed the department's total."""
    for whole in package.rows("appropriations"):
        if whole.text("parent"):
            continue
        rows = [row for row in package.rows("projects") if row["fiscal_year"] == whole["fiscal_year"]]
        for theirs, ours in (("budget_wan", "budget_wan"), ("final_accounts_wan", "expenditure_wan")):
            total, limit = (
                sum((row.amount(ours) or Decimal(0) for row in rows), Decimal(0)),
                whole.amount(theirs),
            )
            if limit is not None and total > limit:
                path = package.tables["appropriations"].path
                yield Problem(path, whole.line, theirs, "projects-within-total", str(limit), f">= {total}")
