"""What a reader's browser filters and sorts the list of projects by: choices, and columns of numbers.

The rows themselves it takes from the pages of the list, where each figure leads to its evidence.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from disclosure.model import Row
from disclosure.website.desk import Desk
from disclosure.website.wording import NOT_STATED, circled

A_PART = 4_000  # rows in one file, of at most 70 bytes each
_NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Choice:
    """A column to choose by: its name, its heading, and value and label of all that stands in it."""

    column: str
    label: str
    options: tuple[tuple[str, str], ...]


def choices(desk: Desk) -> tuple[Choice, ...]:
    """Department where several are named, unit, state, overall goal: what the listed projects state."""
    units = {row.text("unit_id"): row.text("name") for row in desk.rows("units")}
    states = desk.table("projects").columns["disclosure_state"].labels
    goals = ((row.text("objective_no"), row.text("name")) for row in desk.rows("objectives"))
    numbered = {number: f"{circled(number)} {name}" for number, name in goals}
    departments = {row.text("department") for row in desk.rows("projects")} - {""}
    return (
        *([_choice(desk, "department", "主管部门", {})] if len(departments) > 1 else []),
        _choice(desk, "unit_id", "实施单位", units),
        _choice(desk, "disclosure_state", "公开情况", states),
        _choice(desk, "objective_no", "总目标", numbered),
    )


def _choice(desk: Desk, column: str, head: str, labels: Mapping[str, str]) -> Choice:
    """The values found: in the order of their labels, then those without one, then nothing stated."""
    found = {_chosen(row, column) for row in desk.rows("projects")}
    order = [*(value for value in labels if value in found), *sorted(found - {*labels, ""})]
    missing = [(_NOTHING, NOT_STATED)] if "" in found else []
    return Choice(column, head, (*((value, labels.get(value, value)) for value in order), *missing))


def _chosen(row: Row, column: str) -> str:
    """What a project is chosen by: of units, the name of one that is not listed."""
    return row.text(column) or (row.text("unit_name") if column == "unit_id" else "")


def columns(desk: Desk) -> Iterator[tuple[str, bytes]]:
    """Path and JSON of a number, or null, for each project and column, in the order of the list.

    A choice is its place in the options; a name is its place in the order of GB 18030, which has the
    common characters by pinyin.
    """
    rows = desk.rows("projects")
    names = sorted({row.text("name") for row in rows}, key=lambda name: name.encode("gb18030"))
    known = {"name": names, **{item.column: [value for value, _ in item.options] for item in choices(desk)}}
    places = {column: {value: str(place) for place, value in enumerate(of)} for column, of in known.items()}
    found = {column: [of[_chosen(row, column) or _NOTHING] for row in rows] for column, of in places.items()}
    for column in ("budget_wan", "expenditure_wan"):
        found[column] = [_exact(row.amount(column)) for row in rows]
    rates = (desk.maybe(f"execution.project.{row.text('project_id')}") for row in rows)
    found["rate"] = [_exact(rate.value if rate else None) for rate in rates]
    for start in range(0, len(rows), A_PART):
        part = (f'"{name}":[{",".join(of[start : start + A_PART])}]' for name, of in found.items())
        yield f"projects/columns-{start // A_PART}.json", f"{{{','.join(part)}}}".encode()


def _exact(amount: object) -> str:
    return format(amount, "f") if isinstance(amount, Decimal) else "null"
