"""No figure without its sentence: numbers stand in their quotes, texts are the source's own words."""

from collections.abc import Iterator
from functools import cache

from disclosure.model import Field, Missing, Package, Problem, Row, Table
from disclosure.package.text import fingerprint, normalised, numbers


def number_in_quote(package: Package) -> Iterator[Problem]:
    """A figure's value is among the numbers its quoted sentence states."""
    numbers_of = cache(numbers)
    for table, row, field, quote in _cited(package):
        value = row.amount(field.name)
        if field.is_figure and value is not None and value not in numbers_of(quote):
            yield Problem(table.path, row.line, field.name, "number-in-quote", str(row[field.name]), quote)


def text_in_quote(package: Package) -> Iterator[Problem]:
    """A text given as the source's own words stands in its quotation, white space aside."""
    joined = cache(normalised)
    for table, row, field, quote in _cited(package):
        if field.as_written and normalised(row.text(field.name)) not in joined(quote):
            yield Problem(
                table.path, row.line, field.name, "text-in-quote", row.text(field.name)[:80], quote[:80]
            )


def _cited(package: Package) -> Iterator[tuple[Table, Row, Field, str]]:
    for table in package.tables.values():
        fields = [field for field in table.fields if field.is_figure or field.as_written]
        for row in table.rows:
            for field in fields:
                if isinstance(row[field.name], Missing):
                    continue
                citation = package.citations.get(row.text(field.cited_by))
                if citation is not None:
                    yield table, row, field, citation.text("quote")
                elif isinstance(row.cells.get(field.cited_by, Missing.NOT_APPLICABLE), Missing):
                    # A dangling name is reference-found's to report; a figure that names nothing is ours.
                    yield table, row, field, ""


def source_as_recorded(package: Package, source_id: str, text: str) -> Iterator[Problem]:
    """The document at hand is the one that was read: same sha256 of its normalised text."""
    row = package.sources[source_id]
    recorded = row.text("sha256")
    if recorded and fingerprint(text) != recorded:
        path = package.tables["sources"].path
        yield Problem(path, row.line, "sha256", "source-as-recorded", fingerprint(text), recorded)


def quote_in_source(package: Package, source_id: str, text: str) -> Iterator[Problem]:
    """Each quotation of a document stands in it, white space aside."""
    joined = normalised(text)
    for row in package.rows("citations"):
        if row.text("source_id") == source_id and normalised(row.text("quote")) not in joined:
            path = package.tables["citations"].path
            yield Problem(path, row.line, "quote", "quote-in-source", row.text("quote"), source_id)
