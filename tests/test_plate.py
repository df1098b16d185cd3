"""A page that is pressed has what a page of MkDocs has: one project rendered both ways is the same page."""

import json

import pytest
from conftest import PACKAGES
from disclosure.cli import main
from lxml import etree, html
from test_website import project

MACRO = """
from disclosure.website import records
from disclosure.website.desk import desk

def define_env(env):
    @env.macro
    def of_project():
        made = desk(env.conf["extra"]["site"])
        row = next(row for row in made.rows("projects") if row["project_id"] == "public-service")
        return f"<div>{records._project(made, row)}</div>"  # as macros.plate has it
"""
# MkDocs' own pages of three projects in their order, beside the pressed ones.
OTHERS = {
    "a": ("街面保洁", "street-cleaning"),
    "b": ("便民服务", "public-service"),
    "c": ("安防设施维护", "security-upkeep"),
}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[html.HtmlElement, html.HtmlElement]:
    """The page of one project as it was pressed, and as MkDocs renders it."""
    folder = tmp_path_factory.mktemp("both")
    config = project(folder, PACKAGES / "good")
    (folder / "of_project_both_ways.py").write_text(MACRO, encoding="utf-8")
    text = config.read_text(encoding="utf-8").replace("macros]", "macros, of_project_both_ways]")
    listed = "".join(f"          - projects/2023/{name}.md\n" for name in OTHERS)
    text = text.replace("      - 公开台账", f"      - 各项目:\n{listed}      - 公开台账")
    config.write_text(text, encoding="utf-8")
    (folder / "docs" / "projects" / "2023").mkdir()
    for name, (title, _) in OTHERS.items():
        told = f"2023 年度项目“{title}”：预算、支出、目标、原话。"
        page = f"---\ntitle: {title}\ndescription: {told}\n---\n{{{{ of_project() }}}}\n"
        (folder / "docs" / "projects" / "2023" / f"{name}.md").write_text(page, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        assert main(["build", "--config", str(config), "--site", str(folder / "site")]) == 0
    made = [folder / "site" / "projects" / "2023" / name / "index.html" for name in ("public-service", "b")]
    pressed, rendered = (path.read_text(encoding="utf-8") for path in made)
    for name, (_, url) in OTHERS.items():
        rendered = rendered.replace(f"projects/2023/{name}/", f"projects/2023/{url}/")
        pressed = pressed.replace(f"projects/2023/{name}/", f"projects/2023/{url}/")
    return html.fromstring(pressed), html.fromstring(rendered)


def plain(page: html.HtmlElement) -> str:
    """The page without what says where one is in the menu, and without white space between elements."""
    for link in page.xpath("//footer//*[@aria-current]"):
        del link.attrib["aria-current"]
    for part in page.iter():
        part.text, part.tail = (text.strip() or None if text else None for text in (part.text, part.tail))
    return str(etree.tostring(page, encoding="unicode"))


def test_a_project_rendered_both_ways_is_one_page(both: tuple[html.HtmlElement, html.HtmlElement]) -> None:
    pressed, rendered = map(plain, both)
    assert pressed == rendered


def test_a_pressed_page_is_complete(both: tuple[html.HtmlElement, html.HtmlElement]) -> None:
    page, _ = both
    assert page.xpath("//nav[@class='crumbs']//a/text()") == ["首页", "项目"]
    headings = page.xpath("//main//h2[@id]/@id")
    assert page.xpath("//nav[@class='jump']/a/@href") == [f"#{name}" for name in headings]
    assert page.xpath("//h2/a[@class='anchor']/@href") == [f"#{name}" for name in headings]
    assert [link.get("href").split("/")[-2] for link in page.xpath("//nav[@class='turn']/a")] == [
        "street-cleaning",
        "security-upkeep",
    ]
    assert page.xpath("//meta[@name='ArticleTitle']/@content") == ["便民服务"]
    assert page.xpath("//table[@class='form']") and page.xpath("//a[@class='figure']")
    record = json.loads(page.xpath("//script[@type='application/ld+json']/text()")[0])
    names = [item["name"] for item in record["breadcrumb"]["itemListElement"]]
    assert (record["name"], names) == ("便民服务", ["首页", "项目", "便民服务"])


def test_the_first_and_the_last_project_have_one_neighbour(pages: dict[str, html.HtmlElement]) -> None:
    turns = {
        name: page.xpath("//nav[@class='turn']/a/@rel")
        for name, page in pages.items()
        if name.startswith("projects/2022/") and name != "projects/2022/index.html"
    }
    assert sorted(turns.values()) == [["next"], ["prev"], ["prev", "next"]]
    assert not [name for name, page in pages.items() if page.xpath("//nav[@class='turn'][not(a)]")]
