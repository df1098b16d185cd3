"""What a publisher may set of the scan; settings.csv has the default of each and the reason for it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

from disclosure.model import DisclosureError
from disclosure.package.shipped import shipped


class BadSettings(DisclosureError):
    """`settings.scan` of the descriptor names something that cannot be set, or sets it to the wrong type."""


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """Settings of the scan, given as `settings.scan` in datapackage.json.

    `official_numbers`: hotlines, duty mobiles and payment accounts that an office publishes on purpose,
    digits only. `official_domains`: mail domains of offices; a subdomain counts. `official_authors`: what a
    file may name as its author besides an organisation. `sensitive_groups`: people whom a small count can
    point out. `small_count`: the largest count that is still small; zero points at nobody.
    """

    official_numbers: tuple[str, ...]
    official_domains: tuple[str, ...]
    official_authors: tuple[str, ...]
    sensitive_groups: tuple[str, ...]
    small_count: int


@cache
def defaults() -> ScanSettings:
    """What is scanned by where a package sets nothing."""
    lines = {line["name"]: line["value"] for line in shipped("quality.scan", "settings")}
    small = int(lines.pop("small_count"))
    words = {name: tuple(filter(None, value.split("|"))) for name, value in lines.items()}
    return ScanSettings(**words, small_count=small)


def settings_of(descriptor: Mapping[str, Any]) -> ScanSettings:
    """What a descriptor sets, defaults for the rest. Raises BadSettings."""
    custom = descriptor.get("settings")
    given = custom.get("scan", {}) if isinstance(custom, Mapping) else {}
    if not isinstance(given, Mapping):
        raise BadSettings("settings.scan")
    known = {field.name for field in fields(ScanSettings)}
    made: dict[str, Any] = {}
    for name, value in given.items():
        if name == "small_count" and type(value) is int:
            made[name] = value
        elif name in known - {"small_count"} and _is_words(value):
            made[name] = tuple(value)
        else:
            raise BadSettings(f"settings.scan.{name}")
    return replace(defaults(), **made)


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item for item in value)
