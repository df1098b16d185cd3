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
from disclosure.quality.scan.words import AFTER_GROUP, BEFORE_GROUP, LABEL_WORDS, MARK_WORDS

FEW = 50_000  # characters; fewer are looked at closely before a pattern is made ready
_EACH = 20  # characters that a text costs besides its own
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
# A tag that begins or ends no cell; and a letter beside a tag or a note within the head of a column.
_INNER = r"<(?:[^tT/]|/[^tT]|/?[tT](?:[^hdrHDR]|[hdrHDR][\w\x{80}-\x{10ffff}]))"
_BESIDE = rf"[A-Za-z_](?:{_INNER}|[（(【\[])|[）)】\]](?:{_BLANK}|[*＊]|{_INNER})*[A-Za-z_]"
_PARTED_HEAD = rf"(?i:<th)\b[^>]*>(?:[^<]|{_INNER})*(?:{_BESIDE})"


def _digit(first: int, last: int) -> str:
    return "[" + "".join(f"{chr(zero + first)}-{chr(zero + last)}" for zero in _ZEROS) + "]"


_ANY, _ONE, _CARRIER = _digit(0, 9), _digit(1, 1), _digit(3, 9)


def _grouped(groups: tuple[int, ...], *first: str) -> str:
    """Digits in groups that signs part, with tags anywhere between them."""
    signs = iter((*first, *[_ANY] * (sum(groups) - len(first))))
    return _NEXT.join(_PART.join(next(signs) for _ in range(many)) for many in groups)


def _numbers() -> list[str]:
    # Behind a sign, tel, phone, mobile, wx or a country's code.
    start = f"(?:[^0-9A-Za-z]|[eElLxX]|{_digit(8, 8)}{_PART}{_digit(6, 6)})"
    phones = "|".join(_grouped(groups, _ONE, _CARRIER) for groups in sorted(PHONE_GROUPS))
    # The longer groups begin with these.
    cards = "|".join(map(_grouped, [(16,), *sorted({_begun(groups) for groups in CARD_GROUPS})]))
    gap = f"(?:{_SPACE}|{_TAG})*"
    century = f"(?:{_ONE}{gap}{_digit(9, 9)}|{_digit(2, 2)}{gap}{_digit(0, 0)})"
    born = f"{gap}{century}(?:{gap}{_ANY}){{9}}"
    identity = f"[^0-9]{_digit(1, 9)}(?:{gap}{_ANY}){{5}}{born}{gap}(?:{_ANY}|[XxＸｘ])"
    return [f"{start}(?:{phones})[^0-9A-Za-z]", f"{start}(?:{cards})", identity]


def _numbers_by_words() -> list[str]:
    country = f"(?:{_ANY}{_GAP}){{0,4}}"
    phone = f"{_parted(WORDS_OF_PHONES)}{_NEAR}{country}{_ONE}{_GAP}{_CARRIER}(?:{_GAP}{_ANY}){{9}}"
    return [phone, f"{_parted(WORDS_OF_CARDS)}{_NEAR}{_ANY}(?:{_GAP}{_ANY}){{15}}"]


def _begun(groups: tuple[int, ...]) -> tuple[int, ...]:
    return groups[:4] if len(groups) > 4 else (groups[0], 16 - groups[0]) if len(groups) == 2 else groups


def _parted(words: str, by: str = _PART) -> str:
    """Words with something between their letters."""
    parted = (by.join(re.findall(r"\[[^]]*\]|\\?.", word)) for word in words.split("|"))
    return f"(?:{'|'.join(parted)})"


