"""An official channel shows all its marks; half of them stop the build; without them a page says so."""

import re
from pathlib import Path

import pytest
from disclosure.cli import main
from disclosure.website.identity import MARKS, HalfIdentity, identity, published
from lxml import html
from test_website import project

FULL_IDENTITY = {name: f"样例 {name}" for name in MARKS}


def configured(folder: Path, package: Path, marks: dict[str, str], numbers: str = "{}") -> Path:
    """A project around a package with these marks in its mkdocs.yml."""
    file = project(folder, package)
    text = file.read_text(encoding="utf-8").replace("index_numbers: {}", f"index_numbers: {numbers}")
    for name, mark in marks.items():
        text, count = re.subn(rf'^    {name}: ""$', f'    {name}: "{mark}"', text, flags=re.MULTILINE)
        assert count == 1, name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def official(tmp_path: Path, good: Path) -> Path:
    """A channel with every mark, built."""
    numbers = '{money/: "样例 001", projects/2023/street-cleaning/: "样例 002"}'
    config = configured(tmp_path, good, FULL_IDENTITY, numbers)
    assert main(["build", "--config", str(config), "--site", str(tmp_path / "site")]) == 0
    return tmp_path / "site"


def tags(page: html.HtmlElement) -> dict[str, str]:
    """The page tags of a page; none twice."""
    found = [
        (meta.get("name"), meta.get("content"))
        for meta in page.iter("meta")
        if (meta.get("name") or "")[:1].isupper()
    ]
    assert len(dict(found)) == len(found)
    return dict(found)


def read(site: Path, address: str) -> html.HtmlElement:
    return html.fromstring((site / address / "index.html").read_text(encoding="utf-8"))


SITE_TAGS = ["SiteName", "SiteDomain", "SiteIDCode"]
COLUMN_TAGS = ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"]
ARTICLE_TAGS = ["ArticleTitle", "PubDate", "ContentSource"]


def test_an_official_channel_tags_pages_by_their_type_and_heads_each_item(official: Path) -> None:
    assert list(tags(read(official, "."))) == SITE_TAGS
    assert list(tags(read(official, "projects"))) == SITE_TAGS + COLUMN_TAGS
    for address, number, column in (
        ("money", "样例 001", "收支"),
        ("projects/2023/street-cleaning", "样例 002", "项目"),
        ("projects/2023/public-service", "", "项目"),
    ):
        page = read(official, address)
        found = tags(page)
        assert list(found) == SITE_TAGS + COLUMN_TAGS + ARTICLE_TAGS
        assert all(found.values())
        assert (found["ColumnName"], found["PubDate"]) == (column, "2026-11-23 08:00")
        item = {row[0].text: row[1].text for row in page.find_class("item")[0]}
        assert item.pop("索引号", "") == number
        assert list(item) == ["发布机构", "名称", "发布日期", "主题词", "公开方式", "公开时限"]
        assert all(item.values())
    everything = "".join(path.read_text(encoding="utf-8") for path in official.rglob("*.html"))
    assert "非官方预览" not in everything
    assert "@@" not in everything


def test_an_empty_identity_says_on_every_page_that_it_is_a_preview(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = html.fromstring(path.read_text(encoding="utf-8"))
        assert page.xpath("//*[@class='notice']"), path
        assert not page.xpath("//*[@class='item']"), path
        assert not {*SITE_TAGS, "ColumnType"} & set(tags(page)), path
    assert list(tags(read(site, "money"))) == [*COLUMN_TAGS[:3], *ARTICLE_TAGS]


@pytest.mark.parametrize("missing", MARKS)
def test_half_an_identity_is_refused(missing: str) -> None:
    with pytest.raises(HalfIdentity, match=missing):
        identity({**FULL_IDENTITY, missing: " "})


def test_half_an_identity_fails_the_build(
    tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = configured(tmp_path, good, {"site_name": "样例"})
    assert main(["build", "--config", str(config), "--site", str(tmp_path / "site")]) == 2
    assert "site_domain" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_a_mark_nobody_knows_is_refused() -> None:
    with pytest.raises(HalfIdentity, match="site_titel"):
        identity({"site_titel": "样例"})


def test_the_date_is_the_packages_in_official_time() -> None:
    assert published("2026-11-23T16:30:00Z") == "2026-11-24 00:30"
    assert published("2026-11-23") == "2026-11-23 00:00"
    assert published("") == published(None) == ""
