"""The static API: an index, each table, each project, each figure, as JSON at addresses that stay."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from json import JSONEncoder
from json.encoder import encode_basestring as quoted

from disclosure.model import Missing, Package, Row, Table
from disclosure.package.computed import computed
from disclosure.package.figures import Figure, columns, stated
from disclosure.package.shipped import json_of
from disclosure.release.address import licence, words
from disclosure.release.api_schema import CITED, PROJECTS, documents
from disclosure.release.rows_json import cell, document, lines

FOLDER = "api/v1"
_dumps = JSONEncoder(ensure_ascii=False).encode
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]")


def named(key: Iterable[str]) -> str:
    """A key as the name of a file: its parts between dots, other signs as their code point between tildes."""
    return _UNSAFE.sub(lambda found: f"~{ord(found[0]):x}~", ".".join(key))


def resource(package: Package, table: Table, rows: Iterable[str]) -> Iterator[str]:
    """The document of a table, piece by piece, from the rows as JSON."""
    head = {**_head(package), "resource": table.name, "title": table.title, "description": table.description}
    return document(head, "rows", rows)


def files(package: Package) -> Iterator[tuple[str, bytes]]:
    """Index, schemas, projects and figures by path below the site's root; tables are among the downloads."""
    worked_out = {year: made for year in package.years if (made := computed(package, year))}
    yield f"{FOLDER}/index.json", json_of(_index(package, list(worked_out)), 1)
    for path, schema in documents(package):
        yield f"{FOLDER}/schemas/{path}", json_of(schema, 1)
    for row in package.rows("projects"):
        yield f"{FOLDER}/projects/{named(row.project)}.json", _project(package, row)
    for table in package.tables.values():
        for key, row in _with_figures(table):
            found = stated(package, table, (row,))
            yield f"{FOLDER}/figures/{table.name}/{named(key)}.json", _figures(package, found)
    for year, results in worked_out.items():
        yield f"{FOLDER}/figures/computed/{year}.json", _figures(package, results.values())


def _head(package: Package) -> dict[str, object]:
    return {
        "package": words(package, "name"),
        "version": words(package, "version"),
        "license": licence(package).get("path", ""),
    }


def _index(package: Package, computed_years: list[int]) -> dict[str, object]:
    return {
        **_head(package),
        "title": words(package, "title"),
        "created": words(package, "created"),
        "openapi": "openapi.json",
        "resources": [_entry(package, table) for table in package.tables.values()],
        "projects": [
            {"fiscal_year": row["fiscal_year"], "project_id": row["project_id"], "name": row.text("name"),
             "url": f"projects/{named(row.project)}.json"}
            for row in package.rows("projects")
        ],
        "computed": [f"figures/computed/{year}.json" for year in computed_years],
    }  # fmt: skip


def _entry(package: Package, table: Table) -> dict[str, object]:
    return {
        "name": table.name,
        "title": table.title,
        "key": table.key,
        "row_count": len(table.rows),
        "url": f"resources/{table.name}.json",
        "schema": f"schemas/resources/{table.name}.json",
        "csv": f"../../data/{table.name}.csv",
        "figures": [f"figures/{table.name}/{named(key)}.json" for key, _ in _with_figures(table)],
    }


def _with_figures(table: Table) -> Iterator[tuple[tuple[str, ...], Row]]:
    """The rows that hold a figure, by their keys; those of a project stand in its own document."""
    if table.name in PROJECTS or "citation_id" not in table.columns:
        return
    names = [field.name for field in columns(table)]
    for row in table.rows:
        if any(row[name] is not Missing.NOT_APPLICABLE for name in names):
            yield table.key_of(row), row


def _project(package: Package, row: Row) -> bytes:
    """The project's row, those of its money and its indicators, and the figures of all."""
    rows = ((row,), package.funds.get(row.project, ()), package.indicators.get(row.project, ()))
    tables = [(package.tables[name], some)
              for name, some in zip(PROJECTS, rows, strict=True) if name in package.tables]  # fmt: skip
    found = (figure for table, some in tables for figure in stated(package, table, some))
    listed = ((table.name, ", ".join(lines(replace(table, rows=some)))) for table, some in tables)
    parts = (f'"{name}": [{some}]'.replace("\n", ", ") for name, some in listed)
    return _figures(package, found, *parts)


def _figures(package: Package, figures: Iterable[Figure], *parts: str) -> bytes:
    """The figures by their ids, and each sentence they cite, once, after other parts of the document."""
    found, head = list(figures), _dumps(_head(package))[:-1]
    cited = {item.citation.id: item.citation for item in found if item.citation}
    sentences = {name: {part: getattr(one, part) for part in CITED} for name, one in cited.items()}
    listed = ",\n".join([f"{quoted(item.id)}: {_figure(item)}" for item in found])
    told = f'"figures": {{{listed}}}, "citations": {_dumps(sentences)}'
    return f"{', '.join((head, *parts, told))}}}\n".encode()


def _figure(figure: Figure) -> str:
    """A figure with the digits it has, and why it has none; its sentence, or how it is worked out."""
    value, source, place = figure.value, figure.citation, "null"
    missing = quoted(value.name.lower()) if isinstance(value, Missing) else "null"
    if figure.path:
        place = f'{{"path": {quoted(figure.path)}, "line": {figure.line}, "column": {quoted(figure.column)}}}'
    return (
        f'{{"value": {cell(value)}, "missing": {missing}, "label": {quoted(figure.label)}, '
        f'"unit": {quoted(figure.unit)}, "citation": {quoted(source.id) if source else "null"}, '
        f'"cell": {place}, "formula": {quoted(figure.formula)}, '
        f'"operands": [{", ".join([quoted(item.id) for item in figure.operands])}]}}'
    )
