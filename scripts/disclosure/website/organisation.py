"""Units, offices and staff: the lists, and the counts that the report states of them."""

from dataclasses import dataclass, replace
from decimal import Decimal

from disclosure.model import Row
from disclosure.package.figures import Figure
from disclosure.website.charts import ORIGIN, Bar, Chart, bar, longest, percent
from disclosure.website.desk import Desk
from disclosure.website.permalink import row_url


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit or an office."""

    name: str
    kind: str
    plaques: str
    note: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Roll:
    """A list of units or offices and the counts that the report states of it."""

    counts: tuple[tuple[str, Figure], ...]
    names: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Staff:
    """The staff as a tree of bars."""

    total: Figure
    largest: tuple[str, Figure] | None
    chart: Chart


def units(desk: Desk) -> Roll:
    """The budget units of the department, and how many the report says there are."""
    names = tuple(_unit(desk, "units", row) for row in desk.rows("units"))
    return Roll(_counts(desk, "units"), names)


def offices(desk: Desk) -> Roll:
    """The internal offices with their extra plaques and notes, and how many the report says there are."""
    names = tuple(_unit(desk, "offices", row) for row in desk.rows("offices"))
    return Roll(_counts(desk, "offices"), names)


def _counts(desk: Desk, resource: str) -> tuple[tuple[str, Figure], ...]:
    return tuple(
        (row.text("name"), desk.stated("counts", row, "value"))
        for row in desk.rows("counts")
        if row["counted_resource"] == resource
    )


def _unit(desk: Desk, table: str, row: Row) -> Unit:
    return Unit(
        name=row.text("name"),
        kind=desk.label(table, row, "kind") if "kind" in row.places else "",
        plaques=row.text("plaques"),
        note=row.text("note"),
        evidence=row_url(desk.table(table), row),
    )


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
    known = [
        (bar.label, bar.figure) for bar in bars if bar.level == 1 and isinstance(bar.figure.value, Decimal)
    ]
    largest = max(known, key=lambda pair: pair[1].number, default=None)
    chart = Chart(desk.year, "staff", f"{desk.year} 年人员，按类别", total.unit, source, tuple(bars))
    return Staff(total, largest, chart)
