"""Resident identity numbers, mobile numbers and bank cards among the digits of a text.

One flat pattern finds runs of digits with spaces, hyphens and dots between; only such runs are looked at
closely, so a page without one costs a single pass.
"""

import re
from collections.abc import Iterator

from stdnum import luhn
from stdnum.cn import ric, uscc

from disclosure.quality.scan.hits import Hit, masked_number

_RUN = re.compile(r"[0-9][0-9 .\-]{9,}[0-9]")
_GAP = r"[ .\-]{0,3}"
_BETWEEN = re.compile(r"[ .\-]+")
# Patterns stand in a lookahead, so that one candidate does not hide the next.
_ID_GAP = r"[ \-]{0,3}"  # a dot would join amounts
_ID = re.compile(rf"(?<![0-9])(?=([1-9]{_ID_GAP}(?:[0-9]{_ID_GAP}){{16}}[0-9Xx])(?![0-9]))")
# A number is not a piece of a code, of a decimal fraction or of an amount.
_AFTER = r"(?:(?<![0-9A-Za-z])|(?<=tel)|(?<=Tel)|(?<=TEL)|(?<=phone)|(?<=mobile)|(?<=[wv]x))"
_CODE = rf"{_AFTER}(?<![0-9]\.)(?<![¥￥$])"
_END = r"(?![0-9A-Za-z])(?!\.[0-9]*[1-9])(?!\.[0-9]{2})(?!,[0-9]{3})"
_MONEY = r"(?! ?(?:万|亿|千)?(?:元|字节|人民币|bytes|KB|MB))"
_MOBILE = re.compile(rf"{_CODE}(?=((?:(?:\+|00)?86{_GAP})?(1{_GAP}[3-9](?:{_GAP}[0-9]){{9}})){_END}{_MONEY})")
_CARD = re.compile(rf"{_CODE}(?=([0-9](?:{_GAP}[0-9]){{15,18}}){_END}{_MONEY})")
WORDS_OF_PHONES = "电话|手机|联系|微信|号码|[Tt]el|[Pp]hone|[Mm]obile"
_BEFORE_PHONES = re.compile(rf"(?:{WORDS_OF_PHONES})[^0-9\n]{{0,12}}$")
WORDS_OF_CARDS = "账号|帐号|账户|帐户|卡号|银行|开户|[Aa]ccount|[Cc]ard"
_BEFORE_CARDS = re.compile(rf"(?:{WORDS_OF_CARDS})[^0-9\n]{{0,16}}$")
# How people write a mobile in groups; another division counts only beside a word of phones.
PHONE_GROUPS = {(11,), (3, 4, 4), (3, 8), (4, 3, 4), (4, 4, 3), (3, 3, 5), (1,) * 11}
CARD_GROUPS = {(4, 4, 4, 4, n) for n in (1, 2, 3)} | {
    (4, 4, 4, 4),
    (6, 10),
    (6, 13),
    (6, 12),
    (8, 8),
    (8, 11),
}
# Issuers: UnionPay 62 and the old domestic prefixes; then the foreign ones, whose cards have 16 digits.
_ISSUER = re.compile(r"(?:62|60|6[89]|95|9[689]|103)[0-9]{13,17}|(?:4|5[1-5]|35|2[2-7])[0-9]{14,15}")
_DATED = re.compile(r"20[0-9]{2}[01][0-9][0-3][0-9]")
_CENTURIES = ("19", "20")


def numbers(text: str, official: frozenset[str]) -> Iterator[Hit]:
    """Hits in a text made plain; what an office publishes on purpose passes."""
    for run in _RUN.finditer(text):
        if sum(map(str.isdigit, run.group())) >= 11:
            start, end = run.start(), min(len(text), run.end() + 12)
            taken: list[tuple[int, int]] = []
            for kind, where, value in _in_run(text, start, end):
                clear = all(where[1] <= other[0] or where[0] >= other[1] for other in taken)
                if clear and where[0] < run.end() and value not in official:
                    taken.append(where)
                    yield Hit(kind, masked_number(value), where[0])


def _in_run(text: str, start: int, end: int) -> Iterator[tuple[str, tuple[int, int], str]]:
    """Candidates that hold, the surest kind first."""
    for match in _ID.finditer(text, start, end):
        if is_identity_number(value := _BETWEEN.sub("", match.group(1)).upper()):
            yield "no-id-number", match.span(1), value
    first = max(0, start - 1)  # the plus sign of a country code
    for match in _MOBILE.finditer(text, first, end):
        if _is_mobile(text, match):
            yield "no-mobile-number", match.span(1), _BETWEEN.sub("", match.group(2))
    for match in _CARD.finditer(text, start, end):
        if _is_card(text, match, value := _BETWEEN.sub("", match.group(1))):
            yield "no-bank-card", match.span(1), value


def is_identity_number(number: str) -> bool:
    """Shape, a date of birth and the check digit of GB 11643.

    The six digits of the place are not looked up: districts are founded and dissolved, and a number that
    its table does not know is a person's all the same.
    """
    if number[6:8] not in _CENTURIES or number[-1] != ric.calc_check_digit(number):
        return False
    try:
        ric.get_birth_date(number)
    except ValueError:
        return False
    return True


def _groups(written: str) -> tuple[int, ...]:
    return tuple(len(group) for group in _BETWEEN.split(written))


def _alone(text: str, start: int, end: int) -> bool:
    """Whether no further group of digits stands before or after, as in a row of figures."""
    return not re.search(r"[0-9](?:[ .]{1,3}|,)$", text[max(0, start - 4) : start]) and not re.match(
        r"[ .]{1,3}[0-9]", text[end : end + 4]
    )


def _is_mobile(text: str, match: re.Match[str]) -> bool:
    groups = _groups(match.group(2))
    if groups == (11,) or _BEFORE_PHONES.search(text[max(0, match.start(1) - 20) : match.start(1)]):
        return True
    if groups == (3, 8) and _DATED.fullmatch(match.group(2)[-8:]):
        return False
    return groups in PHONE_GROUPS and _alone(text, *match.span(1))


def _is_card(text: str, match: re.Match[str], value: str) -> bool:
    """Luhn and an issuer's prefix, or Luhn beside a word of accounts; a credit code is no card."""
    if not luhn.is_valid(value) or uscc.is_valid(value):
        return False
    if _BEFORE_CARDS.search(text[max(0, match.start(1) - 24) : match.start(1)]):
        return True
    groups = _groups(match.group(1))
    known = len(groups) == 1 or (groups in CARD_GROUPS and _alone(text, *match.span(1)))
    return known and bool(_ISSUER.fullmatch(value))
