"""The projects that the report lists, and what it leaves out."""

from dataclasses import dataclass
from decimal import Decimal

from disclosure.model import Row
from disclosure.package.figures import Figure
from disclosure.website import project
from disclosure.website.desk import Desk


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
    """All listed projects, their sums, and the remainder that has no name."""

    year: int
    lines: tuple[Line, ...]
    declared: Figure
    listed: Figure
    unlisted: Figure
    budget: Figure | None
    spent: Figure | None
    share: Figure | None
    at_most: Figure | None

    @property
    def is_spent(self) -> bool:
        """Whether any line says what was spent; target forms say only what was planned."""
        return any(isinstance(line.spent.value, Decimal) for line in self.lines)

    @property
    def largest_first(self) -> tuple[tuple[Line, Figure], ...]:
        """The lines by what was spent, or else planned, largest first; those without an amount last."""
        lines = ((line, line.spent if self.is_spent else line.budget) for line in self.lines)
        return tuple(sorted(lines, key=lambda pair: _size(pair[1]), reverse=True))


def _size(amount: Figure) -> Decimal:
    return amount.value if isinstance(amount.value, Decimal) else Decimal(-1)


def listing(desk: Desk) -> Listing:
    """The listed projects with their amounts and states, and the remainder."""
    return Listing(
        year=desk.year,
        lines=tuple(_line(desk, row) for row in desk.rows("projects")),
        declared=desk.keyed("coverage", "", "declared_count"),
        listed=desk.computed("targets.listed"),
        unlisted=desk.computed("targets.unlisted"),
        budget=desk.maybe("listed.budget_wan"),
        spent=desk.maybe("listed.expenditure_wan"),
        share=desk.maybe("listed.share"),
        at_most=desk.maybe("unlisted.budget_wan"),
    )


def _line(desk: Desk, row: Row) -> Line:
    unit = desk.table("units").index.get((row.text("fiscal_year"), row.text("unit_id")))
    return Line(
        name=row.text("name"),
        url=project.url(row),
        unit=unit.text("name") if unit else "",
        budget=desk.stated("projects", row, "budget_wan"),
        spent=desk.stated("projects", row, "expenditure_wan"),
        rate=desk.maybe(f"execution.project.{row.text('project_id')}"),
        state=row.text("disclosure_state"),
        state_label=desk.label("projects", row, "disclosure_state"),
    )
