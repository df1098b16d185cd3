"""Every node of a descriptor and its schemas replaced by what it is not: never a traceback."""

import copy
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from disclosure.model import Problem
from disclosure.package.computed import computed
from disclosure.package.figures import stated
from disclosure.quality import checks
from disclosure.quality.formats import as_json
from disclosure.quality.messages import text
from disclosure.quality.report import blocking, results
from disclosure.release.downloads import downloads

NUMBER = 3_000 if os.environ.get("DISCLOSURE_PROFILE") == "full" else 120
GONE = object()
INSTEAD: tuple[Any, ...] = (
    GONE, None, "text", "{{ x }}", "", [], {}, [[]], [None], [{}], {"a": 1}, 10**30, -1, 0, 1.5, True, "NA",
)  # fmt: skip
FILES = ("datapackage.json", "schemas/staff.json", "schemas/projects.json", "schemas/citations.json")
Path_ = tuple[str | int, ...]


def nodes(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, child in value.items():
            yield from nodes(child, (*path, key))
    elif isinstance(value, list):
        for number, child in enumerate(value):
            yield from nodes(child, (*path, number))


def changed(value: Any, path: Path_, instead: Any) -> Any:
    made = copy.deepcopy(value)
    node = made
    for part in path[:-1]:
        node = node[part]
    if instead is GONE:
        del node[path[-1]]
    else:
        node[path[-1]] = instead
    return made


def rendered(root: Path) -> list[Problem]:
    """Check the package and, where nothing forbids it, make what is published of it."""
    package, problems = checks.check(root)
    text(problems, "zh")
    as_json(problems)
    if not blocking(problems):
        results(package, problems)
        for year in package.years:
            computed(package, year)
        for table in package.tables.values():
            list(stated(package, table))
        downloads(package)
    return problems


@pytest.mark.parametrize("file", FILES)
def test_no_shape_of_a_node_makes_the_check_crash(good: Path, file: str) -> None:
    value = json.loads((good / file).read_bytes())
    drawn = random.Random(file)
    faults = [(path, instead) for path in nodes(value) for instead in INSTEAD]
    drawn.shuffle(faults)
    for path, instead in faults[: NUMBER // len(FILES)]:
        (good / file).write_text(json.dumps(changed(value, path, instead)), encoding="utf-8")
        try:
            rendered(good)
        except Exception as error:
            raise AssertionError(f"{file} {path} {instead!r}") from error


NAMES = (
    "format", "example", "rdfType", "trueValues", "arrayItem", "stringLength", "uniqueKeys", "profile",
    "$schema", "hash", "licenses", "sources", "image", "id", "created", "homepage", "extra", "stats",
)  # fmt: skip
VALUES: tuple[Any, ...] = (None, "text", [], {}, [None], 10**30, True)
EXTRA = [(name, value) for name in NAMES for value in VALUES]


@pytest.mark.parametrize(
    ("file", "path"),
    [
        ("datapackage.json", ()),
        ("datapackage.json", ("resources", 4)),
        ("schemas/staff.json", ()),
        ("schemas/staff.json", ("fields", 4)),
    ],
)
def test_no_property_more_makes_the_check_crash(good: Path, file: str, path: Path_) -> None:
    value = json.loads((good / file).read_bytes())
    drawn = random.Random(file)
    for name, value_of in drawn.sample(EXTRA, min(len(EXTRA), NUMBER // 8)):
        (good / file).write_text(json.dumps(changed(value, (*path, name), value_of)), encoding="utf-8")
        try:
            rendered(good)
        except Exception as error:
            raise AssertionError(f"{file} {path} {name}={value_of!r}") from error
