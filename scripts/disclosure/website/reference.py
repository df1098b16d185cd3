"""Reference pages: the glossary, corrections, the source documents, who answers."""

from dataclasses import dataclass

from disclosure.model import Row
from disclosure.package.figures import Citation, citation
from disclosure.website.desk import Desk
from disclosure.website.wording import cell


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the field in plain words, with its place in the law where it has one."""

    id: str
    term: str
    english: str
    explanation: str
    basis: Citation | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A cell that was published and has been changed."""

    date: str
    table: str
    row: str
    column: str
    old: str
    new: str
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """A source document."""

    title: str
    kind: str
    publisher: str
    sha256: str
    where: str
    note: str


@dataclass(frozen=True, slots=True)
class Answerable:
    """Who publishes, whether officially, and where to write."""

    publisher: str
    is_official: bool
    contact: str
    documents: tuple[str, ...]


def glossary(desk: Desk) -> tuple[Term, ...]:
    """Every term of the field explained in plain words."""
    return tuple(_term(desk, row) for row in desk.package.rows("glossary"))


def _term(desk: Desk, row: Row) -> Term:
    return Term(
        row.text("term_id"), row.text("term"), row.text("term_en"), row.text("explanation"),
        citation(desk.package, row),
    )  # fmt: skip


def corrections(desk: Desk) -> tuple[Correction, ...]:
    """Published cells that were changed, newest first."""
    rows = sorted(desk.package.rows("corrections"), key=_when, reverse=True)
    return tuple(_correction(desk, row) for row in rows)


def _when(row: Row) -> str:
    return cell(row["corrected_on"])


def _correction(desk: Desk, row: Row) -> Correction:
    table = desk.package.tables.get(row.text("resource"))
    column = table.columns.get(row.text("field")) if table else None
    return Correction(
        date=_when(row),
        table=table.title if table else row.text("resource"),
        row=row.text("row_key"),
        column=column.title if column else row.text("field"),
        old=row.text("old_value"),
        new=row.text("new_value"),
        reason=row.text("reason"),
    )


def source_documents(desk: Desk) -> tuple[Document, ...]:
    """The documents that everything here is taken from."""
    return tuple(
        Document(
            title=row.text("title"),
            kind=desk.label("sources", row, "kind"),
            publisher=row.text("publisher"),
            sha256=row.text("sha256"),
            where=row.text("where_available"),
            note=row.text("note"),
        )
        for row in desk.package.rows("sources")
    )


def who_answers(desk: Desk) -> Answerable:
    """Who publishes, whether this is an official channel, and where to write."""
    contact = desk.site.identity.get("contact", "")
    name = str(desk.site.publisher.get("name", ""))
    return Answerable(name, desk.site.is_official, contact, desk.site.documents)
