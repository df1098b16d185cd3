"""A lawful exception recorded in a row of projects: its cells changed, every other line the same bytes."""

from collections.abc import Mapping

from disclosure.model import DisclosureError, Package, Row
from disclosure.package.difference import KEY_JOINT
from disclosure.package.ledger import ledger

TABLE = "projects"


class NotAGround(DisclosureError):
    """The grounds for withholding are a closed list."""


class AlreadyPublic(DisclosureError):
    """The goal or indicators of this project are published; they cannot be made unpublished by a ground."""


def withheld(package: Package, row: Row, decision: Mapping[str, str]) -> bytes:
    """The table's file with a decision in that row, by column. Raises NotAGround, AlreadyPublic."""
    table = package.tables[TABLE]
    grounds = table.columns["withhold_ground"].labels
    if decision["withhold_ground"] not in grounds:
        known = "; ".join(f"{name} {label}" for name, label in grounds.items())
        raise NotAGround(f"{decision['withhold_ground']}: {known}")
    key = row.text("fiscal_year"), row.text("project_id")
    if row.text("goal") or row.text("actual_result") or key in package.indicators:
        raise AlreadyPublic(" ".join(key))
    lines = ledger(table, package.files[table.path])
    lines.put({**lines.rows[key], **decision, "disclosure_state": "withheld"})
    return lines.data()


def reasons(package: Package, row: Row, decision: Mapping[str, str]) -> dict[tuple[str, str, str], str]:
    """Why each cell of the decision becomes another, by table, row and column, for whoever corrects it."""
    table = package.tables[TABLE]
    ground = table.columns["withhold_ground"].labels.get(decision["withhold_ground"], "")
    reason = f"依法不予公开：{ground}；{decision['decided_by']} {decision['decided_on']} 决定"
    columns = (*decision, "disclosure_state")
    return {(TABLE, KEY_JOINT.join(table.key_of(row)), column): reason for column in columns}
