"""A lawful exception recorded in a row of projects, or lifted: its cells change, and no other line."""

from collections.abc import Mapping

from disclosure.model import DisclosureError, Package, Row
from disclosure.package.contract import DECISION
from disclosure.package.corrected import Why
from disclosure.package.difference import KEY_JOINT
from disclosure.package.ledger import ledger

TABLE = "projects"


class NotAGround(DisclosureError):
    """The grounds for withholding are a closed list."""


class AlreadyPublic(DisclosureError):
    """The goal or indicators of this project are published; they cannot be made unpublished by a ground."""


class NotWithheld(DisclosureError):
    """Only what is recorded as withheld can be lifted."""


def withheld(package: Package, row: Row, decision: Mapping[str, str]) -> bytes:
    """The table's file with a decision in that row, by column. Raises NotAGround, AlreadyPublic."""
    table = package.tables[TABLE]
    grounds = table.columns["withhold_ground"].labels
    if decision["withhold_ground"] not in grounds:
        known = "; ".join(f"{name} {label}" for name, label in grounds.items())
        raise NotAGround(f"{decision['withhold_ground']}: {known}")
    if row.text("goal") or row.text("actual_result") or row.project in package.indicators:
        raise AlreadyPublic(" ".join(row.project))
    return _put(package, row, {**decision, "disclosure_state": "withheld"})


def lifted(package: Package, row: Row) -> bytes:
    """The table's file without the decision in that row: a name remains, until its form comes in.

    Raises NotWithheld.
    """
    if not row.text("withhold_ground"):
        raise NotWithheld(" ".join(row.project))
    return _put(package, row, {**dict.fromkeys(DECISION, ""), "disclosure_state": "name"})


def _put(package: Package, row: Row, cells: Mapping[str, str]) -> bytes:
    table = package.tables[TABLE]
    lines = ledger(table, package.files[table.path])
    lines.put({**lines.rows[row.project], **cells})
    return lines.data()


def reasons(package: Package, row: Row, decision: Mapping[str, str]) -> Why:
    """Why each cell of a decision becomes another, for whoever corrects it.

    Without a ground the decision is that nothing is withheld any more.
    """
    table = package.tables[TABLE]
    ground, by, on, _ = (decision[column] for column in DECISION)
    label = table.columns["withhold_ground"].labels.get(ground, "")
    reason = f"依法不予公开：{label}；{by} {on} 决定" if ground else f"不再不予公开：{by} {on} 决定"
    columns = (*DECISION, "disclosure_state")
    return {(TABLE, KEY_JOINT.join(table.key_of(row)), column): reason for column in columns}
