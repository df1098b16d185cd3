"""The built site: whole, self-contained, and every figure on it leads to its sentence."""

import json
import re
import unicodedata
import zipfile
from collections import Counter
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import openpyxl
from conftest import ROOT, sums
from disclosure.cli import main
from disclosure.model import Missing
from disclosure.package.figures import Figure
from disclosure.package.load import load
from disclosure.website import permalink, wording
from lxml import html
from playwright.sync_api import Browser
from pypdf import PdfReader
from unsourced import figures, unsourced

PACKAGE = load(ROOT / "datapackage")[0]
YEAR = PACKAGE.years[-1]


def resolved(page: str, link: str) -> tuple[str, str]:
    """The file and the fragment that a relative link on a page leads to."""
    parts = urlsplit(link)
    target = normpath(join(dirname(page), unquote(parts.path))) if parts.path else page
    if parts.path.endswith("/") or target == "." or not target.rpartition("/")[2].count("."):
        target = (
            target
            if target.endswith(".html") or target == "SHA256SUMS"
            else normpath(join(target, "index.html"))
        )
    return target, unquote(parts.fragment)


def test_every_internal_link_and_fragment_is_there(site: Path, pages: dict[str, html.HtmlElement]) -> None:
    """By another parser than the build's own check uses."""
    ids = {page: set(tree.xpath("//@id")) for page, tree in pages.items()}
    dead = []
    for page, tree in pages.items():
        for link in tree.xpath("//@href | //@src"):
            if urlsplit(link).scheme or (page == "404.html" and link.startswith("/")):
                continue
            target, fragment = resolved(page, link)
            if not (site / target).is_file() or (fragment and fragment not in ids[target]):
                dead.append(f"{page}: {link}")
            if page.startswith(("projects/2", "evidence/")) and fragment and target == page:
                assert link == f"#{fragment}", (
                    "what leads to a place on the page itself is no longer than that"
                )
    assert dead == []


def test_an_address_cut_short_answers(site: Path, pages: dict[str, html.HtmlElement]) -> None:
    """Whatever a page's address passes through is a page, and so are folders of files for people.

    Other folders of files (assets, index of search, tables and schemas of a package, the leaves of the
    API) have none: only programs go there, by addresses that a page or the API's index gives them in full.
    """
    passed = {parent.as_posix() for page in pages for parent in Path(page).parents}
    files = {"feeds", "charts", f"charts/{YEAR}", "api", "api/v1", "catalog"}
    assert {folder for folder in passed | files if not (site / folder / "index.html").is_file()} == set()
    below = {
        "gaps": "gaps/unnamed-targets",
        "evidence": "evidence/duties",
        "api": "api/v1",
        "charts": f"charts/{YEAR}",
    }
    for folder, page in below.items():
        links = pages[f"{folder}/index.html"].xpath("//main//a/@href")
        assert f"{page}/index.html" in {resolved(f"{folder}/index.html", link)[0] for link in links}
    files_of_charts = pages[f"charts/{YEAR}/index.html"].xpath("//ul[@class='places']//a")
    assert {link.get("href") for link in files_of_charts} == {
        path.name for path in (site / "charts" / str(YEAR)).iterdir() if path.suffix != ".html"
    }
    assert all("：" in link.text_content() for link in files_of_charts)
    for folder, file in (
        ("feeds", "corrections.xml"),
        ("api/v1", "openapi.json"),
        (f"charts/{YEAR}", "flow.csv"),
    ):
        assert file in pages[f"{folder}/index.html"].xpath("//main//a/@href")
    listed = pages[f"projects/{YEAR}/index.html"].xpath("//main//li//a/text()")
    assert {row.text("name") for row in PACKAGE.rows("projects", YEAR)} <= set(listed)
    found = "".join(path.read_text(encoding="utf-8") for path in site.glob("search/index/text-*.json"))
    assert all(f'["{folder}/",' in found for folder in ("gaps", "evidence", "feeds"))


def behind(pages: dict[str, html.HtmlElement], figure: Figure) -> tuple[html.HtmlElement, html.HtmlElement]:
    """What a figure's permalink leads to, and the record that it is a part of."""
    (anchor,) = pages[f"{permalink.page(figure)}index.html"].xpath(
        "//*[@id=$name]", name=permalink.anchor(figure)
    )
    (record,) = anchor.xpath("ancestor-or-self::section[@class='rec']")
    return anchor, record


