"""JSON as we take it: UTF-8, one object, no key twice, no NaN, bounded, its texts as clean as cells."""

import json
from collections.abc import Iterator
from typing import Any

from disclosure.package.cells import fault_of_text

MAX_JSON_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 16


class Refused(Exception):
    """The file is not such JSON: the rule it breaks, where, what was found, what was expected."""

    def __init__(self, rule: str, found: str, expected: str, where: str = "") -> None:
        super().__init__(rule)
        self.rule, self.found, self.expected, self.where = rule, found, expected, where


def parsed(data: bytes) -> dict[str, Any]:
    """The object in a file; floats are kept as they are written. Raises Refused."""
    try:
        value = json.loads(
            data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=str
        )
    except UnicodeDecodeError as error:
        raise Refused("json-grammar", f"byte {error.start}", "UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise Refused("json-grammar", str(error), "JSON") from error
    if not isinstance(value, dict):
        raise Refused("json-grammar", type(value).__name__, "object")
    for where, text in _texts(value):
        if any("\ud800" <= sign <= "\udfff" for sign in text):
            raise Refused("json-grammar", "half a surrogate pair", "Unicode", where)
        if not where.endswith(".pattern") and (fault := fault_of_text(text)):
            raise Refused(*fault, where)
    return value


def _texts(value: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every key and text with its place. Raises Refused below MAX_DEPTH."""
    waiting: list[tuple[str, int, Any]] = [("", 0, value)]
    while waiting:
        where, depth, node = waiting.pop()
        if depth > MAX_DEPTH:
            raise Refused("json-grammar", f"{depth} levels", f"<= {MAX_DEPTH}", where[:80])
        if isinstance(node, str):
            yield where, node
        elif isinstance(node, dict):
            yield from ((where, key) for key in node)
            waiting += [(f"{where}.{key}".lstrip("."), depth + 1, child) for key, child in node.items()]
        elif isinstance(node, list):
            waiting += [(f"{where}.{number}", depth + 1, child) for number, child in enumerate(node)]


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise ValueError(f"key twice: {key}")
        made[key] = value
    return made


def _no_constant(name: str) -> None:
    raise ValueError(name)
