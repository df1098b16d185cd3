"""Numbers as workbooks store them, as their formats show them: a percentage, a date, or the number itself."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from html import unescape
from math import isfinite

from disclosure.forms.grid import one_line

PERCENT, DAY = "percent", "day"
# The formats that go by number alone: two of percentages; dates, those of Chinese among them.
_PERCENTS = frozenset({9, 10})
_DAYS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
_CALENDAR = re.compile(r"[ymdhs年月日]", re.IGNORECASE)
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_EPOCHS = (datetime(1899, 12, 30), datetime(1904, 1, 1))


@dataclass(frozen=True, slots=True)
class Known:
    """What cells refer to: the tags of the namespace, shared strings, the kind of number of each style."""

    space: str
    strings: list[str]
    styles: list[str]
    late: bool  # days are counted from 1904


def style_of(number: int, code: str) -> str:
    """What a format makes of a number: percent, day, or nothing."""
    bare = _QUOTED.sub("", code)
    if number in _PERCENTS or "%" in bare:
        return PERCENT
    return DAY if number in _DAYS or _CALENDAR.search(bare) else ""


def plain(number: float) -> Decimal:
    """A stored number as a spreadsheet shows it: fifteen digits, no exponent."""
    if not isfinite(number):
        raise ValueError(number)
    return Decimal(f"{Decimal(f'{number:.15g}'):f}")


@lru_cache(maxsize=4_096)
def number_of(stored: str | float, style: str = "", late: bool = False) -> str:
    """A stored number as its format shows it; raises ValueError where it is none."""
    value = plain(float(stored))
    if style == PERCENT:
        return f"{(value * 100).normalize():f}%"
    if style == DAY:
        moment = _EPOCHS[late] + timedelta(days=float(value))
        return moment.date().isoformat() if moment.time() == time() else moment.isoformat(" ", "seconds")
    return f"{value:f}"


@lru_cache(maxsize=8_192)
def text_of(raw: str) -> str:
    """A text as a workbook's XML writes it, on one line: with references, and with _x000D_ and the like."""
    text = unescape(raw) if "&" in raw else raw
    return one_line(escaped(text))


def escaped(text: str) -> str:
    """A text in which Excel writes signs that XML has no place for, and `_x` itself, by their numbers."""
    return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text) if "_x" in text else text
