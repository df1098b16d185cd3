"""What goes with the data: how to cite it, and a page to read first. Only what the package says of itself."""

import json
from typing import Any

from disclosure.model import Package
from disclosure.package.shipped import text_of
from disclosure.release.address import COMPILER


def citation(package: Package) -> str:
    """The text of CITATION.cff, Citation File Format 1.2.0; a JSON string is a YAML string."""
    descriptor: Any = package.descriptor
    fields = {
        "cff-version": "1.2.0",
        "message": "使用这份数据时，请按下面的条目写明出处。",
        "type": "dataset",
        "title": descriptor.get("title", descriptor["name"]),
        "abstract": descriptor.get("description"),
        "version": descriptor.get("version"),
        "date-released": str(descriptor.get("created", ""))[:10],
        "license": next((item.get("name") for item in descriptor.get("licenses", ())), None),
        "authors": [{"name": name} for name in _authors(descriptor)],
        "references": [
            {"type": "generic", "title": item["title"], "authors": [{"name": name}]}
            for item in descriptor.get("sources", ())
            if "title" in item and (name := _publisher(package, item["title"]))
        ],
        "keywords": descriptor.get("keywords"),
    }
    said = {name: value for name, value in fields.items() if value}
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in said.items())


def _authors(descriptor: Any) -> list[str]:
    """Who made the data; whoever only published what it is made from did not."""
    others = (item for item in descriptor.get("contributors", ()) if item.get("roles") != ["publisher"])
    return [item["title"] for item in others if item.get("title")] or [COMPILER]


def _publisher(package: Package, title: str) -> str:
    """Who published the source document of that title."""
    found = (row.text("publisher") for row in package.rows("sources") if row.text("title") == title)
    return next(found, "")


def readme(package: Package) -> str:
    """The text of the README in the archive."""
    descriptor: Any = package.descriptor
    said = [descriptor[name] for name in ("description", "description_en") if descriptor.get(name)]
    terms = [(item.get("title", item.get("name", "")), item.get("path", ""))
             for item in descriptor.get("licenses", ())]  # fmt: skip
    lines = (
        f"| `{table.path}` | {len(table.rows)} | {table.title}：{table.description} |\n"
        for table in package.tables.values()
    )
    return text_of("release", "readme.md").format(
        title=descriptor.get("title", descriptor["name"]),
        described="".join(f"{text}\n\n" for text in said),
        version=descriptor.get("version", ""),
        licences="".join(f"许可：{title} {path}".rstrip() + "\n\n" for title, path in terms),
        tables="".join(lines),
    )
