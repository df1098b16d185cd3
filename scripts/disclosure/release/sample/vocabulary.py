"""The words that a sample is made of, as CSV tables beside the code; all of it is invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from disclosure.package.shipped import shipped

DEPARTMENT = "虚构市样例区云桥街道办事处"
YEAR = 2024


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that can be counted, its unit, and the range that its target is drawn from."""

    name: str
    unit: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of project: the overall goal it serves, what is counted, what it is good for."""

    name: str
    objective: str
    measures: tuple[Measure, Measure]
    benefit: str
    goal: str


@dataclass(frozen=True, slots=True)
class Template:
    """An indicator that many works have."""

    level_2: str
    name: str
    direction: str
    unit: str
    low: int
    high: int


@cache
def works() -> tuple[Work, ...]:
    """Kinds of projects."""
    return tuple(
        Work(
            line["work"], line["objective"],
            (
                _measure(line, "quantity", "unit", "low", "high"),
                _measure(line, "second", "second_unit", "second_low", "second_high"),
            ),
            line["benefit"], line["goal"],
        )
        for line in table("works")
    )  # fmt: skip


def _measure(line: dict[str, str], name: str, unit: str, low: str, high: str) -> Measure:
    return Measure(line[name], line[unit], int(line[low]), int(line[high]))


@cache
def templates() -> Mapping[str, tuple[Template, ...]]:
    """Indicators by kind: quality, timeliness, economic and so on."""
    found: dict[str, tuple[Template, ...]] = {}
    for line in table("indicators"):
        low, high = int(line["low"]), int(line["high"])
        made = Template(line["level_2"], line["name"], line["direction"], line["unit"], low, high)
        found[line["kind"]] = (*found.get(line["kind"], ()), made)
    return found


@cache
def words(kind: str) -> tuple[str, ...]:
    """A list of words or phrases: place, clause, missed and so on."""
    return next(tuple(line["words"].split("|")) for line in table("words") if line["kind"] == kind)


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """A table beside the code, as it is written."""
    return tuple(shipped("release.sample", name))
