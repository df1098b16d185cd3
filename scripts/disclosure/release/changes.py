"""The difference between two versions as text for a terminal and as JSON; pages show it in website."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from itertools import accumulate, takewhile
from typing import TypeVar

from disclosure.package.alteration import Change
from disclosure.package.difference import Difference
from disclosure.package.reader import visible
from disclosure.package.shipped import phrases

LONGEST = 120  # characters of a side in a line
_BEFORE = 20  # of them, those before the first that differs
ROOM = 24_000  # characters of what is written out of a kind: a page of several stays below 300 kB
Record = TypeVar("Record")


words_in = partial(phrases, "release", "changes")


def grouped(difference: Difference) -> Iterator[tuple[str, tuple[Change, ...], int]]:
    """Each kind of change that there is, the first changes, and how many more there are; JSON holds all."""
    for kind in words_in("en"):
        found = tuple(change for change in difference.changes if change.kind == kind)
        if found:
            yield kind, shown(found), len(found) - len(shown(found))


def shown(records: tuple[Record, ...]) -> tuple[Record, ...]:
    """As many of the first as ROOM allows, and one in any case."""
    ends = accumulate(len(repr(record)) for record in records)
    return records[: max(1, sum(1 for _ in takewhile(ROOM.__ge__, ends)))]


def as_text(difference: Difference, language: str) -> str:
    """Everything that differs, kind by kind, and which part of the version must move."""
    return "\n".join(_lines(difference, language))


def _lines(difference: Difference, language: str) -> Iterator[str]:
    words = words_in(language)
    yield f"{difference.old} -> {difference.new}"
    for kind, changes, others in grouped(difference):
        yield f"{words[kind]} ({len(changes) + others})"
        yield from (f"  {line(change)}" for change in changes)
        if others:
            yield f"  {words['others'].format(others)}"
    yield verdict(difference, language)


def verdict(difference: Difference, language: str) -> str:
    """Which part of the version must move, and whether it has."""
    words = words_in(language)
    if not difference.part:
        return words["none"]
    moved = words["moves"].format(words[difference.part], difference.needed)
    return moved + words["enough" if difference.is_enough else "not-enough"].format(difference.new)


def line(change: Change) -> str:
    """One change: where, and before and after where there are two sides."""
    where = " / ".join(part for part in (change.resource, change.row, change.column) if part)
    if not (change.old or change.new):
        return where
    return f"{where}: {' -> '.join(sides((change.old, change.new), LONGEST))}"


def sides(texts: Sequence[str], longest: int) -> list[str]:
    """Texts before and after, cut; where they begin alike for long, from shortly before they part."""
    clean = [visible(text) for text in texts]
    is_cut = len(clean) > 1 and max(map(len, clean)) > longest
    same = takewhile(lambda pair: pair[0] == pair[1], zip(*clean, strict=False)) if is_cut else ()
    alike = sum(1 for _ in same)
    start = alike - _BEFORE if alike > longest - _BEFORE else 0
    end = start + longest
    return [f"{'…' if start else ''}{text[start:end]}{'…' if len(text) > end else ''}" for text in clean]


def as_json(difference: Difference) -> str:
    """Everything that differs as one JSON object."""
    told = {name: getattr(difference, name) for name in ("old", "new", "part", "needed", "is_enough")}
    value = {**told, "changes": [asdict(change) for change in difference.changes]}
    return json.dumps(value, ensure_ascii=False, indent=2)
