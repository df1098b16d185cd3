"""The press, the link check and the swap: what is not whole is not published."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import PACKAGES, ROOT
from disclosure.cli import main
from disclosure.package.computed import computed
from disclosure.package.load import load
from disclosure.quality.report import results
from disclosure.website import front, ledger
from disclosure.website.desk import Desk, desk
from disclosure.website.edition import Site
from disclosure.website.links import check_links
from disclosure.website.live import NotASite
from disclosure.website.press import press
from disclosure.website.publish import configuration, publish
from disclosure.website.records import PressedPage
from disclosure.website.render import render


def page(url: str, title: str = "题", body: str = "<p>文</p>") -> PressedPage:
    return PressedPage(url, title, "说明", (("首页", ""), ("项目", "projects/")), body)


PLATE = (
    '<title>@@TITLE@@</title><meta name="description" content="@@DESCRIPTION@@">'
    '<a href="../../..">首页</a><a href="../../../money/">收支</a><ol>@@CRUMBS@@</ol>@@BODY@@'
)


def test_the_press_fills_the_plate_and_keeps_links_at_every_depth() -> None:
    ((url, deep), (_, flat)) = press(PLATE, [page("projects/2022/a/"), page("evidence/staff/")])
    assert url == "projects/2022/a/"
    assert '<a href="../../..">首页</a><a href="../../../money/">' in deep
    assert '<a href="../..">首页</a><a href="../../money/">' in flat
    assert '<li><a href="../../projects/">项目</a></li>' in flat
    assert "@@" not in deep


def test_the_press_escapes_titles_and_descriptions() -> None:
    ((_, html),) = press(PLATE, [page("evidence/staff/", title='<script>"x"</script>')])
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def written(root: Path, **pages: str) -> Path:
    for name, html in pages.items():
        (root / f"{name}.html").write_text(html, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ('<a href="nowhere/">x</a>', "link-found"),
        ('<a href="other.html#nowhere">x</a>', "link-found"),
        ('<a href="/absolute">x</a>', "link-found"),
        ('<img src="missing.png">', "link-found"),
        ('<script src="https://example.org/x.js"></script>', "resource-local"),
        ('<link rel="stylesheet" href="https://example.org/x.css">', "resource-local"),
        ('<a href="javascript:alert(1)">x</a>', "link-safe"),
        ('<a href="http://example.org/">x</a>', "link-safe"),
        ('<p id="a">x</p><p id="a">y</p>', "id-unique"),
    ],
)
def test_a_bad_link_is_named(tmp_path: Path, html: str, rule: str) -> None:
    problems = check_links(written(tmp_path, index=html, other='<p id="here">x</p>'))
    assert [problem.rule for problem in problems] == [rule]


def test_good_links_pass(tmp_path: Path) -> None:
    html = '<a href="other.html#here">x</a><a href="https://example.org/?a=1&amp;b=2">y</a>'
    html += '<a href="#top" id="top">z</a>'
    assert check_links(written(tmp_path, index=html, other='<p id="here">x</p>')) == []


def test_a_bad_link_that_pages_in_folders_share_is_named_once(tmp_path: Path) -> None:
    links = (
        "../",
        "../#top",
        "../nowhere/",
        "../#nowhere",
        "../b/#here",
        "../b#here",
        "../b/#a%26b",
        "#here",
    )
    html = '<p id="here">x</p><p id="a&amp;b">y</p>' + "".join(f'<a href="{link}">z</a>' for link in links)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        written(tmp_path / name, index=html)
    problems = check_links(written(tmp_path, index='<p id="top">x</p>'))
    dead = [("a/index.html", link) for link in ("../#nowhere", "../nowhere/")]
    assert [(problem.file, problem.found) for problem in problems] == dead


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def project(tmp_path: Path, package: Path) -> Path:
    """A project folder like the real one around another package."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    text = text.replace("package: datapackage", f"package: {package}")
    text = text.replace("hooks: [scripts/", f"hooks: [{ROOT}/scripts/").replace(
        "watch: [", f"watch: [{package}] #"
    )
    shutil.copytree(ROOT / "docs", tmp_path / "docs", dirs_exist_ok=True)
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    return tmp_path / "mkdocs.yml"


