"""What is missing has a page that says so and a letter that asks for it; no pressed page grows too long."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import dropwhile
from pathlib import Path

import pytest
from conftest import FULL, ROOT
from disclosure.cli import main
from disclosure.model import Missing, Package, Row
from disclosure.package.computed import computed
from disclosure.package.load import load
from disclosure.quality.report import results
from disclosure.website import records
from disclosure.website.desk import Desk, desk
from disclosure.website.edition import Site
from disclosure.website.evidence import row_name
from disclosure.website.gaps import gaps, kinds, letters, of_project
from disclosure.website.goals import goal_texts
from disclosure.website.render import render
from lxml import html

PACKAGE = load(ROOT / "datapackage")[0]
YEAR = PACKAGE.years[-1]
MOST = 300_000  # bytes of a page
SHELL = 12_000  # bytes that the plate adds to what is pressed into it


def made_of(package: Package) -> Desk:
    year = package.years[-1]
    return desk(Site(package, year, computed(package, year), results(package, ()), (), {}))


def sample(root: Path, *options: str) -> Package:
    assert main(["sample", str(root), *options]) == 0
    return load(root)[0]


def pressed(root: Path, url: str) -> str:
    """What a page of a record says, of a package as it lies there."""
    return next(page.body for page in records.pages(made_of(load(root)[0]).site) if page.url == url)


def test_where_no_rate_can_be_computed_nothing_says_how_and_no_unit_stands_behind_it(
    good: Path, change: Callable[[str, str, str], Path]
) -> None:
    url, note = "projects/2023/street-cleaning/", "原文只写了一个预算数"
    rate = re.compile(r'id="execution_rate">.*?<b>(.*?)</b>')
    before = pressed(good, url)
    assert note in before
    assert rate.findall(before) == ['<data value="98.75">98.75</data> <small>%</small>']
    after = pressed(change("data/projects.csv", ",200.50,NA,198.00,", ",200.50,NA,NA,"), url)
    assert note not in after
    assert rate.findall(after) == ['<data value="">报告未列明</data>']


@pytest.fixture(scope="module")
def gap_pages(pages: dict[str, html.HtmlElement]) -> dict[str, html.HtmlElement]:
    """The pages of gaps of the real site, by id."""
    each = ((path.split("/"), tree) for path, tree in pages.items() if path.startswith("gaps/"))
    found = {parts[1]: tree for parts, tree in each if len(parts) == 3}
    assert len(found) == len(gaps(made_of(PACKAGE))) > 5
    return found


def letter(tree: html.HtmlElement) -> str:
    (found,) = tree.xpath("//section[@class='letter']//pre")
    return "".join(found.itertext())


def test_a_letter_holds_what_the_law_says_a_request_must_hold(gap_pages: dict[str, html.HtmlElement]) -> None:
    """The words are those of the article, as the package quotes it."""
    law = PACKAGE.citations["disclosure-regulations-29-content"].text("quote")
    who, what, how = ("姓名或者名称", "身份证明", "联系方式"), ("名称", "文号", "描述"), ("方式", "途径")
    must = (*who, *what, "便于", "形式要求", *how)
    assert [word for word in must if word not in law] == []
    name = PACKAGE.descriptor["publisher"]["name"]  # type: ignore[index]
    for gap, tree in gap_pages.items():
        text = letter(tree)
        assert [word for word in must if word not in text] == [], gap
        assert f"{name}\n政府信息公开工作机构：" in text, gap
        for blank in ("姓名或者名称", "身份证明", "联系方式", "申请人签名", "日期"):
            assert re.search(rf"{blank}：＿+\n", text), (gap, blank)
        assert law in "".join(tree.itertext()), gap


def test_a_letter_quotes_what_says_that_the_missing_exists(gap_pages: dict[str, html.HtmlElement]) -> None:
    quotes = {row.text("quote") for row in PACKAGE.rows("citations")}
    for gap, tree in gap_pages.items():
        quoted = re.findall("写明：“(.+)”。\n", letter(tree))
        assert quoted, gap
        assert set(quoted) <= quotes, gap
    assert "“预算项目支出绩效目标 230 项”" in letter(gap_pages["unnamed-targets"])
    assert "未列名的目标 227 项" in letter(gap_pages["unnamed-targets"])


def test_a_letter_names_all_that_is_missing_as_its_reader_knows_it(
    gap_pages: dict[str, html.HtmlElement],
) -> None:
    """By name and official code: an office knows no id of this data set; those stand on the page beside."""
    checked = 0
    for kind in kinds():
        if kind.resource == "computed" or kind.what == "disclosure_state":
            continue
        table = PACKAGE.tables[kind.resource]
        rows = [row for row in table.rows if row[kind.what.split()[0]] is Missing.NOT_STATED]
        page = gap_pages[kind.gap_id]
        text, ids = letter(page), page.xpath("//ul[@class='places']//code/text()")
        assert [row for row in rows if f". {row_name(table, row)}\n" not in text] == []
        assert set(ids) == {table.key_of(row)[-1] for row in rows}
        assert [name for name in ids if name.islower() and name in text] == []
        checked += len(rows)
    assert checked > 20
    for row in PACKAGE.rows("projects"):
        assert f". {row.text('name')}\n" in letter(gap_pages["targets-without-indicators"])


def test_a_letter_gives_the_official_code_of_a_project() -> None:
    made = made_of(PACKAGE)
    gap = next(gap for kind in gaps(made) for gap in letters(made, kind) if gap.known)
    coded = replace(gap, known=(replace(gap.known[0], code="YL-7"), *gap.known[1:]))
    said = render("gap", coded, "", made.terms)
    assert f"{gap.known[0].name}（项目代码 YL-7）" in said
    assert said.count("项目代码") == 1


def test_nothing_is_collected(gap_pages: dict[str, html.HtmlElement]) -> None:
    for tree in gap_pages.values():
        assert not tree.xpath("//main//form | //main//input | //main//textarea")


def test_home_ledger_and_projects_lead_to_the_gaps(
    pages: dict[str, html.HtmlElement], gap_pages: dict[str, html.HtmlElement]
) -> None:
    assert pages["index.html"].xpath("//main//a[@href='ledger/#gaps']")
    listed = pages["ledger/index.html"].xpath("//section[@id='gaps']//li/a/@href")
    assert listed == [f"../gaps/{gap}/" for gap in (kind.gap_id for kind in kinds()) if gap in gap_pages]
    for row in PACKAGE.rows("projects"):
        tree = pages[f"projects/{YEAR}/{row.text('project_id')}/index.html"]
        assert "../../../gaps/targets-without-indicators/" in tree.xpath("//main//a/@href")


def test_where_nothing_is_missing_nothing_is_asked_for(tmp_path: Path) -> None:
    package = sample(tmp_path / "full", "--projects", "4", "--full")
    asked = {kind.gap_id for kind in gaps(made_of(package))}
    assert not asked & {"unnamed-targets", "targets-without-indicators", "project-self-evaluations"}


@pytest.mark.parametrize(
    ("unit_id", "unit_name", "is_asked"),
    [("NA", "", True), ("", "NA", True), ("", "样例街道市政所", False), ("NA", "样例街道市政所", False)],
)
def test_a_unit_that_only_a_form_names_is_not_asked_for(unit_id: str, unit_name: str, is_asked: bool) -> None:
    row, missing = PACKAGE.rows("projects")[0], {item.value: item for item in Missing}
    cells = dict(zip(row.places, row.values, strict=True))
    cells |= {
        name: missing.get(cell, cell) for name, cell in (("unit_id", unit_id), ("unit_name", unit_name))
    }
    found = Row(2, tuple(cells.values()), row.places, row.path)
    assert ("project-units" in {kind.gap_id for kind in of_project(made_of(PACKAGE), found)}) is is_asked


def test_every_number_with_a_unit_in_a_goal_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of quality says of a goal that it states no number, or which."""
    monkeypatch.setattr("disclosure.website.goals.MOST", 40)
    assert main(["sample", str(tmp_path / "in"), "--projects", "40", "--full"]) == 0
    found = goal_texts(made_of(load(tmp_path / "in")[0]))[0].goals
    stated = re.compile(r"\d[\d.]*\s*(?=[\u4e00-\u9fff%])(?!年|月|日)")
    for text in found:
        numbers = {number.strip() for number in stated.findall(text.row.text("goal"))}
        assert numbers <= {re.match(r"[\d.]*", seen)[0] for seen in text.quantities}, text.row.text("goal")  # type: ignore[index]
        assert not any(f"{seen}次" in text.row.text("goal") for seen in text.quantities)  # 家次 is no 家
    assert sum(bool(text.quantities) for text in found) > 20


