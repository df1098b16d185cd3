"""The projects that the report lists, page by page, and what it leaves out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from disclosure.model import Row
from disclosure.package.figures import Figure
from disclosure.package.units import unit
from disclosure.website import project
from disclosure.website.desk import Desk
from disclosure.website.filters import A_PART, Choice, choices

A_PAGE = 100  # rows; with 100 a page stays far below 300 kB and is read on a phone
MOST_LARGEST = 6
NEAR = 2  # pages beside this one that are linked by number


@dataclass(frozen=True, slots=True)
class Line:
    """A project in a list."""

    name: str
    url: str
    unit: str
    budget: Figure
    spent: Figure
    rate: Figure | None
    state: str
    state_label: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the listed projects; all of their sums, and the remainder that has no name."""

    year: int
    is_front: bool
    other_years: tuple[int, ...]
    lines: tuple[Line, ...]
    largest_first: tuple[tuple[Line, Figure], ...]
    is_spent: bool
    choices: tuple[Choice, ...]
    declared: Figure
    listed: Figure
    unlisted: Figure
    budget: Figure | None
    spent: Figure | None
    share: Figure | None
    at_most: Figure | None
    total: int
    number: int = 1
    rows: int = A_PAGE
    parts: int = 1

    @property
    def is_adjusted(self) -> bool:
        """Whether the rate of some project is of another budget than the one beside it."""
        rates = ((line.rate, line.budget) for line in self.lines)
        return any(
            rate and rate.operands and rate.operands[1].value != budget.value for rate, budget in rates
        )

    @property
    def first(self) -> int:
        """The place of this page's first row among all, from 1."""
        return (self.number - 1) * A_PAGE + 1

    @property
    def pages(self) -> int:
        """How many pages there are; one for an empty list too."""
        return max(1, -(-self.total // A_PAGE))

    def at(self, number: int) -> str:
        """Where a page of the list stands, below the site's root."""
        top, more = ("projects/", "") if self.is_front else (f"projects/{self.year}/", "list/")
        return top if number == 1 else f"{top}{more}{number}/"

    @property
    def near(self) -> tuple[int, ...]:
        """The pages to link by number: the first, the last, and those beside this one."""
        beside = range(max(1, self.number - NEAR), min(self.pages, self.number + NEAR) + 1)
        return tuple(sorted({1, *beside, self.pages}))


def listing(desk: Desk) -> Listing:
    """The first page of the listed projects with their amounts and states, and the remainder."""
    rows = desk.rows("projects")
    # Target forms say only what was planned.
    is_spent = any(row.amount("expenditure_wan") is not None for row in rows)
    size = "expenditure_wan" if is_spent else "budget_wan"
    largest = sorted(rows, key=lambda row: _size(row, size), reverse=True)[:MOST_LARGEST]
    return Listing(
        year=desk.year,
        is_front=desk.site.is_front,
        other_years=tuple(year for year in desk.site.other_years if desk.package.rows("projects", year)),
        lines=tuple(_line(desk, row) for row in rows[:A_PAGE]),
        largest_first=tuple((_line(desk, row), desk.stated("projects", row, size)) for row in largest),
        is_spent=is_spent,
        choices=choices(desk),
        declared=desk.keyed("coverage", "", "declared_count"),
        listed=desk.computed("targets.listed"),
        unlisted=desk.computed("targets.unlisted"),
        budget=desk.maybe("listed.budget_wan"),
        spent=desk.maybe("listed.expenditure_wan"),
        share=desk.maybe("listed.share"),
        at_most=desk.maybe("unlisted.budget_wan"),
        total=len(rows),
        parts=-(-len(rows) // A_PART),
    )


def further(desk: Desk) -> Iterator[Listing]:
    """The pages after the first; of a year that is not in front, all."""
    first, rows = listing(desk), desk.rows("projects")
    for number in range(2 if first.is_front else 1, first.pages + 1 if rows else 1):
        lines = tuple(_line(desk, row) for row in rows[(number - 1) * A_PAGE : number * A_PAGE])
        yield replace(first, number=number, lines=lines)


def _size(row: Row, column: str) -> Decimal:
    found = row.amount(column)
    return Decimal(-1) if found is None else found


def _line(desk: Desk, row: Row) -> Line:
    return Line(
        name=row.text("name"),
        url=project.url(row),
        unit=unit(desk.package, row),
        budget=desk.stated("projects", row, "budget_wan"),
        spent=desk.stated("projects", row, "expenditure_wan"),
        rate=desk.maybe(f"execution.project.{row.text('project_id')}"),
        state=row.text("disclosure_state"),
        state_label=desk.label("projects", row, "disclosure_state"),
    )
