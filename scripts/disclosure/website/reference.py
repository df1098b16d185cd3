"""Reference pages: the glossary, corrections, the source documents, who answers."""

from dataclasses import dataclass

from disclosure.model import Row
from disclosure.package.figures import WORKBOOK, Citation, citation
from disclosure.release.changes import shown
from disclosure.release.happened import Correction, corrected
from disclosure.website.desk import Desk

_KINDS = {"value": "改了的数字和文字", "state": "变了的公开状态", "evidence": "换了的依据"}


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


def corrections(desk: Desk) -> tuple[tuple[str, tuple[Correction, ...], int], ...]:
    """Published cells that were changed: of each kind its title, the newest, how many are not written out."""
    found = sorted(corrected(desk.package), key=lambda item: item.when, reverse=True)
    groups = ((title, tuple(item for item in found if item.what == what)) for what, title in _KINDS.items())
    return tuple((title, shown(some), len(some) - len(shown(some))) for title, some in groups if some)


def source_documents(desk: Desk) -> tuple[tuple[tuple[Row, str], ...], int]:
    """The documents that everything is taken from, each with its kind; filled forms are only counted."""
    rows = desk.package.rows("sources")
    named = tuple((row, desk.label("sources", row, "kind")) for row in rows if row["kind"] != WORKBOOK)
    return named, len(rows) - len(named)


def who_answers(desk: Desk) -> Answerable:
    """Who publishes, whether this is an official channel, and where to write."""
    contact = desk.site.identity.get("contact", "")
    name = str(desk.site.publisher.get("name", ""))
    return Answerable(name, desk.site.is_official, contact, desk.site.documents)
