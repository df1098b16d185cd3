"""What differs between two versions of a package, and which part of the version that moves.

Both are given as files by path, so that a version can be compared whose tables the present reader would no
longer accept. Cells are compared as written; numbers by value.
"""

import csv
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import chain
from typing import Any

from disclosure.model import DisclosureError
from disclosure.package import alteration, version
from disclosure.package.alteration import Change
from disclosure.package.cells import MISSING
from disclosure.package.descriptor import DESCRIPTOR
from disclosure.package.strict_json import Refused, parsed

KEY_JOINT = "/"
Files = Mapping[str, bytes]


_SHAPELESS = (KeyError, TypeError, AttributeError, ValueError)  # what a package that nobody checked may be


class NotComparable(DisclosureError):
    """One of the two packages cannot be read; `disclosure check` says why."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions, every change between them, and the day that the old one bears, as 2026-12-01."""

    old: str
    new: str
    changes: tuple[Change, ...]
    old_day: str = ""

    @property
    def part(self) -> str:
        """The part of the version that must move: major, minor, patch, or empty where nothing differs."""
        return max((change.part for change in self.changes), key=version.PARTS.index, default="")

    @property
    def needed(self) -> str:
        """The least version that the new one may bear."""
        return version.needed(self.old, self.part)

    @property
    def is_enough(self) -> bool:
        """Whether the version has moved as far as it must."""
        return version.reaches(self.new, self.needed)


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource as its descriptor and schema describe it, and its file."""

    spec: Mapping[str, Any]
    schema: Mapping[str, Any]
    data: bytes

    @property
    def lines(self) -> list[str]:
        """The lines of its file, the head first."""
        return self.data.decode("utf-8", "replace").splitlines(keepends=True)

    def rows(self, but: Container[str] = ()) -> dict[str, dict[str, str]]:
        """The rows by key, cells as they are written, without those on some lines. Raises NotComparable."""
        lines, names = self.lines, alteration.key(self.schema)
        found = csv.DictReader([*lines[:1], *(line for line in lines[1:] if line not in but)])
        try:
            return {KEY_JOINT.join(str(row.get(name)) for name in names): row for row in found}
        except csv.Error as error:
            raise NotComparable(str(error)) from error


def difference(old: Files, new: Files) -> Difference:
    """Every change between two packages, in the order of the new one's resources. Raises NotComparable."""
    before, after = _json(old, DESCRIPTOR), _json(new, DESCRIPTOR)
    try:
        changes = [*alteration.said("descriptor", "", before, after), *_resources(old, new)]
    except _SHAPELESS as error:
        raise NotComparable(str(error)) from error
    old_version, new_version, day = map(
        str, (before.get("version", ""), after.get("version", ""), before.get("created", ""))
    )
    made = Difference(old_version, new_version, tuple(changes), day[:10])
    if version.parsed(made.old) is None:
        raise NotComparable(f"version {made.old}")
    return made


def _resources(old: Files, new: Files) -> Iterator[Change]:
    before, after = (resources(files) for files in (old, new))
    referenced = {name for item in before.values() for name in alteration.referenced(item.schema)}
    for name in (*after, *(name for name in before if name not in after)):
        if name not in before:
            yield Change("minor", "resource-added", name, new=str(len(after[name].rows())))
        elif name not in after:
            yield Change("major", "resource-removed", name, old=str(len(before[name].rows())))
        else:
            yield from alteration.said("resource", name, before[name].spec, after[name].spec)
            yield from alteration.schema(name, before[name].schema, after[name].schema)
            yield from _rows(name, before[name], after[name], name in referenced)


def _rows(name: str, old: Resource, new: Resource, is_referenced: bool) -> Iterator[Change]:
    shared = [field for field in alteration.fields(old.schema) if field in alteration.fields(new.schema)]
    numbers = alteration.numbers(old.schema) & alteration.numbers(new.schema)
    same = _lines_of_both(old, new)
    old_rows, new_rows = old.rows(same), new.rows(same)
    for key, row in new_rows.items():
        if key not in old_rows:
            yield Change("minor", "row-added", name, key)
        elif row != old_rows[key]:
            for field in shared:
                before, after = old_rows[key].get(field) or "", row.get(field) or ""
                if before != after and not (field in numbers and _equal(before, after)):
                    filled = before in MISSING and after not in MISSING
                    part, kind = ("minor", "cell-filled") if filled else ("patch", "cell-changed")
                    yield Change(part, kind, name, key, field, before, after)
    # Rows that others lead to are part of what those mean; the recipe calls taking them away incompatible.
    part, field = "major" if is_referenced else "patch", alteration.face(old.schema)
    for key, row in old_rows.items():
        if key not in new_rows:
            yield Change(part, "row-removed", name, key, field, row.get(field) or "")


def _lines_of_both(old: Resource, new: Resource) -> frozenset[str]:
    """Lines that are the same row in both: most are, and need no reading. None where lines may be no rows."""
    one, other = old.lines, new.lines
    if one[:1] != other[:1] or alteration.key(old.schema) != alteration.key(new.schema):
        return frozenset()
    is_row = all(line.count('"') % 2 == 0 for line in chain(one, other))
    return frozenset(one).intersection(other) if is_row else frozenset()


def _equal(one: str, other: str) -> bool:
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False


def resources(files: Files, *names: str) -> dict[str, Resource]:
    """Resources of a package by name, all unless some are named; cells as they are written."""
    try:
        listed = _json(files, DESCRIPTOR)["resources"]
        found = {alteration.named(spec): spec for spec in listed}
        return {name: _resource(spec, files) for name, spec in found.items() if not names or name in names}
    except _SHAPELESS as error:
        raise NotComparable(str(error)) from error


def _resource(spec: Mapping[str, Any], files: Files) -> Resource:
    schema = spec["schema"] if isinstance(spec["schema"], Mapping) else _json(files, spec["schema"])
    return Resource(spec, schema, files[spec["path"]])


def _json(files: Files, path: str) -> dict[str, Any]:
    try:
        return parsed(files[path])
    except (KeyError, Refused) as error:
        raise NotComparable(path) from error
