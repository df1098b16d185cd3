"""The cells that an import adds, changes and drops, row by row: what a form says, then what it does not."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from disclosure.forms.sourced import Change
from disclosure.model import Field, Package
from disclosure.package.corrected import TABLE
from disclosure.package.ledger import Cells
from disclosure.package.reader import visible
from disclosure.package.shipped import phrases
from disclosure.quality.hidden import Hide, hide_of
from disclosure.release.changes import sides

LONGEST = 60
# Not stated, and nothing to state: many cells of a row, named in a line; what each is called.
_SILENT = {"NA": "not_stated", "": "empty"}
words_in = partial(phrases, "cli", "imported")


def correction(row: Cells) -> Change:
    """A row of corrections as the change of the cell that it tells of, and why."""
    place = (row["correction_id"], row["resource"], row["row_key"])
    return Change(TABLE, place, row["field"], row["old_value"], row["new_value"], row["reason"])


def told(changes: Iterable[Change], package: Package, language: str) -> Iterator[str]:
    """Lines for a terminal, persons masked: in Chinese by the titles of the columns, else by their names."""
    teller = _Teller(package, language, hide_of(package))
    for (table, key), cells in groupby(changes, lambda change: (change.table, change.key)):
        yield f"  {teller.table(table)} {visible(' '.join(key))}"
        yield from (f"    {line}" for line in teller.row(cells))


@dataclass(frozen=True, slots=True)
class _Teller:
    """To whom the cells of a package are told, and what hides persons in them."""

    package: Package
    language: str
    hide: Hide

    def table(self, name: str) -> str:
        """What a table is called."""
        known = self.language == "zh" and name in self.package.tables
        return self.package.tables[name].title if known else name

    def row(self, changes: Iterable[Change]) -> Iterator[str]:
        """Its cells, a line each; those of a new row that say nothing in one line, its key's not again."""
        words = words_in(self.language)
        silent: dict[str, list[str]] = {text: [] for text in _SILENT}
        for change in changes:
            field = self._field(change)
            name = field.title if field and self.language == "zh" else change.column
            if change.old is None and change.new in silent:
                silent[change.new].append(name)
            elif change.old is not None or not self._heads(change):
                yield self._cell(change, name, field)
        for text, names in silent.items():
            if names:
                yield f"+ {words['cell'].format(words[_SILENT[text]], words['joint'].join(names))}"

    def _cell(self, change: Change, name: str, field: Field | None) -> str:
        words = words_in(self.language)
        labels = field.labels if field and self.language == "zh" else {}
        sign = "+" if change.old is None else "-" if change.new is None else "~"
        both = [labels.get(text, text) for text in (change.old, change.new) if text is not None]
        told = words["cell"].format(name, " → ".join(_short([self.hide(text) for text in both])))
        return f"{sign} {words['from'].format(told, visible(change.cell)) if change.cell else told}"

    def _heads(self, change: Change) -> bool:
        table = self.package.tables.get(change.table)
        return table is not None and change.column in table.key

    def _field(self, change: Change) -> Field | None:
        table = self.package.tables.get(change.key[1] if change.table == TABLE else change.table)
        return table.columns.get(change.column) if table else None


def _short(texts: Sequence[str]) -> list[str]:
    return [text or '""' for text in sides(texts, LONGEST)]
