"""Versions: what was published stays as it was, and what is changed since moves the version and is told."""

from collections.abc import Iterator

from disclosure.model import Package, Problem
from disclosure.package import corrected
from disclosure.package.alteration import Change
from disclosure.package.descriptor import DESCRIPTOR
from disclosure.package.difference import Difference, NotComparable


def since_release(package: Package) -> Iterator[Problem]:
    """Since the last release the version has moved as far as it must, and each changed cell is told."""
    try:
        found = None if package.unread else corrected.since_release(package, {})
    except NotComparable as error:
        yield Problem(DESCRIPTOR, 0, "version", "release-as-recorded", "", str(error))
        return
    if found is None:
        return
    if not found.is_enough:
        yield Problem(DESCRIPTOR, 0, "version", "version-moved", found.new, f">= {found.needed}")
    yield from _untold(package, found)


def _untold(package: Package, found: Difference) -> Iterator[Problem]:
    """Published cells that were changed, and rows that were taken out, of which corrections say nothing."""
    added = corrected.fresh(found)
    rows = (row for row in package.rows(corrected.TABLE) if row.text("correction_id") in added)
    told = {tuple(row.text(name) for name in corrected.CORRECTED) for row in rows}
    for change in corrected.corrections(found):
        path, line = _place(package, change)
        if corrected.cell(change) in told:
            continue
        if change.kind == "cell-changed":
            yield Problem(path, line, change.column, "correction-recorded", change.new, change.old)
        else:  # a row that was taken out has no line to be found by
            where = f"{change.row}: {change.old}"
            yield Problem(path, line, change.column, "correction-recorded", "", where)


def _place(package: Package, change: Change) -> tuple[str, int]:
    table = package.tables.get(change.resource)
    row = table.index.get(tuple(change.row.split("/"))) if table else None
    return (table.path if table else DESCRIPTOR), (row.line if row else 0)
