"""Text of sources compared without its line breaks: what is quoted, which numbers it states, what recurs."""

import re
import unicodedata
from decimal import Decimal
from difflib import SequenceMatcher
from hashlib import sha256

_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千]+")
SHORTEST_RUN = 8  # characters; shorter runs in common are official phrases, not repeated text


def normalised(text: str) -> str:
    """The text in NFC with all white space removed: what a quote is looked for in, and what is hashed."""
    return "".join(unicodedata.normalize("NFC", text).split())


def fingerprint(text: str) -> str:
    """sha256 of the normalised text, hexadecimal."""
    return sha256(normalised(text).encode("utf-8")).hexdigest()


def numbers(text: str) -> frozenset[Decimal]:
    """All numbers a sentence states, in digits (19,414.6; 84.07) or Chinese numerals (十三, 四)."""
    arabic = (Decimal(match.replace(",", "")) for match in _ARABIC.findall(text))
    chinese = (_chinese_number(run) for run in _CHINESE.findall(text))
    return frozenset([*arabic, *(number for number in chinese if number is not None)])


def _chinese_number(run: str) -> Decimal | None:
    import cn2an  # noqa: PLC0415  a quarter of a second that digits alone need not pay

    try:
        return Decimal(str(cn2an.cn2an(run, "normal")))
    except ValueError:
        return None


def recurring(text: str, other: str) -> Decimal:
    """Share of a text, 0 to 1, that stands word for word in another, in runs of SHORTEST_RUN or more."""
    one, two = normalised(text), normalised(other)
    if not one:
        return Decimal(0)
    blocks = SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
    return Decimal(sum(block.size for block in blocks if block.size >= SHORTEST_RUN)) / len(one)