@cache
def _patterns(groups: tuple[str, ...], by_cells: bool) -> tuple[str, list[str]]:
    """What is in whatever holds a hit, and what of it must be there besides, each as RE2 can keep it in mind.

    Between the cells of a table, a word and what it says of a number may stand far from it: so each part of
    the first lies within one cell. Every part of the others holds a part of the first.
    """
    who = _parted("|".join(map(re.escape, groups))) if groups else r"[^\x{0}-\x{10ffff}]"
    mail = r"[^\s\"'({\[][@＠][^\s\"'<.]*[.<]"
    sure = [*_numbers(), _parted(LABEL_WORDS), _parted(MARK_WORDS), mail]
    words = (who, _parted(WORDS_OF_PHONES), _parted(WORDS_OF_CARDS))
    if by_cells:  # no tag is taken out of them
        return "|".join((*sure, *words)).replace(_PART, "").replace(f"|{_TAG}", ""), []
    sure.append(_COMMENT)
    few = f"(?:{_ANY}|[一二两三四])(?:[\\s{SPACES}]|{_TAG})*(?:名|人|户|例|位|个)"
    # From a term to its definition is one sign.
    term = rf"{_parted('</[dD][tT]>')}(?:\s|{_TAG})*{_parted('<[dD][dD]')}(?:[^>]|{_TAG})*>"
    near = f"(?:{_PART}(?:[^。；;，,0-9]|{term})){{{{0,{{}}}}}}{_PART}"
    names = MARKED_NAMES.replace("i", "[iİı]")
    keys = [
        _parted(MARKED_WORDS, _NOTED),
        rf'["\t\n][^"A-Za-z\n]*(?i:{names})[^"A-Za-z\n]*["\t\n]',
        r'"[^"\n]*[）)】\]][^"\n]*"\s*:',  # with a note, behind which the name may go on
    ]
    heads = [rf'>[^"A-Za-z<]*(?i:{names})[^"A-Za-z<]*<', _PARTED_HEAD]  # looked at where a word is found
    counts = [f"{who}{near.format(AFTER_GROUP)}{few}", f"{few}{near.format(BEFORE_GROUP)}{who}"]
    return "|".join((*sure, *words, *keys)), [
        "|".join(sure),
        "|".join((*_numbers_by_words(), *counts, *keys, *heads)),
    ]


def in_cells(groups: tuple[str, ...]) -> str:
    """What is in a cell of each row that may hold a hit, if the heads are looked at apart.

    Between the cells of a row stands what no number, word, mark or address goes over; and whatever needs two
    cells needs a word in one of them: a label, a group, a phone, an account. So a row holds a hit only if one
    of its cells matches by itself. No part needs a quotation mark or what XML escapes, if no group does.
    """
    return _patterns(groups, True)[0]


@cache
def in_heads() -> str:
    """What is in a text between tags that is the name of a marked column."""
    names = MARKED_NAMES.replace("i", "[iİı]")
    noted = rf"[A-Za-z_][（(【\[]|[）)】\]](?:{_BLANK}|[*＊])*[A-Za-z_]"
    return rf"{_parted(MARKED_WORDS, _NOTED)}|>[^A-Za-z<]*(?i:{names})[^A-Za-z<]*<|{noted}"


def screen(texts: Sequence[str | bytes], groups: tuple[str, ...], by_cells: bool = False) -> list[bool]:
    """Whether each text may hold a hit; `by_cells`: it is one of a table or a sheet, as in `in_cells`."""
    if sum(map(len, texts)) + _EACH * len(texts) < FEW:
        return [True] * len(texts)
    first, others = _patterns(groups, by_cells)
    (held,) = matching(texts, first)
    if others and any(held):
        some = [text for text, is_held in zip(texts, held, strict=True) if is_held]
        held_too = map(any, zip(*matching(some, *others), strict=True))
        held = [is_held and next(held_too) for is_held in held]
    return held


def matching(texts: Sequence[str | bytes], *patterns: str) -> list[list[bool]]:
    """Which texts each pattern of RE2 matches, in UTF-8 and between two ends of lines."""
    import pyarrow as pa  # noqa: PLC0415  a look at a few files does not pay for it
    import pyarrow.compute as pc  # noqa: PLC0415

    held = [text if isinstance(text, bytes) else text.encode("utf-8", "replace") for text in texts]
    ends = array("q", accumulate(map((2).__add__, map(len, held)), initial=0))
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(b"\n%b\n" % b"\n\n".join(held))]
    values = pa.Array.from_buffers(pa.large_utf8(), len(held), buffers)
    return [pc.match_substring_regex(values, pattern).to_pylist() for pattern in patterns]