def test_every_figure_has_its_evidence(pages: dict[str, html.HtmlElement]) -> None:
    for figure in figures(PACKAGE):
        anchor, record = behind(pages, figure)
        text = "".join(record.itertext())
        if isinstance(figure.value, Missing):
            assert figure.label in "".join(anchor.itertext()), figure.id
            assert "没有写" in "".join(anchor.getparent().itertext()) or "没有写" in text, figure.id
        else:
            (value,) = anchor.xpath("./a/b/data")
            assert (value.get("value"), value.text) == (wording.exact(figure), wording.shown(figure)), (
                figure.id
            )
            assert "".join(anchor.xpath("./a/b/small/text()")) == figure.unit, figure.id
            (link,) = anchor.xpath(".//a[@class='permalink']/@href")
            assert link == f"#{anchor.get('id')}", figure.id
        if figure.citation is not None:
            assert figure.citation.quote in text, figure.id
            assert figure.citation.section in text, figure.id
        if figure.resource:
            assert f"{figure.path}，第 {figure.line} 行" in text, figure.id
            assert "无更正" in text, figure.id
        if figure.resource and not isinstance(figure.value, Missing):
            assert anchor.xpath(".//q/mark"), figure.id
            assert figure.column in anchor.xpath(".//code/text()"), figure.id
            assert "number-in-quote" in rules_named(anchor), figure.id


def rules_named(anchor: html.HtmlElement) -> set[str]:
    """The rules that an evidence links to."""
    return {link.partition("#rule-")[2] for link in anchor.xpath(".//a/@href") if "quality/#rule-" in link}


def test_only_the_rules_that_looked_at_a_cell_are_named(pages: dict[str, html.HtmlElement]) -> None:
    """The report does not say how many targets were due, so no rule can have looked at the first rate."""
    anchors = {
        column: pages[f"evidence/coverage/{YEAR}/index.html"].get_element_by_id(f"{YEAR}.{column}")
        for column in ("declared_rate_pct", "disclosed_rate_pct")
    }
    assert "coverage-rates" not in rules_named(anchors["declared_rate_pct"])
    assert "coverage-rates" in rules_named(anchors["disclosed_rate_pct"])
    total = pages[f"evidence/appropriations/{YEAR}/index.html"].get_element_by_id(f"{YEAR}.total.budget_wan")
    assert "检查说明未列明的差额" in "".join(total.itertext()).replace(" ", "")
    assert "quote-in-source" not in rules_named(total)  # the document stays with its publisher


def test_every_evidence_page_says_how_to_cite_it(pages: dict[str, html.HtmlElement]) -> None:
    shown = [tree for tree in pages.values() if tree.xpath("//section[@class='rec']")]
    assert len(shown) > len(PACKAGE.rows("projects"))
    for tree in shown:
        line, entry = ("".join(part.itertext()) for part in tree.xpath("//*[@id='cite']//*[@class='cite']"))
        (url,) = tree.xpath("//*[@id='cite']/@data-url")
        assert re.search(rf"\[DS/OL\]\. {PACKAGE.descriptor['version']} 版\. .*{re.escape(url)}$", line)
        assert re.fullmatch(
            r"@misc\{[a-z0-9-]+, author = \{\{.+\}\}, .*url = \{" + re.escape(url) + r"\}\}", entry
        )
        assert entry.count("{") == entry.count("}")


def test_an_address_of_before_still_leads_to_its_figure(pages: dict[str, html.HtmlElement]) -> None:
    """A table had one page for all years: each of its anchors is there and leads on."""
    for figure in figures(PACKAGE):
        table, *key = figure.id.split(".")
        if permalink.page(figure).startswith("projects/"):
            continue
        old = pages[f"evidence/{table}/index.html"].get_element_by_id(".".join(key))
        links = old.xpath("self::a/@href")
        if links:
            page, fragment = resolved(f"evidence/{table}/index.html", links[0])
            assert (page, fragment) == (f"{permalink.page(figure)}index.html", permalink.anchor(figure))


def test_every_figure_is_on_a_page_inside_a_link_to_its_evidence(pages: dict[str, html.HtmlElement]) -> None:
    linked: dict[tuple[str, str], set[str]] = {}
    for page, tree in pages.items():
        if page.startswith("evidence/"):
            continue
        for link in tree.xpath("//a[contains(concat(' ', @class, ' '), ' figure ')]"):
            linked.setdefault(resolved(page, link.get("href")), set()).add("".join(link.itertext()).strip())
    missing = []
    for figure in figures(PACKAGE):
        texts = linked.get((f"{permalink.page(figure)}index.html", permalink.anchor(figure)), set())
        shown = "报告未列" if isinstance(figure.value, Missing) else wording.shown(figure)
        if not any(shown in text for text in texts):
            missing.append(figure.id)
    assert missing == []


