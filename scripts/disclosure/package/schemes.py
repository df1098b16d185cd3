"""Scoring schemes as data: weights, formulas, bands, grades, rounding; a package may bring its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from disclosure.model import Package
from disclosure.package.shipped import shipped

RESOURCE = "schemes"
MOST_DECIMALS = 4  # as many as a cell may hold
EXECUTION = "execution"  # scored on the project's money, so no indicator bears its points
_COLUMNS = ("scheme_id", "kind", "name", "points", "formula")

Entry = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """Percent of its weight that a qualitative indicator scores where one of the words is said of it."""

    words: tuple[str, ...]
    least: Decimal
    below: Decimal | None


@dataclass(frozen=True, slots=True)
class Scheme:
    """How points are given: `weights` by level one, `bands` lowest first, `grades` highest first.

    `total` are the points of all indicators together, `execution` those of the project's money; `formulas`
    are by direction of an indicator, and by `execution`; `dropped` are words for what does not apply.
    """

    weights: Mapping[str, Decimal]
    total: Decimal
    execution: Decimal
    formulas: Mapping[str, str]
    bands: tuple[Band, ...]
    dropped: tuple[str, ...]
    grades: tuple[tuple[str, Decimal], ...]
    decimals: int
    rounding: str

    def grade(self, points: Decimal) -> str:
        """The grade of a total; bands are half-open, the lower bound belongs to the grade."""
        return next((name for name, least in self.grades if points >= least), "")


@lru_cache(maxsize=1)
def schemes(package: Package) -> Mapping[str, Scheme]:
    """The schemes by id: those of the package's own table where it has one, else those shipped."""
    rows = package.rows(RESOURCE)
    return _schemes(tuple(tuple(map(row.text, _COLUMNS)) for row in rows)) if rows else _schemes(_shipped())


@cache
def _shipped() -> tuple[Entry, ...]:
    return tuple(tuple(line[name] for name in _COLUMNS) for line in shipped("package", "schemes"))


@cache
def _schemes(entries: tuple[Entry, ...]) -> Mapping[str, Scheme]:
    names = dict.fromkeys(entry[0] for entry in entries)
    return {name: _scheme([*_parts(name, entries)]) for name in names}


def _parts(name: str, entries: tuple[Entry, ...]) -> Iterator[Entry]:
    """A scheme's entries; what it leaves out is the table's first scheme's, or the shipped one's."""
    found = [entry for entry in entries if entry[0] == name]
    said = {"weight", "total"}  # points are a scheme's own
    yield from found
    for table in (entries, _shipped()):
        said |= {kind for _, kind, *_ in found}
        found = [entry for entry in table if entry[0] == table[0][0] and entry[1] not in said]
        yield from found


def _scheme(entries: list[Entry]) -> Scheme:
    of: dict[str, dict[str, tuple[str, str]]] = {}
    for _, kind, what, number, formula in entries:
        of.setdefault(kind, {}).setdefault(what, (number or "0", formula))
    points = {what: Decimal(value) for what, (value, _) in of.get("weight", {}).items()}
    weights = {what: value for what, value in points.items() if what != EXECUTION}
    totals = [Decimal(value) for value, _ in of.get("total", {}).values()]
    decimals, rounding = next(iter(of["decimals"].values()))
    return Scheme(
        weights=weights,
        total=totals[0] if totals else sum(weights.values(), Decimal(0)),
        execution=points.get(EXECUTION, Decimal(0)),
        formulas={what: formula for what, (_, formula) in of["formula"].items()},
        bands=tuple(_bands(of["band"]))[::-1],
        dropped=tuple(word for words in of["dropped"] for word in words.split("|")),
        grades=tuple(_highest_first(of["grade"])),
        decimals=min(MOST_DECIMALS, int(Decimal(decimals))),
        rounding=rounding,
    )


def _highest_first(entries: Mapping[str, tuple[str, str]]) -> list[tuple[str, Decimal]]:
    found = [(what, Decimal(least)) for what, (least, _) in entries.items()]
    return sorted(found, key=lambda entry: entry[1], reverse=True)


def _bands(entries: Mapping[str, tuple[str, str]]) -> Iterator[Band]:
    below = None
    for words, least in _highest_first(entries):
        yield Band(tuple(words.split("|")), least, below)
        below = least
