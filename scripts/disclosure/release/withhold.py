"""A lawful exception recorded in a row of projects: its cells changed, every other line the same bytes."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO

from disclosure.model import DisclosureError, Package, Row

TABLE = "projects"


class UnknownProject(DisclosureError):
    """No row of projects has that id in that year; a target is listed before it is withheld."""


class NotAGround(DisclosureError):
    """The grounds for withholding are a closed list."""


class AlreadyPublic(DisclosureError):
    """The goal or indicators of this project are published; they cannot be made unpublished by a ground."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision to withhold: the ground, who took it, when, and when it is looked at again."""

    ground: str
    by: str
    on: date
    review_on: date


def row_of(package: Package, project_id: str, year: int | None) -> Row:
    """The row of a project, of the latest year unless one is given. Raises UnknownProject."""
    found = [row for row in package.rows(TABLE, year) if row["project_id"] == project_id]
    if not found:
        raise UnknownProject(f"{project_id} {year or ''}".strip())
    return max(found, key=lambda row: row.text("fiscal_year"))


def withheld(package: Package, row: Row, decision: Decision) -> bytes:
    """The table's file with the decision in that row. Raises NotAGround, AlreadyPublic."""
    table = package.tables[TABLE]
    grounds = table.columns["withhold_ground"].labels
    if decision.ground not in grounds:
        known = "; ".join(f"{name} {label}" for name, label in grounds.items())
        raise NotAGround(f"{decision.ground}: {known}")
    key = row.text("fiscal_year"), row.text("project_id")
    if row.text("goal") or row.text("actual_result") or key in package.indicators:
        raise AlreadyPublic(" ".join(key))
    cells: Mapping[str, str] = {
        "disclosure_state": "withheld",
        "withhold_ground": decision.ground,
        "decided_by": decision.by,
        "decided_on": decision.on.isoformat(),
        "next_review_on": decision.review_on.isoformat(),
    }
    lines = package.files[table.path].decode("utf-8").split("\n")
    (before,) = csv.reader([lines[row.line - 1]])
    names = [field.name for field in table.fields]
    after = StringIO()
    csv.writer(after, lineterminator="").writerow(
        [cells.get(name, cell) for name, cell in zip(names, before, strict=True)]
    )
    lines[row.line - 1] = after.getvalue()
    return "\n".join(lines).encode()
