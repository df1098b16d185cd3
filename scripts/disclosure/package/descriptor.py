"""Read datapackage.json and its schemas strictly, within bounds, never outside the package."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from disclosure.model import DisclosureError, Field, Problem, Reference, Table
from disclosure.package import contract, head, shape
from disclosure.package.reader import shown
from disclosure.package.strict_json import MAX_JSON_BYTES, Refused, parsed

DESCRIPTOR = "datapackage.json"
MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_RESOURCES = 100
_PROPERTIES = {
    "unit": "unit", "unitField": "unit_field", "citedBy": "cited_by", "asWritten": "as_written",
    "unitInHead": "unit_in_head",
}  # fmt: skip
_SAFE_PATH = re.compile(r"(?=.{1,120}\Z)[a-z0-9_-]+(?:/[a-z0-9_-]+)*\.(?:csv|json)")


class NoPackage(DisclosureError):
    """There is no datapackage.json in that folder."""


class Unreadable(Exception):
    """A file of the package cannot be taken; it carries the problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


def read_bytes(root: Path, path: str, largest: int | None = None) -> bytes:
    """One file of the package; raises Unreadable for an unsafe path, a missing or an over-large file."""
    outside = Problem(DESCRIPTOR, 0, "path", "path-inside-package", shown(path), "data/name.csv")
    if not _SAFE_PATH.fullmatch(path):
        raise Unreadable(outside)
    file = root / path
    try:
        inside = file.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a link that leads to itself: newer Pythons say so below
        inside = True
    if not inside:
        raise Unreadable(outside)
    if not file.is_file():
        raise Unreadable(Problem(path, 0, "", "file-exists", "", path))
    size, most = file.stat().st_size, MAX_FILE_BYTES if largest is None else largest
    if size > most:
        raise Unreadable(Problem(path, 0, "", "file-size", str(size), f"<= {most}"))
    return file.read_bytes()


def read_json(root: Path, path: str, files: dict[str, bytes]) -> dict[str, Any]:
    """A JSON object of ours; raises Unreadable."""
    data = read_bytes(root, path, min(MAX_JSON_BYTES, MAX_FILE_BYTES))
    files[path] = data
    try:
        return parsed(data)
    except Refused as error:
        found, column = shown(error.found), shown(error.where)
        raise Unreadable(Problem(path, 0, column, error.rule, found, error.expected)) from error


def tables(root: Path, descriptor: Mapping[str, Any], files: dict[str, bytes]) -> Iterator[Table | Problem]:
    """The tables a descriptor names, still without rows, and what is wrong with each that cannot be had."""
    resources = descriptor.get("resources")
    if not isinstance(resources, list) or not 1 <= len(resources) <= MAX_RESOURCES:
        found = type(resources).__name__
        yield _misshapen(DESCRIPTOR, "resources", found, f"[...] of 1 to {MAX_RESOURCES}")
        return
    yield from (_misshapen(DESCRIPTOR, *fault) for fault in head.faults(descriptor))
    made: dict[str, Table] = {}
    sources: dict[str, str] = {}
    for number, resource in enumerate(resources):
        where = f"resources.{number}"
        try:
            table = _table(root, shape.mapping(resource, where), where, files, sources)
        except Unreadable as error:
            yield error.problem
        except shape.Malformed as error:
            file = DESCRIPTOR if error.where.startswith(where) else sources[resource["name"]]
            yield _misshapen(file, error.where, error.found, error.expected)
        else:
            faults = list(contract.faults(table))
            yield from (_misshapen(sources[table.name], *fault) for fault in faults)
            if not faults:
                made[table.name] = table
    named = frozenset(str(item.get("name")) for item in resources if isinstance(item, dict))
    yield from (_misshapen(DESCRIPTOR, *fault) for fault in contract.tables_missing(named))
    for table, fault in contract.dangling(made, named):
        yield _misshapen(sources[table.name], *fault)
    yield from made.values()


def _misshapen(file: str, where: str, found: str, expected: str) -> Problem:
    return Problem(file, 0, where, "descriptor-shape", shown(found), expected)


def _table(
    root: Path, spec: Mapping[str, Any], where: str, files: dict[str, bytes], sources: dict[str, str]
) -> Table:
    shape.resource(spec, where)
    name, path, schema = spec["name"], spec["path"], spec["schema"]
    if name in sources:
        raise shape.Malformed(f"{where}.name", name, "unique names")
    sources[name] = DESCRIPTOR
    if path in files or (path.endswith(".json")):
        raise shape.Malformed(f"{where}.path", path, "a CSV file of its own")
    files[path] = read_bytes(root, path)
    if isinstance(schema, str):
        if not schema.endswith(".json"):
            raise shape.Malformed(f"{where}.schema", schema, "a JSON file")
        sources[name] = schema
        schema = read_json(root, schema, files)
    shape.schema(shape.mapping(schema, f"{where}.schema"))
    return Table(
        name,
        path=path,
        fields=tuple(_field(field, schema["missingValues"]) for field in schema["fields"]),
        key=_names(schema["primaryKey"]),
        references=tuple(_references(schema)),
        **_texts(spec),
    )


def _texts(spec: Mapping[str, Any]) -> dict[str, Any]:
    """What a resource or a column is called, and what is said of it, in both languages."""
    said = {name: spec.get(name, "") for name in ("title_en", "description", "description_en")}
    return {"title": spec.get("title", spec["name"]), **said}


def _field(spec: Mapping[str, Any], missing: list[Mapping[str, str]]) -> Field:
    constraints = spec.get("constraints", {})
    return Field(
        spec["name"],
        spec["type"],
        required=constraints.get("required", False),
        constraints=constraints,
        labels={item["value"]: item.get("label", item["value"]) for item in spec.get("categories", ())},
        missing_labels={item["value"]: item["label"] for item in spec.get("missingValues", missing)},
        **_texts(spec),
        **{ours: spec[theirs] for theirs, ours in _PROPERTIES.items() if theirs in spec},
    )


def _references(schema: Mapping[str, Any]) -> Iterator[Reference]:
    for kind in ("foreignKeys", "optionalForeignKeys"):
        for spec in schema.get(kind, ()):
            aim, optional = spec["reference"], kind == "optionalForeignKeys"
            aims = _names(aim["fields"])
            yield Reference(_names(spec["fields"]), aim.get("resource", ""), aims, optional=optional)


def _names(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
