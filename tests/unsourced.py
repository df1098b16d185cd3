"""Finds numbers of a package that stand on a page without their evidence."""

import re
from collections.abc import Iterable, Iterator, Mapping

from disclosure.model import Package
from disclosure.package.computed import computed
from disclosure.package.figures import Figure, stated
from disclosure.website import wording
from lxml import html

# Where a figure may stand without a link of its own: the link, its evidence, a sentence, a letter or code, a
# chart (looked at for itself), a finding of a check (which names file, row and column), counts of rules,
# the first rows of a file.
_EVIDENCED = " or ".join(
    (
        "contains(concat(' ', @class, ' '), ' figure ')",
        "contains(@class, 'preview')",
        "self::small[parent::summary[parent::details[@class='stage']]]",
        *(f"@class='{name}'" for name in ("rec", "findings", "tally")),
        *(f"self::{tag}" for tag in ("q", "blockquote", "pre", "svg", "script")),
    )
)
_OWN_NUMBERS = ("guide/", "accessibility/")  # examples of how to fill in, what was tested
_WORDS = re.compile(r"[A-Za-z\u4e00-\u9fff]{2}")
_OTHER = re.compile(r"(?:19|20)[0-9]{2}(?![0-9.,])|[0-9.,]+(?:字节|bytes|kB|MB|行|rows|条规则)")
_NUMBER = re.compile(r"(?<![\w.,-])[0-9][0-9,]*(?:\.[0-9]+)?(?![\w-]|\.[0-9])")


def figures(package: Package) -> Iterator[Figure]:
    """All figures that a package states or gives rise to."""
    for table in package.tables.values():
        yield from stated(package, table)
    yield from computed(package, package.years[-1]).values()


def unsourced(pages: Mapping[str, html.HtmlElement], package: Package) -> list[str]:
    """Numbers of a package that stand without evidence, by page.

    A number is a figure's where it has a separator, a decimal point or three digits and is a figure's value;
    or where it stands before the unit of a figure of that value. One in a picture or in a letter must stand,
    linked or quoted, elsewhere on the page. A cell of words, as it is, is a quotation.
    """
    shown = {(wording.shown(figure), figure.unit) for figure in figures(package) if wording.exact(figure)}
    words = _words(package)
    found: list[str] = []
    for page, tree in pages.items():
        if not page.startswith(_OWN_NUMBERS):
            found += [f"{page}: {case}" for case in _bare(tree, shown, words)]
        found += [f"{page}: {number} in a picture or letter" for number in _drawn(tree, shown)]
    return found


def _words(package: Package) -> frozenset[str]:
    """Cells of words that hold a number."""
    return frozenset(
        row.text(field.name)
        for table in package.tables.values()
        for field in table.fields
        if field.type == "string"
        for row in table.rows
        if any(sign.isdigit() for sign in row.text(field.name)) and _WORDS.search(row.text(field.name))
    )


def _bare(tree: html.HtmlElement, shown: set[tuple[str, str]], words: frozenset[str]) -> Iterator[str]:
    texts = [part for part in tree.xpath("//body//text()") if part.strip()]
    values, units = {value for value, _ in shown}, {unit for _, unit in shown}
    for part, after in zip(texts, [*texts[1:], ""], strict=True):
        if not any(sign.isdigit() for sign in part) or words & {
            part.strip(),
            part.strip().removesuffix("。"),
        }:
            continue
        parent = part.getparent() if part.is_text else part.getparent().getparent()
        if parent.xpath(f"ancestor-or-self::*[{_EVIDENCED}]"):
            continue
        own = str(part)
        for word in words:
            own = own.replace(word, "")
        for number in _NUMBER.finditer(own):
            value, rest = number.group(), (own[number.end() :] + after).lstrip()
            if _OTHER.match(value + rest):
                continue
            counted = any((value, unit) in shown and rest.startswith(unit) for unit in units)
            if counted or (value in values and len(value) > 2):
                yield f"{value} in {part.strip()[:60]}"


def _drawn(tree: html.HtmlElement, shown: set[tuple[str, str]]) -> set[str]:
    """Figures in pictures and letters that the page does not link or quote."""
    values = {value for value, _ in shown if len(value) > 2}
    linked = tree.xpath("//a[contains(concat(' ', @class, ' '), ' figure ')] | //q")
    sourced = _numbers(linked)
    return (_numbers(tree.xpath("//svg | //section[@class='letter']//pre")) & values) - sourced


def _numbers(parts: Iterable[html.HtmlElement]) -> set[str]:
    return {text for part in parts for text in _NUMBER.findall(" ".join(part.itertext()))}
