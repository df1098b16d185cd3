"""After a release: which changed cells are corrections, and the files that tell them and move the version.

A published value that reads otherwise now, or is gone, is corrected: one row a cell, from the value of the
last release to that of today. A cell that was missing and is filled adds to the record and corrects nothing.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

from disclosure.model import DisclosureError, Package
from disclosure.package.alteration import Change
from disclosure.package.cells import MISSING
from disclosure.package.descriptor import DESCRIPTOR
from disclosure.package.difference import KEY_JOINT, Difference, difference
from disclosure.package.ledger import Cells, Ledger, ledger
from disclosure.package.releases import members
from disclosure.package.shipped import json_of

TABLE = "corrections"
OF_THE_SOFTWARE = ("rules", "labels")  # what is checked and read by: a word more corrects no figure
CORRECTED = ("resource", "row_key", "field", "old_value", "new_value")
Cell = tuple[str, str, str]  # table, row as versions name it, column
Why = Mapping[Cell, str]  # the reason for which each cell was changed


class BeforeRelease(DisclosureError):
    """What has changed since a release is dated that day or later; name another day with --on."""


@dataclass(frozen=True, slots=True)
class Told:
    """The files of a change and, after a release, those that tell it; the version, the new rows."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    version: str = ""
    rows: tuple[Cells, ...] = ()


def since_release(package: Package, changed: Mapping[str, bytes]) -> Difference | None:
    """What differs from the last release once these files are others; None where nothing was released yet.

    Raises NotComparable.
    """
    if not package.releases:
        return None
    last = list(package.releases.values())[-1]
    return difference(members(last), {**package.files, **changed})


def corrections(found: Difference) -> Iterator[Change]:
    """The changes that corrections have to tell; a row that is gone is the cell that names it."""
    for change in found.changes:
        if change.kind in ("cell-changed", "row-removed") and change.resource not in OF_THE_SOFTWARE:
            yield change


def cell(change: Change) -> tuple[str, ...]:
    """A changed cell as corrections write it: what is missing is an empty cell there, whatever its label."""
    values = ("" if value in MISSING else value for value in (change.old, change.new))
    return (change.resource, change.row, change.column, *values)


def fresh(found: Difference) -> frozenset[str]:
    """The ids of corrections that the last release did not have."""
    return frozenset(item.row for item in found.changes if (item.resource, item.kind) == (TABLE, "row-added"))


def told_of(package: Package, changed: Mapping[str, bytes], why: Why, on: date) -> Told:
    """A change of a package, told where one was released and something changes.

    Only cells that `why` names are told: what somebody else has changed and not told is not ours to explain.
    Raises NotComparable, BeforeRelease.
    """
    is_same = all(package.files.get(path) == content for path, content in changed.items())
    if is_same or (found := since_release(package, changed)) is None:
        return Told(changed)
    table, ids = package.tables[TABLE], fresh(found)
    book = ledger(table, package.files[table.path])
    written = {_place(row): row for key, row in book.rows.items() if key[0] in ids}
    wrong = {(item.resource, item.row, item.column): cell(item) for item in corrections(found)}
    rows = []
    for place, reason in why.items():
        old, new = written.get(place), wrong.get(place)
        if old and (new is None or old["new_value"] != new[-1]):
            book.drop(book.key_of(old))  # undone before it was released, or told anew
        if new and (old is None or old["new_value"] != new[-1]):
            rows.append(_row(book, found.old, new, reason, on))
            book.put(rows[-1])
    more = (Change("minor", "row-added", TABLE, row["correction_id"]) for row in rows)
    found = replace(found, changes=(*found.changes, *more))
    descriptor = moved(package.files[DESCRIPTOR], found, on)
    version = str(json.loads(descriptor)["version"])
    files = {**changed, table.path: book.data(), DESCRIPTOR: descriptor}
    return Told(files, version, tuple(rows))


def moved(descriptor: bytes, found: Difference, on: date) -> bytes:
    """The descriptor, dated, with the least version that the changes demand, or its own if that is enough.

    Raises BeforeRelease.
    """
    if str(on) < found.old_day:
        raise BeforeRelease(f"{on} < {found.old_day}")
    value = json.loads(descriptor)
    value |= {"version": found.new if found.is_enough else found.needed, "created": f"{on}T00:00:00Z"}
    return json_of(value)


def _place(row: Cells) -> Cell:
    return row["resource"], row["row_key"], row["field"]


def _row(book: Ledger, release: str, told: tuple[str, ...], reason: str, on: date) -> Cells:
    """A row of corrections; its id follows from the release and the cell, and is no number of a bank card."""
    name = sha256(KEY_JOINT.join((release, *told[:3])).encode()).hexdigest()[:16]
    said = dict(zip(CORRECTED, told, strict=True))
    return dict.fromkeys(book.columns, "") | said | {
        "correction_id": f"c{name}", "reason": reason, "corrected_on": str(on)
    }  # fmt: skip
