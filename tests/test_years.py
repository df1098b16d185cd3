"""A package of several years: one is in front, and the records of the others keep their pages."""

import re
from pathlib import Path

import pytest
from books import National, national
from conftest import around
from disclosure.cli import main
from disclosure.package.load import load
from lxml import html

OFFICE, LAST, NEXT = "样例区样例街道办事处", 2023, 2024


def bring(root: Path, *more: str, year: int = NEXT, name: str = "委托业务项目") -> int:
    file = root.parent / f"{name}-{year}.xlsx"
    file.write_bytes(national(National(year=year, name=name, department=OFFICE, unit=OFFICE)))
    return main(["import", str(file), "--package", str(root), *more])


def built(root: Path, year: object = "") -> Path:
    """The site of a package, whose configuration may name the year in front."""
    config = root.parent / "mkdocs.yml"
    config = config if config.exists() else around(root)
    text = config.read_text(encoding="utf-8")
    config.write_text(re.sub(r"(?m)^  year:.*$", f"  year: {year}".rstrip(), text), encoding="utf-8")
    site = root.parent / f"site{year}"
    assert main(["build", "--config", str(config), "--site", str(site)]) == 0
    return site


def pages(site: Path) -> set[str]:
    return {path.parent.relative_to(site).as_posix() for path in site.rglob("index.html")}


def words(site: Path, page: str) -> str:
    tree = html.parse(site / page / "index.html").getroot()
    return " ".join("".join(tree.xpath("//main")[0].itertext()).split())


def test_a_year_that_is_new_to_the_package_is_imported_where_it_is_named(good: Path) -> None:
    """A form of another year may be a slip; who names the year has looked."""
    assert bring(good) == 1
    assert bring(good, "--year", str(LAST)) == 1
    assert bring(good, "--year", str(NEXT)) == 0
    package, problems = load(good)
    assert problems == []
    assert package.years == (LAST, NEXT)
    assert bring(good) == 0


def test_a_year_behind_the_front_keeps_every_address_of_its_records(good: Path) -> None:
    """Pages, forms and evidence; the front pages are those of the latest year. The build checks all links."""
    before = built(good, LAST)
    assert bring(good, "--year", str(NEXT)) == 0
    after = built(good)
    of_records = {page for page in pages(before) if page.startswith(("projects/", "evidence/"))}
    assert f"projects/{LAST}/street-cleaning" in of_records
    assert of_records <= pages(after)
    assert f"projects/{NEXT}/p-0001" in pages(after)
    for folder in ("data/forms", "api/v1/projects", "charts"):
        kept = {path.relative_to(before) for path in (before / folder).rglob("*") if path.is_file()}
        assert kept <= {path.relative_to(after) for path in (after / folder).rglob("*")}
    ids = re.compile(r'\bid="([^"]+)"')
    for page in of_records:
        there, here = (
            set(ids.findall((site / page / "index.html").read_text("utf-8"))) for site in (before, after)
        )
        assert there - here <= {"part-gaps", "filter", "filter-status", "filter-more"}, page
    assert f"{NEXT} 年" in words(after, ".")
    assert f"{LAST} 年的项目" in words(after, "projects")


def test_the_list_of_another_year_has_its_own_sums(good: Path) -> None:
    before = words(built(good, LAST), "projects")
    assert bring(good, "--year", str(NEXT)) == 0
    after = words(built(good), f"projects/{LAST}")
    sums = re.compile(r"列出的项目合计.*?未列名")
    (expected,), (found,) = sums.findall(before), sums.findall(after)
    assert found == expected
    assert "筛选" not in after


@pytest.mark.parametrize("year", [LAST, NEXT])
def test_the_year_in_front_can_be_chosen(good: Path, year: int) -> None:
    assert bring(good, "--year", str(NEXT)) == 0
    site = built(good, year)
    assert f"{year} 年" in words(site, ".").split("。")[0]
    for page in (".", "projects"):
        assert f"其他年度：{LAST + NEXT - year} 年的项目" in words(site, page)


def test_a_year_that_is_not_there_cannot_be_in_front(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = around(good)
    config.write_text(config.read_text("utf-8").replace("  year:\n", "  year: 1999\n"), encoding="utf-8")
    assert main(["build", "--config", str(config), "--site", str(good.parent / "site")]) == 2
    assert "(1999)" in capsys.readouterr().err


def test_search_and_feeds_lead_to_the_records_of_every_year(good: Path) -> None:
    assert bring(good, "--year", str(NEXT)) == 0
    site = built(good)
    found = "".join(path.read_text(encoding="utf-8") for path in (site / "search").rglob("*.json"))
    assert f"街面保洁（{LAST} 年）" in found
    feeds = "".join(path.read_text(encoding="utf-8") for path in (site / "feeds").glob("*.xml"))
    told = set(re.findall(r"projects/\d{4}/[a-z0-9-]+(?=/)", feeds))
    assert {f"projects/{LAST}/street-cleaning", f"projects/{NEXT}/p-0001"} <= told <= pages(site)