def test_another_package_makes_another_site(tmp_path: Path, good: Path) -> None:
    config = project(tmp_path, good)
    assert main(["build", "--config", str(config), "--site", str(tmp_path / "site")]) == 0
    page = (tmp_path / "site" / "projects" / "2023" / "street-cleaning" / "index.html").read_text(
        encoding="utf-8"
    )
    assert "街面保洁" in page
    assert "清运垃圾量" in page
    everything = "".join(text.decode("utf-8", "ignore") for text in snapshot(tmp_path / "site").values())
    assert "19,414.60" not in everything


FAULTS = [
    ("data/staff.csv", "fiscal_year,category", "fiscal_year,kind", "header-as-schema"),
    ("data/staff.csv", ",30,", ",３０,", "cell-type"),
    ("data/staff.csv", ",30,", ",NaN,", "cell-type"),
    ("data/staff.csv", ",30,", ",31,", "staff-adds-up"),
    ("data/staff.csv", "staff-total", "staff-nowhere", "reference-found"),
    ("data/staff.csv", "2023,established,", "2023,total,", "key-unique"),
    ("data/staff.csv", "总人数", "<script>alert(1)</script>", "cell-plain-text"),
    ("data/staff.csv", "总人数", "{{ config }}", "cell-plain-text"),
    ("data/staff.csv", "总人数", "[x](javascript:alert(1))", "cell-plain-text"),
    ("data/citations.csv", "总人数共 30 人", "全部人员 30 人", "text-in-quote"),
]


