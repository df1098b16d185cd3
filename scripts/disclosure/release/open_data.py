"""The fields by which Chinese catalogues of government data describe a resource: what is known, and no more.

The list of fields is open_data.csv; what a package does not say of itself stays empty and is labelled so.
"""

from collections.abc import Mapping, Sequence

from disclosure.model import Package
from disclosure.package.shipped import csv_of, shipped
from disclosure.release.address import Address, publisher
from disclosure.release.downloads import FOLDER, Download, named

NOT_GIVEN = "未提供"


def fields(package: Package, downloads: Sequence[Download], where: Address) -> tuple[tuple[str, str], ...]:
    """Each field with its value; empty where the package does not say."""
    formats = dict.fromkeys(item.path.rpartition(".")[2] for item in downloads)
    # The last release's day: what is not released has no day of publication.
    is_released = str(package.descriptor.get("version")) in package.releases
    released = str(package.descriptor.get("created", "")).partition("T")[0] if is_released else ""
    made = {
        "*formats": "、".join(formats),
        "*items": f"../{FOLDER}/{named(package, 'dictionary')}",
        "*released": released,
        "*provider": publisher(package, where),
        # The office's code would name the office; on a preview it is not who provides the resource.
        "*provider_code": _told(package.descriptor, "publisher.code") if where.is_official else "",
    }
    return tuple(
        (line["field"], made.get(line["from"]) or _told(package.descriptor, line["from"]))
        for line in shipped("release", "open_data")
    )


def table(package: Package, downloads: Sequence[Download], where: Address) -> bytes:
    """The fields as CSV: what is not known is an empty cell with its label beside it."""
    lines = ((name, value, "" if value else NOT_GIVEN) for name, value in fields(package, downloads, where))
    return csv_of([("字段", "值", "说明"), *lines]).encode("utf-8")


def _told(descriptor: Mapping[str, object], path: str) -> str:
    found: object = descriptor
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, str) else ""
