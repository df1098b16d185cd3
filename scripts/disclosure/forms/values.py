"""Amounts, points and percentages as forms write them, turned into exact numbers or refused by name."""

import re
from decimal import Decimal
from functools import lru_cache

from disclosure.forms.grid import Refused, folded
from disclosure.forms.layout import Layout
from disclosure.forms.stored import PLACES

NOT_STATED, NOT_APPLICABLE = "NA", ""
NUMBER = r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_NOTHING = frozenset((
    "—", "——", "———", "-", "--", "/", "\\", "–", "―", "一", "无", "/无", "不适用", "…", "……", "...", "......",
))  # fmt: skip
# Of so many 元; 千元 is said by heads alone.
_SCALE = {"亿": Decimal(10_000), "万": Decimal(1), "千": Decimal("0.1"), "": Decimal("0.0001")}
_AMOUNT = re.compile(rf"(?:人民币|[¥￥])?({NUMBER})(亿元|亿|万元|万|元|[(](?:亿元|万元|元)[)])?整?")
_PART = re.compile(
    rf"[,;、。和及(:+=]?(?:其中[:、]?)?([^\d,;、。:=+]*?)(?:为|是|[:=])?({NUMBER})(亿元|亿|万元|万|元)?[)]?"
)
_ALL = (
    r"[,(]?(?:全部|全额|均|都)?(?:为|是|系|由|来自|来源于)?((?!其中)[^\d,;、。:=+()]+)[)]?。?"  # of one fund
)
_LONGEST_AMOUNTS = 400  # signs of a cell that holds several amounts
_NUMBER = re.compile(NUMBER)
SHARE = re.compile(r"0?\.\d+|1(?:\.0+)?")  # it may be of one, or of a hundred
APART = re.compile(r"\d\s+\d")  # two numbers, maybe on two lines of a cell, and not one
_CURRENCY = re.compile(r"[十百千万亿美欧港日澳]*元")


def is_nothing(text: str) -> bool:
    """Whether a cell says that nothing applies: a dash, a slash, 无."""
    return folded(text) in _NOTHING


def is_stated(text: str) -> bool:
    """Whether a value of the package says something."""
    return text not in (NOT_STATED, NOT_APPLICABLE)


def stated(number: Decimal) -> str:
    """A number as the package writes it: no exponent, no more decimals than were stated."""
    return f"{number:f}" if number else "0"


def applied(text: str) -> str:
    """A text as the package writes it: empty where it says that nothing applies."""
    return NOT_APPLICABLE if is_nothing(text) else text


def amount(text: str, currency: str) -> str:
    """An amount in 万元. Raises Refused."""
    if is_nothing(text):
        return NOT_APPLICABLE
    match = _AMOUNT.fullmatch(folded(text))
    if match is None or APART.search(text):
        raise _no_number("form-amount", text)
    return _scaled(text, match.group(1), (match.group(2) or currency).strip("()"))


@lru_cache(maxsize=4_096)
def _scaled(text: str, digits: str, unit: str) -> str:
    scale = _SCALE.get(unit.removesuffix("元")) if unit else None
    if scale is None:
        raise Refused("form-amount-unit", "", f"{text} {unit}".strip())
    number = Decimal(digits.replace(",", ""))
    exact = number if scale == 1 else (number * scale).normalize()
    exponent = exact.as_tuple().exponent
    if exact < 0 or (isinstance(exponent, int) and -exponent > PLACES) or exact >= 10**12:
        raise Refused("form-amount", "", text)
    return stated(exact)


def amounts(text: str, currency: str, layout: Layout) -> dict[str, tuple[str, str]]:
    """The words and the amount of each fund in a cell, the whole as `total`; several only if parted."""
    bare = folded(text)
    if is_nothing(text) or _AMOUNT.fullmatch(bare):
        return {"total": ("", amount(text, currency))}
    found: dict[str, tuple[str, str]] = {}
    place, units = 0, set[bool]()
    for match in _PART.finditer(bare[:_LONGEST_AMOUNTS]):
        words, digits, unit = match.group(1).strip("("), *match.groups()[1:]
        fund = layout.meaning(words).get("fund", "total" if not words and not place else "")
        if match.start() != place or not fund or fund in found:
            break
        found[fund] = words, _scaled(text, digits, unit or currency)
        units.add(bool(unit))
        place = match.end()
    whole = re.fullmatch(_ALL, bare[place:]) if [*found] == ["total"] else None
    if whole and (fund := layout.meaning(whole.group(1)).get("fund", "total")) != "total":
        found[fund] = whole.group(1), found["total"][1]
        place = len(bare)
    if not found or len(units) > 1 or bare[place:].strip(")。;,") or APART.search(text):
        several = len(_NUMBER.findall(bare[:_LONGEST_AMOUNTS])) > 1
        raise Refused("form-amount-several", "", text) if several else _no_number("form-amount", text)
    return found


def _no_number(rule: str, text: str) -> Refused:
    """Why a text is no number; one in words is to be written in digits."""
    return Refused(rule, "", text, "" if _NUMBER.search(folded(text)) else "digits")


def points(text: str) -> str:
    """Points, as 10 or 10分. Raises Refused."""
    return _number(text, folded(text).removesuffix("分"))


def weighed(text: str) -> str:
    """Points, as 10 or 10%: whoever asks sees that it is one of a hundred. Raises Refused."""
    return _number(text, folded(text).removesuffix("分").removesuffix("%"))


def rate(text: str) -> str:
    """A percentage, as 100.00% or 100; a share of one without the sign is refused, for it may mean either."""
    if SHARE.fullmatch(folded(text)):
        raise Refused("form-percent", "", text)
    return _number(text, folded(text).removesuffix("%"))


def _number(written: str, text: str) -> str:
    if is_nothing(written):
        return NOT_APPLICABLE
    number = "" if APART.search(written) else _plain_number(text)
    if not number:
        raise _no_number("form-number", written)
    return number


@lru_cache(maxsize=4_096)
def _plain_number(text: str) -> str:
    """The number that a text is, as the package writes it; empty where it is none."""
    if not _NUMBER.fullmatch(text) or text.startswith("-") or len(text.partition(".")[2]) > PLACES:
        return ""
    return stated(Decimal(text.replace(",", "")))


@lru_cache(maxsize=1_024)
def currency_of(text: str) -> str:
    """The unit of money that a label names: 万元, 元, none, or one that no amount is taken in."""
    return "、".join(dict.fromkeys(_CURRENCY.findall(folded(text))))


_CODE = r"[0-9A-Za-z][0-9A-Za-z_.]{1,39}"
# Before a dash, in brackets, or as long as codes are that the system gives.
_CODED = re.compile(
    rf"(?:({_CODE})\s*[-—－–]|[\[［【(（]({_CODE})[)）】］\]])\s*(\S.*)|([0-9A-Za-z_]{{12,40}})\s*([^\x00-\x7f].*)"
)


def code_and_name(text: str) -> tuple[str, str]:
    """`219-某镇人民政府`, `[219]某镇人民政府` split into code and name; no code where the cell has none."""
    match = _CODED.fullmatch(text)
    code, name = filter(None, match.groups()) if match else ("", text)
    if not any(map(str.isdigit, code)) or name[:1].isdigit():
        return "", text
    return code, name
