"""What a database answers beyond its tables: every figure with its sentence, and search in all texts."""

import sqlite3
from collections.abc import Iterator

from disclosure.model import Field, Package, Table
from disclosure.package.shipped import text_of

# The trigram index finds three signs and more by MATCH; fewer are found by instr(text, ?).
_TEXTS = """CREATE VIRTUAL TABLE texts USING fts5(
  resource UNINDEXED, row_key UNINDEXED, text, tokenize = 'trigram'
)"""

# Written once: nothing is merged, which would leave free pages behind.
_ONCE = {"automerge": 0, "crisismerge": 1000, "hashsize": 16 * 1024 * 1024}


def quoted(name: str) -> str:
    """A name as an identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text as a literal of SQL."""
    return "'" + value.replace("'", "''") + "'"


def figures_view(package: Package) -> str:
    """The statement that makes `figures`: each with id, label, value, unit, sentence and source."""
    parts = [
        _figures(table, field)
        for table in package.tables.values()
        if "citation_id" in table.columns
        for field in table.fields
        if field.is_figure
    ]
    return "CREATE VIEW figures AS\n" + "\nUNION ALL\n".join(parts)


def _figures(table: Table, field: Field) -> str:
    """A figure that has no sentence of its own cites the one that its row rests on, as on the pages."""
    cited = f"t.{quoted(field.cited_by)}"
    return (
        text_of("release", "figure.sql")
        .rstrip()
        .format(
            table=text(table.name),
            name=quoted(table.name),
            key=_key(table),
            column=text(field.name),
            suffix=text(f".{field.name}"),
            label=text(field.title),
            cell=f"t.{quoted(field.name)}",
            unit=text(field.unit) if field.unit else f"t.{quoted(field.unit_field)}",
            cited=cited if field.cited_by == "citation_id" else f"coalesce({cited}, t.citation_id)",
            listed=text(quoted(field.name)),
        )
    )


def _key(table: Table) -> str:
    return " || '.' || ".join(f"t.{quoted(name)}" for name in table.key)


def texts(base: sqlite3.Connection, package: Package) -> None:
    """Make and fill `texts`: every sentence cited, and each row of words that no sentence stands behind."""
    base.execute(_TEXTS)
    for option, value in _ONCE.items():
        base.execute("INSERT INTO texts (texts, rank) VALUES (?, ?)", (option, value))
    for table in package.tables.values():
        if (not _is_cited(table) or "citation_id" in table.key) and (names := list(_worded(table))):
            said = " || ".join(f"coalesce(t.{quoted(name)} || char(10), '')" for name in names)
            base.execute(
                f"INSERT INTO texts SELECT {text(table.name)}, {_key(table)}, {said}"
                f" FROM {quoted(table.name)} AS t ORDER BY t.rowid"
            )


def _worded(table: Table) -> Iterator[str]:
    """Columns of free text: no key, no name of a row elsewhere, no value from a list, no pattern."""
    refers = {name for item in table.references for name in item.fields}
    for field in table.fields:
        free = not {"enum", "pattern"} & field.constraints.keys()
        if field.type == "string" and free and field.name not in table.key and field.name not in refers:
            yield field.name


def _is_cited(table: Table) -> bool:
    """Whether each row must name the sentence it rests on."""
    return "citation_id" in table.columns and table.columns["citation_id"].required
