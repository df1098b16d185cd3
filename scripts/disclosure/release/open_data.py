"""The fields by which Chinese catalogues of government data describe a resource: what is known, and no more.

The list of fields is open_data.csv; what a package does not say of itself stays empty and is labelled so.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files

from disclosure.model import Package
from disclosure.release.downloads import Download

NOT_GIVEN = "未提供"
ITEMS = "open-data-items.csv"


def fields(package: Package, downloads: Sequence[Download]) -> tuple[tuple[str, str], ...]:
    """Each field with its value; empty where the package does not say."""
    formats = dict.fromkeys(item.path.rpartition(".")[2] for item in downloads)
    # The last release's day: what is not released has no day of publication.
    released = str(package.descriptor.get("created", "")).partition("T")[0] if _is_released(package) else ""
    made = {"*formats": "、".join(formats), "*items": ITEMS, "*released": released}
    text = (files("disclosure.release") / "open_data.csv").read_text(encoding="utf-8")
    return tuple(
        (line["field"], made.get(line["from"]) or _told(package.descriptor, line["from"]))
        for line in csv.DictReader(text.splitlines())
    )


def table(package: Package, downloads: Sequence[Download]) -> bytes:
    """The fields as CSV: what is not known is an empty cell with its label beside it."""
    lines = ((name, value, "" if value else NOT_GIVEN) for name, value in fields(package, downloads))
    return _csv([("字段", "值", "说明"), *lines])


def items(package: Package) -> bytes:
    """Every column of every table as the catalogue's items: name and type."""
    lines = (
        (t.title, field.title, field.name, field.type) for t in package.tables.values() for field in t.fields
    )
    return _csv([("表", "信息项名称", "字段名", "数据类型"), *lines])


def _is_released(package: Package) -> bool:
    return str(package.descriptor.get("version")) in package.releases


def _told(descriptor: Mapping[str, object], path: str) -> str:
    found: object = descriptor
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, str) else ""


def _csv(lines: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue().encode("utf-8")
