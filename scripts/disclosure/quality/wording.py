"""Faults of wording: the source's own are kept as written and said, ours are mended."""

import re
from collections.abc import Iterator
from functools import cache

from disclosure.model import Field, Package, Problem, Table
from disclosure.package.figures import of_forms
from disclosure.quality.settings import settings
from disclosure.quality.targets import is_placeholder

_HAN = r"[\u4e00-\u9fff]"
# Full-width digits and letters; half-width punctuation with a Chinese character on either side.
_MIXED = re.compile(rf"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]|(?<={_HAN})[,;:!?](?={_HAN})")
_OWN_RULE = frozenset({"name", "target_as_written", "actual_as_written"})  # of indicators: target-placeholder


@cache
def _doubled(shortest: int) -> re.Pattern[str]:
    return re.compile(rf"({_HAN}{{{shortest},{max(8, shortest)}}})\1")


def doubled_phrase(package: Package) -> Iterator[Problem]:
    """A phrase stands twice in a row."""
    doubled = _doubled(settings(package).doubled_shortest)
    for table in package.tables.values():
        columns = [field.name for field in table.fields if field.as_written]
        for row in table.rows:
            for name in columns:
                if match := doubled.search(row.text(name)):
                    yield Problem(*row.place(name), "doubled-phrase", match.group(), match.group(1))


def fault_marked(package: Package) -> Iterator[Problem]:
    """A text of a report with a doubled phrase is marked as such in the note of its citation.

    Of a form, whose citations are written by an import, `doubled_phrase` tells it.
    """
    doubled, forms = _doubled(settings(package).doubled_shortest), of_forms(package)
    for table in package.tables.values():
        for field in table.fields:
            for row in table.rows if field.as_written else ():
                match = doubled.search(row.text(field.name))
                citation = package.citations.get(row.cited(field)) if match else None
                if citation is None or row.cited(field) in forms:
                    continue
                if match and not citation.text("note"):
                    yield Problem(*row.place(field.name), "fault-marked", match.group(), "citations.note")


def mixed_width(package: Package) -> Iterator[Problem]:
    """Texts keep to one width: no full-width digits or letters, no half-width stops between characters."""
    for table, field in _texts(package):
        for row in table.rows:
            text = row.text(field.name)
            if text and not text.isascii() and (match := _MIXED.search(text)):
                around = text[max(match.start() - 6, 0) : match.end() + 6]
                yield Problem(*row.place(field.name), "mixed-width", around, "")


def placeholder_text(package: Package) -> Iterator[Problem]:
    """No text is a placeholder: what the source does not state is NA, what does not apply is empty."""
    for table, field in _texts(package):
        if table.name == "indicators" and field.name in _OWN_RULE:
            continue
        for row in table.rows:
            if (text := row.text(field.name)) and is_placeholder(text):
                yield Problem(*row.place(field.name), "placeholder-text", text[:80], "NA")


def _texts(package: Package) -> Iterator[tuple[Table, Field]]:
    """Columns of free text. Quotations are the source's, and 无 is a fair note or reason."""
    for table in package.tables.values():
        for field in table.fields if table.name not in ("citations", "rules") else ():
            free = field.type == "string" and not ({"enum", "pattern"} & field.constraints.keys())
            if free and field.name not in ("note", "deviation_reason"):
                yield table, field
