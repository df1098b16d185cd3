"""Keys are unique, and every name of another row names one that is there."""

from collections.abc import Iterator

from disclosure.model import Missing, Package, Problem, Table
from disclosure.package.contract import aimed_at
from disclosure.package.difference import KEY_JOINT


def key_unique(package: Package) -> Iterator[Problem]:
    """No two rows of a table have the same key, nor the same value where it is unique or names a row."""
    for table in package.tables.values():
        alone = [(field.name,) for field in table.fields if field.constraints.get("unique")]
        for names in (table.key, *sorted({*alone, *aimed_at(table, package.tables)} - {table.key})):
            seen: dict[tuple[str, ...], int] = {}
            for row in table.rows:
                key = tuple(row.text(name) for name in names)
                if key in seen and all(key):
                    found, first = ".".join(key), f"#{seen[key]}"
                    yield Problem(*row.place(",".join(names)), "key-unique", found, first)
                seen.setdefault(key, row.line)


def reference_found(package: Package) -> Iterator[Problem]:
    """What a row names in another table is there; a reference declared optional may be missing."""
    known_by: dict[tuple[str, tuple[str, ...]], set[tuple[str, ...]]] = {}
    for table in package.tables.values():
        for reference in table.references:
            if reference.table in package.unread:
                continue
            name = reference.table or table.name
            if (name, reference.target) not in known_by:
                known_by[name, reference.target] = _values(package.tables.get(name), reference.target)
            known = known_by[name, reference.target]
            for row in table.rows:
                cells = [row[name] for name in reference.fields]
                named = tuple(map(str, cells))
                if named not in known and not any(isinstance(cell, Missing) for cell in cells):
                    yield Problem(
                        *row.place(reference.fields[-1]), "reference-found", ".".join(named), reference.table
                    )


def _values(table: Table | None, names: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {tuple(str(row[name]) for name in names) for row in table.rows} if table else set()


def correction_named(package: Package) -> Iterator[Problem]:
    """The row that was corrected is named as versions name it; a table may have gone since."""
    for row in package.rows("corrections"):
        table = package.tables.get(row.text("resource"))
        if table and row.text("row_key").count(KEY_JOINT) != len(table.key) - 1:
            yield Problem(
                *row.place("row_key"), "correction-named", row.text("row_key"), KEY_JOINT.join(table.key)
            )


def citation_used(package: Package) -> Iterator[Problem]:
    """Every citation is cited by some row, or was before it was corrected."""
    if package.unread:
        return  # what an unread table cites cannot be told
    used = {
        row.text(field.name)
        for table in package.tables.values()
        if table.name != "citations"
        for field in table.fields
        if field.name.endswith("citation_id")
        for row in table.rows
    } | {row.text("old_value") for row in package.rows("corrections")}
    for row in package.rows("citations"):
        if (name := row.text("citation_id")) not in used:
            yield Problem(*row.place("citation_id"), "citation-used", name, "")
