"""JSON: every string and number with the path to it, and keys that mark what stands behind them."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from disclosure.quality.scan.detectors import suspicious
from disclosure.quality.scan.headers import is_blank, is_marked
from disclosure.quality.scan.markup import of_html
from disclosure.quality.scan.pieces import CannotRead, Piece, Role
from disclosure.quality.scan.screen import screen
from disclosure.quality.scan.settings import ScanSettings

_ESCAPED, _MEANT = re.compile(r'\\([n"])'), {"n": "\n", '"': '"'}
_TOKEN, _LATE_COLON = re.compile(r'("(?:[^"\\]|\\.)*"|[-+.0-9eE]+)(\s*:)?'), re.compile(r"\n\s*:")


def as_meant(text: str) -> str | None:
    """JSON without odd escapes, of which some are letters, and without markup in markup; None of other."""
    read = _ESCAPED.sub(lambda found: _MEANT[found[1]], text) if "\\" in text else text
    return None if "\\" in read or ("<" in read and "&" in read) else read


class _Pairs(list[tuple[str, object]]):
    """An object with every value of a key that stands twice: all of them go out."""


def of_json(text: str, settings: ScanSettings) -> Iterator[Piece]:
    """Pieces of a JSON file. Raises CannotRead."""
    try:
        worth = _worth(text, settings)

        def holds(value: object) -> bool:
            if isinstance(value, list) and not isinstance(value, _Pairs):
                return any(
                    item in worth if isinstance(item, str) else isinstance(item, list) for item in value
                )
            return value in worth if isinstance(value, str) else isinstance(value, list)

        def pairs(found: list[tuple[str, object]]) -> _Pairs | None:
            return _Pairs(found) if any(map(holds, chain.from_iterable(found))) else None

        value = json.loads(text, parse_float=str, parse_int=str, object_pairs_hook=pairs)
    except (ValueError, RecursionError) as error:
        raise CannotRead("not a JSON file") from error
    yield from _values(value, "", settings)


def _worth(text: str, settings: ScanSettings) -> set[str]:
    """Strings and numbers that may hold something, or mark what stands behind them.

    None goes over the end of a line, and a line is screened as the file would be: what marks a key stands in
    it and its colon. So one that holds something by itself stands in a line that may hold something.
    """
    lines = [text] if _LATE_COLON.search(text) else text.split("\n")
    seen = [as_meant(line) for line in lines]
    held = screen([line or "" for line in seen], settings.sensitive_groups)
    worth = (line for line, meant, is_held in zip(lines, seen, held, strict=True) if is_held or meant is None)
    tokens = {token for line in worth for token in _TOKEN.findall(line)}
    read = {(json.loads(token) if token[0] == '"' else token, colon) for token, colon in tokens}
    return {token for token, is_key in read if any((_key if is_key else _string)(token, settings))}


def _values(value: object, path: str, settings: ScanSettings) -> Iterator[Piece]:
    if isinstance(value, _Pairs):
        for key, item in value:
            where = f"{path}.{key}".lstrip(".")
            worth, marked = _key(key, settings)
            if worth:
                yield Piece(where, key)
            if marked and isinstance(item, str) and not (is_blank(item) or _official(item, settings)):
                yield Piece(where, key, role=Role.COLUMN)
            yield from _values(item, where, settings)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _values(item, f"{path}[{number}]", settings)
    elif isinstance(value, str):
        yield from (Piece(path, piece.text, role=piece.role) for piece in _string(value, settings))


@lru_cache(maxsize=4096)
def _key(key: str, settings: ScanSettings) -> tuple[bool, bool]:
    """Whether a key is worth a look itself, and whether it marks its value."""
    return suspicious(key, settings), is_marked(key)


def _official(value: str, settings: ScanSettings) -> bool:
    return "".join(filter(str.isdigit, value)) in settings.official_numbers


def _string(value: str, settings: ScanSettings) -> Iterator[Piece]:
    if "<" in value:
        yield from of_html(value, settings)
    elif suspicious(value, settings):
        yield Piece("", value)
