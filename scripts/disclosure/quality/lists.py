"""What changes by place or time and is not a number: scoring schemes, trees of levels, lists of words."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

_EXECUTION = "execution"  # scored on the project's money, so no indicator bears its points


@dataclass(frozen=True, slots=True)
class Band:
    """Percent of its weight that a qualitative indicator scores where one of the words is said of it."""

    words: tuple[str, ...]
    least: Decimal
    below: Decimal | None


@dataclass(frozen=True, slots=True)
class Scheme:
    """How points are given: `weights` by level one, `bands` lowest first, `grades` highest first."""

    scheme_id: str
    weights: Mapping[str, Decimal]
    bands: tuple[Band, ...]
    grades: tuple[tuple[str, Decimal], ...]
    decimals: int

    @property
    def total(self) -> Decimal:
        """The points of all indicators together."""
        return sum(self.weights.values(), Decimal(0))

    def grade(self, points: Decimal) -> str:
        """The grade of a total; bands are half-open, the lower bound belongs to the grade."""
        return next((name for name, least in self.grades if points >= least), "")


@cache
def scheme(name: str) -> Scheme | None:
    """A scheme by id; None where there is no such scheme. Bands and grades are the default's unless given."""
    rows = [row for row in _table("schemes") if row["scheme_id"] == name]
    if not rows:
        return None
    kinds = {row["kind"] for row in rows}
    first = next(_table("schemes"))["scheme_id"]
    rows += [row for row in _table("schemes") if row["scheme_id"] == first and row["kind"] not in kinds]
    of = {kind: [row for row in rows if row["kind"] == kind] for kind in ("weight", "band", "grade")}
    return Scheme(
        scheme_id=name,
        weights={row["name"]: Decimal(row["points"]) for row in of["weight"] if row["name"] != _EXECUTION},
        bands=tuple(_bands(of["band"]))[::-1],
        grades=tuple((row["name"], Decimal(row["points"])) for row in of["grade"]),
        decimals=next(int(row["points"]) for row in rows if row["kind"] == "decimals"),
    )


def _bands(rows: list[dict[str, str]]) -> Iterator[Band]:
    below = None
    for row in rows:
        yield Band(tuple(row["name"].split("|")), Decimal(row["points"]), below)
        below = Decimal(row["points"])


@cache
def kinds(tree: str, level_1: str) -> Mapping[str, str]:
    """Level two as forms write it, without 指标, to its kind; empty where the tree has no such level one."""
    return {
        word: row["kind"]
        for row in _table("trees")
        if (row["tree"], row["level_1"]) == (tree, level_1)
        for word in row["level_2"].split("|")
    }


@cache
def words(kind: str) -> frozenset[str]:
    """A list of words: placeholder (in lower case), vague, input or measure."""
    return frozenset(next(row["words"] for row in _table("words") if row["kind"] == kind).split("|"))


@cache
def alternatives(kind: str) -> str:
    """A list of words as alternatives of a regular expression, the longest first. None needs escaping."""
    return "|".join(sorted(words(kind), key=lambda word: (-len(word), word)))


def _table(name: str) -> Iterator[dict[str, str]]:
    text = (files("disclosure.quality") / f"{name}.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())
