"""Faults of wording in the source's own text: kept as written, and said."""

import re
from collections.abc import Iterator

from disclosure.model import Package, Problem

_DOUBLED = re.compile(r"([\u4e00-\u9fff]{3,8})\1")


def doubled_phrase(package: Package) -> Iterator[Problem]:
    """A phrase stands twice in a row."""
    for table in package.tables.values():
        columns = [field.name for field in table.fields if field.as_written]
        for row in table.rows:
            for name in columns:
                if match := _DOUBLED.search(row.text(name)):
                    yield Problem(table.path, row.line, name, "doubled-phrase", match.group(), match.group(1))


def fault_marked(package: Package) -> Iterator[Problem]:
    """A text of the source with a doubled phrase is marked as such in the note of its citation."""
    for table in package.tables.values():
        for field in table.fields:
            for row in table.rows if field.as_written else ():
                citation = package.citations.get(row.text(field.cited_by))
                match = _DOUBLED.search(row.text(field.name))
                if match and citation is not None and not citation.text("note"):
                    yield Problem(
                        table.path, row.line, field.name, "fault-marked", match.group(), "citations.note"
                    )
