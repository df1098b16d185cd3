"""The demonstration: a fictional department in full, marked on every page, never in the real site."""

import shutil
from pathlib import Path

import pytest
from conftest import ROOT
from disclosure.cli import main
from disclosure.forms.reading import sheets
from disclosure.model import Package
from disclosure.package.load import load
from disclosure.quality.checks import check
from disclosure.quality.report import blocking
from lxml import html
from unsourced import unsourced

UNNAMED = ("只能算出上限", "上限的算法", "“只有文字和金额”：")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as `make demo` builds it, with fewer projects."""
    root = tmp_path_factory.mktemp("demo")
    for name in ("docs", "scripts", "datapackage"):
        (root / name).symlink_to(ROOT / name)
    for name in ("mkdocs.yml", "mkdocs-demo.yml"):
        shutil.copy(ROOT / name, root / name)
    imported(root / ".demo", 23)
    config = str(root / "mkdocs-demo.yml")
    assert main(["build", "--config", config, "--site", str(root / "site-demo")]) == 0
    return root / "site-demo"


def imported(root: Path, number: int) -> Package:
    """A department whose projects are known by its report's sums alone, and then by their forms."""
    package, forms = str(root / "datapackage"), str(root / "forms")
    assert main(["sample", package, "--projects", str(number), "--full", "--forms", forms]) == 0
    before = check(Path(package))
    assert not blocking(before[1])
    assert before[0].rows("projects") == ()
    assert main(["import", forms, "--package", package]) == 0
    return check(Path(package))[0]


def test_a_whole_office_is_disclosed_by_one_import(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """230 workbooks, no label spelled alike in all of them: every target is public afterwards."""
    package = imported(tmp_path, 230)
    assert [row.text("disclosure_state") for row in package.rows("projects")] == ["full"] * 230
    files = sorted((tmp_path / "forms").iterdir())
    assert len(files) == 230
    labels: list[set[str]] = [
        {cell.text for cell in sheets(path.read_bytes())[0].cells} for path in files[:40]
    ]
    assert not {"主管部门", "项目名称", "三级指标", "年度指标值"} & labels[0].intersection(*labels)
    before = {path: path.read_bytes() for path in (tmp_path / "datapackage").rglob("*.csv")}
    assert main(["import", str(tmp_path / "forms"), "--package", str(tmp_path / "datapackage")]) == 0
    assert {path: path.read_bytes() for path in before} == before
    assert capsys.readouterr().err == ""


def test_every_page_of_the_demonstration_says_that_it_is_invented(demo: Path) -> None:
    pages = list(demo.rglob("*.html"))
    assert len(pages) > 23
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert "虚构数据演示" in html or "Fictional data" in html, page
        assert '<meta name="robots" content="noindex,nofollow">' in html, page
    assert (demo / "robots.txt").read_text(encoding="utf-8") == "User-agent: *\nDisallow: /\n"


def test_the_demonstration_shows_full_coverage(demo: Path) -> None:
    home = (demo / "index.html").read_text(encoding="utf-8")
    assert "全部公开了完整的目标表" in home
    assert "连名称都查不到" not in home
    assert "还有什么没有公开" not in home
    ledger = (demo / "ledger" / "index.html").read_text(encoding="utf-8")
    assert "全部公开" in ledger
    assert not [words for words in UNNAMED if words in ledger], "no target is left that these explain"


def test_a_goal_that_a_form_states_is_not_said_to_stand_in_the_report(demo: Path) -> None:
    goals = [
        path for path in demo.glob("projects/*/*/index.html") if 'class="goal"' in path.read_text("utf-8")
    ]
    assert goals
    assert not [path for path in goals if "报告原文" in path.read_text("utf-8")]


def test_what_a_form_leaves_open_is_not_said_to_be_left_open_by_a_report(demo: Path, site: Path) -> None:
    pages = {
        name: next(root.glob("projects/2*/*/index.html")) for name, root in (("表上", demo), ("报告", site))
    }
    for name, page in pages.items():
        shown = page.read_text(encoding="utf-8")
        assert f"没有给出的格子写“{name}未列”" in shown
        (other,) = pages.keys() - {name}
        assert f"{other}未列" not in shown.replace("报告未列明", "")


def test_no_page_about_the_whole_grows_with_the_number_of_forms(demo: Path) -> None:
    """What stands of each form or project is on its own page; here is how many, and where."""
    names = [row.text("title") for row in load(demo.parent / ".demo" / "datapackage")[0].rows("sources")]
    forms = [name for name in names if name.endswith(".xlsx")]
    for about, said in (
        ("about", f"填写好的官方表格 {len(forms)} 份"),
        ("en/about", f"official forms: {len(forms)}"),
    ):
        page = (demo / about / "index.html").read_text("utf-8")
        assert said in page
        assert not [name for name in forms if name in page]
        assert [name for name in names if name in page]
    quality = (demo / "quality" / "index.html").read_text("utf-8")
    assert quality.count("<dt>时间</dt>") == 10
    assert f"其余 {len(forms) - 10} 个项目的目标" in quality


def test_only_money_that_is_not_itemised_is_said_to_be_missing_from_the_shares(
    demo: Path, site: Path
) -> None:
    """In the real report the shares of the funds make no hundred; in this one nothing is hatched."""
    fictional, real = ((root / "money" / "index.html").read_text(encoding="utf-8") for root in (demo, site))
    for said in ("斜线部分", "各类相加比合计少"):
        assert said not in fictional
        assert said in real


def test_beside_a_rate_stands_the_budget_that_it_is_of(demo: Path) -> None:
    """Else a reader who divides what is shown gets another rate."""
    rows = load(demo.parent / ".demo" / "datapackage")[0].rows("projects")
    changed = [row for row in rows if row["adjusted_budget_wan"] != row["budget_wan"]]
    assert 0 < len(changed) < len(rows)
    for row in rows:
        path = demo / "projects" / row.text("fiscal_year") / row.text("project_id") / "index.html"
        figures = [term.text for term in html.fromstring(path.read_text("utf-8")).iter("dt")]
        assert ("调整后全年预算" in figures) == (row in changed), row.text("name")
    assert "按调整后的全年预算算" in (demo / "projects" / "index.html").read_text("utf-8")


def test_the_real_site_bears_no_mark_of_the_demonstration(site: Path) -> None:
    ledger = (site / "ledger" / "index.html").read_text(encoding="utf-8")
    assert all(words in ledger for words in UNNAMED)
    assert not any("虚构数据演示" in page.read_text(encoding="utf-8") for page in site.rglob("*.html"))
    assert not any('name="robots"' in page.read_text(encoding="utf-8") for page in site.rglob("*.html"))


def test_the_demonstration_is_built_beside_the_real_site_and_not_tracked() -> None:
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "sample .demo/datapackage --projects 230 --full --forms .demo/forms" in recipe
    assert "import .demo/forms --package .demo/datapackage" in recipe
    assert recipe.count("--site site-demo") == recipe.count("--config mkdocs-demo.yml --site site-demo") == 1
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/site-demo/", "/.demo/"} <= set(ignored)


def test_no_figure_of_the_demonstration_stands_outside_a_link_to_its_evidence(demo: Path) -> None:
    """Its projects have indicators and scores, as those of the real site have not."""
    package = load(demo.parent / ".demo" / "datapackage")[0]
    assert len(package.rows("indicators")) > 100
    paths = sorted(demo.rglob("*.html"))
    pages = {path.relative_to(demo).as_posix(): html.fromstring(path.read_text("utf-8")) for path in paths}
    assert unsourced(pages, package) == []
