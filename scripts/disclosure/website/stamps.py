"""Small pieces of HTML that stand on a page by the hundred: each shape made once by its macro, then filled.

It is what the press does to pages: a macro of `stamps.html` is called with a shape and with marks where
texts go, and the HTML between the marks is kept for the next of that shape.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import escape
from operator import itemgetter

from markupsafe import Markup

from disclosure.model import Missing
from disclosure.package.figures import Citation, Figure
from disclosure.website.evidence import Evidence, Operand, Record
from disclosure.website.official import Line, Place
from disclosure.website.permalink import url
from disclosure.website.wording import exact, shown

_MARK = "\0"  # no cell of a package holds it
_SPECIAL = re.compile("[&<>\"']")  # most texts have none, which this tells sooner
Made = Callable[..., Markup]
_SPACE = "\N{NO-BREAK SPACE}"
_LONG = 40  # characters from which a cell of a form is set as a paragraph
_KINDS, _WORDS = {"number": "n", "note": "silent wide-note"}, "words"


class Stamps:
    """What templates call for a figure, a form, a row's evidence; `macro` finds one by template and name."""

    def __init__(self, macro: Callable[[str, str], Made]) -> None:
        self._macro = macro
        self._cut = lru_cache(maxsize=4096)(self._shape)

    def _shape(self, name: str, shape: tuple[object, ...], texts: int) -> tuple[str, Callable[..., object]]:
        """The HTML with a %s for each text in it, and what puts the texts into that order."""
        marks = (Markup(f"{_MARK}{at}{_MARK}") for at in range(texts))
        parts = str(self._macro("stamps", name)(*shape, *marks)).replace("%", "%%").split(_MARK)
        return "%s".join(parts[::2]), itemgetter(*map(int, parts[1::2]))

    def _filled(self, name: str, shape: tuple[object, ...], *texts: str) -> Markup:
        html, ordered = self._cut(name, shape, len(texts))
        said = [
            escape(text) if text.__class__ is not Markup and _SPECIAL.search(text) else text for text in texts
        ]
        return Markup(html % ordered(said))

    def linked(self, figure: Figure, root: str, text: str | None = None) -> Markup:
        """A figure as a link to its evidence, with another text if given."""
        value, said = exact(figure), shown(figure) if text is None else text
        if not figure.is_sourced:
            return self._filled("unsourced", (), said)
        return self._filled("link", (bool(value),), f"{root}{url(figure)}", value, said)

    def _cell(self, place: Place, root: str, prefix: str) -> Markup:
        of, figure, inside = place.cell, place.figure, place.text
        if figure and (of.role == "text" or isinstance(figure.value, Missing)):
            inside = self.linked(figure, root, place.text)
        elif figure:
            inside = self.linked(figure, root) + ("%" if figure.unit == "%" else "")
        beside = self._macro("beside", "beside")(place, root) if place.ours or place.rate else ""
        kind = "silent" if place.silent else _KINDS.get(of.role) or _WORDS * (len(place.text) > _LONG)
        name = of.name.replace("form", prefix) if of.heads else ""
        headings = place.headings.replace("form", prefix)
        return self._filled("cell", (name, place.scope, headings, of.columns, of.rows, kind), inside, beside)

    def rows_of_form(self, lines: Iterable[Line], root: str, prefix: str = "form") -> Markup:
        """The rows of an official form; ids of its headings begin with the prefix."""
        rows = ("".join([self._cell(place, root, prefix) for place in line]) for line in lines)
        return Markup("".join([f"<tr>{row}</tr>\n" for row in rows]))

    def _worked(self, found: Evidence, figure: Figure, root: str) -> Markup:
        rule = tuple(figure.formula.split("|"))
        if rule[0] != "score":
            return self._macro("evidence", "working")(found, root)
        parts = "、".join([self._part(operand, root) for operand in found.operands])
        unit = "" if isinstance(figure.value, Missing) else figure.unit
        return self._filled("scored", (root, rule, found.more, unit), Markup(parts), shown(figure))

    def _part(self, operand: Operand, root: str) -> Markup:
        figure = operand.figure
        unit = "" if isinstance(figure.value, Missing) else f"{_SPACE * (figure.unit != '%')}{figure.unit}"
        return self._filled("part", (unit,), operand.name, self.linked(figure, root))

    def _fold(self, found: Evidence, record: Record, root: str, first: bool, changed: str) -> Markup:
        figure, source = found.figure, found.source
        working = self._worked(found, figure, root) if figure and figure.formula else ""
        stands = _stands(source)
        elsewhere = stands if stands != _stands(record.source) else ""
        looked = (found.label, found.column, found.passed, found.told)
        cited = (bool(source), source.note if source else "", elsewhere, bool(found.quote[1]))
        said = (exact(figure), shown(figure)) if figure else ("", "")
        shape = (root, first, bool(found.anchor), figure.unit if figure else None, *looked, *cited)
        return self._filled(
            "fold", shape, found.anchor or record.anchor, *said, *found.quote, working, changed
        )

    def folds(self, record: Record, root: str) -> Markup:
        """The evidence of a row's cells; the first of each sentence bears it."""
        made, last = [], ""
        for found in record.items:
            changed = self._macro("evidence", "changed")(found) if record.is_corrected else ""
            source = found.source.id if found.source else ""
            made.append(self._fold(found, record, root, not source or source != last, changed))
            last = source
        return Markup("".join(made))


def _stands(source: Citation | None) -> str:
    """The document and the section in which a sentence stands."""
    return f"{source.source}，{source.section}" if source else ""
