"""What goes with the data: how to cite it, and a page to read first. Only what the package says of itself."""

import json
from collections.abc import Iterator
from typing import Any

from disclosure.model import Package


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
    named = [item["title"] for item in descriptor.get("contributors", ()) if item.get("title")]
    return named or [str(descriptor.get("publisher", {}).get("name") or descriptor["name"])]


def _publisher(package: Package, title: str) -> str:
    """Who published the source document of that title."""
    found = (row.text("publisher") for row in package.rows("sources") if row.text("title") == title)
    return next(found, "")


def readme(package: Package) -> str:
    """The text of the README in the archive."""
    return "\n".join(_readme(package)) + "\n"


def _readme(package: Package) -> Iterator[str]:
    descriptor: Any = package.descriptor
    yield f"# {descriptor.get('title', descriptor['name'])}\n"
    for name in ("description", "description_en"):
        if descriptor.get(name):
            yield f"{descriptor[name]}\n"
    yield f"版本 {descriptor.get('version', '')}。引用方法见 `CITATION.cff`。\n"
    for item in descriptor.get("licenses", ()):
        yield f"许可：{item.get('title', item.get('name', ''))} {item.get('path', '')}".rstrip() + "\n"
    yield "## 文件 · Files\n"
    yield "| 文件 | 行 | 一行是什么 |\n|---|---:|---|"
    for table in package.tables.values():
        yield f"| `{table.path}` | {len(table.rows)} | {table.title}：{table.description} |"
    yield "\n列的含义、单位和取值在 `schemas/`，所有表的清单在 `datapackage.json`（Data Package 2.0）。"
    yield "CSV 是 UTF-8 编码、逗号分隔。空格子表示不适用，`NA` 表示来源没有写明，都不是零。"
    yield "每一行的 `citation_id` 指向 `data/citations.csv` 里写明它的那一句原话。\n"
    yield "The CSV files are UTF-8 with commas. An empty cell does not apply, `NA` is not stated by the"
    yield "source; neither is a zero. `citation_id` leads to the sentence that states the row,"
    yield "in `data/citations.csv`."
