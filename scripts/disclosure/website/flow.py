"""Which overall goal each listed project serves, with how much money: as far as the report says so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from disclosure.model import Row
from disclosure.package.figures import Figure
from disclosure.website import project
from disclosure.website.charts import ORIGIN, THICKEST, Bar, Chart, Part, Ribbon, bar, longest, middle
from disclosure.website.desk import Desk
from disclosure.website.wording import circled

MOST = 12  # projects drawn one by one; more are drawn as one sum for each goal
NOWHERE = "没有写为哪个总目标"


@dataclass(frozen=True, slots=True)
class Flow:
    """The chart, and its finding: projects listed, those without a goal, the goal with most if known."""

    chart: Chart
    listed: Figure
    unlinked: Figure | None
    largest: tuple[str, Figure] | None
    is_summed: bool
    is_repeated: bool


@dataclass(frozen=True, slots=True)
class _End:
    """A bar on the right, the goal it serves by number, what leads to it."""

    goal: str
    bar: Bar


def goal_flow(desk: Desk) -> Flow:
    """From the overall goals to the listed projects to their money; more than twelve projects as sums."""
    rows, names = desk.rows("projects"), _names(desk)
    goals = tuple(_goal(desk, number, name, rows) for number, name in names.items())
    summed = len(rows) > MOST
    ends = tuple(_sums(desk, names) if summed else _projects(desk, names, rows))
    ribbons = (*_stated(tuple(names), ends), *(() if summed else _repeated(desk, tuple(names), ends)))
    sums = {name: figure for number, name in names.items() if number and (figure := _sum(desk, number))}
    known = all(isinstance(figure.value, Decimal) for figure in sums.values())
    source = "、".join(desk.site.origins)
    about = f"{desk.year} 年：总目标、为它做的项目、项目的预算"
    return Flow(
        chart=Chart(
            desk.year,
            "flow",
            about,
            "万元",
            source,
            goals,
            ends=tuple(end.bar for end in ends),
            ribbons=ribbons,
        ),
        listed=desk.computed("targets.listed"),
        unlinked=desk.maybe("goal.none.count"),
        largest=max(sums.items(), key=lambda item: item[1].number, default=None) if known else None,
        is_summed=summed,
        is_repeated=any(ribbon.look == "repeated" for ribbon in ribbons),
    )


def _names(desk: Desk) -> Mapping[str, str]:
    """Goals by number, where there are projects too; projects without one have a name of their own."""
    if desk.maybe("goal.none.count") is None:
        return {}
    names = {row.text("objective_no"): row.text("name") for row in desk.rows("objectives")}
    made = {number: f"{circled(number)} {name}" for number, name in names.items()}
    return made | ({"": NOWHERE} if desk.computed("goal.none.count").value else {})


def _sum(desk: Desk, number: str) -> Figure | None:
    return desk.maybe(f"goal.{number or 'none'}.budget_wan")


def _goal(desk: Desk, number: str, name: str, rows: tuple[Row, ...]) -> Bar:
    """A goal with its number of projects; its parts are the sum and, where they are few, each project."""
    found = _sum(desk, number)
    parts = [("预算合计", found)] if found else []
    if len(rows) <= MOST:
        of_goal = (row for row in rows if row.text("objective_no") == number)
        parts += [(row.text("name"), desk.stated("projects", row, "budget_wan")) for row in of_goal]
    count = desk.computed(f"goal.{number or 'none'}.count")
    return Bar(name, count, tuple(Part(label, figure, ORIGIN, ORIGIN, "") for label, figure in parts))


def _projects(desk: Desk, names: Mapping[str, str], rows: tuple[Row, ...]) -> Iterator[_End]:
    """The projects in the order of their goals."""
    money = {row.text("project_id"): desk.stated("projects", row, "budget_wan") for row in rows}
    scale, order = longest(money.values()), list(names)
    for row in sorted(rows if names else (), key=lambda row: order.index(row.text("objective_no"))):
        figure, name = money[row.text("project_id")], row.text("name")
        made = bar(name, figure, [("预算", figure, "fund-0")], scale)
        yield _End(row.text("objective_no"), Bar(name, figure, made.parts, url=project.url(row)))


def _sums(desk: Desk, names: Mapping[str, str]) -> Iterator[_End]:
    """One bar for all projects of a goal."""
    sums = {number: figure for number in names if (figure := _sum(desk, number))}
    scale = longest(sums.values())
    for number, figure in sums.items():
        yield _End(number, bar("预算合计", figure, [("预算", figure, "fund-0")], scale))


def _stated(numbers: tuple[str, ...], ends: tuple[_End, ...]) -> Iterator[Ribbon]:
    for place, end in enumerate(ends):
        width = end.bar.parts[0].width if end.bar.parts else ORIGIN
        thick = max(Decimal(2), (width * THICKEST / 100).quantize(Decimal("0.1")))
        look = "stated" if end.goal else "unlinked"
        yield Ribbon(
            middle(numbers.index(end.goal), len(numbers)),
            middle(place, len(ends)),
            thick if end.goal else Decimal(2),
            look,
        )


def _repeated(desk: Desk, numbers: tuple[str, ...], ends: tuple[_End, ...]) -> Iterator[Ribbon]:
    """Goals whose words recur in a project's, where the report does not say that one serves the other."""
    urls = [end.bar.url for end in ends]
    for number in filter(None, numbers):
        repeated = desk.maybe(f"recurrence.{number}")
        row = desk.table("projects").index.get((str(desk.year), repeated.label)) if repeated else None
        if row and row.text("objective_no") != number and project.url(row) in urls:
            place = urls.index(project.url(row))
            yield Ribbon(
                middle(numbers.index(number), len(numbers)), middle(place, len(ends)), Decimal(2), "repeated"
            )
