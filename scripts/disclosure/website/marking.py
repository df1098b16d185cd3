"""Where a sentence states a number: the span that a page marks."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from disclosure.model import Missing
from disclosure.package.text import numbers

# A run of digits or of Chinese numerals; what number it is, package.text says.
_RUN = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|[零〇一二两三四五六七八九十百千]+")

_numbers = lru_cache(maxsize=4096)(numbers)  # most numerals are short and stand on many pages

Marked = tuple[str, str, str]


def marked(quote: str, value: Decimal | Missing, occurrence: Callable[[], int]) -> Marked:
    """The quote before, in and after the numeral that states the value.

    `occurrence` is asked to choose among several (a table row may state one number twice); the last one is
    taken where there are fewer. Nothing is marked where the value is missing or not found.
    """
    if isinstance(value, Missing):
        return quote, "", ""
    spans = _spans(quote).get(abs(value))  # the sign stands before the numeral
    if spans is None:
        return quote, "", ""
    start, end = spans[min(occurrence(), len(spans) - 1) if len(spans) > 1 else 0]
    return quote[:start], quote[start:end], quote[end:]


@lru_cache(maxsize=64)  # the cells of a row are quoted together, and looked for one by one
def _spans(quote: str) -> dict[Decimal, list[tuple[int, int]]]:
    """Where the quote states each number."""
    found: dict[Decimal, list[tuple[int, int]]] = {}
    for run in _RUN.finditer(quote):
        for number in _numbers(run.group()):
            found.setdefault(number, []).append(run.span())
    return found
