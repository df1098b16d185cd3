"""What a column may demand of its cells: only demands that every layer of the check understands."""

from typing import Any

from disclosure.package.cells import SHAPES
from disclosure.package.pattern import Unsafe, compiled

MAX_LENGTH = 20_000
MAX_VALUES = 200
_KNOWN = ("enum", "maxLength", "maximum", "minLength", "minimum", "pattern", "required", "unique")


def instead(key: str, value: Any, kind: str) -> str:
    """What a demand on a column of that type should be; empty where it can be taken as it is."""
    match key:
        case "required" | "unique":
            return "" if isinstance(value, bool) else "true or false"
        case "enum":
            values = value if isinstance(value, list) and 1 <= len(value) <= MAX_VALUES else [None]
            good = len({*map(str, values)}) == len(values) and all(_is_a(item, kind) for item in values)
            return "" if good else f"[...] of type {kind}, each once"
        case "pattern":
            return _instead_of_pattern(value, kind)
        case "minLength" | "maxLength":
            good = kind == "string" and type(value) is int and 1 <= value <= MAX_LENGTH
            return "" if good else f"1 to {MAX_LENGTH} characters of a string"
        case "minimum" | "maximum":
            good = kind != "string" and _is_a(value, kind)
            return "" if good else "no limit for a string" if kind == "string" else f"a limit of type {kind}"
    return " | ".join(_KNOWN)


def _instead_of_pattern(value: object, kind: str) -> str:
    if not isinstance(value, str) or kind != "string":
        return "a pattern for a string"
    try:
        compiled(value)
    except Unsafe as error:
        return f"a pattern read in one way only ({error})"
    return ""


def _is_a(value: object, kind: str) -> bool:
    form, make = SHAPES[kind]
    text = str(value)
    if isinstance(value, bool) or not isinstance(value, str | int) or not form.fullmatch(text):
        return False
    try:
        make(text)
    except ValueError:
        return False
    return True
