"""The difference between two versions as text for a terminal and as JSON; pages show it in website."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import accumulate, takewhile
from typing import TypeVar

from disclosure.package.alteration import Change
from disclosure.package.difference import Difference

ROOM = 24_000  # characters of what is written out of a kind: a page of several stays below 300 kB
KINDS = {
    "resource-removed": ("撤下的表", "tables removed"),
    "resource-added": ("新增的表", "tables added"),
    "resource-changed": ("表的说明有变", "descriptions of tables changed"),
    "field-removed": ("撤下的字段", "fields removed"),
    "field-added": ("新增的字段", "fields added"),
    "fields-reordered": ("字段次序有变", "fields reordered"),
    "field-changed": ("字段的定义有变", "fields changed"),
    "schema-changed": ("表的结构有变", "schemas changed"),
    "row-removed": ("撤下的行", "rows removed"),
    "row-added": ("新增的行", "rows added"),
    "cell-filled": ("补上的单元格", "cells filled"),
    "cell-changed": ("改动的单元格", "cells changed"),
    "descriptor-changed": ("数据包的说明有变", "description of the package changed"),
}
PARTS = {
    "major": ("主版本号（不兼容的改动）", "the major version (incompatible changes)"),
    "minor": ("次版本号（新增）", "the minor version (additions)"),
    "patch": ("修订号（改错、改说明）", "the patch version (corrections and words)"),
}
_NOTHING = ("没有差别", "no difference")
_MOVES = ("须递增{}：至少 {}", "must move {}: at least {}")
_VERDICT = {
    True: ("，现为 {}，够了", "; it is {}: enough"),
    False: ("，现为 {}，不够", "; it is {}: not enough"),
}
_OTHERS = ("另有 {} 处", "and {} more")
Record = TypeVar("Record")


def grouped(difference: Difference) -> Iterator[tuple[str, tuple[Change, ...], int]]:
    """Each kind of change that there is, the first changes, and how many more there are; JSON holds all."""
    for kind in KINDS:
        found = tuple(change for change in difference.changes if change.kind == kind)
        if found:
            yield kind, shown(found), len(found) - len(shown(found))


def shown(records: tuple[Record, ...]) -> tuple[Record, ...]:
    """As many of the first as ROOM allows, and one in any case."""
    ends = accumulate(len(repr(record)) for record in records)
    return records[: max(1, sum(1 for _ in takewhile(ROOM.__ge__, ends)))]


def as_text(difference: Difference, language: str) -> str:
    """Everything that differs, kind by kind, and which part of the version must move."""
    return "\n".join(_lines(difference, 0 if language == "zh" else 1))


def _lines(difference: Difference, spoken: int) -> Iterator[str]:
    yield f"{difference.old} -> {difference.new}"
    for kind, changes, others in grouped(difference):
        yield f"{KINDS[kind][spoken]} ({len(changes) + others})"
        yield from (f"  {line(change)}" for change in changes)
        if others:
            yield f"  {_OTHERS[spoken].format(others)}"
    yield verdict(difference, spoken)


def verdict(difference: Difference, spoken: int) -> str:
    """Which part of the version must move, and whether it has."""
    if not difference.part:
        return _NOTHING[spoken]
    moved = _MOVES[spoken].format(PARTS[difference.part][spoken], difference.needed)
    return moved + _VERDICT[difference.is_enough][spoken].format(difference.new)


def line(change: Change) -> str:
    """One change: where, and before and after where there are two sides."""
    where = " / ".join(part for part in (change.resource, change.row, change.column) if part)
    sides = f": {_shown(change.old)} -> {_shown(change.new)}" if change.old or change.new else ""
    return f"{where}{sides}"


def _shown(text: str) -> str:
    clean = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)
    return clean if len(clean) <= 120 else f"{clean[:120]}…"


def as_json(difference: Difference) -> str:
    """Everything that differs as one JSON object."""
    value = {
        "old": difference.old,
        "new": difference.new,
        "part": difference.part,
        "needed": difference.needed,
        "is_enough": difference.is_enough,
        "changes": [asdict(change) for change in difference.changes],
    }
    return json.dumps(value, ensure_ascii=False, indent=2)
