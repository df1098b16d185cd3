"""Points: weights by the scheme, scores by their formula, grades by their bands."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from disclosure.model import Package, Problem, Row
from disclosure.package.earned import band, by_formula, rounded, within
from disclosure.package.schemes import Scheme, schemes
from disclosure.quality.settings import settings

_TWO_PLACES = Decimal("0.01")
_GRADE = re.compile(
    r"得分[为是：:]?\s*(\d{1,3}(?:\.\d{1,4})?)\s*分[^。；]{0,12}?(?:等级|评为|评定)[^。；优良中差]{0,4}[“”]?([优良中差])"
)


def scheme_of(package: Package, rows: tuple[Row, ...]) -> Scheme | None:
    """The scheme that the settings name for these indicators; None where there is none of that name."""
    own = settings(package)
    with_cost = any(row["level_1"] == "cost" for row in rows)
    return schemes(package).get(own.scheme_with_cost if with_cost else own.scheme)


def _weighted(package: Package) -> Iterator[tuple[tuple[Row, ...], dict[str, Decimal], Scheme]]:
    """Projects all of whose indicators have a weight, with the points of each level one."""
    for rows in package.indicators.values():
        points: dict[str, Decimal] = defaultdict(Decimal)
        for row in rows:
            weight = row["weight"]
            if not isinstance(weight, Decimal) or not row.text("level_1"):
                break
            points[row.text("level_1")] += weight
        else:
            if found := scheme_of(package, rows):
                yield rows, points, found


def weights_as_scheme(package: Package) -> Iterator[Problem]:
    """The weights of a project's indicators add up to what the scheme gives indicators."""
    for rows, points, found in _weighted(package):
        if (total := sum(points.values())) != found.total:
            yield Problem(*rows[0].place("weight"), "weights-as-scheme", str(total), str(found.total))


def level_weights(package: Package) -> Iterator[Problem]:
    """Where all levels of the scheme are there, each has the scheme's points."""
    for rows, points, found in _weighted(package):
        if points.keys() == found.weights.keys() and sum(points.values()) == found.total:
            for level, weight in found.weights.items():
                if points[level] != weight:
                    row = next(row for row in rows if row["level_1"] == level)
                    yield Problem(*row.place("weight"), "level-weights", str(points[level]), str(weight))


def qualitative_share(package: Package) -> Iterator[Problem]:
    """Qualitative indicators bear no more than half of the points."""
    most = settings(package).qualitative_share
    for rows, points, _ in _weighted(package):
        judged = [row for row in rows if row["direction"] == "qualitative"]
        some, every = sum(row.amount("weight") or 0 for row in judged), sum(points.values())
        if every and some * 100 > most * every:
            yield Problem(*judged[0].place("weight"), "qualitative-share", f"{some} / {every}", f"<= {most}%")


def _scored(package: Package) -> Iterator[tuple[Row, Decimal, Decimal]]:
    for row in package.rows("indicators"):
        weight, score = row["weight"], row["score"]
        if isinstance(weight, Decimal) and isinstance(score, Decimal):
            yield row, weight, score


def _by_scheme(package: Package) -> Iterator[tuple[Scheme, Row, Decimal, Decimal]]:
    """Scores that are not above their weight, with the scheme that judges them, where there is one."""
    if scheme := schemes(package).get(settings(package).scheme):
        yield from (
            (scheme, row, weight, score) for row, weight, score in _scored(package) if score <= weight
        )


def score_within_weight(package: Package) -> Iterator[Problem]:
    """A score is not above its weight."""
    for row, weight, score in _scored(package):
        if score > weight:
            yield Problem(*row.place("score"), "score-within-weight", str(score), f"<= {weight}")


def score_as_formula(package: Package) -> Iterator[Problem]:
    """Met scores the weight; missed, what the scheme's formula gives for the direction."""
    for scheme, row, weight, score in _by_scheme(package):
        exact = by_formula(scheme, row)
        if exact is not None and score != rounded(scheme, exact, score):
            expected = weight if exact == weight else exact.quantize(_TWO_PLACES, ROUND_HALF_UP)
            yield Problem(*row.place("score"), "score-as-formula", str(score), str(expected))


def band_as_said(package: Package) -> Iterator[Problem]:
    """A qualitative score lies in the band of what the actual result says."""
    for scheme, row, weight, score in _by_scheme(package):
        said = band(scheme, row) if row["direction"] == "qualitative" and weight else None
        if said and not within(said, score * 100 / weight):
            limits = f">= {said.least}%" if said.below is None else f"{said.least}%–{said.below}%"
            given = f"{score} / {weight}: {row.text('actual_as_written')}"[:80]
            yield Problem(*row.place("score"), "band-as-said", given, limits)


def grade_in_band(package: Package) -> Iterator[Problem]:
    """A grade that a conclusion names is the one of the total it names."""
    scheme = schemes(package).get(settings(package).scheme)
    for row in package.rows("evaluation"):
        for total, grade in _GRADE.findall(row.text("text")):
            if scheme and (due := scheme.grade(Decimal(total))) != grade:
                yield Problem(*row.place("text"), "grade-in-band", f"{total} {grade}", due)
