"""Reference pages: the glossary, corrections, the source documents, who answers."""

from dataclasses import dataclass

from disclosure.model import Row
from disclosure.package.figures import Citation, citation
from disclosure.website.desk import Desk
from disclosure.website.wording import cell


@dataclass(frozen=True, slots=True)
class Answerable:
    """Who publishes, whether officially, and where to write."""

    publisher: str
    is_official: bool
    contact: str
    documents: tuple[str, ...]


def glossary(desk: Desk) -> tuple[tuple[Row, Citation | None], ...]:
    """Every term of the field explained in plain words, with its place in the law where it has one."""
    return tuple((row, citation(desk.package, row)) for row in desk.package.rows("glossary"))


def corrections(desk: Desk) -> tuple[tuple[Row, str, str], ...]:
    """Published cells that were changed, newest first, each with the titles of its table and its column."""
    rows = sorted(desk.package.rows("corrections"), key=_when, reverse=True)
    return tuple((row, *_titles(desk, row)) for row in rows)


def _when(row: Row) -> str:
    return cell(row["corrected_on"])


def _titles(desk: Desk, row: Row) -> tuple[str, str]:
    table = desk.package.tables.get(row.text("resource"))
    column = table.columns.get(row.text("field")) if table else None
    return table.title if table else row.text("resource"), column.title if column else row.text("field")


def source_documents(desk: Desk) -> tuple[tuple[Row, str], ...]:
    """The documents that everything here is taken from, each with its kind."""
    return tuple((row, desk.label("sources", row, "kind")) for row in desk.package.rows("sources"))


def who_answers(desk: Desk) -> Answerable:
    """Who publishes, whether this is an official channel, and where to write."""
    contact = desk.site.identity.get("contact", "")
    name = str(desk.site.publisher.get("name", ""))
    return Answerable(name, desk.site.is_official, contact, desk.site.documents)