def test_what_is_lawfully_withheld_is_not_asked_for(tmp_path: Path) -> None:
    made = made_of(sample(tmp_path / "some", "--projects", "120"))
    withheld = {
        row.text("project_id") for row in made.rows("projects") if row["disclosure_state"] == "withheld"
    }
    found = [gap for kind in gaps(made) for gap in letters(made, kind) if kind.resource == "projects"]
    assert withheld
    assert found
    assert withheld.isdisjoint(one.id for gap in found for one in gap.missing)


@pytest.mark.parametrize("projects", [2_300, 23_000] if FULL else [500])
def test_no_pressed_page_grows_with_the_number_of_projects(tmp_path: Path, projects: int) -> None:
    """Evidence and gaps: each missing id in one letter, no page above the limit, no id twice on a page."""
    made = made_of(sample(tmp_path / "many", "--projects", str(projects)))
    site = made.site
    found = dropwhile(lambda page: page.url.startswith("projects/"), records.pages(site))
    sizes = {page.url: len(page.body.encode()) for page in found}
    assert max(sizes.values()) < MOST - SHELL
    assert len([url for url in sizes if url.startswith("gaps/")]) > len(gaps(made))
    for kind in gaps(made):
        if kind.resource == "projects":
            named = Counter(one.id for gap in letters(made, kind) for one in gap.missing)
            assert set(named.values()) == {1}
            assert len(named) == sum(kind in of_project(made, row) for row in made.rows("projects"))


def test_a_project_with_the_most_indicators_stays_below_the_limit(tmp_path: Path) -> None:
    package = sample(tmp_path / "long", "--projects", "3", "--indicators", "30", "--full")
    sizes = [len(page.body.encode()) for page in records.pages(made_of(package).site)]
    assert max(sizes) < MOST - SHELL


def test_a_figure_shows_the_history_of_its_corrections(change: Callable[[str, str, str], Path]) -> None:
    first = "first-correction,staff,2023/established,headcount,11,12,录入错误,2024-05-06,staff-established\n"
    older = "older,staff,2023/established,headcount,13,11,看错一行,2024-01-02,staff-established\n"
    package = load(change("data/corrections.csv", first, first + older))[0]
    bodies = {page.url: page.body for page in records.pages(made_of(package).site)}
    page = html.document_fromstring(bodies["evidence/staff/2023/"])
    told = {
        name: page.xpath(f"//*[@id='2023.{name}']//div[dt='更正']/dd/text()")
        for name in ("established", "total")
    }
    assert told == {
        "established": ["2024-01-02：13 改为 11。看错一行", "2024-05-06：11 改为 12。录入错误"],
        "total": ["无更正"],
    }
