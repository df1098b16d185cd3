"""Numbers as workbooks store them, as their formats show them: a percentage, a date, or the number itself."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import isfinite
from typing import NamedTuple

from disclosure.forms.grid import one_line

PERCENT, DAY, ODD = "percent", "day", "odd"
PLACES = 6  # decimals that a cell of the package may have: 万元 to the hundredth of a 分
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
# The formats that go by number alone and are dates, those of Chinese among them.
_DAYS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_LONGEST = 255  # signs of a format
_QUOTED = re.compile(r'"[^"]*"|[\\!].|\[[^\]]*\]|[_*].')
_CALENDAR = re.compile(r"[ymdhs年月日]", re.IGNORECASE)
_OTHER = re.compile(r"@|E[+-]|\?/|/\?")  # texts, powers of ten, fractions: another way to write the number
_SIGN = r'(?:"[^"]*"|[\\!].|\[(?![<>=])[^\]]*\]|[_*].|[^0#?.,;"\\!\[_*])'
_NUMBER = re.compile(rf"({_SIGN}*?)(General|[0#?](?:[0#?,]*[0#?])?(?:\.([0#?]*))?)({_SIGN}*)(?:;.*)?")
_LITERAL = re.compile(r'"([^"]*)"|[\\!](.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].|([^%])')
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_EPOCHS = (datetime(1899, 12, 30), datetime(1904, 1, 1))


class Style(NamedTuple):
    """What is made of a number: its kind, the decimals and the words around it; or nothing is to be seen.

    An odd one shows another number than is stored, in thousands say, or none.
    """

    kind: str = ""
    places: int | None = None
    before: str = ""
    after: str = ""
    unseen: bool = False
    shows_nil: bool = True


PLAIN = Style()


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What cells refer to: the tags of the namespace, and what each style makes of a number."""

    space: str
    styles: list[Style]
    late: bool  # days are counted from 1904


@lru_cache(maxsize=1_024)
def style_of(number: int, code: str, struck: bool = False) -> Style:
    """What a format makes of a number; what is struck out is not to be seen."""
    code = code[:_LONGEST] or _BUILT_IN.get(number, "General")
    bare = _QUOTED.sub("", code)
    unseen = struck or bare.endswith(";;;")
    if number in _DAYS or _CALENDAR.search(bare):
        return Style(DAY, unseen=unseen)
    match = _NUMBER.fullmatch(code)
    if match is None:
        return Style("" if _OTHER.search(bare) else ODD, unseen=unseen)
    before, digits, places, after = match.groups()
    shown = None if digits == "General" else len(places or "")
    words = (_literal(before), _literal(after))
    return Style(PERCENT if "%" in bare else "", shown, *words, unseen, ";;" not in bare)


def _literal(code: str) -> str:
    return "".join("".join(parts) for parts in _LITERAL.findall(code)).strip()


def number_of(stored: str | float, style: Style = PLAIN, late: bool = False) -> str:
    """A stored number in fifteen digits, as its format shows it; raises ValueError where it is none.

    One with more decimals than the package has comes from a formula, and is taken as it is shown.
    """
    number = float(stored)
    if not isfinite(number):
        raise ValueError(stored)
    digits = f"{number:.15g}"
    if number and not style.kind and "e" not in digits and len(digits.partition(".")[2]) <= PLACES:
        return f"{style.before}{digits}{style.after}"
    value = Decimal(f"{Decimal(digits):f}")
    if style.kind == DAY:
        if value < 1:  # an hour of no day
            raise ValueError(stored)
        moment = _EPOCHS[late] + timedelta(days=float(value))
        return moment.date().isoformat() if moment.time() == time() else moment.isoformat(" ", "seconds")
    if not value and not style.shows_nil:
        return ""
    sign = "%" if style.kind == PERCENT else ""
    if sign:
        value = (value * 100).normalize()
    if style.places is not None and -int(value.as_tuple().exponent) > PLACES:
        value = value.quantize(Decimal(1).scaleb(-style.places), ROUND_HALF_UP)
    return f"{style.before}{value:f}{sign}{style.after}"


@lru_cache(maxsize=8_192)
def text_of(raw: str) -> str:
    """A text of a workbook on one line; Excel writes signs that XML has no place for by their numbers."""
    return one_line(_ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), raw) if "_x" in raw else raw)
