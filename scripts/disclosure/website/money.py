"""Income and spending: funds, what is not itemised, what was not spent, how much was carried out."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from disclosure.model import Row
from disclosure.package.figures import Figure, absent
from disclosure.website.charts import HATCH, Bar, Chart, bar, longest
from disclosure.website.desk import Desk

TABLE = "appropriations"
BUDGET, ADJUSTED, FINAL = "budget_wan", "adjusted_budget_wan", "final_accounts_wan"
NOT_ITEMISED = "报告未列明分项"


@dataclass(frozen=True, slots=True)
class Fund:
    """A line of the table of funds."""

    label: str
    written: str
    budget: Figure
    adjusted: Figure
    final: Figure
    unspent: Figure
    rate: Figure
    shares: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Residual:
    """What a total holds beyond its parts, in budget and in final accounts."""

    budget: Figure
    final: Figure

    @property
    def is_there(self) -> bool:
        """Whether the parts leave anything out."""
        return any(figure.value != 0 for figure in (self.budget, self.final))

    @property
    def is_equal(self) -> bool:
        """Whether both leave out the same amount."""
        return self.budget.value == self.final.value


@dataclass(frozen=True, slots=True)
class Money:
    """The department's money in a year."""

    total: Fund
    funds: tuple[Fund, ...]
    residual: Residual | None
    largest: str
    share: Figure | None
    pairs: Chart
    chart: Chart
    rates: Chart

    @property
    def slowest(self) -> Fund | None:
        """The fund of which the least was carried out, where there are several and all are known."""
        known = all(isinstance(fund.rate.value, Decimal) for fund in self.funds)
        return min(self.funds, key=lambda fund: fund.rate.number) if known and len(self.funds) > 1 else None


def money(desk: Desk) -> Money:
    """All that the report says and that follows about the department's money."""
    rows = desk.rows(TABLE)
    whole = next((row for row in rows if not row.text("parent")), None)
    parts = [row for row in rows if whole and row.text("parent") == whole.text("fund")]
    total, funds = _fund(desk, whole) if whole else _unknown(desk), tuple(_fund(desk, row) for row in parts)
    residual = _residual(desk, whole) if whole and parts else None
    largest = max(parts, key=lambda row: row.amount(BUDGET) or 0, default=whole)
    return Money(
        total=total,
        funds=funds,
        residual=residual,
        largest=desk.label(TABLE, largest, "fund") if largest else "",
        share=desk.maybe(f"share.{largest.text('fund')}.{BUDGET}") if largest else None,
        pairs=_chart(desk, "budget", "预算和决算", _pairs(total, funds, residual)),
        chart=_chart(desk, "composition", "预算和决算的构成", _stacked(total, funds, residual)),
        rates=_chart(desk, "execution", "预算执行率", _rates((total, *funds))),
    )


def _unknown(desk: Desk) -> Fund:
    """The whole of a year of which the package has no row: every figure is there, and not stated."""
    columns = desk.table(TABLE).columns
    budget, adjusted, final = (
        absent(name, columns[name].title, columns[name].unit) for name in (BUDGET, ADJUSTED, FINAL)
    )
    unspent, rate = absent("", "预算与决算之差", budget.unit), absent("", "预算执行率", "%")
    return Fund("合计", "", budget, adjusted, final, unspent, rate, ())


def _fund(desk: Desk, row: Row) -> Fund:
    fund = row.text("fund")
    shares = (desk.maybe(f"share.{fund}.{name}") for name in (BUDGET, FINAL))
    return Fund(
        label=desk.label(TABLE, row, "fund"),
        written=row.text("name"),
        budget=desk.stated(TABLE, row, BUDGET),
        adjusted=desk.stated(TABLE, row, ADJUSTED),
        final=desk.stated(TABLE, row, FINAL),
        unspent=desk.computed(f"unspent.{fund}"),
        rate=desk.computed(f"execution.{fund}"),
        shares=tuple(share for share in shares if share),
    )


def _residual(desk: Desk, whole: Row) -> Residual | None:
    found = [desk.maybe(f"residual.{whole.text('fund')}.{name}") for name in (BUDGET, FINAL)]
    return Residual(found[0], found[1]) if found[0] and found[1] else None


def _chart(desk: Desk, name: str, about: str, bars: Iterator[Bar]) -> Chart:
    unit = "%" if name == "execution" else desk.table(TABLE).columns[BUDGET].unit
    source = "、".join(desk.site.origins)
    return Chart(desk.year, name, f"{desk.year} 年{about}，按资金类别", unit, source, tuple(bars))


def _pairs(total: Fund, funds: tuple[Fund, ...], residual: Residual | None) -> Iterator[Bar]:
    """Budget and final accounts of everything, of each fund, and of what is not itemised."""
    scale = longest((total.budget, total.final))
    rest = [(NOT_ITEMISED, residual)] if residual and residual.is_there else []
    for label, item in [(fund.label, fund) for fund in (total, *funds)] + rest:
        looks = (HATCH, HATCH) if item is residual else ("fund-0", "fund-1")
        for name, figure, look in zip(("预算", "决算"), (item.budget, item.final), looks, strict=True):
            yield bar(f"{label}：{name}", figure, [(name, figure, look)], scale)


def _stacked(total: Fund, funds: tuple[Fund, ...], residual: Residual | None) -> Iterator[Bar]:
    for label, name in (("年度预算", "budget"), ("年度决算", "final")):
        parts = [(fund.label, getattr(fund, name), f"fund-{place}") for place, fund in enumerate(funds)]
        if residual:
            parts.append((NOT_ITEMISED, getattr(residual, name), HATCH))
        whole = getattr(total, name)
        scale = longest((total.budget, total.final))
        yield bar(label, whole, parts or [(total.label, whole, "fund-0")], scale)


def _rates(funds: tuple[Fund, ...]) -> Iterator[Bar]:
    full = max(longest(fund.rate for fund in funds), Decimal(100))
    for fund in funds:
        yield bar(fund.label, fund.rate, [("预算执行率", fund.rate, "fund-0")], full)
