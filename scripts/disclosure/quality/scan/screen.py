"""Whether texts may hold a hit: one pass of RE2 over many of them, so that few are looked at closely.

Each part of the pattern matches whatever the detector it is named after can find, in a text as it is written
and in the same text without its tags; what only makes a detector pass more is left out (check digits, what
stands around, an office's own numbers). So a False is certain, and a True costs a close look.
"""

import re
from array import array
from collections.abc import Sequence
from functools import cache
from itertools import accumulate

from disclosure.quality.scan.headers import MARKED_NAMES, MARKED_WORDS
from disclosure.quality.scan.hits import HYPHENS, SPACES
from disclosure.quality.scan.numbers import CARD_GROUPS, PHONE_GROUPS, WORDS_OF_CARDS, WORDS_OF_PHONES
from disclosure.quality.scan.words import LABEL_WORDS, MARK_WORDS

_FEW = 50_000  # characters; fewer are looked at closely before a pattern is made ready
_ZEROS = (0x30, 0x660, 0x6F0, 0x966, 0xFF10)  # of the digits that are made plain
# A comment, or a tag within a line by its first letter; a comment that holds a > is told by itself.
_TAG = "<(?:!--|/?[abcefikmqsuwABCEFIKMQSUW])[^>]*>"
_COMMENT = "<!--(?:[^>]*[^>-])?-?>"
_PART = f"(?:{_TAG})*"
_SPACE, _SIGN = rf"[\s{SPACES}\-{HYPHENS}]", rf"[\s{SPACES}\-{HYPHENS}.]"
_GAP = f"(?:{_SIGN}|{_TAG})*"
_NEXT = f"{_PART}{_SIGN}{_GAP}"
# Between a word and its number: no digit but in tags.
_NEAR = "(?:[^0-9]|<[^>]*>)*"
# Within the name of a column: spaces, tags and notes in brackets.
_BLANK = rf"[\s\v\x{{1c}}-\x{{1f}}\x{{85}}\x{{1680}}\x{{2028}}\x{{2029}}{SPACES}]"
_NOTED = rf"(?:{_BLANK}|<[^>]*>|[（(【\[][^（）()【】\[\]]*[）)】\]])*"


def _digit(of: str = "0123456789") -> str:
    return "[" + "".join(chr(zero + int(sign)) for zero in _ZEROS for sign in of) + "]"


_ANY, _ONE, _CARRIER = _digit(), _digit("1"), _digit("3456789")


def _grouped(groups: tuple[int, ...], *first: str) -> str:
    """Digits in groups that signs part, with tags anywhere between them."""
    signs = iter((*first, *[_ANY] * (sum(groups) - len(first))))
    return _NEXT.join(_PART.join(next(signs) for _ in range(many)) for many in groups)


def _numbers() -> list[str]:
    # Behind a sign, tel, phone, mobile, wx or a country's code.
    start = f"(?:[^0-9A-Za-z]|[eElLxX]|{_digit('8')}{_PART}{_digit('6')})"
    phones = "|".join(_grouped(groups, _ONE, _CARRIER) for groups in sorted(PHONE_GROUPS))
    # The longer groups begin with these.
    cards = "|".join(map(_grouped, [(16,), *sorted({_begun(groups) for groups in CARD_GROUPS})]))
    gap = f"(?:{_SPACE}|{_TAG})*"
    century = f"(?:{_ONE}{gap}{_digit('9')}|{_digit('2')}{gap}{_digit('0')})"
    identity = (
        f"{_digit('123456789')}(?:{gap}{_ANY}){{5}}{gap}{century}(?:{gap}{_ANY}){{9}}{gap}(?:{_ANY}|[XxＸｘ])"
    )
    country = f"(?:{_ANY}{_GAP}){{0,4}}"
    phone = f"{_parted(WORDS_OF_PHONES)}{_NEAR}{country}{_ONE}{_GAP}{_CARRIER}(?:{_GAP}{_ANY}){{9}}"
    card = f"{_parted(WORDS_OF_CARDS)}{_NEAR}{_ANY}(?:{_GAP}{_ANY}){{15}}"
    return [f"{start}(?:{phones})[^0-9A-Za-z]", f"{start}(?:{cards})", identity, phone, card]


def _begun(groups: tuple[int, ...]) -> tuple[int, ...]:
    return groups[:4] if len(groups) > 4 else (groups[0], 16 - groups[0]) if len(groups) == 2 else groups


def _parted(words: str, by: str = _PART) -> str:
    """Words with something between their letters."""
    parted = (by.join(re.findall(r"\[[^]]*\]|\\?.", word)) for word in words.split("|"))
    return f"(?:{'|'.join(parted)})"


@cache
def _pattern(groups: tuple[str, ...], within: bool) -> str:
    """Of all that a text may hold; a group counts by itself where a count may stand anywhere in a row."""
    who = _parted("|".join(map(re.escape, groups))) if groups else "[^\\x{0}-\\x{10ffff}]"
    few = f"(?:{_ANY}|[一二两三四])(?:[\\s{SPACES}]|{_TAG})*(?:名|人|户|例|位|个)"
    near = r"(?:[^。；;，,0-9]|<[^>]*>\s*)*"
    names = MARKED_NAMES.replace("i", "[iİı]")
    return "|".join(
        (
            *_numbers(),
            _parted(LABEL_WORDS),
            _parted(MARK_WORDS),
            _parted(MARKED_WORDS, _NOTED),
            rf'["\t\n][^"A-Za-z\n]*(?i:{names})[^"A-Za-z\n]*["\t\n]',
            r'"[^"\n]*[）)】\]][^"\n]*"\s*:',  # a key with a note: its name may go on behind it
            r"[^\s\"'({\[][@＠][^\s\"'<.]*[.<]",
            _COMMENT,
            *([f"{who}{near}{few}", f"{few}{near}{who}"] if within else [who]),
        )
    )


def screen(texts: Sequence[str], groups: tuple[str, ...], within: bool = True) -> list[bool]:
    """Whether each text may hold a hit, or anything for which a table's cells must be looked at one by one.

    `within`: whether a small count is of the text itself, rather than of a row, whose number stands alone.
    """
    if sum(map(len, texts)) < _FEW:
        return [True] * len(texts)
    import pyarrow as pa  # noqa: PLC0415  a look at a few files does not pay for it
    import pyarrow.compute as pc  # noqa: PLC0415

    held = [f"\n{text}\n".encode("utf-8", "replace") for text in texts]
    ends = array("q", accumulate(map(len, held), initial=0))
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(b"".join(held))]
    values = pa.Array.from_buffers(pa.large_utf8(), len(held), buffers)
    made: list[bool] = pc.match_substring_regex(values, _pattern(groups, within)).to_pylist()
    return made
