"""What a resource and its schema must look like before anything is made of them."""

import re
from collections.abc import Mapping
from typing import Any

from disclosure.package.cells import MISSING, SHAPES
from disclosure.package.limits import instead

MAX_FIELDS = 200
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,30}")  # the name of a worksheet holds 31 characters
_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
# Properties that would have other software read another file, or the same one in another way.
_ELSEWHERE = frozenset((
    "data", "dialect", "stats", "scheme", "compression", "innerpath", "extrapaths", "control", "layout",
    "multipart", "basepath", "detector", "profile", "jsonSchema", "dereference",
))  # fmt: skip
_FIXED = {"type": ("table",), "format": ("csv",), "mediatype": ("text/csv",), "encoding": ("utf-8", "UTF-8")}
_TEXTS = ("title", "title_en", "description", "description_en")


class Malformed(Exception):
    """A node of the descriptor or of a schema is not what it must be; it says where."""

    def __init__(self, where: str, found: object, expected: str) -> None:
        super().__init__(where)
        self.where, self.expected = where, expected
        self.found = found if isinstance(found, str) else f"{type(found).__name__}: {str(found)[:60]}"


def _ask(holds: bool, where: str, found: object, expected: str) -> None:
    if not holds:
        raise Malformed(where, found, expected)


def mapping(value: object, where: str) -> Mapping[str, Any]:
    """The value, which must be a JSON object."""
    if not isinstance(value, dict):
        raise Malformed(where, value, "{...}")
    return value


def _items(value: object, where: str, least: int = 0) -> list[Any]:
    if not isinstance(value, list) or not least <= len(value) <= MAX_FIELDS:
        raise Malformed(where, value, f"[...] of {least} to {MAX_FIELDS}")
    return value


def _names(value: object, where: str, known: frozenset[str]) -> tuple[str, ...]:
    found = [value] if isinstance(value, str) else _items(value, where, 1)
    _ask(all(isinstance(name, str) and name in known for name in found), where, str(found), "column names")
    _ask(len(set(found)) == len(found), where, str(found), "each column once")
    return tuple(found)


def _texts(spec: Mapping[str, Any], where: str, names: tuple[str, ...] = _TEXTS) -> None:
    for name in names:
        _ask(isinstance(spec.get(name, ""), str), f"{where}.{name}", spec.get(name), "text")


def resource(spec: Mapping[str, Any], where: str) -> None:
    """A resource: a name that can be a file's, a CSV of ours, read in one way only."""
    name = spec.get("name")
    _ask(isinstance(name, str) and bool(_NAME.fullmatch(name)), f"{where}.name", name, _NAME.pattern)
    path = spec.get("path")
    _ask(isinstance(path, str), f"{where}.path", path, "data/name.csv")
    _ask("schema" in spec, f"{where}.schema", "", f"schemas/{name}.json")
    _texts(spec, where, (*_TEXTS, "hash", "$schema"))
    for key in _ELSEWHERE & spec.keys():
        raise Malformed(f"{where}.{key}", spec[key], "not used")
    for key, allowed in _FIXED.items():
        _ask(spec.get(key, allowed[0]) in allowed, f"{where}.{key}", spec.get(key), allowed[0])


def schema(spec: Mapping[str, Any]) -> None:
    """A schema: columns of known types, labelled codes for what is missing, keys among its own columns."""
    fields = _items(spec.get("fields"), "fields", 1)
    types: dict[str, object] = {}
    for number, item in enumerate(fields):
        name = mapping(item, f"fields.{number}").get("name")
        if not isinstance(name, str) or not _FIELD_NAME.fullmatch(name) or name in types:
            raise Malformed(f"fields.{number}.name", name, f"{_FIELD_NAME.pattern}, once")
        types[name] = item.get("type")
    _texts(spec, "schema", ("$schema",))
    _ask("fieldsMatch" not in spec, "fieldsMatch", spec.get("fieldsMatch"), "not used")
    _missing(spec.get("missingValues"), "missingValues")
    for item in fields:
        _field(item, f"fields.{item['name']}", types)
    known = frozenset(types)
    _names(spec.get("primaryKey"), "primaryKey", known)
    _ask("uniqueKeys" not in spec, "uniqueKeys", spec.get("uniqueKeys"), "not used")
    for kind in ("foreignKeys", "optionalForeignKeys"):
        for number, item in enumerate(_items(spec.get(kind, []), kind)):
            _reference(mapping(item, f"{kind}.{number}"), f"{kind}.{number}", known)


def _missing(value: object, where: str) -> None:
    codes = [mapping(item, where) for item in _items(value, where, 1)]
    for item in codes:
        _ask(isinstance(item.get("value"), str), where, item.get("value"), '"" and "NA", each once')
        _ask(isinstance(item.get("label"), str), where, item.get("label"), "a label")
    found = sorted(item["value"] for item in codes)
    _ask(found == sorted(MISSING), where, str(found), '"" and "NA", each once')


def _field(spec: Mapping[str, Any], where: str, types: Mapping[str, object]) -> None:
    kind = spec.get("type")
    if not isinstance(kind, str) or kind not in SHAPES:
        raise Malformed(f"{where}.type", kind, " | ".join(SHAPES))
    _texts(spec, where, (*_TEXTS, "unit", "format", "$schema"))
    for key in ("groupChar", "decimalChar", "bareNumber"):
        _ask(key not in spec, f"{where}.{key}", spec.get(key), "not used")
    for key in ("asWritten", "unitInHead"):
        _ask(isinstance(spec.get(key, False), bool), f"{where}.{key}", spec.get(key), "true")
    for key in ("unitField", "citedBy"):
        column = spec.get(key)
        good = isinstance(column, str) and types.get(column) == "string"
        _ask(key not in spec or good, f"{where}.{key}", column, "a text column of the same table")
    if "missingValues" in spec:
        _missing(spec["missingValues"], f"{where}.missingValues")
    limits = mapping(spec.get("constraints", {}), f"{where}.constraints")
    for key, demand in limits.items():
        expected = instead(key, demand, kind)
        _ask(not expected, f"{where}.constraints.{key}", demand, expected)
    _categories(spec, limits, f"{where}.categories")


def _categories(spec: Mapping[str, Any], limits: Mapping[str, Any], where: str) -> None:
    if "categories" not in spec:
        return
    found = [mapping(item, where) for item in _items(spec["categories"], where, 1)]
    values = [value for item in found if isinstance(value := item.get("value"), str)]
    _ask(len(values) == len(found), where, found, "texts")
    _ask(all(isinstance(item.get("label", ""), str) for item in found), where, "label", "text")
    same = len(set(values)) == len(values) and sorted(values) == sorted(map(str, limits.get("enum", ())))
    _ask(same, where, " | ".join(values), "the values of constraints.enum, each once")


def _reference(spec: Mapping[str, Any], where: str, known: frozenset[str]) -> None:
    names = _names(spec.get("fields"), f"{where}.fields", known)
    target = mapping(spec.get("reference"), f"{where}.reference")
    _ask(isinstance(target.get("resource", ""), str), f"{where}.reference", target.get("resource"), "a name")
    aims = target.get("fields")
    aims = [aims] if isinstance(aims, str) else _items(aims, f"{where}.reference.fields", 1)
    good = all(isinstance(name, str) for name in aims) and len(aims) == len(names)
    _ask(good, f"{where}.reference.fields", str(aims), f"{len(names)} column names")
