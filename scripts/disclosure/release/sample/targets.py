"""The indicators of a fictional project: by tree and scheme, most of them met, some missed or exceeded."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from disclosure.release.sample.outline import CENT, Outline
from disclosure.release.sample.vocabulary import Measure, Template, Work, table, templates, words

LEAST = 6  # indicators of a project
SIGNS = {"ge": "≥", "le": "≤", "lt": "<", "gt": ">", "eq": "="}
OUTCOMES = (("met", 68), ("exact", 17), ("over", 8), ("missed", 7))
# Of a target, in thousandths; for a maximum the other way round.
SHARES = {"met": (1010, 1150), "exact": (1010, 1150), "over": (1230, 1500), "missed": (800, 970)}
_RISING = ("ge", "gt")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an indicator stands in its tree, its points, and which of its kind it is."""

    tree: str
    level_1: str
    kind: str
    again: int
    weight: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be reached."""

    level_2: str
    name: str
    direction: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Target:
    """An indicator with its target and what came of it, by the columns of its table."""

    tree: str
    level_1: str
    level_2: str
    name: str
    direction: str
    target_value: Decimal | None
    unit: str
    target_as_written: str
    actual_value: Decimal | None
    actual_as_written: str
    weight: int
    score: Decimal
    deviation_reason: str


def targets(outline: Outline, work: Work, count: int, drawn: Random) -> Iterator[Target]:
    """So many indicators of a project."""
    for place in _places(count, drawn):
        if place.kind == "good":
            yield _judged(place, work, drawn)
        elif place.kind == "cost":
            level_2 = "经济成本指标" if place.tree == "2021" else "成本指标"
            wanted = Wanted(level_2, f"{work.name}总成本", "le", outline.adjusted, "万元")
            yield _scored(place, wanted, outline.spent, drawn)
        else:
            wanted = _wanted(place, work, drawn)
            yield _scored(place, wanted, _actual(wanted, drawn), drawn)


def _places(count: int, drawn: Random) -> Iterator[Place]:
    tree = drawn.choice(tuple(dict.fromkeys(line["tree"] for line in table("trees"))))
    levels = [(line, line["kinds"].split("|")) for line in table("trees") if line["tree"] == tree]
    numbers = _numbers([len(kinds) for _, kinds in levels], count)
    for (line, kinds), number in zip(levels, numbers, strict=True):
        level_1 = line["level_1"]
        order = [kinds[0], *drawn.sample(kinds[1:], len(kinds) - 1)] if level_1 == "benefit" else kinds
        weights = _shared(int(line["points"]), number, drawn)
        for place in range(number):
            kind = order[place % len(order)]
            yield Place(tree, level_1, kind, order[:place].count(kind), weights[place])


def _numbers(most: list[int], count: int) -> list[int]:
    """How many indicators each level has: one each, then one at a time where most kinds are left."""
    found = [1] * len(most)
    found[most.index(max(most))] += 2  # quality and timeliness are expected of every project
    while sum(found) < count:
        room = [share - have for share, have in zip(most, found, strict=True)]
        found[room.index(max(room))] += 1
    return found


def _shared(points: int, number: int, drawn: Random) -> list[int]:
    """Points shared out in whole numbers, none of them nil."""
    weights = [points // number + (place < points % number) for place in range(number)]
    for place in range(number - 1):
        moved = drawn.randrange(max(1, weights[place] // 3))
        weights[place] -= moved
        weights[place + 1] += moved
    return weights


def _wanted(place: Place, work: Work, drawn: Random) -> Wanted:
    if place.kind == "quantity":
        measure: Measure = work.measures[place.again % 2]
        value = Decimal(drawn.randint(measure.low, measure.high))
        return Wanted("数量指标", f"{measure.name}数量", "ge", value, measure.unit)
    found: Template = drawn.choice(templates()[place.kind])
    value = Decimal(drawn.randint(found.low, found.high))
    return Wanted(found.level_2, f"{work.name}{found.name}", found.direction, value, found.unit)


def _actual(wanted: Wanted, drawn: Random) -> Decimal:
    """What came of a target; a percentage never beyond 100."""
    outcome = drawn.choices([name for name, _ in OUTCOMES], [share for _, share in OUTCOMES])[0]
    if wanted.direction == "eq" or (outcome == "exact" and wanted.direction in ("ge", "le")):
        return wanted.value
    whole, share = int(wanted.value), drawn.randint(*SHARES[outcome])
    if wanted.direction in _RISING:
        value = whole * share // 1000
        value = (
            min(value, whole - 1) if outcome == "missed" else max(value, whole + (wanted.direction == "gt"))
        )
        return Decimal(max(1, min(value, 100) if wanted.unit == "%" else value))
    value = whole * 1000 // share
    value = max(value, whole + 1) if outcome == "missed" else min(value, whole - (wanted.direction == "lt"))
    return Decimal(max(1, value))


def _scored(place: Place, wanted: Wanted, actual: Decimal, drawn: Random) -> Target:
    """With the score that the scheme's formula gives, and a reason where one is due."""
    rising = wanted.direction in _RISING
    score, reason = Decimal(place.weight), ""
    if actual < wanted.value if rising else actual > wanted.value:
        share = actual / wanted.value if rising else wanted.value / actual
        score = (place.weight * share).quantize(CENT, ROUND_HALF_UP)
        reason = drawn.choice(words("missed"))
    elif abs(actual - wanted.value) * 5 > wanted.value:
        reason = drawn.choice(words("over"))
    asked, got = f"{SIGNS[wanted.direction]}{wanted.value} {wanted.unit}", f"{actual} {wanted.unit}"
    return Target(
        place.tree, place.level_1, wanted.level_2, wanted.name, wanted.direction, wanted.value, wanted.unit,
        asked, actual, got, place.weight, score, reason,
    )  # fmt: skip


def _judged(place: Place, work: Work, drawn: Random) -> Target:
    """A qualitative benefit, said to be achieved or, now and then, achieved in part."""
    partly, weight = drawn.random() < 0.08, Decimal(place.weight)
    said = f"{work.benefit}，{'基本达成' if partly else '已达成'}"
    score = (weight * drawn.randint(60, 78) / 100).quantize(CENT) if partly else weight
    reason = drawn.choice(words("partly")) if partly else ""
    return Target(
        place.tree, place.level_1, "社会效益指标", f"{work.name}成效", "qualitative", None, "", work.benefit,
        None, said, place.weight, score, reason,
    )  # fmt: skip
