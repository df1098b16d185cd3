"""Figures that no sentence states but that follow from sentences: each keeps what it was computed from."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache

from disclosure.model import Missing, Package, Row
from disclosure.package.figures import Figure, absent, cell_figure, citation
from disclosure.package.text import recurring

PERCENT_PLACES = Decimal("0.01")
AMOUNTS = ("budget_wan", "final_accounts_wan")


@lru_cache(maxsize=2)  # each holds on to a package
def computed(package: Package, year: int) -> Mapping[str, Figure]:
    """All computed figures of a fiscal year by id (`computed.2022.execution.total` and so on)."""
    return {figure.id: figure for figure in _all(package, year)}


def _all(package: Package, year: int) -> Iterator[Figure]:
    yield from _funds(package, year)
    yield from _targets(package, year)
    yield from _projects(package, year)
    yield from _goals(package, year)


def figure(package: Package, table: str, key: tuple[str, ...], column: str) -> Figure:
    """The stated figure of one cell; not stated where there is no such row."""
    found = package.tables[table]
    field = found.columns[column]
    if key not in found.index:
        return absent(".".join((table, *key, column)), field.title, field.unit)
    return cell_figure(package, found, found.index[key], field)


def due_column(row: Row) -> str:
    """The column of the budget that spending is measured by: the adjusted one, where the row states it."""
    return "budget_wan" if row.amount("adjusted_budget_wan") is None else "adjusted_budget_wan"


def _funds(package: Package, year: int) -> Iterator[Figure]:
    table, parts_of = package.tables["appropriations"], defaultdict[str, list[Row]](list)
    for row in package.rows("appropriations", year):
        parts_of[row.text("parent")].append(row)

    def money(row: Row, name: str) -> Figure:
        return cell_figure(package, table, row, table.columns[name])

    for row in package.rows("appropriations", year):
        fund = row.text("fund")
        budget, final = (money(row, name) for name in AMOUNTS)
        yield ratio(f"computed.{year}.execution.{fund}", "预算执行率", final, budget)
        yield difference(f"computed.{year}.unspent.{fund}", "预算与决算之差", budget, final)
        for name in AMOUNTS if fund in parts_of else ():
            whole, parts = money(row, name), [money(part, name) for part in parts_of[fund]]
            yield difference(f"computed.{year}.residual.{fund}.{name}", "报告未列明分项", whole, *parts)
            for part, amount in zip(parts_of[fund], parts, strict=True):
                yield ratio(f"computed.{year}.share.{part.text('fund')}.{name}", "占总额", amount, whole)


def _targets(package: Package, year: int) -> Iterator[Figure]:
    declared = figure(package, "coverage", (str(year),), "declared_count")
    whole = _whole(package, year)
    table = package.tables["projects"]
    money = table.columns["budget_wan"]
    states = [row.text("disclosure_state") for row in package.rows("projects", year)]
    budgets = [cell_figure(package, table, row, money) for row in package.rows("projects", year)]
    number, known = Decimal(len(budgets)), tuple(budgets) or (declared,)
    name = f"computed.{year}.targets.listed"
    listed = Figure(name, "报告列出的项目", number, "项", formula="count", operands=known)
    yield listed
    unlisted = difference(f"computed.{year}.targets.unlisted", "未列名的目标", declared, listed)
    yield unlisted
    yield ratio(f"{unlisted.id}.share", unlisted.label, unlisted, declared)
    for state, label in table.columns["disclosure_state"].labels.items():
        name, count = f"computed.{year}.targets.{state}", Decimal(states.count(state))
        formula = f"count disclosure_state={state}"
        number_of = Figure(name, label, count, "项", formula=formula, operands=(listed,))
        yield number_of
        yield ratio(f"{name}.share", label, number_of, declared)
        of_state = [budget for budget, other in zip(budgets, states, strict=True) if other == state]
        name = f"computed.{year}.amount.{state}"
        none = Figure(f"{name}.budget_wan", label, Decimal(0), money.unit, formula="+", operands=(number_of,))
        amount = added(f"{name}.budget_wan", label, *of_state) if of_state else none
        yield amount
        if whole:
            yield ratio(f"{name}.share", label, amount, whole)


def _whole(package: Package, year: int) -> Figure | None:
    """The department's whole budget, where the package has it."""
    whole = next((row for row in package.rows("appropriations", year) if not row.text("parent")), None)
    return figure(package, "appropriations", (str(year), whole.text("fund")), "budget_wan") if whole else None


