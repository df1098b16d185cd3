"""What pages and rules rely on: the tables every package has, and the columns, keys and units of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from disclosure.model import Field, Table
from disclosure.package.shipped import shipped

Fault = tuple[str, str, str]  # where, found, expected
# Of a project: on which ground it is withheld, who decided that, when, and when it is looked at again.
DECISION = ("withhold_ground", "decided_by", "decided_on", "next_review_on")


@dataclass(frozen=True, slots=True)
class Column:
    """A row of columns.csv: a column that a table must have; it may have others."""

    resource: str
    column: str
    type: str
    key: str
    required: str
    figure: str


@cache
def columns() -> Mapping[str, tuple[Column, ...]]:
    """The columns that each table must have."""
    found: dict[str, tuple[Column, ...]] = {}
    for line in shipped("package", "columns"):
        column = Column(**line)
        found[column.resource] = (*found.get(column.resource, ()), column)
    return found


def tables_missing(named: frozenset[str]) -> Iterator[Fault]:
    """Tables that the descriptor does not name; an empty one has its header."""
    for name in columns():
        if name not in named:
            yield name, "", f"data/{name}.csv"


def faults(table: Table) -> Iterator[Fault]:
    """What a table lacks of what pages and rules rely on."""
    for column in columns().get(table.name, ()):
        field = table.columns.get(column.column)
        if field is None or (expected := _lacks(field, column)):
            found = field.type if field else ""
            yield f"fields.{column.column}", found, column.type if field is None else expected
    places = sorted((column.key, column.column) for column in columns().get(table.name, ()) if column.key)
    key = tuple(name for _, name in places)
    if key and table.key != key:
        yield "primaryKey", ", ".join(table.key), ", ".join(key)


def _lacks(field: Field, column: Column) -> str:
    if field.type != column.type:
        return column.type
    if column.required and not field.required:
        return "constraints.required"
    return "unit or unitField" if column.figure and not field.is_figure else ""


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
