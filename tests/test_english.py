"""The English pages: the same figures, the same evidence, each language leads to the other; the site map."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import PACKAGES, ROOT
from disclosure.cli import main
from disclosure.package.load import load
from disclosure.website.records import PressedPage
from disclosure.website.sitemap import PAGES, ranges
from lxml import html
from test_site import resolved
from test_website import project

Pages = dict[str, Any]  # parsed pages by path
ENGLISH = ("en/index.html", "en/about/index.html", "en/data/index.html")
HAN = re.compile(r"[\u3400-\u9fff]")
PACKAGE = load(ROOT / "datapackage")[0]


ADDRESS = "https://example.invalid/channel/"


def alternates(tree: Any) -> dict[str, str]:
    links = tree.xpath("//head/link[@rel='alternate'][@hreflang]")
    return {link.get("hreflang"): link.get("href") for link in links}


@pytest.fixture(scope="module")
def nameless(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """A site with an address of its own, of a body that has no English name."""
    folder = tmp_path_factory.mktemp("nameless")
    good = Path(shutil.copytree(PACKAGES / "good", folder / "good"))
    file = good / "datapackage.json"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r',\s*"name_en": "[^"]*"', "", text, count=1), encoding="utf-8")
    assert main(["seal", str(good)]) == 0
    config = project(folder, good)
    config.write_text(f"site_url: {ADDRESS}\n{config.read_text(encoding='utf-8')}", encoding="utf-8")
    site = folder / "site"
    assert main(["build", "--config", str(config), "--site", str(site)]) == 0
    return {
        path.relative_to(site).as_posix(): html.fromstring(path.read_text(encoding="utf-8"))
        for path in site.rglob("*.html")
    }


def test_both_languages_name_each_other_and_chinese_is_for_everyone_else(nameless: Pages) -> None:
    """By whole addresses, as search engines want them."""
    found = {
        page: {
            code: f"{url.removeprefix(ADDRESS)}index.html"
            for code, url in alternates(tree).items()
            if url.startswith(ADDRESS)
        }
        for page, tree in nameless.items()
    }
    paired = {page: links for page, links in found.items() if links}
    assert set(ENGLISH) < set(paired)
    assert len(paired) == 2 * len(ENGLISH)
    for page, links in paired.items():
        assert set(links) == {"zh-CN", "en", "x-default"}
        assert links["x-default"] == links["zh-CN"]
        assert page in (links["en"], links["zh-CN"])
        assert all(found[other] == links for other in links.values()), page
        assert nameless[links["en"]].get("lang") == "en"
        assert nameless[links["zh-CN"]].get("lang") == "zh-CN"


def test_the_header_leads_to_the_other_language_on_every_page(pages: Pages) -> None:
    for page, tree in pages.items():
        (link,) = tree.xpath("//header//a[@hreflang][@lang]")
        other = "zh-CN" if page in ENGLISH else "en"
        assert (link.get("lang"), link.get("hreflang")) == (other, other), page
        target = resolved(page, link.get("href"))[0] if page != "404.html" else "en/index.html"
        assert pages[target].get("lang") == other
        paired = page in ENGLISH or f"en/{page}" in ENGLISH
        pair = page.removeprefix("en/") if page in ENGLISH else f"en/{page}"
        assert target == (pair if paired else "en/index.html")
        assert not alternates(tree), "a site that knows no address of its own names none"


def test_what_is_chinese_on_an_english_page_is_marked(pages: Pages) -> None:
    for page in ENGLISH:
        for text in pages[page].xpath(
            "//body//*[not(self::script)]/text() | //body//@aria-label | //title/text()"
        ):
            parent = text.getparent() if not text.is_tail else text.getparent().getparent()
            if HAN.search(text):
                assert parent.xpath("ancestor-or-self::*[@lang][1]/@lang")[-1] == "zh-CN" or parent.xpath(
                    "ancestor-or-self::pre"
                ), f"{page}: {text.strip()[:60]}"


def test_english_figures_are_those_of_the_chinese_pages_with_the_same_evidence(pages: Pages) -> None:
    def figures(page: str) -> dict[str, str]:
        links = pages[page].xpath("//main//a[contains(concat(' ', @class, ' '), ' figure ')][data]")
        return {"#".join(resolved(page, link.get("href"))): link.xpath("data/@value")[0] for link in links}

    chinese = {**figures("index.html"), **figures("money/index.html"), **figures("ledger/index.html")}
    english = figures("en/index.html")
    assert len(english) > 15
    assert english.items() <= chinese.items()
    for name in ("total.budget_wan", "total.final_accounts_wan"):
        assert any(address.endswith(name) for address in english)


def test_the_dictionary_has_every_column_in_english(pages: Pages) -> None:
    tree = pages["en/data/index.html"]
    for table in PACKAGE.tables.values():
        (section,) = tree.xpath("//details/div[@id=$name]", name=f"table-{table.name}")
        text = section.text_content()
        for field in table.fields:
            assert field.name in text
            assert field.title_en in text, (table.name, field.name)
            assert field.description_en in text, (table.name, field.name)
        assert section.xpath(f".//a[contains(@href, '{table.name}.csv')]")


def test_the_shell_of_an_english_page_is_english(pages: Pages) -> None:
    for page in ENGLISH:
        tree = pages[page]
        shell = tree.xpath("//a[@class='skip'] | //aside | //header | //footer")
        words = " ".join(
            text
            for part in shell
            for text in part.xpath(".//text()[not(ancestor-or-self::*[@lang='zh-CN'])] | .//@aria-label")
        )
        assert not HAN.search(words), page
        assert str(PACKAGE.descriptor["title_en"]) in words


def test_a_body_without_an_english_name_is_named_in_chinese_and_marked(nameless: Pages) -> None:
    name = load(PACKAGES / "good")[0].descriptor["publisher"]["name"]  # type: ignore[index]
    assert nameless["en/index.html"].xpath("//p[@class='lead']/span[@lang='zh-CN'][text()=$name]", name=name)


def test_the_site_map_leads_to_every_page_with_a_line_of_what_it_holds(pages: Pages) -> None:
    tree = pages["sitemap/index.html"]
    items = tree.xpath("//main//ul[contains(@class, 'map')]/li")
    listed = {resolved("sitemap/index.html", item.find("a").get("href"))[0]: item for item in items}
    assert set(listed) == set(pages) - {"404.html"}
    for page, item in listed.items():
        assert item.find("span").text_content().strip(), page
    assert PAGES not in html.tostring(tree, encoding="unicode")
    assert not tree.xpath("//meta[@name='ArticleTitle']"), "a site map is a list, not an article"
    assert tree.xpath("//meta[@name='ColumnName']/@content") == ["网站地图"]
    for page, other in pages.items():
        if page not in ENGLISH and page != "404.html":
            links = other.xpath("//footer//a/@href")
            assert "sitemap/index.html" in {resolved(page, link)[0] for link in links}, page


@pytest.mark.parametrize(("count", "lines"), [(3, 3), (50, 50), (51, 2), (2_300, 46)])
def test_many_pages_of_records_are_told_in_ranges(count: int, lines: int) -> None:
    crumbs = (("首页", ""), ("项目", "projects/"))
    made = [PressedPage(f"projects/{n}/", f"项目{n}", "说明", crumbs, "") for n in range(count)]
    items: Any = html.fromstring(ranges(made)).xpath("//li")
    assert len(items) == lines
    assert items[0].find("a").get("href") == "../projects/0/"
    assert f"项目{count - 1}" in items[-1].text_content()
