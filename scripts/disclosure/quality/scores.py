"""Points: weights by the scheme, scores by their formula, grades by their bands."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from disclosure.model import Package, Problem, Row
from disclosure.quality.lists import Scheme, scheme
from disclosure.quality.settings import settings

_TWO_PLACES = Decimal("0.01")
_RISING, _FALLING = ("ge", "gt"), ("le", "lt")
_GRADE = re.compile(
    r"得分[为是：:]?\s*(\d{1,3}(?:\.\d{1,4})?)\s*分[^。；]{0,12}?(?:等级|评为|评定)[^。；优良中差]{0,4}[“”]?([优良中差])"
)


def _at(package: Package, row: Row, column: str) -> tuple[str, int, str]:
    return package.tables["indicators"].place(row, column)


def _scheme_of(package: Package, rows: tuple[Row, ...]) -> Scheme | None:
    own = settings(package)
    with_cost = any(row["level_1"] == "cost" for row in rows)
    return scheme(own.scheme_with_cost if with_cost else own.scheme)


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
            if found := _scheme_of(package, rows):
                yield rows, points, found


def weights_as_scheme(package: Package) -> Iterator[Problem]:
    """The weights of a project's indicators add up to what the scheme gives indicators."""
    for rows, points, found in _weighted(package):
        if (total := sum(points.values())) != found.total:
            yield Problem(*_at(package, rows[0], "weight"), "weights-as-scheme", str(total), str(found.total))


def level_weights(package: Package) -> Iterator[Problem]:
    """Where all levels of the scheme are there, each has the scheme's points."""
    for rows, points, found in _weighted(package):
        if points.keys() == found.weights.keys() and sum(points.values()) == found.total:
            for level, weight in found.weights.items():
                if points[level] != weight:
                    row = next(row for row in rows if row["level_1"] == level)
                    yield Problem(
                        *_at(package, row, "weight"), "level-weights", str(points[level]), str(weight)
                    )


def qualitative_share(package: Package) -> Iterator[Problem]:
    """Qualitative indicators bear no more than half of the points."""
    most = settings(package).qualitative_share
    for rows, points, _ in _weighted(package):
        judged = [row for row in rows if row["direction"] == "qualitative"]
        some, every = sum(row.amount("weight") or 0 for row in judged), sum(points.values())
        if every and some * 100 > most * every:
            found = f"{some} / {every}"
            yield Problem(*_at(package, judged[0], "weight"), "qualitative-share", found, f"<= {most}%")


def _scored(package: Package) -> Iterator[tuple[Row, Decimal, Decimal]]:
    for row in package.rows("indicators"):
        weight, score = row["weight"], row["score"]
        if isinstance(weight, Decimal) and isinstance(score, Decimal):
            yield row, weight, score


def score_within_weight(package: Package) -> Iterator[Problem]:
    """A score is not above its weight."""
    for row, weight, score in _scored(package):
        if score > weight:
            yield Problem(*_at(package, row, "score"), "score-within-weight", str(score), f"<= {weight}")


def is_met(row: Row) -> bool | None:
    """Whether the actual value meets the target; None where that cannot be told."""
    target, actual, direction = row["target_value"], row["actual_value"], row["direction"]
    if not isinstance(target, Decimal) or not isinstance(actual, Decimal):
        return None
    if direction in _RISING:
        return actual > target or (actual == target and direction == "ge")
    if direction in _FALLING:
        return actual < target or (actual == target and direction == "le")
    return actual == target if direction == "eq" else None


def score_as_formula(package: Package) -> Iterator[Problem]:
    """Met scores the weight; missed, the weight times actual ÷ target, or target ÷ actual for a maximum."""
    decimals = found.decimals if (found := scheme(settings(package).scheme)) else 1
    for row, weight, score in _scored(package):
        if score > weight or (met := is_met(row)) is None:
            continue
        if met:
            if score != weight:
                yield Problem(*_at(package, row, "score"), "score-as-formula", str(score), str(weight))
            continue
        exact = _missed(row, weight)
        exponent = score.as_tuple().exponent
        places = max(decimals, -exponent if isinstance(exponent, int) else 0)
        if exact is not None and score != exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):
            expected = str(exact.quantize(_TWO_PLACES, ROUND_HALF_UP))
            yield Problem(*_at(package, row, "score"), "score-as-formula", str(score), expected)


def _missed(row: Row, weight: Decimal) -> Decimal | None:
    target, actual = row.amount("target_value"), row.amount("actual_value")
    if target is None or actual is None or target < 0 or actual < 0:
        return None
    if row["direction"] in _RISING and target:
        return weight * actual / target
    return weight * target / actual if row["direction"] in _FALLING and actual else None


def band_as_said(package: Package) -> Iterator[Problem]:
    """A qualitative score lies in the band of what the actual result says."""
    found = scheme(settings(package).scheme)
    bands = found.bands if found else ()
    for row, weight, score in _scored(package):
        if row["direction"] != "qualitative" or not weight or score > weight:
            continue
        said, share = row.text("actual_as_written"), score * 100 / weight
        # 未达成 and 部分达成 contain 达成: the lower bands are asked first.
        band = next((band for band in bands if any(word in said for word in band.words)), None)
        if band and (share < band.least or (band.below is not None and share >= band.below)):
            limits = f">= {band.least}%" if band.below is None else f"{band.least}%–{band.below}%"
            given = f"{score} / {weight}: {said}"[:80]
            yield Problem(*_at(package, row, "score"), "band-as-said", given, limits)


def grade_in_band(package: Package) -> Iterator[Problem]:
    """A grade that a conclusion names is the one of the total it names."""
    found = scheme(settings(package).scheme)
    for row in package.rows("evaluation") if found else ():
        for total, grade in _GRADE.findall(row.text("text")):
            if found and (due := found.grade(Decimal(total))) != grade:
                path = package.tables["evaluation"].path
                yield Problem(path, row.line, "text", "grade-in-band", f"{total} {grade}", due)
