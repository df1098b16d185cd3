"""What filled forms state, against itself: units, parts and totals. Facts of the source, told and kept."""

from collections.abc import Iterator
from decimal import Decimal

from disclosure.model import Missing, Package, Problem, Row
from disclosure.package.figures import of_forms
from disclosure.quality.settings import settings

_AMOUNTS = ("budget_wan", "adjusted_budget_wan", "expenditure_wan")
_PARTS = frozenset({
    "central", "provincial", "municipal", "county", "township", "local",
    "government_fund", "state_capital", "bond",
})  # fmt: skip
_POINTS = (("total_weight", "execution_weight", "weight"), ("total_score", "execution_score", "score"))


def target_has_unit(package: Package) -> Iterator[Problem]:
    """A form's target that is a number has a unit."""
    forms = of_forms(package)
    for row in package.rows("indicators"):
        number = row.amount("target_value") is not None
        if number and isinstance(row["unit"], Missing) and row.text("citation_id") in forms:
            found = row.text("target_as_written")[:80]
            yield Problem(*row.place("unit"), "target-has-unit", found, "")


def project_funds_add_up(package: Package) -> Iterator[Problem]:
    """A project's funds add up to its total; one that is not stated may be what lacks."""
    for row in package.rows("projects") if package.funds else ():
        parts = package.funds.get(row.project, ())
        for name in _AMOUNTS:
            amounts = {part.text("fund"): part.amount(name) for part in parts}
            # A form may write levels of government, or budgets, under the appropriation that they make up.
            of_it = _PARTS if amounts.get("fiscal") is not None else frozenset()
            without = [amount for fund, amount in amounts.items() if fund not in of_it]
            found = [[*_sum(package, row, name, some)] for some in ([*amounts.values()], without)]
            yield from min(found, key=len)


def _sum(package: Package, row: Row, name: str, parts: list[Decimal | None]) -> Iterator[Problem]:
    total, known = row.amount(name), [part for part in parts if part is not None]
    if total is None or not known:
        return
    apart = sum(known) - total
    allowed = settings(package).amount_tolerance * len(known)
    if apart > allowed or (apart < -allowed and len(known) == len(parts)):
        yield Problem(*row.place(name), "project-funds-add-up", str(total), " + ".join(map(str, known)))


def total_as_parts(package: Package) -> Iterator[Problem]:
    """A form's totals of points are the sums of execution and indicators, where each of them is stated."""
    for row in package.rows("projects"):
        indicators = package.indicators.get(row.project, ())
        for name, of_money, column in _POINTS:
            parts = [row.amount(of_money), *(item.amount(column) for item in indicators)]
            known = [part for part in parts if part is not None]
            total = row.amount(name)
            if total is not None and indicators and len(known) == len(parts) and sum(known) != total:
                yield Problem(*row.place(name), "total-as-parts", str(total), str(sum(known)))
