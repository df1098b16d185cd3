"""Numbers, sizes and missing cells as people read them; the only place that formats a number."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from disclosure.model import Missing, Value
from disclosure.package.figures import Figure

MONEY = "万元"
NOT_STATED = "报告未列明"
NOT_APPLICABLE = "—"
_WAN_IN_YI = Decimal(10_000)
_WAN_IN_MILLION = Decimal(100)
_CIRCLED_ONE = 0x2460
_CIRCLED = 20


def shown(figure: Figure) -> str:
    """The figure's value as a page prints it, without its unit."""
    return number(figure.value, figure.unit)


def number(value: Decimal | Missing, unit: str = "") -> str:
    """A number with thousands separators; broken amounts of money have two places at least.

    All other places are those of the value, so that the page says no more than the cell does.
    """
    if isinstance(value, Missing):
        return missing(value)
    text = f"{value:,f}"
    return f"{text}0" if unit == MONEY and text[-2:-1] == "." else text


def with_unit(figure: Figure) -> str:
    """The figure's value and its unit as one text, for where no link can stand."""
    if isinstance(figure.value, Missing):
        return missing(figure.value)
    return f"{shown(figure)}{'' if figure.unit == '%' else ' '}{figure.unit}"


def missing(value: Missing) -> str:
    """Why a cell holds nothing, in the site's words."""
    return NOT_STATED if value is Missing.NOT_STATED else NOT_APPLICABLE


def exact(figure: Figure) -> str:
    """The value as its cell writes it, for machines."""
    return "" if isinstance(figure.value, Missing) else format(figure.value, "f")


def rounded(figure: Figure) -> tuple[str, str]:
    """An amount in 万元 as a headline says it: 亿元 from a tenth of one up, else whole 万元."""
    if isinstance(figure.value, Missing):
        return missing(figure.value), ""
    in_yi = (figure.value / _WAN_IN_YI).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if figure.unit == MONEY and in_yi >= 1:
        return f"{in_yi:,}", "亿元"
    return f"{figure.value.quantize(Decimal(1), ROUND_HALF_UP):,}", figure.unit


def rounded_en(figure: Figure) -> tuple[str, str]:
    """An amount as an English headline says it: million yuan with one place."""
    if isinstance(figure.value, Missing):
        return "not stated", ""
    millions = (figure.value / _WAN_IN_MILLION).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{millions:,}", "million yuan"


def cell(value: Value) -> str:
    """Any cell as text: dates by ISO, missing cells as such."""
    if isinstance(value, Missing):
        return missing(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def circled(number: str) -> str:
    """①, ② and so on as official texts number their items; above twenty the number in brackets."""
    if number.isdecimal() and 1 <= int(number) <= _CIRCLED:
        return chr(_CIRCLED_ONE + int(number) - 1)
    return f"（{number}）"


def size(count: int, ones: str = "字节") -> str:
    """A file's size: bytes below 1,000, else kB or MB with one place."""
    for limit, unit in ((1_000_000, "MB"), (1_000, "kB")):
        if count >= limit:
            return f"{Decimal(count) / limit:,.1f} {unit}"
    return f"{count} {ones}"