def test_no_figure_stands_outside_a_link_to_its_evidence(pages: dict[str, html.HtmlElement]) -> None:
    assert unsourced(pages, PACKAGE) == []


def test_a_figure_without_its_evidence_is_found() -> None:
    """The test above can fail: of each kind of page text, one that it must name."""
    for text in (
        "<p>预算 19,414.60 万元</p>",
        "<p>有 <b>3</b> 项</p>",
        "<p>申报 230</p>",
        "<svg><text>19,414.60</text></svg>",
        "<section class='letter'><pre>其余 227 项</pre></section>",
    ):
        page = html.fromstring(f"<html><body>{text}</body></html>")
        assert len(unsourced({"x": page}, PACKAGE)) == 1, text


def test_what_a_link_shows_is_what_its_evidence_states(pages: dict[str, html.HtmlElement]) -> None:
    for page, tree in pages.items():
        for link in tree.xpath("//a[contains(concat(' ', @class, ' '), ' figure ')][data]"):
            target, name = resolved(page, link.get("href"))
            (stated,) = pages[target].get_element_by_id(name).xpath("./a/b/data/@value")
            assert link.xpath("./data/@value") == [stated], f"{page}: {link.get('href')}"


def test_every_text_of_the_report_is_on_a_page(pages: dict[str, html.HtmlElement]) -> None:
    text = "".join(
        "".join(tree.itertext()) for page, tree in pages.items() if not page.startswith("evidence/")
    )
    missing = [
        row.text(field.name)
        for table in PACKAGE.tables.values()
        for field in table.fields
        if field.as_written
        for row in table.rows
        if row.text(field.name) not in text
    ]
    assert missing == []


def test_every_term_rule_and_duty_is_on_its_page(pages: dict[str, html.HtmlElement]) -> None:
    for table, columns, page in (
        ("glossary", ("term", "explanation"), "glossary"),
        ("rules", ("title", "holds_zh"), "quality"),
        ("duties", ("title", "subject", "deadline_rule"), "ledger"),
    ):
        text = "".join(pages[f"{page}/index.html"].itertext())
        assert [
            row.text(name) for row in PACKAGE.rows(table) for name in columns if row.text(name) not in text
        ] == []


def test_no_sentence_is_promised_of_what_the_report_leaves_out(pages: dict[str, html.HtmlElement]) -> None:
    stood = [(path, item) for path, tree in pages.items() for item in tree.xpath("//dl[@class='figs']/div")]
    silent = [(path, item) for path, item in stood if item.xpath(".//a[contains(@class, 'missing')]")]
    assert "ledger/index.html" in [path for path, _ in silent]
    assert {item.xpath("string(dd[@class='why'])") for _, item in silent} == {"为什么空着"}


def test_a_finding_is_told_in_words_and_what_is_only_noted_should_be_nothing_else(
    pages: dict[str, html.HtmlElement],
) -> None:
    """A reader knows no files and lines; 227 targets without a name are no 3 written wrong."""
    found = pages["quality/index.html"].xpath("//li[starts-with(@id, 'rule-')]//ul[@class='findings']/li")
    said = [" ".join(item.text_content().split()) for item in found]
    assert said
    assert not [text for text in said if text.startswith("data/") or "应为" in text or ".csv#" in text]
    share = "绩效总目标“美化城乡人居环境”的“目标全文”（data/objectives.csv，第 4 行，列 text）：查到“95%”，"
    assert f"{share}对照项目“市政环卫保洁及公园绿化养护经费”的“预期目标”" in said


def test_the_227_unlisted_targets_are_a_number_and_never_rows(pages: dict[str, html.HtmlElement]) -> None:
    assert (
        len([page for page in pages if re.match(rf"projects/{YEAR}/[^/]+/", page)])
        == len(PACKAGE.rows("projects"))
        == 3
    )
    picture = pages["index.html"].xpath(
        "//*[name()='svg']//*[name()='rect' or name()='use' or name()='path']"
    )
    assert len(picture) >= 230


