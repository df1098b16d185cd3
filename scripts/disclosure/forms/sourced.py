"""What imported rows rest on: the workbooks as sources, their cells as citations."""

from disclosure.forms.filed import TABLES, Books, Change, Filed
from disclosure.forms.form import Citation
from disclosure.forms.values import NOT_APPLICABLE, NOT_STATED


def cite(books: Books, filed: Filed, name: str, citation: Citation, changes: list[Change]) -> None:
    """Put the citation of that id into the table, as the form words it."""
    new = {
        "citation_id": name,
        "source_id": filed.source_id,
        "section": citation.section,
        "quote": citation.quote,
        "note": NOT_APPLICABLE,
    }
    ledger = books.ledgers["citations"]
    old = ledger.rows.get((name,))
    if old != new:
        changes.extend(
            Change("citations", (name,), column, old[column] if old else None, text)
            for column, text in new.items()
            if old is None or old[column] != text
        )
        ledger.put(new)


def source(books: Books, filed: Filed) -> None:
    """Put the workbook among the sources; the same bytes under another name are the same source."""
    cells = dict.fromkeys(books.ledgers["sources"].columns, NOT_APPLICABLE)
    publisher = filed.form.project.get("unit") or filed.form.project.get("department")
    cells |= {
        "source_id": filed.source_id,
        "fiscal_year": str(filed.year),
        "title": filed.file,
        "publisher": publisher.text if publisher and publisher.text else NOT_STATED,
        "kind": "workbook",
        "sha256": filed.sha256,
        "where_available": NOT_STATED,
    }
    ledger = books.ledgers["sources"]
    if (filed.source_id,) not in ledger.rows:  # the same bytes under another name are the same source
        ledger.put(cells)


def tidied(books: Books) -> list[Change]:
    """Citations of forms that no row names any more are dropped, and then the workbooks that none cites."""
    named = {
        text
        for name in TABLES[2:]
        for row in books.ledgers[name].rows.values()
        for column, text in row.items()
        if column.endswith("citation_id")
    }
    changes: list[Change] = []
    citations, sources = books.ledgers["citations"], books.ledgers["sources"]
    forms = {key[0] for key, row in sources.rows.items() if row["kind"] == "workbook"}
    for key, row in list(citations.rows.items()):
        if row["source_id"] in forms and key[0] not in named:
            changes.append(Change("citations", key, "quote", row["quote"], None))
            citations.drop(key)
    used = {row["source_id"] for row in citations.rows.values()}
    for key in [key for key in sources.rows if key[0] in forms - used]:
        changes.append(Change("sources", key, "title", sources.rows[key]["title"], None))
        sources.drop(key)
    return changes
