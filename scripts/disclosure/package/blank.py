"""An empty package for any department: every table with its header, and what the law says to everyone.

It is made from a package that is at hand, of which only what holds for every department is taken: the
schemas, the laws and their sentences, the duties with nothing known of them, and terms of the field.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from disclosure.model import Missing, Package, Row, Table, Value
from disclosure.package.descriptor import DESCRIPTOR
from disclosure.package.shipped import csv_of, json_of, text_of

LAW = "law"
_SAME = ("schemas/", "forms/")  # folders whose files are every department's
_KEPT = ("$schema", "language", "licenses")  # of the other package's descriptor


def blank(origin: Package, department: str, year: int, terms: Collection[str], on: date) -> dict[str, bytes]:
    """The files of an empty package by path, still without seals; `terms` are those that pages explain."""
    files = {path: data for path, data in origin.files.items() if path.startswith(_SAME)}
    kept = _of_everyone(origin, terms)
    for table in origin.tables.values():
        files.setdefault(table.path, lines(table, kept.get(table.name, ())))
    told = {**_descriptor(origin.descriptor, department, year), "created": f"{on}T00:00:00Z"}
    return {DESCRIPTOR: json_of(told), **files}


def lines(table: Table, rows: Iterable[Mapping[str, str]]) -> bytes:
    """A table's file: its header, and rows by column."""
    return csv_of([table.columns, *([row[name] for name in table.columns] for row in rows)]).encode()


def _of_everyone(origin: Package, terms: Collection[str]) -> dict[str, list[dict[str, str]]]:
    """Rows that hold for every department, by table; only laws that one of them cites, with that sentence."""
    laws = {name for name, row in origin.sources.items() if row["kind"] == LAW}
    of_law = {name for name, row in origin.citations.items() if row.text("source_id") in laws}
    duties = [row for row in origin.rows("duties") if row.text("citation_id") in of_law]
    cited = {row.text("citation_id") for row in origin.rows("glossary")} & of_law
    glossary = [
        row
        for row in origin.rows("glossary")
        if row.text("citation_id") in cited or (not row.text("citation_id") and row.text("term") in terms)
    ]
    cited |= {row.text("citation_id") for row in duties}
    citations = [row for name, row in origin.citations.items() if name in cited]
    named = {row.text("source_id") for row in citations}
    return {
        "sources": [_cells(row) for name, row in origin.sources.items() if name in named],
        "citations": [_cells(row) for row in citations],
        "duties": [_cells(row) | _unknown(row) for row in duties],
        "glossary": [_cells(row) for row in glossary],
    }


def _cells(row: Row) -> dict[str, str]:
    return {name: written(row[name]) for name in row.places}


def written(value: Value) -> str:
    """A cell as its file writes it."""
    return str(value.value) if isinstance(value, Missing) else str(value)


def _unknown(row: Row) -> dict[str, str]:
    """What is known of a duty where nothing is: what cannot apply stays so."""
    told = ("event_date", "where_published")
    found = {name: "" if row[name] is Missing.NOT_APPLICABLE else "NA" for name in told}
    return {**found, "state": "not_known", "state_citation_id": ""}


def _descriptor(origin: Mapping[str, Any], department: str, year: int) -> dict[str, Any]:
    resources = [
        {name: value for name, value in resource.items() if name not in ("bytes", "hash")}
        for resource in origin["resources"]
    ]
    own = json.loads(text_of("package", "blank.json"))
    return {
        **{name: origin[name] for name in _KEPT if name in origin},
        **own,
        "title": own["title"].format(department),
        "publisher": {"name": department, "short_name": department},
        "fiscal_years": [year],
        "resources": resources,
    }