def test_every_download_opens_and_has_the_sum_that_is_published(
    site: Path, pages: dict[str, html.HtmlElement]
) -> None:
    listed = sums((site / "SHA256SUMS").read_text(encoding="utf-8"))
    places = ["data/index.html", *(f"data/{version}/index.html" for version in PACKAGE.releases)]
    linked = {resolved(page, link)[0] for page in places for link in pages[page].xpath("//@href")}
    forms = {
        resolved(page, link)[0] for page, tree in pages.items() for link in tree.xpath("//a[@download]/@href")
    }
    linked |= {path for path in forms if path.startswith("data/forms/")}
    versions = tuple(f"data/{version}/" for version in PACKAGE.releases)
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert listed.keys() == files - {"SHA256SUMS"}
    for path, digest in listed.items():
        content = (site / path).read_bytes()
        assert sha256(content).hexdigest() == digest
        assert (
            not path.startswith("data/")
            or path.endswith(".html")
            or path in linked
            or path.startswith(("data/schemas/", "data/data/", "data/forms/", *versions))
        ), path
    (book,) = (path for path in listed if path.endswith(".xlsx") and "/forms/" not in path)
    assert len(openpyxl.load_workbook(site / book).sheetnames) == len(PACKAGE.tables) + 2
    archives = [path for path in listed if path.endswith(".zip")]
    assert len(archives) == len({*PACKAGE.releases, PACKAGE.descriptor["version"]})
    assert all(zipfile.ZipFile(site / archive).testzip() is None for archive in archives)
    assert json.loads((site / "data" / "datapackage.json").read_bytes())["name"] == PACKAGE.descriptor["name"]


def test_the_published_package_is_valid_where_it_lies(site: Path) -> None:
    assert main(["check", str(site / "data")]) == 0


