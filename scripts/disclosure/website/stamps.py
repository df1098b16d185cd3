"""Small pieces of HTML that stand on a page by the hundred: each shape made once by its macro, then filled.

It is what the press does to pages: a macro of `stamps.html` is called with a shape and with marks where
texts go, and the HTML between the marks is kept for the next of that shape.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from html import escape
from itertools import chain, groupby
from operator import itemgetter

from markupsafe import Markup

from disclosure.model import Missing
from disclosure.package.figures import Citation, Figure
from disclosure.website.evidence import Evidence, Operand, Record
from disclosure.website.official import Block, Layout, Place
from disclosure.website.permalink import url
from disclosure.website.wording import exact, shown

_MARK = "\0"  # no cell of a package holds it
_SPECIAL = re.compile("[&<>\"']")  # most texts have none, which this tells sooner
Made = Callable[..., Markup]
_SPACE = "\N{NO-BREAK SPACE}"
_LONG = 40  # characters from which a cell of a form is set as a paragraph
_KINDS = {"number": "n", "note": "silent wide-note"}
_escaped = lru_cache(maxsize=4096)(escape)  # a form's own words are the same on every page


class Stamps:
    """What templates call for a figure, a form, a row's evidence.

    `macro` finds one by template and name, `joined` puts what it says on one line.
    """

    def __init__(self, macro: Callable[[str, str], Made], joined: Callable[[str], str]) -> None:
        self._joined = joined
        self._macro = cache(macro)
        self._cut = lru_cache(maxsize=4096)(self._shape)
        self._link = lru_cache(maxsize=512)(self._linked)  # a page has a figure in its form and as evidence
        self._laid = lru_cache(maxsize=1024)(self._rows)

    def _shape(self, name: str, shape: tuple[object, ...], texts: int) -> tuple[str, Callable[..., object]]:
        """The HTML with a %s for each text in it, and what puts the texts into that order."""
        marks = (Markup(f"{_MARK}{at}{_MARK}") for at in range(texts))
        html = self._joined(self._macro("stamps", name)(*shape, *marks))
        parts = html.replace("%", "%%").split(_MARK)
        return "%s".join(parts[::2]), itemgetter(*map(int, parts[1::2]))

    def _filled(self, name: str, shape: tuple[object, ...], texts: tuple[str, ...], *made: str) -> str:
        """A shape with texts in it, and after them what is HTML already."""
        if _SPECIAL.search(_MARK.join(texts)):
            texts = tuple(map(escape, texts))
        html, ordered = self._cut(name, shape, len(texts) + len(made))
        return html % ordered(texts + made)

    def linked(self, figure: Figure, root: str, text: str | None = None) -> Markup:
        """A figure as a link to its evidence, with another text if given."""
        return Markup(self._link(figure, root, text))

    def _linked(self, figure: Figure, root: str, text: str | None = None) -> str:
        value, said = _said(figure)
        if text is not None:
            said = text
        if not figure.is_sourced:
            return self._filled("unsourced", (), (said,))
        return self._filled("link", (bool(value),), (f"{root}{url(figure)}", value, said))

    def _shown(self, place: Place, root: str) -> tuple[str, str]:
        """The class of a cell, as an attribute, and what stands in it."""
        of, figure = place.cell, place.figure
        if figure is None:
            inside = _escaped(place.text)
        elif of.role == "text" or isinstance(figure.value, Missing):
            inside = self._link(figure, root, place.text)
        else:
            inside = self._link(figure, root) + ("%" if figure.unit == "%" else "")
        if place.ours or place.rate:
            inside += self._beside(place, root)
        kind = "silent" if place.silent else _KINDS.get(of.role) or "words" * (len(place.text) > _LONG)
        return kind and f' class="{kind}"', inside

    def _beside(self, place: Place, root: str) -> str:
        """Ours beside what the form states: a score that is or is not the same, or a rate that it lacks."""
        score, rate = place.ours, place.rate
        if score and score.agrees is not None:
            apart = "" if score.agrees else self._link(score.difference, root)
            return self._filled("ours", (score.agrees, ""), (), self._link(score.ours, root), apart)
        return self._filled("ours", (None, _unit(rate)), (), self._link(rate, root), "") if rate else ""

    def rows_of_form(self, blocks: Iterable[Block], root: str, prefix: str = "form") -> Markup:
        """The rows of an official form; ids of its headings begin with the prefix."""
        made = (
            self._laid(layout, prefix)
            % tuple(chain.from_iterable([self._shown(place, root) for place in places]))
            for layout, places in blocks
        )
        return Markup("".join(made))

    def _rows(self, layout: Layout, prefix: str) -> str:
        """The rows of a block with a %s for the class of each cell and one for what stands in it."""
        cell = self._macro("stamps", "cell")
        rows = ("".join(cell(*found, Markup(_MARK)) for found in row) for row in layout.rows)
        html = "".join(f"<tr>{row}</tr> " for row in rows)
        return html.replace("form-", f"{prefix}-").replace(_MARK, "%s")

    def _worked(self, found: Evidence, figure: Figure, root: str) -> str:
        rule = tuple(figure.formula.split("|"))
        if rule[0] != "score":
            return self._macro("evidence", "working")(found, root)
        parts = "、".join([self._part(operand, root) for operand in found.operands])
        unit = "" if isinstance(figure.value, Missing) else figure.unit
        return self._filled("scored", (root, rule, found.more, unit), (shown(figure),), parts)

    def _part(self, operand: Operand, root: str) -> str:
        figure = operand.figure
        return self._filled("part", (_unit(figure),), (operand.name,), self._link(figure, root))

    def _fold(self, found: Evidence, record: Record, root: str, first: bool, changed: str) -> str:
        figure, source = found.figure, found.source
        working = self._worked(found, figure, root) if figure and figure.formula else ""
        is_elsewhere = source is not record.source and _stands(source) != _stands(record.source)
        elsewhere = _stands(source) if is_elsewhere else ""
        looked = (found.label, found.column, found.passed, found.told)
        cited = (bool(source), source.note if source else "", elsewhere, bool(found.quote[1]))
        said = _said(figure) if figure else ("", "")
        unit = None if figure is None else "" if isinstance(figure.value, Missing) else figure.unit
        shape = (root, first, bool(found.anchor), unit, *looked, *cited)
        texts = (found.anchor or record.anchor, *said, *found.quote)
        return self._filled("fold", shape, texts, working, changed)

    def behind(self, records: Iterable[Record], root: str, heading: int = 2) -> Markup:
        """Rows, table by table; what every one of several lacks is said once above them."""
        made = []
        for _, group in groupby(records, lambda record: record.file):
            rows = list(group)
            lacks = [{found.label for found in record.silent} for record in rows]
            of_all = set.intersection(*lacks) if len(rows) > 1 else set()
            if of_all:
                names = [found.label for found in rows[0].silent if found.label in of_all]
                made.append(self._filled("lacking", (), ("、".join(names),)))
            made += [self._row(record, root, heading, of_all) for record in rows]
        return Markup("".join(made))

    def _row(self, record: Record, root: str, heading: int, of_all: set[str]) -> str:
        """A row: its cells as lines that open, what its source leaves out, what holds for all of them."""
        unsaid = self._unsaid(record, of_all) if record.silent else ""
        shape = (
            root,
            heading,
            bool(record.anchor),
            bool(record.file),
            bool(record.source),
            record.is_corrected,
        )
        texts = (record.anchor, record.name, _stands(record.source), record.file, str(record.line))
        return self._filled("row", shape, texts, self._folds(record, root), unsaid)

    def _unsaid(self, record: Record, of_all: set[str]) -> str:
        """What its source leaves out; what all rows lack shows only where its own address opens it."""
        own, rest = ([item for item in record.silent if (item.label in of_all) is of] for of in (False, True))
        first = record.silent[0]
        labels = (tuple(item.label for item in own), tuple(item.label for item in rest))
        texts = (first.quote[0], *(item.anchor for item in (*own, *rest)))
        return self._filled("unsaid", (*labels, bool(first.source)), texts)

    def _folds(self, record: Record, root: str) -> str:
        """The evidence of a row's cells; the first of each sentence bears it."""
        made, last = [], ""
        for found in record.items:
            changed = self._macro("evidence", "changed")(found) if record.is_corrected else ""
            source = found.source.id if found.source else ""
            made.append(self._fold(found, record, root, not source or source != last, changed))
            last = source
        return "".join(made)


@lru_cache(maxsize=512)
def _said(figure: Figure) -> tuple[str, str]:
    """The value for machines and as a page prints it."""
    return exact(figure), shown(figure)


def _unit(figure: Figure) -> str:
    """What stands behind its value in a line of text."""
    return "" if isinstance(figure.value, Missing) else f"{_SPACE * (figure.unit != '%')}{figure.unit}"


def _stands(source: Citation | None) -> str:
    """The document and the section in which a sentence stands."""
    return f"{source.source}，{source.section}" if source else ""
