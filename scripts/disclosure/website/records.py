"""The pages that are pressed, not written in Markdown: a page a project, and the pages of evidence."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from disclosure.model import Row
from disclosure.website import evidence
from disclosure.website.desk import Desk, desk
from disclosure.website.edition import Site
from disclosure.website.evidence import COMPUTED, Evidence
from disclosure.website.project import project
from disclosure.website.render import render
from disclosure.website.versions import versions
from disclosure.website.working import of_computed

Crumbs = tuple[tuple[str, str], ...]
HOME = ("首页", "")


@dataclass(frozen=True, slots=True)
class PressedPage:
    """A page for the press: where it goes, what it is called, what leads to it (label, url), its HTML."""

    url: str
    title: str
    description: str
    crumbs: Crumbs
    body: str
    index: str = ""


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """All evidence of a table by row, or all computed figures."""

    title: str
    lead: str
    rows: tuple[tuple[str, str, tuple[Evidence, ...]], ...] = ()
    items: tuple[Evidence, ...] = ()


def pages(site: Site) -> Iterator[PressedPage]:
    """Every pressed page of a site, projects first."""
    made = desk(site)
    for page in chain(_projects(made), _evidence(made), _versions(made)):
        yield replace(page, index=site.index_numbers.get(page.url, ""))


def _projects(desk: Desk) -> Iterator[PressedPage]:
    indicators: dict[str, list[Row]] = {}
    for row in desk.rows("indicators"):
        indicators.setdefault(row.text("project_id"), []).append(row)
    for row in desk.rows("projects"):
        record = project(desk, row, tuple(indicators.get(row.text("project_id"), ())))
        yield PressedPage(
            url=record.url,
            title=record.name,
            description=f"{desk.year} 年度项目“{record.name}”：预算、支出、目标、原话。",
            crumbs=(HOME, ("项目", "projects/"), (str(desk.year), "projects/")),
            body=render("project", record, _root(record.url), desk.terms),
        )


def _evidence(desk: Desk) -> Iterator[PressedPage]:
    for table in desk.package.tables.values():
        if evidence.has_page(desk, table):
            lead = f"“{table.title}”里的每一项，依据的是哪一句话。"
            record = EvidencePage(f"原话：{table.title}", lead, tuple(evidence.rows_of(desk, table)))
            yield _evidence_page(desk, table.name, record)
    items = tuple(of_computed(desk, figure) for figure in desk.site.computed.values())
    if items:
        lead = "报告没有直接写、由报告里的数推算出来的数。点算式里的数，可以看到它的原话。"
        yield _evidence_page(desk, COMPUTED, EvidencePage("怎么算的", lead, items=items))


def _evidence_page(desk: Desk, name: str, record: EvidencePage) -> PressedPage:
    url = f"evidence/{name}/"
    crumbs = (HOME, ("数据质量", "quality/"))
    body = render("evidence_page", record, _root(url), desk.terms)
    return PressedPage(url, record.title, record.lead, crumbs, body)


def _versions(desk: Desk) -> Iterator[PressedPage]:
    for record in versions(desk):
        title = f"数据 {record.version} 版"
        crumbs = (HOME, ("数据下载", "data/"))
        body = render("version", record, _root(record.url), desk.terms)
        yield PressedPage(record.url, title, f"{title}：文件，以及与前一版相比改了什么。", crumbs, body)


def _root(url: str) -> str:
    """What leads from a page back to the site's root."""
    return "../" * url.count("/")
