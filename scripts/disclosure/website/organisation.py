"""Units, offices and staff: the lists, and the counts that the report states of them."""

from dataclasses import dataclass, replace
from decimal import Decimal

from disclosure.model import Row
from disclosure.package.figures import Figure
from disclosure.website.charts import ORIGIN, Bar, Chart, bar, longest, percent
from disclosure.website.desk import Desk
from disclosure.website.permalink import row_url


@dataclass(frozen=True, slots=True)
class Roll:
    """Units or offices, each with its kind and evidence, and the counts that the report states of them."""

    counts: tuple[tuple[str, Figure], ...]
    names: tuple[tuple[Row, str, str], ...]


@dataclass(frozen=True, slots=True)
class Staff:
    """The staff as a tree of bars."""

    total: Figure
    largest: tuple[str, Figure] | None
    chart: Chart


def units(desk: Desk) -> Roll:
    """The budget units of the department, and how many the report says there are."""
    return _roll(desk, "units")


def offices(desk: Desk) -> Roll:
    """The internal offices with their extra plaques and notes, and how many the report says there are."""
    return _roll(desk, "offices")


def _roll(desk: Desk, name: str) -> Roll:
    table, rows = desk.table(name), desk.rows(name)
    counts = tuple(
        (row.text("name"), desk.stated("counts", row, "value"))
        for row in desk.rows("counts")
        if row["counted_resource"] == name
    )
    has_kind = "kind" in table.columns
    names = ((row, desk.label(name, row, "kind") if has_kind else "", row_url(table, row)) for row in rows)
    return Roll(counts, tuple(names))


def staff(desk: Desk) -> Staff | None:
    """The staff by category, each part under its whole; None where the report counts none."""
    rows = desk.rows("staff")
    figures = {row.text("category"): desk.stated("staff", row, "headcount") for row in rows}
    scale = longest(figures.values())
    levels: dict[str, int] = {}
    ends: dict[str, Decimal] = {}  # by category, how far its own parts reach
    bars: list[Bar] = []
    for row in rows:
        category, parent = row.text("category"), row.text("parent")
        levels[category] = levels.get(parent, -1) + 1
        ends[category] = start = ends.get(parent, ORIGIN)
        ends[parent] = start + percent(figures[category], scale)
        label = desk.label("staff", row, "category")
        parts = [(label, figures[category], "fund-1" if levels[category] else "fund-0")]
        made = bar(label, figures[category], parts, scale, start)
        bars.append(replace(made, level=levels[category]))
    if not figures:
        return None
    total, source = next(iter(figures.values())), "、".join(desk.site.origins)
    first = [(bar.label, bar.figure) for bar in bars if bar.level == 1]
    known = all(isinstance(figure.value, Decimal) for _, figure in first)
    largest = max(first, key=lambda pair: pair[1].number, default=None) if known else None
    chart = Chart(desk.year, "staff", f"{desk.year} 年人员，按类别", total.unit, source, tuple(bars))
    return Staff(total, largest, chart)
