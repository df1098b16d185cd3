"""What one cell may hold: clean characters, plain text, the grammar of its type, the limits of its column."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from disclosure.model import Field, Missing, Value
from disclosure.package.pattern import compiled

MAX_CELL = 2_000
MAX_KEY = 100
Fault = tuple[str, str, str]  # rule, found, expected
CellReader = Callable[[str], Value | Fault]
MISSING = {kind.value: kind for kind in (Missing.NOT_APPLICABLE, Missing.NOT_STATED)}
SHAPES: dict[str, tuple[re.Pattern[str], Callable[[str], Value]]] = {
    "string": (re.compile(r".*"), str),
    "integer": (re.compile(r"(?!-0+\Z)-?[0-9]{1,12}"), int),
    "number": (re.compile(r"(?!-0+(?:\.0+)?\Z)-?[0-9]{1,12}(?:\.[0-9]{1,6})?"), Decimal),
    "year": (re.compile(r"[12][0-9]{3}"), int),
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), date.fromisoformat),
}
# A key becomes part of an address, a file's name and an anchor.
_KEY = re.compile(rf"(?=.{{1,{MAX_KEY}}}\Z)[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")
# Signs that nothing acts upon, as nearly all cells are made of; the rest is looked at one by one.
_PLAIN = re.compile(
    r"[0-9A-Za-z_\u4e00-\u9fff，。、；：（）“”《》？≥≤％①-⑳(.%/]"
    r"[0-9A-Za-z_\u4e00-\u9fff，。、；：（）“”《》？≥≤％①-⑳().%/, ;-]*(?<! )"
)
# What a browser, a template engine, a Markdown renderer or a spreadsheet would act upon.
_MARKUP = re.compile(
    r"<[a-z/!?]|\{\{|\{%|\{#|\]\(|!\["
    r"|(?:javascript|vbscript|data)\s*:|&(?:#x?[0-9a-f]+|[a-z][a-z0-9]*);"
    r"|\bon(?:abort|animation\w+|begin|blur|change|click|drag\w*|drop|error|focus\w*|input|key\w+|load\w*"
    r"|mouse\w+|pointer\w+|scroll|submit|toggle|touch\w+|transition\w+|wheel)\s*="
    r"|\A[=+@-](?:\s*[\"'(a-z]|.*(?:[a-z]\(|\||!))",
    re.IGNORECASE,
)
_BAD_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp", "Zs"})
# Letters, marks and symbols that cannot be seen, and the sign for a character that was lost.
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc\ufffd")
_RARE_HAN = range(0x20000, 0x3FFFE)  # newer characters than this Python's tables know
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{2,}")
MAX_MARKS = 4  # accents on one letter; Tibetan and Vietnamese need three


def reader_of(field: Field, in_key: bool) -> CellReader:
    """The typed value of a cell of this column, or the rule that it breaks."""
    limit = field.constraints.get("maxLength")
    bound = limit if isinstance(limit, int) else MAX_CELL
    shape, make = SHAPES[field.type]
    required, is_text = field.required or in_key, field.type == "string"
    limits = tuple(_limits(field, in_key))

    def read(cell: str) -> Value | Fault:
        if cell in MISSING:
            return ("cell-required", cell, field.type) if required else MISSING[cell]
        fits = is_text or bool(shape.fullmatch(cell))
        fault = None if fits and not is_text else fault_of_text(cell, bound)
        if fault and (is_text or fault[0] != "cell-plain-text"):
            return fault
        try:
            value = make(cell) if fits else None
        except ValueError:
            value = None
        if value is None:
            return "cell-type", cell[:80], field.type
        for holds, expected in limits:
            if not holds(cell, value):
                return "cell-constraint", cell[:80], expected
        return value

    return read


def fault_of_text(cell: str, bound: int = MAX_CELL) -> Fault | None:
    """Why a text may not be published, whatever column it stands in."""
    if len(cell) > bound:
        return "cell-length", str(len(cell)), f"<= {bound}"
    if _PLAIN.fullmatch(cell):
        return None
    if sign := _odd_sign(cell):
        return "cell-characters", sign, ""
    if match := _MARKUP.search(cell):
        return "cell-plain-text", match.group()[:80], ""
    return ("cell-characters", "U+0020", cell.strip()[:80]) if cell != cell.strip() else None


def _odd_sign(cell: str) -> str:
    marks = 0
    for sign in cell:
        category = unicodedata.category(sign)
        if sign in _UNSEEN or (category in _BAD_CATEGORIES and sign != " " and ord(sign) not in _RARE_HAN):
            return f"U+{ord(sign):04X}"
        marks = marks + 1 if category[0] == "M" else 0
        if marks > MAX_MARKS:
            return f"U+{ord(sign):04X}"
    many = _SELECTOR.search(cell)
    return f"U+{ord(many.group()[0]):04X}" if many else ""


def _limits(field: Field, in_key: bool) -> Iterator[tuple[Callable[[str, Value], bool], str]]:
    given = field.constraints
    if in_key and field.type == "string":
        yield lambda cell, _: bool(_KEY.fullmatch(cell)), _KEY.pattern
    if isinstance(allowed := given.get("enum"), list):
        texts = frozenset(map(str, allowed))
        yield lambda cell, _: cell in texts, " | ".join(map(str, allowed))
    if "pattern" in given:
        pattern = compiled(str(given["pattern"]))
        yield lambda cell, _: bool(pattern.fullmatch(cell)), pattern.pattern
    if isinstance(least := given.get("minLength"), int):
        yield lambda cell, _: len(cell) >= least, f"{least} characters"
    make = SHAPES[field.type][1]
    if "minimum" in given:
        lowest = make(str(given["minimum"]))
        yield lambda _, value: not value < lowest, f">= {given['minimum']}"  # type: ignore[operator]
    if "maximum" in given:
        highest = make(str(given["maximum"]))
        yield lambda _, value: not value > highest, f"<= {given['maximum']}"  # type: ignore[operator]
