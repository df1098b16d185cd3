"""Targets as forms write them: which way, how much, of what; the cell as written is kept beside them."""

import csv
import re
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from disclosure.forms.grid import Refused, folded
from disclosure.forms.values import APART, NUMBER, SHARE, is_nothing

QUALITATIVE = "qualitative"
_UNIT = r"[%‰°℃㎡㎥²³A-Za-z\u3400-\u9fff/·()&.]{0,20}?"
# 2023年, 12月, 12月底前, 31日前 are days and not quantities.
_DATE = re.compile(r"[年月日号].*[前底末完起份初中]|季度末.*|[年月日号]\d.*")
_DAY = re.compile(r"(?:19|20)\d\d(?:\.(?:0?[1-9]|1[0-2])|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))")
_LEAST_YEAR = "1900"
_SCALES = ("百", "千", "万", "亿")


class Target(NamedTuple):
    """direction is one of the schema's; value and unit are empty where the target is not a number."""

    direction: str
    value: str
    unit: str


@cache
def _words() -> tuple[dict[str, str], dict[str, str]]:
    text = Path(__file__).with_name("signs.csv").read_text(encoding="utf-8")
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for row in csv.DictReader(text.splitlines()):
        before |= dict.fromkeys(filter(None, row["before"].split("|")), row["direction"])
        after |= dict.fromkeys(filter(None, row["after"].split("|")), row["direction"])
    return before, after


@cache
def _grammar() -> re.Pattern[str]:
    before, after = (
        "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) for words in _words()
    )
    return re.compile(rf"({before})?({NUMBER})({_UNIT})({after})?")


@cache
def _about() -> re.Pattern[str]:
    """What in a unit says of the number that it is a bound, or about so many: 次以上/年, 日内办结, 多人."""
    words = (re.escape(word) for word in _words()[1] if len(word) > 1)
    return re.compile(rf"{'|'.join(words)}|[日天周月年时]内|^[百千万亿]?[多余]")


def is_sign(text: str) -> bool:
    """Whether a cell of the column of signs says which way, or that it says nothing."""
    return is_nothing(text) or folded(text) in _words()[0]


@lru_cache(maxsize=4_096)
def target(text: str, sign: str = "", unit: str = "") -> Target:
    """A target from its cell, and from the cells of its sign and unit where the form has such columns.

    Raises Refused where these say otherwise than the cell.
    """
    before, _ = _words()
    given = before.get(folded(sign), "") if sign else ""
    if given == QUALITATIVE:
        return Target(QUALITATIVE, "", "")
    match = _grammar().fullmatch(folded(text))
    if match is None or APART.search(text) or _is_date(match.group(2), match.group(3)):
        return Target(QUALITATIVE, "", "")
    lead, digits, own, tail = match.groups()
    is_day = not (lead or own or unit or tail) and _DAY.fullmatch(digits)
    if is_day or (own.startswith("%") and own != "%") or _about().search(own):
        return Target(QUALITATIVE, "", "")
    direction = _words()[1].get(tail or "", "")
    if direction == QUALITATIVE:
        return Target(QUALITATIVE, "", "")
    direction = before.get(lead or "") or direction
    if given and direction not in ("", given):
        raise Refused("form-cell-unknown", "", text, sign)
    return Target(given or direction or "eq", digits.replace(",", ""), _one_unit(own, unit, text))


def _one_unit(own: str, column: str, text: str) -> str:
    """The unit in a target's cell and in the column of units, which may go on with it: 5万 of 元."""
    of = "" if is_nothing(column) else folded(column)
    if own in _SCALES and of and own != of:
        return of if of.startswith(own) else own + of
    if own and of and not (_bare(own) == _bare(of) or own.startswith(of) or of.startswith(own)):
        raise Refused("form-cell-unknown", "", text, column)
    return own or of


def _is_date(digits: str, unit: str) -> bool:
    year = unit.startswith("年") and digits.isdigit() and len(digits) == 4 and digits >= _LEAST_YEAR
    return year or unit in ("月", "月份") or bool(_DATE.fullmatch(unit))


@lru_cache(maxsize=4_096)
def actual(text: str, unit: str) -> str:
    """The number of an actual value in the target's unit; empty for none, a bound, or another unit."""
    found = target(text)
    same = not found.unit or _bare(found.unit) == _bare(unit)
    return found.value if found.direction == "eq" and same else ""


def is_share(text: str, of: Target) -> bool:
    """Whether a result may be a share of one where the target is a percentage above it: 0.96 of ≥95%."""
    return _bare(of.unit) == "%" and bool(SHARE.fullmatch(folded(text))) and Decimal(of.value or 0) > 1


def _bare(unit: str) -> str:
    return "%" if unit in ("百分比", "百分点", "个百分点") else "万" if unit == "万元" else unit
