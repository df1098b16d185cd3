"""Thresholds as configuration: each with a default and a reason, each open to a package's own `settings`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Any

from disclosure.model import Package
from disclosure.package.shipped import shipped


@dataclass(frozen=True, slots=True)
class Settings:
    """What checks compare with; settings.csv says why each default is what it is. Shares are in percent."""

    amount_tolerance: Decimal
    shortest_run: int
    repeated_share: Decimal
    doubled_shortest: int
    qualitative_share: Decimal
    low_execution: Decimal
    deviation: Decimal
    same_indicators: int
    exact_lines: int
    exact_rows: int
    max_rows: int
    scheme: str
    scheme_with_cost: str
    as_of: date | None


def _amount(text: str) -> Decimal:
    value = Decimal(text)
    if not (value.is_finite() and value >= 0):
        raise ValueError(text)
    return value


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise ValueError(text)
    return int(text)


def _word(text: str) -> str:
    if not text:
        raise ValueError(text)
    return text


_READ: Mapping[object, Callable[[str], object]] = {
    Decimal: _amount,
    int: _count,
    str: _word,
    date | None: lambda text: date.fromisoformat(text) if text else None,
}
_TYPES: Mapping[str, object] = {field.name: field.type for field in fields(Settings)}


@cache
def defaults() -> Mapping[str, str]:
    """The default of every setting, as settings.csv writes it."""
    return {line["name"]: line["value"] for line in shipped("quality", "settings")}


def own(package: Package) -> Mapping[str, object]:
    """What the package sets for itself, known or not."""
    found = package.descriptor.get("settings", {})
    return found if isinstance(found, dict) else {"settings": found}


def readable(name: str, value: object) -> bool:
    """Whether that is a setting and its value one that can be used."""
    try:
        _value(name, value)
    except (KeyError, ValueError, InvalidOperation):
        return False
    return True


@lru_cache(maxsize=1)  # it holds on to a package
def settings(package: Package) -> Settings:
    """The settings of a package: its own where they can be used, the defaults elsewhere."""
    usable = {name: value for name, value in own(package).items() if readable(name, value)}
    values: dict[str, Any] = {name: _value(name, value) for name, value in {**defaults(), **usable}.items()}
    return Settings(**values)


def _value(name: str, value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(name)
    return _READ[_TYPES[name]](str(value))
