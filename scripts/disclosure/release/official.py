"""The national form of a project, cell by cell, as an office draws it: for the workbook and for the page."""

from dataclasses import dataclass
from itertools import chain, count

from disclosure.model import DisclosureError, Package, Row
from disclosure.release.blocks import GOAL, foot, goals, head, indicators, listed, money
from disclosure.release.drawn import Cell, Draft

TITLES = {"target": "项目支出绩效目标表", "evaluation": "项目支出绩效自评表"}
_DONE = ("actual_result", "execution_score", "total_score", "conclusion")


@dataclass(frozen=True, slots=True)
class Official:
    """A form: its kind, its year, how many columns it has, each block's cells from left to right and down."""

    kind: str
    year: str
    width: int
    blocks: tuple[tuple[Cell, ...], ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of all blocks."""
        return tuple(chain.from_iterable(self.blocks))

    @property
    def title(self) -> str:
        """The form's official name."""
        return TITLES[self.kind]

    @property
    def last(self) -> int:
        """The last row, counted from 0."""
        return self.blocks[-1][-1].top

    @property
    def goal_row(self) -> int:
        """The row in which the goal of the year is written."""
        return 1 + next(cell.top for cell in self.cells if cell.text == GOAL)


class UnknownProject(DisclosureError):
    """There is no project of that id in that year; projects.csv lists them all."""


def row_of(package: Package, project_id: str, year: int | None) -> Row:
    """The row of a project, of the latest year unless one is given. Raises UnknownProject."""
    found = [row for row in package.rows("projects", year) if row["project_id"] == project_id]
    if not found:
        raise UnknownProject(f"{project_id} {year or ''}".strip())
    return max(found, key=lambda row: row.text("fiscal_year"))


def kind_of(row: Row, indicators: tuple[Row, ...]) -> str:
    """Which form says all that is stated of a project: an evaluation once anything was spent or done."""
    spent = row.amount("expenditure_wan") is not None or any(row.text(name) for name in _DONE)
    done = any(line.text("actual_as_written") or line.amount("score") is not None for line in indicators)
    return "evaluation" if spent or done else "target"


def official(package: Package, row: Row, kind: str = "") -> Official:
    """The form of a project, of the kind that says all that is stated unless one is named."""
    rows = package.indicators.get(row.project, ())
    kind = kind or kind_of(row, rows)
    more = (part for part in listed("more") if any(line.text(part[1]) for line in rows))
    columns = (*listed("indicator", kind), *more)
    draft = Draft(package, row, rows, package.funds.get(row.project, ()), kind, columns)
    return _form(draft, row.text("fiscal_year"))


def blank(package: Package, kind: str, year: str) -> Official:
    """The form with nothing filled in."""
    return _form(Draft(package, None, (), (), kind, listed("indicator", kind)), year)


def _form(draft: Draft, year: str) -> Official:
    at = count()
    blocks = tuple(tuple(part(draft, at)) for part in (head, money, goals, indicators, foot))
    return Official(draft.kind, year, draft.width, blocks)
