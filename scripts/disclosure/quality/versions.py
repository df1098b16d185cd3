"""Versions: what was published stays as it was, and what is changed since moves the version and is told."""

from collections.abc import Iterator

from disclosure.model import Missing, Package, Problem
from disclosure.package.alteration import Change
from disclosure.package.descriptor import DESCRIPTOR
from disclosure.package.difference import Difference, NotComparable, difference
from disclosure.package.releases import members

_OF_THE_SOFTWARE = "rules"  # the one table whose words are not the publisher's to correct
_CORRECTED = ("resource", "row_key", "field", "old_value", "new_value")
_MISSING = frozenset(str(member.value) for member in Missing)


def since_release(package: Package) -> Iterator[Problem]:
    """Since the last release the version has moved as far as it must, and each changed cell is told."""
    if not package.releases or package.unread:
        return
    last = list(package.releases.values())[-1]
    try:
        found = difference(members(last), package.files)
    except NotComparable as error:
        yield Problem(DESCRIPTOR, 0, "version", "release-as-recorded", "", str(error))
        return
    if not found.is_enough:
        yield Problem(DESCRIPTOR, 0, "version", "version-moved", found.new, f">= {found.needed}")
    yield from _untold(package, found)


def _untold(package: Package, found: Difference) -> Iterator[Problem]:
    """Published cells that were changed, and rows that were taken out, of which corrections say nothing."""
    added = {change.row for change in found.changes if _is_new_correction(change)}
    rows = (row for row in package.rows("corrections") if row.text("correction_id") in added)
    told = {tuple(row.text(name) for name in _CORRECTED) for row in rows}
    told_rows = {cell[:2] for cell in told}
    for change in found.changes:
        if change.resource == _OF_THE_SOFTWARE:
            continue
        path, line = _place(package, change)
        if change.kind == "cell-changed" and _cell(change) not in told:
            yield Problem(path, line, change.column, "correction-recorded", change.new, change.old)
        elif change.kind == "row-removed" and (change.resource, change.row) not in told_rows:
            yield Problem(path, line, "", "correction-recorded", "", change.row)


def _is_new_correction(change: Change) -> bool:
    return change.resource == "corrections" and change.kind == "row-added"


def _cell(change: Change) -> tuple[str, ...]:
    """A changed cell as corrections write it: what is missing is an empty cell there, whatever its label."""
    values = ("" if value in _MISSING else value for value in (change.old, change.new))
    return (change.resource, change.row, change.column, *values)


def _place(package: Package, change: Change) -> tuple[str, int]:
    table = package.tables.get(change.resource)
    row = table.index.get(tuple(change.row.split("/"))) if table else None
    return (table.path if table else DESCRIPTOR), (row.line if row else 0)
