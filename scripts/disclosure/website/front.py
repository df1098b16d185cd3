"""The front page: what this is, five figures, the picture of disclosure, results with a figure."""

from collections.abc import Mapping
from dataclasses import dataclass

from disclosure.model import Row
from disclosure.package.figures import Figure
from disclosure.website import charts
from disclosure.website.charts import Bar, Chart, State
from disclosure.website.desk import Desk
from disclosure.website.listing import Listing, listing
from disclosure.website.money import Money, money

MOST_DONE = 4
UNLISTED = "unlisted"  # the state of a declared target that has no row


@dataclass(frozen=True, slots=True)
class Headline:
    """The title of the front page."""

    year: int
    publisher: str
    publisher_en: str
    budget: Figure
    documents: tuple[str, ...]
    all_public: bool


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The five figures that matter; `full` takes the place of `disclosed` where more is public by now."""

    budget: Figure
    final: Figure
    rate: Figure
    declared: Figure
    disclosed: Figure
    full: Figure | None


@dataclass(frozen=True, slots=True)
class Disclosure:
    """How far the declared targets are public, as figures and as pictures."""

    declared: Figure
    listed: Figure
    unlisted: Figure
    full: Figure
    text: Figure
    states: tuple[State, ...]
    chart: Chart
    each: int


@dataclass(frozen=True, slots=True)
class FrontMoney:
    """Money in short, beside the projects that the report lists; English words for terms of the field."""

    money: Money
    projects: Listing
    english: Mapping[str, str]


def front_headline(desk: Desk) -> Headline:
    """The title of the front page: the year, and the budget in round 亿元."""
    name, english = (str(desk.site.publisher.get(key, "")) for key in ("name", "name_en"))
    declared, full = desk.keyed("coverage", "", "declared_count"), desk.computed("targets.full")
    all_public = full.value == declared.value and full.value != 0
    return Headline(desk.year, name, english, money(desk).total.budget, desk.site.documents, all_public)


def key_figures(desk: Desk) -> KeyFigures:
    """The five figures that matter: budget, final accounts, execution, targets declared and disclosed."""
    total = money(desk).total
    declared, disclosed = (desk.keyed("coverage", "", name) for name in ("declared_count", "disclosed_count"))
    full = desk.computed("targets.full")
    more = full if full.value and full.value != disclosed.value else None
    return KeyFigures(total.budget, total.final, total.rate, declared, disclosed, more)


def disclosure_picture(desk: Desk) -> Disclosure:
    """Every declared target as a square by its state of disclosure, with the same numbers as a table."""
    labels = desk.table("projects").columns["disclosure_state"].labels
    states = [
        State(state, label, desk.computed(f"targets.{state}"), desk.computed(f"targets.{state}.share"))
        for state, label in (*labels.items(), (UNLISTED, "未列名"))
    ]
    unlisted = states[-1].figure
    declared = desk.keyed("coverage", "", "declared_count")
    return Disclosure(
        declared=declared,
        listed=desk.computed("targets.listed"),
        unlisted=unlisted,
        full=desk.computed("targets.full"),
        text=desk.computed("targets.text"),
        states=tuple(states),
        chart=_picture(desk, states, declared),
        each=charts.cells_stand_for(states),
    )


def _picture(desk: Desk, states: list[State], declared: Figure) -> Chart:
    """The squares for wide and narrow screens, and the numbers that they count."""
    bars = tuple(Bar(state.label, state.figure, (), look=state.state) for state in states)
    columns = (("wide", charts.WIDE), ("narrow", charts.NARROW))
    pictures = tuple(charts.picture(name, states, count) for name, count in columns)
    about, source = f"{desk.year} 年申报的绩效目标，公开到什么程度", "、".join(desk.site.origins)
    whole = Bar("申报合计", declared, ())
    return Chart(desk.year, "disclosure", about, "项", source, (*bars, whole), pictures)


def front_money(desk: Desk) -> FrontMoney:
    """Budget and final accounts as bars, beside the projects that the report lists."""
    english = {row.text("term"): row.text("term_en") for row in desk.package.rows("glossary")}
    return FrontMoney(money(desk), listing(desk), english)


def done(desk: Desk) -> tuple[tuple[Row, Figure], ...]:
    """The four results with the largest numbers, in that order."""
    rows = [row for row in desk.rows("results") if row.amount("value") is not None]
    largest = sorted(rows, key=_size, reverse=True)[:MOST_DONE]
    return tuple((row, desk.stated("results", row, "value")) for row in largest)


def three_ways(desk: Desk) -> None:
    """The three ways on: read, download, verify."""


def _size(row: Row) -> int:
    return int(row.amount("value") or 0)
