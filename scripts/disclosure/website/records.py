"""The pages that are pressed, not written in Markdown: lists, projects, evidence, gaps and versions."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import NamedTuple

from disclosure.model import Row
from disclosure.package.figures import Figure
from disclosure.website import evidence, files, permalink
from disclosure.website.cite import Cite, cite
from disclosure.website.desk import Desk, desk
from disclosure.website.edition import Site
from disclosure.website.evidence import Record, documents, records
from disclosure.website.gaps import gaps, letters
from disclosure.website.linked import linked_data
from disclosure.website.listing import further
from disclosure.website.permalink import COMPUTED
from disclosure.website.project import project
from disclosure.website.project import url as project_url
from disclosure.website.render import render
from disclosure.website.versions import versions
from disclosure.website.working import workings

Crumbs = tuple[tuple[str, str], ...]
HOME = ("首页", "")
_DATA = (HOME, ("数据下载", "data/"))


class Beside(NamedTuple):
    """The page before or after another."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class PressedPage:
    """A page for the press: where it goes, what it is called, what leads to it (label, url), its HTML.

    Content that takes long is a function, called where the page is written (in a worker) or asked for;
    so is its record for machines, `linked`.
    """

    url: str
    title: str
    description: str
    crumbs: Crumbs
    content: str | Callable[[], str] = ""
    index: str = ""
    is_list: bool = False
    before: Beside | None = None
    after: Beside | None = None
    linked: Callable[[], str] = str

    @property
    def body(self) -> str:
        """The HTML of the content."""
        return self.content if isinstance(self.content, str) else self.content()


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """Evidence in full by row; or, where a table has a page a year, its rows as links to them."""

    title: str
    lead: str
    records: tuple[Record, ...]
    cite: Cite
    is_index: bool = False


def pages(site: Site) -> Iterator[PressedPage]:
    """Every pressed page of a site: the list, its projects, evidence, gaps, versions."""
    made, others = desk(site), tuple(map(desk, site.others))
    for page in chain(
        *chain.from_iterable((_list(of), _projects(of)) for of in (made, *others)),
        _evidence(made, *others),
        *map(_gaps, (made, *others)),
        _dictionary(made),
        _versions(made),
    ):
        linked = partial(linked_data, site, page.description, (*page.crumbs, (page.title, page.url)))
        yield replace(page, index=site.index_numbers.get(page.url, ""), linked=linked)


def _projects(desk: Desk) -> Iterator[PressedPage]:
    rows = desk.rows("projects")
    up: Crumbs = () if desk.site.is_front else ((_of_year(desk), f"projects/{desk.year}/"),)
    places = [Beside(row.text("name"), project_url(row)) for row in rows]
    for row, before, after in zip(rows, (None, *places), (*places[1:], None), strict=False):
        name = row.text("name")
        yield PressedPage(
            url=project_url(row),
            title=name,
            description=f"{desk.year} 年度项目“{name}”：预算、支出、目标、原话。",
            crumbs=(HOME, ("项目", "projects/"), *up),
            content=partial(_project, desk, row),
            before=before,
            after=after,
        )


def _project(desk: Desk, row: Row) -> str:
    return _body(desk, "project", project(desk, row), project_url(row))


def _of_year(desk: Desk) -> str:
    return f"{desk.year} 年的项目"


def _list(desk: Desk) -> Iterator[PressedPage]:
    """The pages of the list of projects; the first of the year in front is written."""
    for record in further(desk):
        whose = "项目" if record.is_front else _of_year(desk)
        title = f"{whose}：第 {record.number} 页" if record.number > 1 else whose
        lead = f"{desk.year} 年度的项目，第 {record.number} 页，共 {record.pages} 页。"
        crumbs = (HOME, ("项目", "projects/"))
        page = PressedPage(record.at(record.number), title, lead, crumbs, is_list=True)
        yield _page(desk, "listing", record, page)


def _evidence(desk: Desk, *others: Desk) -> Iterator[PressedPage]:
    for table in desk.package.tables.values():
        if evidence.has_page(desk, table):
            lead = f"“{table.title}”里的每一项，依据的是哪一句话。"
            yield from _of_table(desk, table.name, f"原话：{table.title}", lead, records(desk, table))
    lead = "原文没有直接写、由原文里的数推算出来的数。点算式里的数看原话。项目的执行率在各项目的页面上。"
    yield from _of_table(
        desk, COMPUTED, "怎么算的", lead, chain.from_iterable(map(_workings, (desk, *others)))
    )


def _workings(desk: Desk) -> Iterator[Record]:
    """The workings of a year but those that stand on pages of projects."""
    by_page: dict[str, list[Figure]] = {}
    for figure in desk.site.computed.values():
        by_page.setdefault(permalink.page(figure), []).append(figure)
    return (workings(desk, page, found) for page, found in by_page.items() if page.startswith("evidence/"))


def _of_table(desk: Desk, name: str, title: str, lead: str, found: Iterable[Record]) -> Iterator[PressedPage]:
    """The pages of a table's evidence, and the one that leads to them where there is a page a year."""
    index, parts = f"evidence/{name}/", dict[str, list[Record]]()
    for record in found:
        parts.setdefault(record.page, []).append(record)
    up: Crumbs = (HOME, ("数据质量", "quality/"))
    if parts and index not in parts:
        every = tuple(chain.from_iterable(parts.values()))
        yield _evidence_page(
            desk, EvidencePage(title, lead, every, cite(desk, (), title, index), True), index, up
        )
        up = (*up, (title, index))
    for url, part in parts.items():
        year = url.removeprefix(index).strip("/")
        head = f"{title}（{year} 年）" if year else title
        made = EvidencePage(head, lead, tuple(part), cite(desk, documents(part), head, url))
        yield _evidence_page(desk, made, url, up)


def _evidence_page(desk: Desk, record: EvidencePage, url: str, crumbs: Crumbs) -> PressedPage:
    return _page(desk, "evidence_page", record, PressedPage(url, record.title, record.lead, crumbs))


def _gaps(desk: Desk) -> Iterator[PressedPage]:
    crumbs = (HOME, ("公开台账", "ledger/"))
    for record in chain.from_iterable(letters(desk, kind) for kind in gaps(desk)):
        page = PressedPage(record.url, record.kind.name, record.kind.says, crumbs)
        yield _page(desk, "gap", record, page)


def _dictionary(desk: Desk) -> Iterator[PressedPage]:
    told = "每张表的每一列：含义、类型、单位、取值、空缺怎么写。"
    page = PressedPage(files.DICTIONARY, "数据字典", told, _DATA)
    yield _page(desk, "dictionary", files.dictionary(desk), page)


def _versions(desk: Desk) -> Iterator[PressedPage]:
    for record in versions(desk):
        title = f"数据 {record.version} 版"
        told = f"{title}：文件，以及与前一版相比改了什么。"
        yield _page(desk, "version", record, PressedPage(record.url, title, told, _DATA))


def _page(desk: Desk, template: str, record: object, page: PressedPage) -> PressedPage:
    """The page with a record in a template as its content."""
    return replace(page, content=partial(_body, desk, template, record, page.url))


def _body(desk: Desk, template: str, record: object, url: str) -> str:
    """What a page says, shown by a template; a link to a place on the page itself needs no more than that."""
    root = "../" * url.count("/")
    return render(template, record, root, desk.terms).replace(f'"{root}{url}#', '"#')
