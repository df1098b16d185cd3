"""Read datapackage.json and its schemas strictly, within bounds, never outside the package."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from disclosure.model import DisclosureError, Field, Problem, Reference, Table

DESCRIPTOR = "datapackage.json"
MAX_FILE_BYTES = 64 * 1024 * 1024
_SAFE_PATH = re.compile(r"[a-z0-9_-]+(?:/[a-z0-9_-]+)*\.(?:csv|json)")
_TYPES = ("string", "integer", "number", "year", "date")


class NoPackage(DisclosureError):
    """There is no datapackage.json in that folder."""


class Unreadable(Exception):
    """A file of the package cannot be taken; it carries the problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


def read_bytes(root: Path, path: str) -> bytes:
    """One file of the package; raises Unreadable for an unsafe path, a missing or an over-large file."""
    if not _SAFE_PATH.fullmatch(path):
        raise Unreadable(Problem(DESCRIPTOR, 0, "path", "path-inside-package", path, "data/name.csv"))
    file = root / path
    if not file.resolve().is_relative_to(root.resolve()):
        raise Unreadable(Problem(DESCRIPTOR, 0, "path", "path-inside-package", path, "data/name.csv"))
    if not file.is_file():
        raise Unreadable(Problem(path, 0, "", "file-exists", "", path))
    if file.stat().st_size > MAX_FILE_BYTES:
        raise Unreadable(Problem(path, 0, "", "file-size", str(file.stat().st_size), f"<= {MAX_FILE_BYTES}"))
    return file.read_bytes()


def read_json(root: Path, path: str, files: dict[str, bytes]) -> dict[str, Any]:
    """A JSON object, UTF-8, without repeated keys, NaN or Infinity; raises Unreadable."""
    data = read_bytes(root, path)
    files[path] = data
    try:
        value = json.loads(
            data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=str
        )
    except UnicodeDecodeError as error:
        raise Unreadable(Problem(path, 0, "", "file-encoding", f"byte {error.start}", "UTF-8")) from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(Problem(path, 0, "", "json-grammar", str(error)[:200], "JSON")) from error
    if not isinstance(value, dict):
        raise Unreadable(Problem(path, 0, "", "json-grammar", type(value).__name__, "object"))
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        twice = next(key for key, _ in pairs if sum(key == other for other, _ in pairs) > 1)
        raise ValueError(f"key twice: {twice}")
    return made


def _no_constant(name: str) -> None:
    raise ValueError(name)


def tables(root: Path, descriptor: Mapping[str, Any], files: dict[str, bytes]) -> Iterator[Table | Problem]:
    """The tables a descriptor names, still without rows, and what is wrong with each that cannot be had."""
    resources = descriptor.get("resources")
    if not isinstance(resources, list) or not resources:
        yield Problem(DESCRIPTOR, 0, "resources", "descriptor-shape", repr(resources)[:80], "[...]")
        return
    for resource in resources:
        try:
            yield _table(root, resource, files)
        except Unreadable as error:
            yield error.problem
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            where = str(resource.get("name", "")) if isinstance(resource, dict) else ""
            found = f"{type(error).__name__}: {error}"[:200]
            yield Problem(DESCRIPTOR, 0, where, "descriptor-shape", found, "name, path, schema, fields")


def _table(root: Path, resource: Mapping[str, Any], files: dict[str, bytes]) -> Table:
    schema = resource["schema"]
    if isinstance(schema, str):
        schema = read_json(root, schema, files)
    path = resource["path"]
    files[path] = read_bytes(root, path)
    return Table(
        name=resource["name"],
        title=resource.get("title", resource["name"]),
        title_en=resource.get("title_en", ""),
        description=resource.get("description", ""),
        description_en=resource.get("description_en", ""),
        path=path,
        fields=tuple(_field(field, schema.get("missingValues", ())) for field in schema["fields"]),
        key=tuple(schema.get("primaryKey", ())),
        references=tuple(_references(schema)),
    )


def _field(spec: Mapping[str, Any], missing: list[Mapping[str, str]]) -> Field:
    if spec["type"] not in _TYPES:
        raise ValueError(f"{spec['name']}: {spec['type']}")
    constraints = spec.get("constraints", {})
    return Field(
        name=spec["name"],
        type=spec["type"],
        title=spec.get("title", spec["name"]),
        title_en=spec.get("title_en", ""),
        description=spec.get("description", ""),
        description_en=spec.get("description_en", ""),
        required=bool(constraints.get("required", False)),
        constraints=constraints,
        labels={item["value"]: item.get("label", item["value"]) for item in spec.get("categories", ())},
        missing_labels={item["value"]: item.get("label", "") for item in spec.get("missingValues", missing)},
        unit=spec.get("unit", ""),
        unit_field=spec.get("unitField", ""),
        cited_by=spec.get("citedBy", "citation_id"),
        as_written=bool(spec.get("asWritten", False)),
        unit_in_head=bool(spec.get("unitInHead", False)),
    )


def _references(schema: Mapping[str, Any]) -> Iterator[Reference]:
    for kind in ("foreignKeys", "optionalForeignKeys"):
        for spec in schema.get(kind, ()):
            target = spec["reference"]
            yield Reference(
                _names(spec["fields"]),
                target.get("resource", ""),
                _names(target["fields"]),
                optional=kind == "optionalForeignKeys",
            )


def _names(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
