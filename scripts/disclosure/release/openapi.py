"""The OpenAPI 3.1 document of the static API; its schemas are files beside it."""

from collections.abc import Sequence
from typing import Any

from disclosure.model import Package
from disclosure.package.shipped import json_of
from disclosure.release.address import licence, words


def openapi(package: Package) -> bytes:
    """The document; addresses are relative to its own, so that any mirror answers by it."""
    terms = licence(package)
    named = {"name": terms["title"], "url": terms["path"]} if {"title", "path"} <= terms.keys() else None
    info = {
        "title": words(package, "title"),
        "version": words(package, "version"),
        "description": words(package, "description"),
        **({"license": named} if named else {}),
    }
    value = {"openapi": "3.1.0", "info": info, "servers": [{"url": "."}], "paths": _paths(package)}
    return json_of(value, 1)


def _paths(package: Package) -> dict[str, Any]:
    tables = package.tables.values()
    key = ("key", "记录的主键，各部分用点隔开")
    paths = {
        "/index.json": _get("index", "目录：全部的表、项目和数字的地址", "index.json"),
        "/projects/{fiscal_year}.{project_id}.json": _get(
            "project", "一个项目：它的行、资金、指标和全部数字", "project.json",
            (("fiscal_year", "年度"), ("project_id", "项目编号")),
        ),
        "/figures/{resource}/{key}.json": _get(
            "figures", "一条记录的全部数字，每个数字带着写明它的原句", "figures.json",
            (("resource", "表名；computed 是算出来的数字，主键是年度"), key),
        ),
    }  # fmt: skip
    return paths | {
        f"/resources/{table.name}.json": _get(
            f"resource_{table.name}", f"{table.title}：{table.description}", f"resources/{table.name}.json"
        )
        for table in tables
    }


def _get(name: str, told: str, schema: str, parameters: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    given = [
        {"name": part, "in": "path", "required": True, "description": text, "schema": {"type": "string"}}
        for part, text in parameters
    ]
    content = {"application/json": {"schema": {"$ref": f"schemas/{schema}"}}}
    answers = {"200": {"description": told, "content": content}}
    if given:
        answers["404"] = {"description": "没有这个地址"}
    return {"get": {"operationId": name, "summary": told, "parameters": given, "responses": answers}}
