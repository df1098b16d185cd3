"""What a change of a descriptor or a schema means to whoever uses the data, by the data-package recipe.

Incompatible (major): resources, fields, keys, types, units and tighter constraints. Additions and looser
constraints (minor). Words, and corrections of data (patch).
"""

import json
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]
# Of a description: what is of a release or compared elsewhere, what is major, and what all else is.
_SAID = {
    "descriptor": ({"version", "created", "resources"}, {"name", "id"}, "patch"),
    "resource": ({"name", "schema", "bytes", "hash"}, {"path", "format", "encoding", "dialect"}, "patch"),
    "schema": ({"fields"}, {"primaryKey", "missingValues"}, "minor"),
}
_MEANING = frozenset({"type", "format", "unit", "unitField"})
_LOWER, _UPPER = frozenset({"minimum", "minLength"}), frozenset({"maximum", "maxLength"})
_NUMBERS = frozenset({"integer", "number", "year"})


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: the part of the version it moves, what it is, where, before and after."""

    part: str
    kind: str
    resource: str = ""
    row: str = ""
    column: str = ""
    old: str = ""
    new: str = ""


def said(what: str, table: str, old: Json, new: Json) -> Iterator[Change]:
    """Changes of what the package, a resource or a schema says of itself."""
    without, major, otherwise = _SAID[what]
    for name in _differing(old, new, without):
        part = "major" if name in major else otherwise
        yield Change(part, f"{what}-changed", table, "", name, _text(old.get(name)), _text(new.get(name)))


def schema(table: str, old: Json, new: Json) -> Iterator[Change]:
    """Changes of a table's schema."""
    before, after = fields(old), fields(new)
    yield from (Change("major", "field-removed", table, "", name) for name in before if name not in after)
    yield from (Change("major", "field-added", table, "", name) for name in after if name not in before)
    shared = [name for name in after if name in before]
    if shared != [name for name in before if name in after]:
        yield Change("major", "fields-reordered", table, "", "", " ".join(before), " ".join(after))
    for name in shared:
        yield from _field(table, name, before[name], after[name])
    yield from said("schema", table, old, new)


def _field(table: str, column: str, old: Json, new: Json) -> Iterator[Change]:
    for name in _differing(old, new):
        before, after = old.get(name), new.get(name)
        if name == "constraints":
            part = "minor" if _is_looser(before or {}, after or {}) else "major"
        elif name in ("categories", "missingValues"):
            part = _part_of_values(before or [], after or [])
        else:
            part = "major" if name in _MEANING else "patch"
        yield Change(
            part, "field-changed", table, "", column, *(f"{name}: {_text(side)}" for side in (before, after))
        )


def _is_looser(old: Json, new: Json) -> bool:
    return all(_admits_all(name, old, new) for name in _differing(old, new))


def _admits_all(name: str, old: Json, new: Json) -> bool:
    before, after = old.get(name), new.get(name)
    if after is None or (name in ("required", "unique") and not after):
        return True
    if before is None:
        return False
    if name in _LOWER | _UPPER and type(before) is type(after):
        return bool(after <= before if name in _LOWER else after >= before)
    return name == "enum" and all(value in after for value in before)


def _part_of_values(old: Any, new: Any) -> str:
    before, after = ([item["value"] for item in side] for side in (old, new))
    return "patch" if before == after else "minor" if all(value in after for value in before) else "major"


def fields(schema: Json) -> dict[str, Json]:
    """A schema's fields by name, in their order; raises TypeError where a name is no text."""
    return {named(field): field for field in schema["fields"]}


def named(item: Json) -> str:
    """The name of a resource or field; raises TypeError where it is no text."""
    if not isinstance(item["name"], str):
        raise TypeError(f"name {item['name']}")
    return item["name"]


def numbers(schema: Json) -> frozenset[str]:
    """The fields whose cells are numbers."""
    return frozenset(name for name, field in fields(schema).items() if field.get("type") in _NUMBERS)


def key(schema: Json) -> tuple[str, ...]:
    """The fields that tell rows apart."""
    found = schema["primaryKey"]
    return (found,) if isinstance(found, str) else tuple(found)


def face(schema: Json) -> str:
    """The field by which people know a row: its name, else the first that is not of the key."""
    names = fields(schema)
    return "name" if "name" in names else next((name for name in names if name not in key(schema)), "")


def referenced(schema: Json) -> Iterator[str]:
    """The resources that a schema's foreign keys lead to."""
    for kind in ("foreignKeys", "optionalForeignKeys"):
        yield from (item["reference"].get("resource", "") for item in schema.get(kind, ()))


def _differing(old: Json, new: Json, without: Container[str] = ()) -> list[str]:
    names = {**new, **old}
    return [name for name in names if name not in without and old.get(name) != new.get(name)]


def _text(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)
