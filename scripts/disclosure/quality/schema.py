"""The outer layers of the schema check: the official profile, frictionless, and the seals of the files.

Our reader is the third layer and has already spoken. The layers must agree, so frictionless is asked only
for what the reader let pass; it never sees a package whose paths the reader refused.
"""

import json
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from disclosure.model import Package, Problem
from disclosure.package.descriptor import DESCRIPTOR
from disclosure.package.releases import entry
from disclosure.package.schemes import schemes
from disclosure.quality.rules import RULES_FILE, rules_bytes
from disclosure.quality.scan.settings import BadSettings, settings_of
from disclosure.quality.settings import own, readable

# Faults of a file that say the same as one of the reader's or of ours, whatever the row.
_SAID_ELSEWHERE = frozenset({"hash-count", "byte-count", "foreign-key", "primary-key", "unique-error"})


def official_profile(package: Package) -> Iterator[Problem]:
    """The descriptor, with its schemas put in place, conforms to the official Data Package 2.0 profile."""
    from jsonschema_rs import Draft7Validator  # noqa: PLC0415  nothing that `--help` should pay

    profile = json.loads((files("dplib") / "profiles" / "2.0" / "datapackage.json").read_bytes())
    for error in Draft7Validator(profile).iter_errors(inlined(package)):
        where = ".".join(str(part) for part in error.instance_path)
        yield Problem(
            DESCRIPTOR, 0, where, "official-profile", error.message[:200], str(error.schema_path[-1])
        )


def inlined(package: Package) -> dict[str, Any]:
    """The descriptor with every schema it points to in its place."""
    resources = []
    for resource in package.descriptor["resources"]:  # type: ignore[attr-defined]
        schema = resource.get("schema")
        known = isinstance(schema, str) and schema in package.files
        resources.append({**resource, "schema": json.loads(package.files[schema])} if known else {**resource})
    return {**package.descriptor, "resources": resources}


def file_as_sealed(package: Package) -> Iterator[Problem]:
    """Each resource has the size and the sha256 that the descriptor records."""
    for resource in package.descriptor["resources"]:  # type: ignore[attr-defined]
        data = package.files.get(resource.get("path", ""))
        if data is None:
            continue
        for name, found in entry(resource["path"], data).items():
            if resource.get(name) != found:
                told = str(found), str(resource.get(name))
                yield Problem(resource["path"], 0, name, "file-as-sealed", *told)


def rules_table_current(package: Package) -> Iterator[Problem]:
    """The rules that the package publishes are the rules it was checked by."""
    if package.files.get(RULES_FILE) != rules_bytes():
        yield Problem(RULES_FILE, 0, "", "rules-table-current", "", "disclosure seal")


def settings_known(package: Package) -> Iterator[Problem]:
    """What the package sets for itself are settings that exist, with values that can be used."""
    for name, value in own(package).items():
        if name == "scan":
            yield from _scan_settings(package)
            continue
        named = name.startswith("scheme") and str(value) not in schemes(package)
        if named or not readable(name, value):
            yield Problem(DESCRIPTOR, 0, f"settings.{name}", "settings-known", str(value)[:80], "")


def _scan_settings(package: Package) -> Iterator[Problem]:
    try:
        settings_of(package.descriptor)
    except BadSettings as error:
        yield Problem(DESCRIPTOR, 0, str(error), "settings-known", "", "")


def frictionless_valid(root: Path, package: Package, known: Sequence[Problem]) -> Iterator[Problem]:
    """frictionless accepts what our reader accepted; references, keys and seals are ours to judge."""
    from frictionless import Package as Frictionless  # noqa: PLC0415
    from frictionless import system  # noqa: PLC0415

    said = {(problem.file, problem.row) for problem in known}
    try:
        with system.use_context(trusted=False):
            report = Frictionless.from_descriptor(_plain(package), basepath=str(root)).validate()
    except Exception as raised:  # it refuses some shapes by falling over them
        yield Problem(DESCRIPTOR, 0, "", "frictionless-valid", str(raised)[:200], type(raised).__name__)
        return
    for error in report.errors:
        yield Problem(DESCRIPTOR, 0, "", "frictionless-valid", error.note[:200], error.type)
    for task in report.tasks:
        for error in task.errors:
            row = getattr(error, "row_number", None) or 0
            if error.type not in _SAID_ELSEWHERE and (task.place, row) not in said:
                column = getattr(error, "field_name", None) or ""
                yield Problem(task.place, row, column, "frictionless-valid", error.note[:200], error.type)


def _plain(package: Package) -> dict[str, Any]:
    """The descriptor without what frictionless would open each table again for."""
    descriptor = inlined(package)
    for resource in descriptor["resources"]:
        resource.pop("hash", None)
        resource.pop("bytes", None)
        resource["schema"] = {key: value for key, value in resource["schema"].items() if key != "foreignKeys"}
    return descriptor
