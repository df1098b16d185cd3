"""What a column may demand of its cells: only demands that every layer of the check understands."""

from collections.abc import Iterator, Mapping
from typing import Any

from disclosure.package.cells import SHAPES
from disclosure.package.pattern import Unsafe, compiled

MAX_LENGTH = 20_000
MAX_VALUES = 200
_KNOWN = frozenset({"required", "unique", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum"})
_BOUNDED = ("integer", "number", "year", "date")


def faults(limits: Mapping[str, Any], kind: str) -> Iterator[tuple[str, object, str]]:
    """Each demand on a column of that type that cannot be taken: its name, what it is, what it should be."""
    for key, value in limits.items():
        for expected in _faults(key, value, kind):
            yield key, value, expected


def _faults(key: str, value: Any, kind: str) -> Iterator[str]:
    if key not in _KNOWN:
        yield " | ".join(sorted(_KNOWN))
    elif key in ("required", "unique"):
        if not isinstance(value, bool):
            yield "true or false"
    elif key == "enum":
        values = value if isinstance(value, list) and 1 <= len(value) <= MAX_VALUES else [None]
        if not all(_is_a(item, kind) for item in values) or len({*map(str, values)}) != len(values):
            yield f"[...] of type {kind}, each once"
    elif key == "pattern":
        yield from _faults_of_pattern(value, kind)
    elif key in ("minLength", "maxLength"):
        if kind != "string" or type(value) is not int or not 1 <= value <= MAX_LENGTH:
            yield f"1 to {MAX_LENGTH} characters of a string"
    elif kind not in _BOUNDED or not _is_a(value, kind):
        yield f"a limit of type {kind}" if kind in _BOUNDED else "no limit for a string"


def _faults_of_pattern(value: object, kind: str) -> Iterator[str]:
    if not isinstance(value, str) or kind != "string":
        yield "a pattern for a string"
        return
    try:
        compiled(value)
    except Unsafe as error:
        yield f"a pattern read in one way only ({error})"


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
