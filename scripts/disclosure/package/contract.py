"""What pages and rules rely on: the tables every package has, and the columns, keys and units of each."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from disclosure.model import Field, Table
from disclosure.package.shipped import shipped

Fault = tuple[str, str, str]  # where, found, expected
# Of a project: on which ground it is withheld, who decided that, when, and when it is looked at again.
DECISION = ("withhold_ground", "decided_by", "decided_on", "next_review_on")


@cache
def _columns() -> Mapping[str, list[dict[str, str]]]:
    """The rows of columns.csv by table: the columns that it must have; it may have others."""
    found = defaultdict[str, list[dict[str, str]]](list)
    for line in shipped("package", "columns"):
        found[line["resource"]].append(line)
    return found


def tables_missing(named: frozenset[str]) -> Iterator[Fault]:
    """Tables that the descriptor does not name; an empty one has its header."""
    for name in _columns():
        if name not in named:
            yield name, "", f"data/{name}.csv"


def faults(table: Table) -> Iterator[Fault]:
    """What a table lacks of what pages and rules rely on."""
    demanded = _columns().get(table.name, [])
    for column in demanded:
        field = table.columns.get(column["column"])
        if expected := _lacks(field, column):
            yield f"fields.{column['column']}", field.type if field else "", expected
    key = tuple(name for _, name in sorted((line["key"], line["column"]) for line in demanded if line["key"]))
    if key and table.key != key:
        yield "primaryKey", ", ".join(table.key), ", ".join(key)


def _lacks(field: Field | None, column: Mapping[str, str]) -> str:
    if field is None or field.type != column["type"]:
        return column["type"]
    if column["required"] and not field.required:
        return "constraints.required"
    return "unit or unitField" if column["figure"] and not field.is_figure else ""


def dangling(tables: Mapping[str, Table], named: frozenset[str]) -> Iterator[tuple[Table, Fault]]:
    """References to tables or columns that the package does not have, or of another type."""
    for table in tables.values():
        for reference in table.references:
            aim = tables.get(reference.table or table.name)
            if aim is None and reference.table in named:
                continue  # its own fault has been told
            ours = [table.columns[name].type for name in reference.fields]
            named_by = aim.columns if aim else {}
            theirs = [named_by[name].type for name in reference.target if name in named_by]
            if ours != theirs:
                found = f"{reference.table}({', '.join(reference.target)})"
                yield table, (f"reference.{', '.join(reference.fields)}", found, ", ".join(ours))


def aimed_at(table: Table, tables: Mapping[str, Table]) -> set[tuple[str, ...]]:
    """Columns other than the key by which references name a table's rows: no two are the same in them."""
    references = ((item, item.table or other.name) for other in tables.values() for item in other.references)
    return {item.target for item, name in references if name == table.name} - {table.key}
