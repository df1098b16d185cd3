"""What search finds: the written pages, the terms, the projects, every piece of evidence by its anchor."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain
from typing import Any

from lxml import html

from disclosure.model import Row, Table
from disclosure.package.units import listed_unit
from disclosure.website import evidence, permalink, project
from disclosure.website.desk import Desk
from disclosure.website.desk import desk as desk_of
from disclosure.website.evidence import Evidence, Record
from disclosure.website.gaps import gaps
from disclosure.website.index import Entry
from disclosure.website.wording import exact, number, shown
from disclosure.website.working import computed_title

SEARCH = "search/"  # the page of search itself is not found
PAGE, ABOUT, TERM, PROJECT = "页面", "数据说明", "名词", "项目"
GAP, SENTENCE, WORKING = "缺口", "原话", "算法"
# Pages that name every column and rule: they hold nearly every word, and come after those it is about.
_ABOUT = frozenset({"data/", "quality/", "guide/"})
_UNREAD = ("script", "style", "nav", "form", "svg", "pre", "noscript", "button")
_CHECKSUM = re.compile(r"\b[0-9a-f]{64}\b")  # its digits are no number that somebody looks for
_BLOCKS = (
    "p", "li", "tr", "td", "th", "dt", "dd", "div", "section", "caption", "summary", "blockquote",
    "h1", "h2", "h3", "h4",
)  # fmt: skip


def search(desk: Desk) -> str:
    """The form of search, with something that can be found as an example."""
    return next(iter(desk.terms), str(desk.year))


def entries(desk: Desk, written: Iterable[tuple[str, str]]) -> Iterator[Entry]:
    """Everything to be found, kind by kind, as equals are shown; `written` are addresses and HTML."""
    for row in desk.rows("projects"):
        yield Entry(project.url(row), row.text("name"), PROJECT, _project(desk, row))
    for row in chain.from_iterable(desk.package.rows("projects", site.year) for site in desk.site.others):
        title = f"{row.text('name')}（{row.text('fiscal_year')} 年）"
        yield Entry(project.url(row), title, PROJECT, _project(desk, row))
    for url, page in sorted(written, key=lambda found: found[0] in _ABOUT):
        title, text = read(page)
        yield Entry(url, title, ABOUT if url in _ABOUT else PAGE, text)
    for row in desk.package.rows("glossary"):
        words = f"{row.text('explanation')} {row.text('term_en')}"
        yield Entry(f"glossary/#term-{row.text('term_id')}", row.text("term"), TERM, words)
    for of_year in (desk, *map(desk_of, desk.site.others)):
        for kind in gaps(of_year):
            yield Entry(kind.url, kind.name, GAP, f"{kind.says}{kind.asks}")
    for table in desk.package.tables.values():
        if evidence.has_page(desk, table):
            for record in evidence.records(desk, table):
                yield from (_sentence(record, item) for item in (*record.items, *record.silent))
    for site in (desk.site, *desk.site.others):
        for figure in site.computed.values():
            title = computed_title(desk, figure)
            yield Entry(permalink.url(figure), title, WORKING, f"{title} {shown(figure)} {figure.unit}", True)


def _project(desk: Desk, row: Row) -> str:
    words = [listed_unit(desk.package, row), desk.label("projects", row, "disclosure_state")]
    words += _words(desk.table("projects"), row)
    for indicator in desk.package.indicators.get(row.project, ()):
        words += _words(desk.table("indicators"), indicator)
    return " ".join(word for word in words if word)


def _words(table: Table, row: Row) -> Iterator[str]:
    """The words and amounts that a row holds, without ids."""
    ids = {name for reference in table.references for name in reference.fields} | set(table.key)
    for field in table.fields:
        value = row[field.name]
        if field.is_figure and isinstance(value, int | Decimal):
            yield f"{number(Decimal(value), field.unit)} {field.unit or row.text(field.unit_field)}"
        elif field.type == "string" and not field.labels and field.name not in ids:
            yield row.text(field.name)


def _sentence(record: Record, item: Evidence) -> Entry:
    found = item.figure
    anchored = f"{record.page}#{item.anchor or record.anchor}"
    value = f"{shown(found)} {found.unit if exact(found) else ''} " if found else ""
    quote = "" if item.is_silent else "".join(item.quote)  # of what it leaves out it says another thing
    section = f" {item.source.section}" if item.source else ""
    title = f"{record.name}：{item.label}" if item.label else record.name
    return Entry(anchored, title, SENTENCE, f"{value}{quote}{section}", True)


def read(page: str) -> tuple[str, str]:
    """The heading and the words of a page's main part, without navigation, forms, code and pictures."""
    main: Any = html.document_fromstring(page).find(".//main")
    # Of a link to a sentence, no word is the page's.
    for part in (*main.iter(*_UNREAD), *main.find_class("src")):
        part.drop_tree()
    for block in main.iter(*_BLOCKS):
        block.text = f" {block.text or ''}"
    title = main.find(".//h1")
    heading = " ".join(title.text_content().split())
    title.drop_tree()
    return heading, " ".join(_CHECKSUM.sub("", main.text_content()).split())