@pytest.mark.parametrize(("file", "old", "new", "rule"), FAULTS)
def test_bad_input_stops_the_build_and_leaves_the_live_site(
    tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str], file: str, old: str, new: str, rule: str
) -> None:
    live = tmp_path / "site"
    live.mkdir()
    (live / "SHA256SUMS").write_text("the last good one", encoding="utf-8")
    text = (good / file).read_text(encoding="utf-8")
    assert old in text
    (good / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert main(["seal", str(good)]) == 0
    config = project(tmp_path, good)
    assert main(["build", "--config", str(config), "--site", str(live)]) == 1
    printed = capsys.readouterr().out
    assert f"[{rule}]" in printed
    assert ", row " in printed
    assert snapshot(live) == {"SHA256SUMS": b"the last good one"}
    assert [path.name for path in tmp_path.glob(".site-*/*")] == []


def test_a_quote_that_is_not_in_the_source_stops_the_build(
    tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The source stays with its publisher; who holds it builds with it."""
    source, config = PACKAGES / "good-source.txt", project(tmp_path, good)
    build = ["build", "--config", str(config), "--site", str(tmp_path / "site"), "--source"]
    assert main([*build, str(source)]) == 0
    quality = (tmp_path / "site" / "quality" / "index.html").read_text(encoding="utf-8")
    assert "要有原件</span>" not in quality
    before = snapshot(tmp_path / "site")
    other = tmp_path / "other.txt"
    other.write_text(
        source.read_text(encoding="utf-8").replace("清运垃圾 120 吨", "清运垃圾若干"), encoding="utf-8"
    )
    assert main([*build, str(other)]) == 1
    printed = capsys.readouterr().out
    assert "[quote-in-source]" in printed
    assert "data/citations.csv, row " in printed
    assert snapshot(tmp_path / "site") == before


def test_another_encoding_stops_the_build(
    tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = good / "data" / "staff.csv"
    file.write_bytes(file.read_text(encoding="utf-8").encode("gb18030"))
    main(["seal", str(good)])
    assert main(["build", "--config", str(project(tmp_path, good)), "--site", str(tmp_path / "site")]) == 1
    assert "[file-encoding]" in capsys.readouterr().out
    assert not (tmp_path / "site").exists()


def test_a_page_with_a_dead_link_is_not_published(tmp_path: Path, good: Path) -> None:
    config = project(tmp_path, good)
    about = tmp_path / "docs" / "about.md"
    about.write_text(about.read_text(encoding="utf-8") + '\n<a href="../nowhere/">x</a>\n', encoding="utf-8")
    assert main(["build", "--config", str(config), "--site", str(tmp_path / "site")]) == 2
    assert not (tmp_path / "site").exists()


def test_a_page_with_a_personal_number_is_not_published(
    tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = project(tmp_path, good)
    about = tmp_path / "docs" / "about.md"
    about.write_text(about.read_text(encoding="utf-8") + "\n联系电话：1380013" + "8000\n", encoding="utf-8")
    assert main(["build", "--config", str(config), "--site", str(tmp_path / "site")]) == 2
    told = capsys.readouterr()
    assert "1380013" + "8000" not in told.out + told.err
    assert not (tmp_path / "site").exists()


def test_a_cell_with_a_personal_number_is_not_published(
    tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = good / "data" / "glossary.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("收支计划。", "收支计划，问 1380013" + "8000。"), encoding="utf-8")
    main(["seal", str(good)])
    config = project(tmp_path, good)
    assert main(["build", "--config", str(config), "--site", str(tmp_path / "site")]) == 1
    told = capsys.readouterr().out
    assert "[no-mobile-number]" in told
    assert "data/glossary.csv, row 2" in told
    assert "1380013" + "8000" not in told


def test_an_unknown_macro_is_not_published(tmp_path: Path, good: Path) -> None:
    config = project(tmp_path, good)
    about = tmp_path / "docs" / "about.md"
    about.write_text(about.read_text(encoding="utf-8") + "\n{{ no_such_macro() }}\n", encoding="utf-8")
    assert main(["build", "--config", str(config), "--site", str(tmp_path / "site")]) == 2
    assert not (tmp_path / "site").exists()


def test_a_macro_without_a_source_for_its_figure_is_not_published(
    tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row whose sentence is gone: even if no rule had seen it, the figure could not be made."""
    monkeypatch.setattr("disclosure.package.figures.cited", lambda *_: None)
    assert main(["build", "--config", str(project(tmp_path, good)), "--site", str(tmp_path / "site")]) == 2
    assert not (tmp_path / "site").exists()


def test_a_folder_that_is_no_site_is_never_replaced(tmp_path: Path) -> None:
    target = tmp_path / "home"
    target.mkdir()
    (target / "letter.txt").write_text("mine", encoding="utf-8")
    config = configuration(ROOT / "mkdocs.yml")
    package, problems = load(PACKAGES / "good")
    with pytest.raises(NotASite):
        publish(config, package, results(package, problems), target)
    assert (target / "letter.txt").read_text(encoding="utf-8") == "mine"


def made_of(root: Path) -> Desk:
    package, problems = load(root)
    assert problems == []
    year = package.years[-1]
    return desk(Site(package, year, computed(package, year), results(package, []), (), {}))


def test_a_target_disclosed_in_full_shows_on_every_page_without_anyone_typing_a_state(good: Path) -> None:
    """The good package's report counts one target disclosed, and one project has its indicators."""
    made = made_of(good)
    assert front.key_figures(made).full is None  # as many as the report says
    covered = good / "data" / "coverage.csv"
    covered.write_text(covered.read_text("utf-8").replace("4,80,1,25", "4,80,0,0"), encoding="utf-8")
    made = made_of(good)
    figures = front.key_figures(made)
    assert figures.full is not None
    assert figures.full.value == 1
    states = {state.state: state for state in front.disclosure_picture(made).states}
    assert states["full"].figure.value == 1
    assert states["full"].share.value == Decimal("25.00")
    assert "这里已公开" in render("coverage_by_count", ledger.coverage_by_count(made), "", made.terms)
