"""No figure without its sentence: numbers stand in their quotes, texts are the source's own words."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from disclosure.model import Field, Missing, Package, Problem, Row
from disclosure.package.figures import columns, of_forms
from disclosure.package.text import fingerprint, measured, normalised, standing_alone, states

_SILENT = (Missing.NOT_APPLICABLE, Missing.NOT_STATED)


def number_in_quote(package: Package) -> Iterator[Problem]:
    """A figure's value is among the numbers its quoted sentence states."""
    forms = of_forms(package)
    for row, field, quote in _cited(package, figures=True):
        value = row.amount(field.name)
        if value is None or states(quote, value):
            continue
        if row.cited(field) not in forms or not _converted(quote, value, field.unit):
            yield Problem(*row.place(field.name), "number-in-quote", str(row[field.name]), quote)


_WIDE = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_SCALES = (("(?<![万千])元", Decimal(10_000)), ("千元", Decimal(10)), ("亿", Decimal("0.0001")))


def _converted(quote: str, value: Decimal, unit: str) -> bool:
    """Whether a form's cells state the number in full-width digits, or an amount of 万元 in another unit."""
    folded = quote.translate(_WIDE)
    scales = [scale for sign, scale in _SCALES if unit == "万元" and re.search(sign, quote)]
    return any(states(folded, value * scale) for scale in (Decimal(1), *scales))


def unit_in_quote(package: Package) -> Iterator[Problem]:
    """In the quote the figure stands directly before its unit, unless a table's head gives the unit."""
    forms = of_forms(package)
    for row, field, quote in _cited(package, figures=True):
        if field.unit_in_head or row.cited(field) in forms:
            continue
        value, unit = row.amount(field.name), field.unit or row.text(field.unit_field)
        if value is None or not unit or abs(value) in measured(quote, unit):
            continue
        if states(quote, value):  # else number-in-quote has said it
            found = f"{row[field.name]} {unit}"
            yield Problem(*row.place(field.name), "unit-in-quote", found, quote)


def figure_has_unit(package: Package) -> Iterator[Problem]:
    """A figure whose unit stands in another column has one there."""
    forms = of_forms(package)
    for table in package.tables.values():
        for field in table.fields:
            for row in table.rows if field.unit_field else ():
                if row.text("citation_id") in forms:
                    continue  # target-has-unit tells it as a fact of the form
                if row.amount(field.name) is not None and isinstance(row[field.unit_field], Missing):
                    found = str(row[field.name])
                    yield Problem(*row.place(field.unit_field), "figure-has-unit", found, "")


def figure_left_out(package: Package) -> Iterator[Problem]:
    """A figure is not left empty where its sentence states, with its unit, a number the row does not have.

    Of a form every cell has been read, or the form refused: its numbers are not asked for again.
    """
    forms = of_forms(package)
    for table in package.tables.values():
        fields = columns(table)
        for row in table.rows if fields else ():
            told: dict[str, str] = {}  # a number that stands alone is asked for under one unit only
            for field in fields:
                if forms & {row.cited(field), row.text("citation_id")}:
                    continue
                if row[field.name] in _SILENT and (left := _left_out(package, fields, field, row)):
                    number, unit = left.split(" ", 1)
                    if told.setdefault(number, unit) == unit:
                        yield Problem(*row.place(field.name), "figure-left-out", "", left)


def _left_out(package: Package, fields: tuple[Field, ...], field: Field, row: Row) -> str:
    """The first number of the sentence that no figure of the row has; none where one of them is not in it."""
    name = row.cited(field)
    citation, unit = package.citations.get(name), field.unit or row.text(field.unit_field)
    if citation is None or not unit:
        return ""
    quote = citation.text("quote")
    stated = list(standing_alone(quote) if field.unit_in_head else measured(quote, unit))
    for other in fields:
        value = row.amount(other.name)
        if value is None or row.cited(other) != name:
            continue
        if abs(value) in stated:
            stated.remove(abs(value))
        elif (field.unit_in_head and other.unit_in_head) or unit == (
            other.unit or row.text(other.unit_field)
        ):
            return ""  # that figure is the fault, and number-in-quote has said it
    return f"{stated[0]} {unit}" if stated else ""


def text_in_quote(package: Package) -> Iterator[Problem]:
    """A text given as the source's own words stands in its quotation, white space aside."""
    joined = cache(normalised)
    for row, field, quote in _cited(package, figures=False):
        text = row.text(field.name)
        if text not in quote and normalised(text) not in joined(quote):
            yield Problem(*row.place(field.name), "text-in-quote", text[:80], quote[:80])


def _cited(package: Package, figures: bool) -> Iterator[tuple[Row, Field, str]]:
    """Cells with the sentence each rests on: figures, or texts given as the source's own words."""
    quotes = {name: row.text("quote") for name, row in package.citations.items()}
    for table in package.tables.values():
        fields = [field for field in table.fields if (field.is_figure if figures else field.as_written)]
        for row in table.rows if fields else ():
            for field in fields:
                if isinstance(row[field.name], Missing):
                    continue
                name = row.cited(field)
                if not name:
                    yield row, field, ""  # a figure that names no sentence is ours to report
                elif (quote := quotes.get(name)) is not None:  # a dangling name is reference-found's
                    yield row, field, quote


def source_as_recorded(package: Package, source_id: str, text: str) -> Iterator[Problem]:
    """The document at hand is the one that was read: same sha256 of its normalised text."""
    row = package.sources[source_id]
    recorded = row.text("sha256")
    if recorded and fingerprint(text) != recorded:
        yield Problem(*row.place("sha256"), "source-as-recorded", fingerprint(text), recorded)


def quote_in_source(package: Package, source_id: str, text: str) -> Iterator[Problem]:
    """Each quotation of a document stands in it, white space aside."""
    joined = normalised(text)
    for row in package.rows("citations"):
        if row.text("source_id") == source_id and normalised(row.text("quote")) not in joined:
            yield Problem(*row.place("quote"), "quote-in-source", row.text("quote"), source_id)
