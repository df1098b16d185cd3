"""Numbers below ten thousand written in Chinese: 四, 十三, 二百三十, 一千零五, 二〇二二.

A library for this costs a fifth of a whole check to import; its answers are what the tests compare with.
"""

import re
from decimal import Decimal

_DIGITS = {sign: str(value) for value, sign in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}
_DIGIT = "[一二两三四五六七八九]"
_ZERO = "(?:[零〇](?=.))?"
_PLACES = re.compile(
    rf"(?=.)(?:({_DIGIT})千)?{_ZERO}(?:({_DIGIT})百)?{_ZERO}(?:({_DIGIT}?)十)?{_ZERO}({_DIGIT}?)\Z"
)


def chinese_number(run: str) -> Decimal | None:
    """The number that a run of numerals writes, by places or digit by digit; None where it writes none."""
    if run and all(sign in _DIGITS for sign in run):
        return Decimal("".join(_DIGITS[sign] for sign in run))
    found = _PLACES.match(run)
    if found is None:
        return None
    thousands, hundreds, tens, ones = found.groups()
    tens = "一" if tens == "" else tens  # 十三 is 一十三
    return Decimal("".join(_DIGITS.get(sign or "", "0") for sign in (thousands, hundreds, tens, ones)))
