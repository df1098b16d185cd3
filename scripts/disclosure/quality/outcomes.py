"""Actual against target, money spent against money planned: what a reader would ask about, as facts."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from disclosure.model import Package, Problem, Row
from disclosure.package.computed import due_column
from disclosure.package.earned import is_met
from disclosure.quality.lists import words
from disclosure.quality.settings import settings

_PERCENT = frozenset({"%", "％", "百分比"})
_SIGNS = frozenset("≥≤><＞＜﹥﹤≧≦")


def _explained(row: Row) -> bool:
    reason = row.text("deviation_reason")
    return bool(reason) and reason.casefold() not in words("placeholder")


def missed_explained(package: Package) -> Iterator[Problem]:
    """A target that was missed, or a qualitative one not given full points, has a reason."""
    for row in package.rows("indicators"):
        met = is_met(row)
        if row["direction"] == "qualitative":
            weight, score = row.amount("weight"), row.amount("score")
            met = None if weight is None or score is None else score >= weight
        if met is False and not _explained(row):
            found, target = row.text("actual_as_written"), row.text("target_as_written")
            yield Problem(*row.place("deviation_reason"), "missed-explained", found[:80], target[:80])


def deviation_explained(package: Package) -> Iterator[Problem]:
    """A target met by more than a fifth of its value has a reason; what was missed is missed-explained's."""
    most = settings(package).deviation
    for row in package.rows("indicators"):
        target, actual = row["target_value"], row["actual_value"]
        if not isinstance(target, Decimal) or not isinstance(actual, Decimal) or not target:
            continue
        if abs(actual - target) * 100 > most * abs(target) and is_met(row) and not _explained(row):
            off = ((actual - target) * 100 / abs(target)).quantize(Decimal("0.1"), ROUND_HALF_UP)
            yield Problem(*row.place("deviation_reason"), "deviation-explained", f"{off:+}%", f"±{most}%")


def all_on_target(package: Package) -> Iterator[Problem]:
    """Not every number of a project is exactly its target."""
    for rows in package.indicators.values():
        pairs = [(row["target_value"], row["actual_value"]) for row in rows]
        numbers = [pair for pair in pairs if all(isinstance(value, Decimal) for value in pair)]
        if len(numbers) >= settings(package).exact_rows and all(one == two for one, two in numbers):
            found = f"{len(numbers)} / {len(numbers)}"
            yield Problem(*rows[0].place("actual_value"), "all-on-target", found, "")


def actual_repeats_target(package: Package) -> Iterator[Problem]:
    """What was achieved is said in other words than what was to be achieved, and without its sign."""
    for row in package.rows("indicators"):
        said, wanted = row.text("actual_as_written"), row.text("target_as_written")
        if said and said == wanted and (row["direction"] == "qualitative" or said[0] in _SIGNS):
            yield Problem(*row.place("actual_as_written"), "actual-repeats-target", said[:80], wanted[:80])


def percentage_possible(package: Package) -> Iterator[Problem]:
    """A percentage is not above 100."""
    for table in package.tables.values():
        for field in table.fields:
            if not field.is_figure or (field.unit and field.unit not in _PERCENT):
                continue
            for row in table.rows:
                if field.unit or row.text(field.unit_field) in _PERCENT:
                    value = row.amount(field.name)
                    if value is not None and value > 100:
                        yield Problem(*row.place(field.name), "percentage-possible", str(value), "<= 100")


def _money(package: Package) -> Iterator[tuple[Row, Decimal, Decimal]]:
    for row in package.rows("projects"):
        budget, spent = row.amount(due_column(row)), row.amount("expenditure_wan")
        if budget and spent is not None:
            yield row, budget, spent


def execution_explained(package: Package) -> Iterator[Problem]:
    """A project that spent well below its budget says why: in its result or in a reason of an indicator."""
    least = settings(package).low_execution
    for row, budget, spent in _money(package):
        if spent * 100 < least * budget and not row.text("actual_result"):
            indicators = package.indicators.get(row.project, ())
            if not any(_explained(indicator) for indicator in indicators):
                rate = (spent * 100 / budget).quantize(Decimal("0.01"), ROUND_HALF_UP)
                yield Problem(
                    *row.place("expenditure_wan"),
                    "execution-explained",
                    f"{spent} / {budget} = {rate}%",
                    f">= {least}%",
                )


def exact_execution(package: Package) -> Iterator[Problem]:
    """Several projects did not all spend exactly their budget, to the cent."""
    lines: dict[str, list[bool]] = defaultdict(list)
    for row, budget, spent in _money(package):
        lines[row.text("fiscal_year")].append(spent == budget)
    for year, exact in lines.items():
        if sum(exact) >= settings(package).exact_lines:
            path = package.tables["projects"].path
            found = f"{year}: {sum(exact)} / {len(exact)} = 100.00%"
            yield Problem(path, 0, "expenditure_wan", "exact-execution", found, "")
