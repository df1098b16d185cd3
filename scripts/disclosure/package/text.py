"""Text of sources compared without its line breaks: what is quoted, which numbers it states, what recurs."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cache, lru_cache
from hashlib import sha256

from disclosure.package.numerals import chinese_number

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMERALS = "[零〇一二两三四五六七八九十百千]+"
_ARABIC = re.compile(_DIGITS)
_BELOW = re.compile(rf"(?<![0-9A-Za-z０-９年月日号%％])[-－−﹣]({_DIGITS})")
_CHINESE = re.compile(_NUMERALS)
# 一 that begins or ends a word and counts nothing: 一般公共预算, 一是, 进一步, 统一.
_NOT_NUMERALS = re.compile("一[般是些定样直旦切致]|进一步|[统唯]一")
# Signs of a percentage that forms and reports write for one another.
_SAME_UNIT = {"%": "(?:%|％|百分比)", "百分比": "(?:%|％|百分比)"}
SHORTEST_RUN = 8  # characters; shorter runs in common are official phrases, not repeated text


def normalised(text: str) -> str:
    """The text in NFC with all white space removed: what a quote is looked for in, and what is hashed."""
    return "".join(unicodedata.normalize("NFC", text).split())


def fingerprint(text: str) -> str:
    """sha256 of the normalised text, hexadecimal."""
    return sha256(normalised(text).encode("utf-8")).hexdigest()


def numbers(text: str) -> frozenset[Decimal]:
    """All numbers a sentence states, in digits (19,414.6; 84.07) or Chinese numerals (十三, 四)."""
    return frozenset([*_arabic(text), *_chinese(text)])


def states(text: str, value: Decimal) -> bool:
    """Whether a sentence states a number: digits first, Chinese numerals only where none of them is it.

    A number below nil is one behind a minus sign that parts no two others, as it does in 50-60 or 5月-6月.
    """
    if value < 0:
        return any(Decimal(found.replace(",", "")) == -value for found in _BELOW.findall(text))
    return value in _arabic(text) or value in _chinese(text)


@lru_cache(maxsize=64)
def measured(text: str, unit: str) -> tuple[Decimal, ...]:
    """The numbers that stand directly before a unit, in order (15 株, 十所, 20个工作日, 19,414.6 万元)."""
    return _all(match.group(1) for match in _before(unit).finditer(text))


def standing_alone(text: str) -> tuple[Decimal, ...]:
    """The numbers with white space on both sides, as the cells of a table's row are quoted."""
    return _all(text.split())


def recurring(text: str, other: str, shortest: int = SHORTEST_RUN) -> Decimal:
    """Share of a text, 0 to 1, that stands word for word in another, in runs of `shortest` or more."""
    one, two = normalised(text), normalised(other)
    if _runs(one, shortest).isdisjoint(two[at : at + shortest] for at in range(len(two) - shortest + 1)):
        return Decimal(0)  # most texts have nothing in common, which this tells sooner
    blocks = SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
    return Decimal(sum(block.size for block in blocks if block.size >= shortest)) / len(one)


@lru_cache(maxsize=16)  # one text is compared with many
def _runs(text: str, length: int) -> frozenset[str]:
    return frozenset(text[at : at + length] for at in range(len(text) - length + 1))


@lru_cache(maxsize=64)  # the figures of a row cite one sentence, one after the other
def _arabic(text: str) -> frozenset[Decimal]:
    return frozenset(Decimal(match.replace(",", "")) for match in _ARABIC.findall(text))


def _chinese(text: str) -> Iterator[Decimal]:
    for run in _CHINESE.findall(_NOT_NUMERALS.sub(" ", text)):
        if (number := chinese_number(run)) is not None:
            yield number


@cache
def _before(unit: str) -> re.Pattern[str]:
    sign = _SAME_UNIT.get(unit, re.escape(unit))
    return re.compile(rf"(?<![\d.])(?<!\d,)({_DIGITS}|{_NUMERALS})\s*(?:个\s*)?{sign}")


def _all(runs: Iterable[str]) -> tuple[Decimal, ...]:
    return tuple(number for run in runs if (number := _number(run)) is not None)


def _number(run: str) -> Decimal | None:
    if _ARABIC.fullmatch(run):
        return Decimal(run.replace(",", ""))
    return chinese_number(run) if _CHINESE.fullmatch(run) else None
