"""A hit is a kind and a masked value; characters are brought to one form, place by place, before looking."""

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that must not go out: the rule it breaks, its value masked, where in the text it starts."""

    kind: str
    masked: str
    offset: int


# Digits and letters of other widths, and everything that looks like a space or a hyphen between digits.
SPACES = "\u00a0\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff"
HYPHENS = "\u2010-\u2015\u2212\uff0d\u30fb\u00b7\uff0e"
_ODD = re.compile(rf"[{SPACES}{HYPHENS}\u0660-\u0669\u06f0-\u06f9\u0966-\u096f０-９Ｘｘ＠＋]")
_SAME = {"Ｘ": "X", "ｘ": "X", "＠": "@", "＋": "+"}
_HYPHEN = re.compile(f"[{HYPHENS}]")


def plain(text: str) -> str:
    """The text with half-width digits, spaces and hyphens; every character keeps its place."""
    return _ODD.sub(_plain, text)


def _plain(match: re.Match[str]) -> str:
    sign = match.group()
    if (digit := unicodedata.digit(sign, None)) is not None:
        return str(digit)
    return _SAME.get(sign) or ("-" if _HYPHEN.match(sign) else " ")


def masked_number(digits: str) -> str:
    """The first three and the last two signs; enough to find it again, too little to use."""
    return f"{digits[:3]}{'*' * (len(digits) - 5)}{digits[-2:]}"


def masked_word(word: str) -> str:
    """The first sign of a name, an address or an account."""
    return word[:1] + "*" * max(len(word) - 1, 1)