def test_the_sentence_opens_in_place(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    link = page.locator("a.figure").first
    before = page.url
    link.click()
    panel = page.get_by_role("region", name=re.compile("^原话："))
    panel.locator("q, .working").first.wait_for()
    assert page.url == before
    assert link.get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.activeElement.id") == link.get_attribute("aria-controls")
    page.keyboard.press("Escape")
    assert panel.count() == 0
    assert link.evaluate("link => link === document.activeElement")
    assert link.get_attribute("aria-expanded") == "false"
    page.close()


def test_a_sentence_that_opens_on_its_own_page_is_cited_at_its_address_once(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    page.goto(f"{address}projects/{YEAR}/{PACKAGE.rows('projects')[0].text('project_id')}/?x=1")
    page.locator(".figs a.figure").first.click()
    cited = page.locator(".open .cite").first.inner_text()
    assert cited.count("http") == 1
    assert cited.count("复制") <= 1, "the button is no part of it"
    assert f"{page.url}#budget_wan" in cited
    page.close()


def test_without_scripts_a_figure_is_a_plain_link(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.locator("a.figure").first.click()
    assert "/evidence/" in page.url
    assert page.locator(":target .behind").is_visible()
    page.goto(f"{address}projects/{YEAR}/{PACKAGE.rows('projects')[0].text('project_id')}/")
    assert not page.locator(".behind").first.is_visible()
    page.locator(".figs a.figure").first.click()
    assert page.locator(":target q mark").is_visible()
    assert page.locator(":target ~ .of-row").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".rec q").first.is_visible()
    context.close()


def test_what_all_rows_lack_is_said_once_and_beside_a_row_where_its_address_opens_it(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    page.goto(f"{address}evidence/appropriations/{YEAR}/")
    silent = page.locator("main").inner_text()
    assert silent.count("原文都没有写：调整预算数。") == 1
    assert "原文没有写" not in silent
    page.goto(f"{address}evidence/appropriations/{YEAR}/#{YEAR}.general_public.adjusted_budget_wan")
    assert page.locator("main").inner_text().count("原文没有写：调整预算数。") == 1
    assert page.locator(":target").is_visible()
    page.goto(f"{address}projects/{YEAR}/{PACKAGE.rows('projects')[0].text('project_id')}/")
    assert page.locator("main").inner_text().count("原文没有写：") == 1, "of one row nothing is said of all"
    page.close()


def test_english_pages_are_as_short_on_a_telephone_as_chinese_ones_and_no_figure_is_beyond_the_edge(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    tall = {}
    for path in ("data/", "en/data/"):
        page.goto(f"{address}{path}")
        tall[path] = page.evaluate("document.documentElement.scrollHeight")
    assert tall["en/data/"] <= tall["data/"]
    page.goto(f"{address}en/")
    assert page.evaluate(
        "[...document.querySelectorAll('.wide')].every((one) => one.scrollWidth <= one.clientWidth)"
    )
    units = page.locator(".done b small span")
    assert {unit.evaluate("(one) => getComputedStyle(one).display") for unit in units.all()} == {"inline"}
    page.goto(f"{address}en/data/#table-projects")
    assert page.locator("#table-projects table").is_visible()
    page.close()


def test_no_two_workings_are_called_the_same(pages: dict[str, html.HtmlElement]) -> None:
    links = pages["evidence/computed/index.html"].xpath("//ul[@class='places']//a")
    names = Counter(link.text_content() for link in links)
    assert len(names) > 30
    assert not [name for name, times in names.items() if times > 1]


def test_no_printed_page_is_wider_than_its_paper(
    browser: Browser, address: str, pages: dict[str, html.HtmlElement]
) -> None:
    page = browser.new_page(viewport={"width": 718, "height": 1000})  # A4 without the margins of @page
    page.emulate_media(media="print")
    for path in pages:
        page.goto(f"{address}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 718, path
    page.close()


def test_a_printed_letter_has_a_sheet_of_its_own(browser: Browser, address: str) -> None:
    """It is sent to an office: without the page's headings, advice and notice around it."""
    page = browser.new_page()
    page.goto(address + "gaps/unnamed-targets/")
    printed = PdfReader(BytesIO(page.pdf())).pages
    page.close()
    sheets = ["".join(unicodedata.normalize("NFKC", sheet.extract_text()).split()) for sheet in printed]
    (sent,) = [sheet for sheet in sheets if "申请人签名" in sheet]
    assert sent.partition("政府信息公开申请书")[0] == f"{sheets.index(sent) + 1}/{len(sheets)}"
    assert sent.rpartition("日期:")[2].strip("_") == ""


def test_a_link_to_a_figure_and_to_a_table_is_copied_and_said_aloud(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}money/")
    page.locator("a.figure").first.click()
    for button, target in (
        (page.locator(".open .take"), "/evidence/"),
        (page.locator(".link-of button"), "money/#table-"),
    ):
        button.filter(has_text="复制链接").filter(visible=True).first.click()
        page.get_by_role("status").filter(has_text="已复制链接").wait_for(state="attached")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(address)
        assert target in copied
        page.goto(copied)
        assert page.locator(":target").count() == 1
        page.goto(f"{address}money/")
    context.close()


def test_the_rate_of_a_project_is_found_at_its_address_of_before(browser: Browser, address: str) -> None:
    project = PACKAGE.rows("projects")[0].text("project_id")
    page = browser.new_page()
    page.goto(f"{address}evidence/computed/#{YEAR}.execution.project.{project}")
    page.wait_for_url(f"**/projects/{YEAR}/{project}/#execution_rate")
    assert page.locator(":target .working").is_visible()
    page.close()


def test_no_list_of_facts_names_two_of_them_alike(pages: dict[str, html.HtmlElement]) -> None:
    """Else nobody can tell which is which; a letter that counts them could not either."""
    for path, tree in pages.items():
        for facts in tree.iter("dl"):
            names = [name.text_content() for name in facts.xpath("./dt | ./div/dt")]
            assert len(names) == len(set(names)), (path, names)
    letter = pages["gaps/money-not-itemised/index.html"].xpath("//pre")[0].text_content()
    sums = [line for line in letter.splitlines() if line.startswith("按上述原文计算")]
    assert len(sums) == len(set(sums)) == 2


def test_the_head_of_every_page_names_every_kind_of_source(pages: dict[str, html.HtmlElement]) -> None:
    sources = load(ROOT / "datapackage")[0].tables["sources"]
    kinds = {sources.columns["kind"].labels[row.text("kind")] for row in sources.rows}
    assert len(kinds) > 1
    heads = {
        path: page.xpath("string(//aside[@class='notice'])")
        for path, page in pages.items()
        if page.get("lang") == "zh-CN"
    }
    assert len(heads) > 30
    for path, told in heads.items():
        assert not [kind for kind in kinds if kind not in told], (path, told)
    assert "laws" in pages["en/index.html"].xpath("string(//aside[@class='notice'])")


def test_a_link_of_an_index_of_evidence_is_named_with_its_row(pages: dict[str, html.HtmlElement]) -> None:
    for table in ("appropriations", "staff", "counts"):
        items = pages[f"evidence/{table}/index.html"].xpath("//ul[@class='places']/li")
        assert items
        for item in items:
            first, *rest = item.xpath("./a")
            for link in rest:
                assert link.get("aria-label") == f"{first.text_content()}：{link.text_content()}", table
