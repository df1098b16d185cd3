"""JSON Schemas (2020-12) of what the static API answers, from the tables' own columns."""

from collections.abc import Iterator
from typing import Any

from disclosure.model import Field, Package, Table
from disclosure.release.exact import NOT_STATED

Schema = dict[str, Any]
PROJECTS = ("projects", "project_funds", "indicators")  # tables whose rows stand in a project's document
CITED = ("source", "section", "quote", "note")  # what a document says of a sentence
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_DIGITS: Schema = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}  # where no double holds the number
_HEAD: Schema = {"package": _TEXT, "version": _TEXT, "license": _TEXT}
_TYPES: dict[str, Schema] = {
    "string": _TEXT,
    "date": {"type": "string", "format": "date"},
    "year": {"type": "integer"},
    "integer": {"anyOf": [{"type": "integer"}, _DIGITS]},
    "number": {"anyOf": [{"type": "number"}, _DIGITS]},
}
_NULL: Schema = {"type": "null"}


def documents(package: Package) -> Iterator[tuple[str, Schema]]:
    """Each schema with its path below the folder of schemas."""
    yield "index.json", _document("目录", _index())
    yield "figures.json", _document("数字", {**_HEAD, **_figures()})
    yield "project.json", _document("项目", _project(package))
    for table in package.tables.values():
        told = {**_HEAD, "resource": {"const": table.name}, "title": _TEXT, "description": _TEXT}
        yield f"resources/{table.name}.json", _document(table.title, {**told, "rows": _list(row(table))})


def row(table: Table) -> Schema:
    """The schema of a table's row: every column is there, null where it is missing."""
    cells = {field.name: _cell(field) for field in table.fields}
    silent = {**_list({"enum": list(cells)}), "description": "来源没有写明的列；其余空值是不适用"}
    return _closed({**cells, NOT_STATED: silent})


def _cell(field: Field) -> Schema:
    kind = dict(_TYPES[field.type])
    allowed, pattern = field.constraints.get("enum"), field.constraints.get("pattern")
    if field.type == "string" and isinstance(allowed, list):
        kind["enum"] = allowed
    if field.type == "string" and isinstance(pattern, str):
        kind["pattern"] = f"^(?:{pattern})$"
    told = {"title": field.title, "description": field.description}
    if field.unit:
        told["x-unit"] = field.unit
    return {**kind, **told} if field.required else {"anyOf": [kind, _NULL], **told}


def _project(package: Package) -> Schema:
    rows = {name: _list(row(package.tables[name])) for name in PROJECTS if name in package.tables}
    return {**_HEAD, **rows, **_figures()}


def _figures() -> Schema:
    """Figures by their ids, and sentences by theirs."""
    cited = _closed(dict.fromkeys(CITED, _TEXT))
    place = _closed({"path": _TEXT, "line": _COUNT, "column": _TEXT})
    figure = _closed(
        {
            "value": {"anyOf": [{"type": "number"}, _DIGITS, _NULL]},
            "missing": {"enum": [None, "not_stated", "not_applicable"]},
            "label": _TEXT,
            "unit": _TEXT,
            "citation": {"anyOf": [_TEXT, _NULL]},
            "cell": {"anyOf": [place, _NULL]},
            "formula": _TEXT,
            "operands": _list(_TEXT),
        }
    )
    kinds = {"figures": figure, "citations": cited}
    return {name: {"type": "object", "additionalProperties": kind} for name, kind in kinds.items()}


def _index() -> Schema:
    resource = {
        **dict.fromkeys(("name", "title", "url", "schema", "csv"), _TEXT),
        "row_count": _COUNT,
        "key": _list(_TEXT),
        "figures": _list(_TEXT),
    }
    project = {"fiscal_year": {"type": "integer"}, "project_id": _TEXT, "name": _TEXT, "url": _TEXT}
    lists = {
        "resources": _list(_closed(resource)), "projects": _list(_closed(project)), "computed": _list(_TEXT)
    }  # fmt: skip
    return {**_HEAD, "title": _TEXT, "created": _TEXT, "openapi": _TEXT, **lists}


def _document(title: str, properties: Schema) -> Schema:
    return {"$schema": _DIALECT, "title": title, **_closed(properties)}


def _closed(properties: Schema) -> Schema:
    """An object with exactly these."""
    rules = {"required": list(properties), "additionalProperties": False}
    return {"type": "object", "properties": properties, **rules}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}
