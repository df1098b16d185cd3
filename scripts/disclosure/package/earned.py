"""What an indicator earns by a scheme: exact numbers, rounded once and last."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext

from disclosure.model import Row
from disclosure.package.schemes import Band, Scheme

_RISING, _FALLING = ("ge", "gt"), ("le", "lt")
_ROUNDING = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN}
_DIGITS = 50  # of a quotient; more than any rounding looks at


def is_met(row: Row) -> bool | None:
    """Whether the actual value meets the target; None where that cannot be told."""
    target, actual = row.amount("target_value"), row.amount("actual_value")
    if target is None or actual is None:
        return None
    direction = row.text("direction")
    if direction in _RISING:
        return actual > target or (actual == target and direction == "ge")
    if direction in _FALLING:
        return actual < target or (actual == target and direction == "le")
    return actual == target if direction == "eq" else None


def is_dropped(scheme: Scheme, row: Row) -> bool:
    """Whether its actual result says that the indicator does not apply."""
    return row.text("actual_as_written").strip() in scheme.dropped


def by_formula(scheme: Scheme, row: Row) -> Decimal | None:
    """The exact points of a quantitative indicator, 0 to its weight; None where they cannot be told."""
    weight, met = row.amount("weight"), is_met(row)
    if weight is None or met is None:
        return None
    if met:
        return weight
    share = _share(
        scheme.formulas.get(row.text("direction"), ""),
        row.amount("actual_value") or Decimal(0),
        row.amount("target_value") or Decimal(0),
    )
    return None if share is None else _times(weight, *share)


def by_rate(scheme: Scheme, weight: Decimal, spent: Decimal, budget: Decimal) -> Decimal | None:
    """The exact points of the execution rate; None where there is no budget to divide by."""
    share = _share(scheme.formulas.get("execution", ""), spent, budget) if budget else None
    return None if share is None else _times(weight, *share)


def _share(formula: str, actual: Decimal, target: Decimal) -> tuple[Decimal, Decimal] | None:
    """Part and whole of the weight that a missed target earns."""
    if actual < 0 or target < 0:
        return None
    match formula:
        case "actual_over_target":
            return actual, target
        case "target_over_actual":
            return target, actual
        case "smaller_over_larger":
            return min(actual, target), max(actual, target)
        case "met_or_nothing":
            return Decimal(0), Decimal(1)
    return None


def _times(weight: Decimal, part: Decimal, whole: Decimal) -> Decimal | None:
    if not whole:
        return None
    with localcontext(prec=_DIGITS):
        return min(weight, weight * part / whole)


def band(scheme: Scheme, row: Row) -> Band | None:
    """The band of what a qualitative indicator's actual result says."""
    said = row.text("actual_as_written")
    # 未达成 and 部分达成 contain 达成: the lower bands are asked first.
    return next((band for band in scheme.bands if any(word in said for word in band.words)), None)


def within(found: Band, share: Decimal) -> bool:
    """Whether a share of the weight, in percent, lies in a band."""
    return share >= found.least and (found.below is None or share < found.below)


def rounded(scheme: Scheme, exact: Decimal, like: Decimal) -> Decimal:
    """Points as the scheme rounds them, no coarser than the score beside them; 20, not 20.0, beside 20."""
    exponent = like.as_tuple().exponent
    places = max(scheme.decimals, -exponent if isinstance(exponent, int) else 0)
    found = exact.quantize(Decimal(1).scaleb(-places), _ROUNDING.get(scheme.rounding, ROUND_HALF_UP))
    short = found.quantize(like)
    return short if short == found else found
