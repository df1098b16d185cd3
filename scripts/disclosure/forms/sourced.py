"""A form in its place in the package: what it changes, and what that rests on, its workbook and its cells."""

from collections.abc import Container, Mapping
from dataclasses import dataclass

from disclosure.forms.form import Citation, Form, Line
from disclosure.forms.values import NOT_APPLICABLE, NOT_STATED
from disclosure.package.ledger import Cells, Key, Ledger

NOTHING: Line = {}
Books = Mapping[str, Ledger]  # the tables that forms fill, by name
TABLES = ("sources", "citations", "projects", "project_funds", "indicators")


@dataclass(frozen=True, slots=True)
class Change:
    """A cell added (no `old`), changed or dropped (no `new`), and the cell of the form that says so."""

    table: str
    key: Key
    column: str
    old: str | None
    new: str | None
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Filed:
    """A form in its place: the file it came in, year and id of its project, id of its unit.

    `unit_name` is what the form calls its unit, where that is not the name that the package lists it by.
    """

    form: Form
    file: str
    sha256: str
    project: tuple[str, str]
    unit_id: str
    unit_name: str

    @property
    def source_id(self) -> str:
        """The id of its workbook among the sources."""
        return f"form-{self.sha256[:12]}"

    def citation_id(self, what: str) -> str:
        """The id of one of its citations."""
        return citation_id(self.project, self.form.kind, what)


def citation_id(project: tuple[str, str], kind: str, what: str = "") -> str:
    """The id of what a form of a project, by year and id, is cited for; or how all of them begin."""
    return f"form-{'-'.join(project)}-{kind}-{what}".replace("_", "-").lower()


def cite(books: Books, filed: Filed, name: str, citation: Citation, changes: list[Change]) -> None:
    """Put the citation of that id into the table, as the form words it."""
    section = f"{filed.form.sheet}!{citation.section}"
    new = {"citation_id": name, "source_id": filed.source_id, "section": section, "quote": citation.quote}
    put(books["citations"], {**new, "note": NOT_APPLICABLE}, changes)


def put(ledger: Ledger, new: Cells, changes: list[Change], said: Line = NOTHING) -> int:
    """Put a row into its table, with what it adds and changes; how many of its cells were the same."""
    key, same = ledger.key_of(new), 0
    old = ledger.rows.get(key)
    for name in ledger.columns:
        before = None if old is None else old[name]
        if before is not None and ledger.same(name, before, new[name]):
            new[name] = before
            same += 1
            continue
        cells = said[name].cells if name in said else ()
        changes.append(Change(ledger.name, key, name, before, new[name], cells[-1] if cells else ""))
    ledger.put(new)
    return same


def source(books: Books, filed: Filed) -> None:
    """Put the workbook among the sources; the same bytes under another name are the same source."""
    ledger = books["sources"]
    cells = dict.fromkeys(ledger.columns, NOT_APPLICABLE)
    publisher = filed.form.project.get("unit") or filed.form.project.get("department")
    cells |= {
        "source_id": filed.source_id,
        "fiscal_year": filed.project[0],
        "title": filed.file,
        "publisher": publisher.text if publisher and publisher.text else NOT_STATED,
        "kind": "workbook",
        "sha256": filed.sha256,
        "where_available": NOT_STATED,
    }
    if (filed.source_id,) not in ledger.rows:
        ledger.put(cells)


def tidied(books: Books, published: Mapping[str, Container[str]]) -> list[Change]:
    """Citations of forms that no row names any more are dropped, and then the workbooks that none cites.

    What was published stays: ids by table that are in the last release.
    """
    named = {
        text
        for name in TABLES[2:]
        for row in books[name].rows.values()
        for column, text in row.items()
        if column.endswith("citation_id")
    }
    changes: list[Change] = []
    citations, sources = books["citations"], books["sources"]
    forms = {key[0] for key, row in sources.rows.items() if row["kind"] == "workbook"}
    kept = published.get("citations", ())
    for key in [key for key in citations.rows if key[0] not in named and key[0] not in kept]:
        if (row := citations.rows[key])["source_id"] in forms:
            changes.append(Change("citations", key, "quote", row["quote"], None))
            citations.drop(key)
    used = {row["source_id"] for row in citations.rows.values()}
    used.update(key[0] for key in sources.rows if key[0] in published.get("sources", ()))
    for key in [key for key in sources.rows if key[0] in forms - used]:
        changes.append(Change("sources", key, "title", sources.rows[key]["title"], None))
        sources.drop(key)
    return changes
