"""What a publisher may set of the scan, each with a default and the reason for it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from disclosure.model import DisclosureError


class BadSettings(DisclosureError):
    """`settings.scan` of the descriptor names something that cannot be set, or sets it to the wrong type."""


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """Settings of the scan, given as `settings.scan` in datapackage.json.

    `official_numbers`: hotlines, duty mobiles and payment accounts that an office publishes on purpose,
    digits only. None by default: a number is a person's until somebody answers for it.

    `official_domains`: mail domains of offices; a subdomain counts. gov.cn is registered for organs of state
    only; the example domains are reserved by RFC 2606 and belong to nobody.

    `official_authors`: what a file may name as its author besides an organisation. Programs sign with their
    own name, which says nothing of a person; a login name does.

    `sensitive_groups`: people whom a small count can point out in a neighbourhood: those on assistance, the
    disabled, the ill, children in need, those under supervision (个人信息保护法第二十八条).

    `small_count`: the largest count that is still small. 4, because statistical offices commonly withhold
    cells below 5; zero points at nobody.
    """

    official_numbers: tuple[str, ...] = ()
    official_domains: tuple[str, ...] = (
        "gov.cn",
        "example.com",
        "example.net",
        "example.org",
    )
    official_authors: tuple[str, ...] = (
        "Administrator",
        "Apple",
        "LibreOffice",
        "Microsoft Office User",
        "MkDocs Team",
        "User",
        "WPS Office",
        "openpyxl",
        "python-docx",
    )
    sensitive_groups: tuple[str, ...] = (
        "低保",
        "特困",
        "孤儿",
        "残疾",
        "困境儿童",
        "留守儿童",
        "事实无人抚养",
        "临时救助",
        "精神障碍",
        "艾滋",
        "戒毒",
        "吸毒",
        "社区矫正",
        "刑满释放",
        "失独",
    )
    small_count: int = 4


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
    return ScanSettings(**made)


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item for item in value)
