"""Any department: an empty package with its site, hostile names, and packages that lack this or that."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from inspect import signature
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml
from books import National, national
from conftest import ROOT, served
from disclosure.cli import main
from disclosure.package.computed import computed
from disclosure.quality import checks
from disclosure.quality.report import blocking, results
from disclosure.website.desk import desk
from disclosure.website.edition import NoYear, Site, year_shown
from disclosure.website.macros import SECTIONS
from disclosure.website.records import pages
from disclosure.website.render import render
from hatchling.builders.wheel import WheelBuilder
from playwright.sync_api import Browser

NAME = "虚构县教育局"
LAWFUL = ("虚构县“教育局”", "a: b #c", "x'y\" \\n & <5", "[2023] {x} %s", "!!python/name:os.system", "&a *a")
REFUSED = ("<b>局</b>", "{{ 7 * 7 }}", "{% raw %}", "[局](https://example.org)", "=A1", "局\n令", " 局")


def new(folder: Path, name: str = NAME, year: int = 2025) -> int:
    return main(["new", str(folder), "--department", name, "--year", str(year)])


def built(folder: Path) -> Path:
    site = folder.parent / "built"
    assert main(["build", "--config", str(folder / "mkdocs.yml"), "--site", str(site)]) == 0
    return site


def text(site: Path, page: str = "") -> str:
    return (site / page / "index.html").read_text(encoding="utf-8")


def test_a_new_package_is_clean_and_its_site_says_that_nothing_is_known(tmp_path: Path) -> None:
    assert new(tmp_path / "new") == 0
    package, problems = checks.check(tmp_path / "new" / "datapackage")
    assert problems == []
    assert package.years == (2025,)
    assert {row.text("state") for row in package.rows("duties")} == {"not_known"}
    assert {row.text("kind") for row in package.rows("sources")} == {"law"}
    site = built(tmp_path / "new")
    assert "还没有收录任何报告或表格" in text(site, "money")
    home = text(site)
    assert "现在什么都还不知道" in home
    assert "申报了多少项绩效目标，还不知道" in home
    assert 'class="figure"' not in home.split("<dl", 1)[1].split("</dl>", 1)[0]
    assert f"{NAME} · 预算绩效公开" in home
    assert "小谷围" not in "".join(page.read_text(encoding="utf-8") for page in site.rglob("*.html"))


def test_a_package_of_forms_alone_says_that_no_report_has_been_taken_in(tmp_path: Path) -> None:
    """Where pages say that the report does not state something, there is none."""
    assert new(tmp_path / "new", year=2023) == 0
    package = tmp_path / "new" / "datapackage"
    (tmp_path / "form.xlsx").write_bytes(national(National(department=NAME, unit=NAME)))
    assert main(["import", str(tmp_path / "form.xlsx"), "--package", str(package)]) == 0
    site = built(tmp_path / "new")
    assert "数据出自公开的填写好的官方表格" in text(site)
    assert "还没有收录 2023 年的绩效自评报告" in text(site)
    assert "no report of 2023 has been taken in yet" in text(site, "en")


@pytest.mark.parametrize("forms", [0, 2])
def test_a_page_on_which_hardly_anything_is_known_never_scrolls_sideways(
    browser: Browser, tmp_path: Path, forms: int
) -> None:
    """The words that stand for a figure are longer than it."""
    assert new(tmp_path / "new", year=2023) == 0
    for number in range(forms):
        file = tmp_path / f"{number}.xlsx"
        file.write_bytes(national(National(name=f"项目{number}", department=NAME, unit=f"第{number}服务站")))
        assert main(["import", str(file), "--package", str(tmp_path / "new" / "datapackage")]) == 0
    target = built(tmp_path / "new")
    urls = sorted(path.parent.relative_to(target).as_posix() for path in target.rglob("index.html"))
    wide = []
    with served(target) as address:
        for width in (390, 1280):
            page = browser.new_page(viewport={"width": width, "height": 900})
            for url in urls:
                page.goto(f"{address}{url}/")
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    wide.append((url, width))
            page.close()
    assert len(urls) > 25
    assert wide == []


def test_a_new_package_can_be_released_and_bears_its_day(tmp_path: Path) -> None:
    command = ["new", str(tmp_path / "new"), "--department", NAME, "--year", "2025", "--on", "2026-01-02"]
    assert main(command) == 0
    assert main(["release", str(tmp_path / "new" / "datapackage")]) == 0
    site = built(tmp_path / "new")
    assert "2026-01-02 发布" in text(site, "data/0.1.0")
    times = re.findall(
        "<updated>(.*)</updated>", (site / "feeds" / "releases.xml").read_text(encoding="utf-8")
    )
    assert times == ["2026-01-02T00:00:00Z"] * 2


def test_a_new_package_is_the_same_bytes_every_time(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        assert new(tmp_path / name) == 0
        files = (path for path in (tmp_path / name).rglob("*") if path.is_file())
        made.append({path.relative_to(tmp_path / name): path.read_bytes() for path in files})
    assert made[0] == made[1]


@pytest.mark.parametrize("name", LAWFUL)
def test_a_name_with_signs_of_other_languages_is_a_name(tmp_path: Path, name: str) -> None:
    assert new(tmp_path / "new", name) == 0
    config = yaml.load((tmp_path / "new" / "mkdocs.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
    assert config["site_name"] == f"{name} · 预算绩效公开"
    descriptor = json.loads((tmp_path / "new" / "datapackage" / "datapackage.json").read_bytes())
    assert descriptor["publisher"]["name"] == name


def test_a_name_reaches_pages_escaped(tmp_path: Path) -> None:
    assert new(tmp_path / "new", "x & \"y\" <5 'z'") == 0
    home = text(built(tmp_path / "new"))
    assert "<5" not in home
    assert "x &amp; &#34;y&#34; &lt;5 &#39;z&#39; 2025 年" in home


@pytest.mark.parametrize("name", REFUSED)
def test_a_name_that_a_page_would_act_upon_is_refused(tmp_path: Path, name: str) -> None:
    assert new(tmp_path / "new", name) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kept.txt").write_text("kept", encoding="utf-8")
    assert new(tmp_path) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
    assert new(tmp_path / "nameless", " ") == 2
    assert "not empty" in capsys.readouterr().err
    (tmp_path / "empty").mkdir()
    assert new(tmp_path / "empty") == 0


def test_the_identity_of_another_is_not_taken_over(tmp_path: Path) -> None:
    from disclosure.website.starter import configured  # noqa: PLC0415

    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    text = text.replace('contact: ""', 'contact: "office@example.org"').replace(
        'site_name: ""', "site_name: 某街道"
    )
    identity = yaml.load(configured(text, "x"), yaml.BaseLoader)["extra"]["identity"]
    assert set(identity.values()) == {""}
    assert len(identity) == len(yaml.load(text, yaml.BaseLoader)["extra"]["identity"])


def test_the_installed_software_brings_pages_and_tables_along(tmp_path: Path) -> None:
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path / "dist"), versions=["standard"])
    with ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    command = [sys.executable, "-m", "disclosure.cli", "new", "made", "--department", NAME, "--year", "2025"]
    environment = {"PYTHONPATH": str(tmp_path / "installed"), "LC_ALL": "C.UTF-8"}
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert new(tmp_path / "here") == 0
    for path in (tmp_path / "here").rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "made" / path.relative_to(tmp_path / "here")).read_bytes()


def without(root: Path, *tables: str, keep: str = "") -> None:
    """Leave only the header of tables, and lines that contain a text."""
    for table in tables:
        file = root / "data" / f"{table}.csv"
        head, *lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text(head + "".join(line for line in lines if keep and keep in line), encoding="utf-8")


def renamed(root: Path) -> None:
    """Funds under other ids and names, the whole among them."""
    for file in (root / "data" / "appropriations.csv", root / "schemas" / "appropriations.json"):
        text = file.read_text(encoding="utf-8")
        for old, new in (("total", "everything"), ("general_public", "pot_a"), ("government_fund", "pot_b")):
            text = text.replace(f",{old},", f",{new},").replace(f'"{old}"', f'"{new}"')
        file.write_text(text.replace('"一般公共预算"', '"甲类资金"'), encoding="utf-8")


LACKS = {
    "coverage": lambda root: without(root, "coverage"),
    "money": lambda root: without(root, "appropriations"),
    "projects": lambda root: without(root, "projects", "indicators", "project_funds"),
    "coverage and projects": lambda root: without(
        root, "coverage", "projects", "indicators", "project_funds"
    ),
    "all but projects": lambda root: without(
        root, "coverage", "appropriations", "units", "offices", "staff", "counts", "objectives", "results",
        "evaluation", "duties", "glossary",
    ),
    "indicators": lambda root: without(root, "indicators"),
    "units but one": lambda root: without(root, "units", "counts", keep="headquarters"),
    "names of funds": renamed,
}  # fmt: skip


def shown(root: Path) -> Iterator[str]:
    """Every page that a package makes, pressed or called by a page of docs/."""
    package, problems = checks.check(root)
    assert not blocking(problems), blocking(problems)
    year = package.years[-1]
    made = desk(Site(package, year, computed(package, year), results(package, problems), (), {"contact": ""}))
    yield from (page.body for page in pages(made.site))
    for name, section in SECTIONS.items():
        word = "target" if name == "blank_form" else "conclusion"
        words = [word] * (len(signature(section).parameters) - 1)
        yield render(name, section(made, *words), "", made.terms)


@pytest.mark.parametrize("lack", LACKS)
def test_every_page_survives_a_package_that_lacks(good: Path, lack: str) -> None:
    LACKS[lack](good)
    projects = good / "data" / "projects.csv"
    if lack == "indicators":
        projects.write_text(
            projects.read_text(encoding="utf-8").replace(",full,", ",text,"), encoding="utf-8"
        )
    if lack == "all but projects":  # nothing left to point at
        lines = projects.read_text(encoding="utf-8")
        lines = lines.replace(",office,,1,", ",NA,,NA,").replace(",service-center,,2,", ",NA,,NA,")
        projects.write_text(lines, encoding="utf-8")
    if lack == "units but one":
        lines = projects.read_text(encoding="utf-8")
        projects.write_text(lines.replace(",service-center,", ",NA,"), encoding="utf-8")
    assert main(["seal", str(good)]) == 0
    found = list(shown(good))
    assert all("None" not in html and "NOT_STATED" not in html for html in found)
    if lack == "money":
        assert any("部门的预算和决算，报告都没有写" in html for html in found)
    if lack == "coverage":
        assert any("绩效目标，一共申报了多少项，还不知道" in html for html in found)


def test_a_package_of_no_year_is_named(good: Path) -> None:
    package, _ = checks.check(good)
    nothing = type(package)({**package.descriptor}, {}, {})
    with pytest.raises(NoYear):
        year_shown(nothing)
    two = type(package)({"fiscal_years": [2024, 2021]}, {}, {})
    assert [year_shown(two, wanted) for wanted in (None, 2021, "2021", 2024)] == [2024, 2021, 2021, 2024]
    with pytest.raises(NoYear):
        year_shown(two, 2022)
