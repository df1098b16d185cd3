"""Goals as they are worded: measured by indicators and numbers, of their year, and not another's words."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from disclosure.model import Package, Problem, Row
from disclosure.package.text import normalised, recurring
from disclosure.quality.lists import alternatives
from disclosure.quality.settings import settings

_PLACES = (("projects", "goal"), ("objectives", "text"))
_YEARS = re.compile(r"((?:19|20)\d\d)(?:\s*年?\s*[-—–~～至到]+\s*((?:19|20)\d\d))?\s*年")
_KNOWN_BY = 8  # goals remembered for each run of characters: enough to find one that shares a template


@dataclass(frozen=True, slots=True)
class _Goal:
    row: Row
    column: str
    words: str


def goal_has_indicators(package: Package) -> Iterator[Problem]:
    """A target said to be disclosed in full has indicators."""
    for row in package.rows("projects"):
        if row["disclosure_state"] == "full" and row.project not in package.indicators:
            yield Problem(*row.place("project_id"), "goal-has-indicators", row.text("project_id"), ">= 1")


def goal_measurable(package: Package) -> Iterator[Problem]:
    """A goal states a number with a unit; years are none."""
    measured = re.compile(rf"[0-9零一二两三四五六七八九十百千万亿]\s*(?:{alternatives('measure')})")
    for row in package.rows("projects"):
        goal = row.text("goal")
        if goal and not measured.search(_YEARS.sub("", goal)):
            yield Problem(*row.place("goal"), "goal-measurable", f"{goal[:40]}…", "")


def year_of_text(package: Package) -> Iterator[Problem]:
    """A year, or span of years, that a goal or an indicator names is or covers the fiscal year."""
    for table, column in (*_PLACES, ("indicators", "name"), ("indicators", "target_as_written")):
        for row in package.rows(table):
            text = row.text(column)
            if "年" in text and (found := _other_year(row, text)):
                yield Problem(*row.place(column), "year-of-text", found, row.text("fiscal_year"))


def _other_year(row: Row, text: str) -> str:
    year = row.text("fiscal_year")
    spans = (match for match in _YEARS.finditer(text))
    other = (match.group() for match in spans if not match[1] <= year <= (match[2] or match[1]))
    return next(other, "")


def goal_repeated(package: Package) -> Iterator[Problem]:
    """A goal does not consist of the words of another goal of the same year."""
    goals: dict[str, list[_Goal]] = defaultdict(list)
    for table, column in _PLACES:
        for row in package.rows(table):
            cited = package.citations.get(row.text("citation_id")) if table == "objectives" else None
            # An overall goal with its heading, as it stands in the report: the same share as pages show.
            if words := normalised(cited.text("quote") if cited else row.text(column)):
                goals[row.text("fiscal_year")].append(_Goal(row, column, words))
    for of_year in goals.values():
        yield from _repeated(of_year, settings(package).shortest_run, settings(package).repeated_share)


def _repeated(goals: list[_Goal], run: int, least: Decimal) -> Iterator[Problem]:
    """Each pair once, at the later goal; near linear: only goals that have a run in common are compared."""
    first: dict[str, int] = {}
    pieces = [_runs(goal.words, run) for goal in goals]
    known: dict[str, list[int]] = defaultdict(list)
    for number, goal in enumerate(goals):
        if first.setdefault(goal.words, number) == number:
            for piece in pieces[number]:
                if len(known[piece]) < _KNOWN_BY:
                    known[piece].append(number)
    shares: dict[tuple[int, int], Decimal] = {}
    for number, goal in enumerate(goals):
        if first[goal.words] != number:
            shares[number, first[goal.words]] = Decimal(100)
            continue
        common = Counter(other for piece in pieces[number] for other in known[piece] if other != number)
        for other, _ in common.most_common(2):
            if _covered(goal.words, goals[other].words, run) * 100 >= least:
                shares[number, other] = recurring(goal.words, goals[other].words, run) * 100
    for (number, other), share in shares.items():
        if share >= least and not (other > number and shares.get((other, number), Decimal(0)) >= least):
            goal, found = goals[number], f"{share.quantize(Decimal(1), ROUND_HALF_UP)}%"
            path, line, column = goals[other].row.place(goals[other].column)
            yield Problem(*goal.row.place(goal.column), "goal-repeated", found, f"{path}#{line} {column}")


def _runs(words: str, run: int) -> tuple[str, ...]:
    """Pieces of `run` characters, in order; of a long text those that begin with every fourth sign or so."""
    starts = (at for at in range(len(words) - run + 1) if len(words) < 80 or ord(words[at]) % 4 == 0)
    return tuple(dict.fromkeys(words[at : at + run] for at in starts))


def _covered(words: str, other: str, run: int) -> Decimal:
    """Share of the characters that lie in a run which the other text has too: never below what recurs."""
    covered, end = 0, 0
    for at in range(len(words) - run + 1):
        if words[at : at + run] in other:
            covered += at + run - max(at, end)
            end = at + run
    return Decimal(covered) / len(words)