def _projects(package: Package, year: int) -> Iterator[Figure]:
    table = package.tables["projects"]
    whole = _whole(package, year)
    columns = [table.columns[name] for name in ("budget_wan", "expenditure_wan")]
    money = []
    for row in package.rows("projects", year):
        money.append([cell_figure(package, table, row, column) for column in columns])
        due, spent = cell_figure(package, table, row, table.columns[due_column(row)]), money[-1][1]
        yield ratio(f"computed.{year}.execution.project.{row.text('project_id')}", "执行率", spent, due)
    for column, figures in zip(columns, zip(*money, strict=True), strict=False):
        total = added(f"computed.{year}.listed.{column.name}", "列出项目合计", *figures)
        yield total
        if column.name == "budget_wan" and whole:
            yield ratio(f"computed.{year}.listed.share", "列出项目占预算", total, whole)
            yield difference(f"computed.{year}.unlisted.{column.name}", "未列到项目的预算", whole, total)
    for goal in package.rows("objectives", year):
        yield from _recurrence(package, year, goal)


def _goals(package: Package, year: int) -> Iterator[Figure]:
    """How many listed projects say that they serve an overall goal, and their budget; then the others."""
    rows, table = package.rows("projects", year), package.tables["projects"]
    names = {row.text("objective_no"): row.text("name") for row in package.rows("objectives", year)}
    budgets = [cell_figure(package, table, row, table.columns["budget_wan"]) for row in rows]
    for number in (*names, "") if names and rows else ():
        label = f"写明为“{names[number]}”的项目" if number else "没有写为哪个总目标的项目"
        name = f"computed.{year}.goal.{number or 'none'}"
        of_goal = [
            part for part, row in zip(budgets, rows, strict=True) if row.text("objective_no") == number
        ]
        count, formula = Decimal(len(of_goal)), f"count objective_no={number}"
        yield Figure(f"{name}.count", label, count, "项", formula=formula, operands=tuple(budgets))
        if of_goal:
            yield added(f"{name}.budget_wan", label, *of_goal)


def _recurrence(package: Package, year: int, goal: Row) -> Iterator[Figure]:
    """How much of an overall goal, heading included, recurs in the project goal that repeats most of it."""
    cited = citation(package, goal)
    rows = package.rows("projects", year) if cited else ()
    shares = ((recurring(cited.quote, row.text("goal")), row.text("project_id")) for row in rows if cited)
    share, project = max(shares, default=(Decimal(0), ""))
    if share > 0:
        percent = (share * 100).quantize(Decimal(1), ROUND_HALF_UP)
        name = f"computed.{year}.recurrence.{goal.text('objective_no')}"
        yield Figure(name, project, percent, "%", citation=cited, formula="recurrence")


def ratio(name: str, label: str, part: Figure, whole: Figure) -> Figure:
    """part ÷ whole in percent, two places, half up; missing where either is, or where the whole is nil."""
    value: Decimal | Missing = Missing.NOT_STATED
    if not isinstance(part.value, Missing) and not isinstance(whole.value, Missing):
        value = Missing.NOT_APPLICABLE
        if whole.value:
            with localcontext(prec=50):
                value = (part.value * 100 / whole.value).quantize(PERCENT_PLACES, ROUND_HALF_UP)
    return Figure(name, label, value, "%", formula="÷", operands=(part, whole))


def difference(name: str, label: str, whole: Figure, *parts: Figure) -> Figure:
    """The whole less its parts, in its unit; missing where one of them is."""
    return _linear(name, label, "−", whole, *parts)


def added(name: str, label: str, *parts: Figure) -> Figure:
    """The sum, in the unit of the first; missing where one of them is."""
    return _linear(name, label, "+", *parts)


def _linear(name: str, label: str, sign: str, first: Figure, *rest: Figure) -> Figure:
    value: Decimal | Missing = Missing.NOT_STATED
    if not any(isinstance(part.value, Missing) for part in (first, *rest)):
        others = sum((part.number for part in rest), Decimal(0))
        value = first.number - others if sign == "−" else first.number + others
    return Figure(name, label, value, first.unit, formula=sign, operands=(first, *rest))
