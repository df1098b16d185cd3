"""What search finds: the written pages, the terms, the projects, every piece of evidence by its anchor."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from html.parser import HTMLParser

from disclosure.model import Row, Table
from disclosure.website import evidence, permalink, project
from disclosure.website.desk import Desk
from disclosure.website.evidence import Evidence, Record
from disclosure.website.index import Entry
from disclosure.website.wording import exact, number, shown
from disclosure.website.working import of_computed

SEARCH = "search/"  # the page of search itself is not found
PAGE, ABOUT, TERM, PROJECT, SENTENCE, WORKING = "页面", "数据说明", "名词", "项目", "原话", "算法"
# Pages that name every column and rule: they hold nearly every word, and come after those it is about.
_ABOUT = frozenset({"data/", "quality/", "guide/"})
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_UNREAD = frozenset({"script", "style", "nav", "svg", "pre", "noscript", "button"})
_BLOCKS = frozenset(
    {"p", "li", "tr", "td", "th", "dt", "dd", "div", "section", "caption", "h1", "h2", "h3", "h4"}
)


@dataclass(frozen=True, slots=True)
class Search:
    """The form of search: something that can be found, as an example."""

    example: str


def search(desk: Desk) -> Search:
    """The form of search and the list of what it finds."""
    return Search(next(iter(desk.terms), str(desk.year)))


def entries(desk: Desk, written: Iterable[tuple[str, str]]) -> Iterator[Entry]:
    """Everything to be found, kind by kind, as equals are shown; `written` are addresses and HTML."""
    for row in desk.rows("projects"):
        yield Entry(project.url(row), row.text("name"), PROJECT, _project(desk, row))
    for url, html in sorted(written, key=lambda page: page[0] in _ABOUT):
        title, text = read(html)
        yield Entry(url, title, ABOUT if url in _ABOUT else PAGE, text)
    for row in desk.package.rows("glossary"):
        words = f"{row.text('explanation')} {row.text('term_en')}"
        yield Entry(f"glossary/#term-{row.text('term_id')}", row.text("term"), TERM, words)
    for table in desk.package.tables.values():
        if evidence.has_page(desk, table):
            for record in evidence.records(desk, table):
                yield from (_sentence(record, item) for item in (*record.items, *record.silent))
    for figure in desk.site.computed.values():
        title = of_computed(desk, figure).title
        yield Entry(permalink.url(figure), title, WORKING, f"{title} {shown(figure)} {figure.unit}", True)


def _project(desk: Desk, row: Row) -> str:
    unit = desk.table("units").index.get((row.text("fiscal_year"), row.text("unit_id")))
    indicators = desk.package.indicators.get((row.text("fiscal_year"), row.text("project_id")), ())
    words = [unit.text("name") if unit else "", desk.label("projects", row, "disclosure_state")]
    words += _words(desk.table("projects"), row)
    for indicator in indicators:
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
    value = f"{shown(found)} {found.unit} " if found and exact(found) else ""
    section = f" {item.source.section}" if item.source else ""
    return Entry(anchored, item.title, SENTENCE, f"{value}{''.join(item.quote)}{section}", True)


class _Reader(HTMLParser):
    """Collects the heading and the words of a page's main part."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.title: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self.open.append(tag)
        if tag in _BLOCKS:
            self.text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "main" in self.open and not _UNREAD.intersection(self.open):
            (self.title if "h1" in self.open else self.text).append(data)


def read(html: str) -> tuple[str, str]:
    """The heading and the words of a page, without navigation, code and pictures."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.title).split()), " ".join("".join(reader.text).split())
