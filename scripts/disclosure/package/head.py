"""What the descriptor says of the package as a whole: its name, version, publisher and settings."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

MAX_ROWS = 1_000_000
YEARS = (1949, 2999)  # the least and the last that a package may be of; a cell takes no later one
# Name and version become part of a download's name; no feed has an entry without a time.
_TEXTS = {
    "name": re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*"),
    "version": re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){0,2}(?:[+-][0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*)?"),
    "created": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"),
}


def faults(descriptor: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with them: where, what was found, what was expected."""
    for key, form in _TEXTS.items():
        value = descriptor.get(key)
        if not isinstance(value, str) or len(value) > 80 or not form.fullmatch(value):
            yield (key, str(value), form.pattern)
    publisher = descriptor.get("publisher")
    if not isinstance(publisher, dict) or not all(isinstance(text, str) for text in publisher.values()):
        yield ("publisher", str(publisher), '{"name": ...}')
    years = descriptor.get("fiscal_years", [])
    if not isinstance(years, list) or not all(
        type(year) is int and YEARS[0] <= year <= YEARS[1] for year in years
    ):
        yield ("fiscal_years", str(years), "[2026]")
    settings = descriptor.get("settings", {})
    if not isinstance(settings, dict):
        yield ("settings", str(settings), "{...}")
    elif "max_rows" in settings and max_rows(descriptor) is None:
        yield ("settings.max_rows", str(settings["max_rows"]), f"1 to {MAX_ROWS}")


def max_rows(descriptor: Mapping[str, Any]) -> int | None:
    """The number of rows that the package allows its tables, where it sets one of its own."""
    settings = descriptor.get("settings")
    found = settings.get("max_rows") if isinstance(settings, dict) else None
    return found if type(found) is int and 1 <= found <= MAX_ROWS else None
