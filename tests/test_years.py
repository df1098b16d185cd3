"""A package of several years: one is in front, and the records of the others keep their pages."""

import csv
import re
import shutil
from pathlib import Path

import pytest
from books import National, national
from conftest import ROOT, around
from disclosure.cli import main
from disclosure.package.load import load
from disclosure.website.preview import Preview
from lxml import html

OFFICE, LAST, NEXT = "样例区样例街道办事处", 2023, 2024


def bring(root: Path, *more: str, year: int = NEXT, name: str = "委托业务项目") -> int:
    file = root.parent / f"{name}-{year}.xlsx"
    file.write_bytes(national(National(year=year, name=name, department=OFFICE, unit=OFFICE)))
    return main(["import", str(file), "--package", str(root), *more])


def report_again(root: Path, year: int = NEXT) -> None:
    """A report of another year that says the same, sentence for sentence, in a document of its own."""

    def cells(name: str) -> list[dict[str, str]]:
        with (root / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def renamed(row: dict[str, str]) -> dict[str, str]:
        cited = {
            key: f"{value}-{year}" for key, value in row.items() if key.endswith("citation_id") and value
        }
        dated = {"fiscal_year": str(year)} if "fiscal_year" in row else {}
        return {**row, **cited, **dated}

    kept = {"citations", "sources", "corrections", "glossary", "duties"}
    tables = {path.stem: cells(path.stem) for path in (root / "data").glob("*.csv")}
    of_last = {
        name: [row for row in rows if row.get("fiscal_year") == str(LAST)] for name, rows in tables.items()
    }
    more = {name: [renamed(row) for row in rows] for name, rows in of_last.items() if name not in kept}
    named = {
        value for rows in more.values() for row in rows for key, value in row.items() if "citation" in key
    }
    said = [{**renamed(row), "source_id": f"report-{year}"} for row in tables["citations"]]
    more["citations"] = [row for row in said if row["citation_id"] in named]
    of = next(row for row in tables["sources"] if row["source_id"] == "report")
    title = of["title"].replace(str(LAST), str(year))
    new = {"source_id": f"report-{year}", "title": title, "sha256": of["sha256"][::-1]}
    more["sources"] = [{**renamed(of), **new}]
    for name, rows in more.items():
        if rows:
            with (root / "data" / f"{name}.csv").open("a", encoding="utf-8", newline="") as file:
                csv.DictWriter(file, rows[0], lineterminator="\n").writerows(rows)
    assert main(["seal", str(root)]) == 0


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
    """What a page says in its main part, without what leads to other pages and without its record."""
    (main,) = html.parse(site / page / "index.html").getroot().xpath("//main")
    for part in main.xpath(".//nav | .//script"):
        part.drop_tree()
    return " ".join(main.text_content().split())


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
        assert there - here <= {"filter", "filter-status", "filter-more"}, page
    assert f"{NEXT} 年" in words(after, ".")
    assert f"{LAST} 年的项目" in words(after, "projects")


def test_what_a_front_page_said_of_a_year_stays_when_the_next_one_comes(good: Path) -> None:
    """Money, results, staff and the letters that ask: word for word, but for the year and the duties."""
    before = built(good, LAST)
    report_again(good)
    after = built(good)
    kept = ("money", "objectives", "results", "organisation", "evaluation", "ledger")
    for page in kept:
        text = words(before, page).partition(" 法律要求公开什么")[0].replace("，再对照法律规定的公开义务", "")
        tells = text.partition("：")[2]
        of_year = words(after, f"{page}/{LAST}").partition("：")[2]
        said = f" 这一页是 {LAST} 年度的。其他年度：{NEXT} 年"
        assert said in of_year
        assert of_year.replace(said, "") == tells, page
        assert f"这一页是 {NEXT} 年度的。其他年度：{LAST} 年" in words(after, page)
    gaps = {page for page in pages(before) if page.startswith("gaps/")}
    of_duties = "gaps/where-published"
    assert {page.replace("gaps", f"gaps/{LAST}") for page in gaps - {of_duties}} <= pages(after)
    letter = "gaps/{}unnamed-targets"
    asks = [
        words(site, letter.format(of)).partition("原文怎么写")[2]
        for site, of in ((before, ""), (after, f"{LAST}/"))
    ]
    assert asks[0] == asks[1] != ""


def test_all_years_stand_in_one_table_on_both_front_pages(good: Path) -> None:
    alone = words(built(good, LAST), ".")
    report_again(good)
    site = built(good)
    assert "历年对照" not in alone
    for page in (".", "en"):
        tree = html.parse(site / page / "index.html").getroot()
        (table,) = tree.xpath("//table[.//th[a[contains(@href, 'money/')]]]")
        years = table.xpath(".//tbody/tr/th/a")
        assert [year.text for year in years] == [str(NEXT), str(LAST)]
        assert [year.get("href").rpartition("money/")[2] for year in years] == ["", f"{LAST}/"]
        cells = [[td.text_content() for td in row.xpath("td")] for row in table.xpath(".//tbody/tr")]
        assert cells[0] == cells[1] == ["1,000.50", "950.40", "94.99%", "4", "1", "1"]
        assert all(row.xpath("td/a[contains(@href, 'evidence/')]") for row in table.xpath(".//tbody/tr"))


def test_the_page_of_quality_tells_the_sums_and_goals_of_every_year(good: Path) -> None:
    """A year whose sums agree, or has none, must not speak for one whose sums do not."""
    alone = words(built(good, LAST), "quality")
    assert "对不上的地方" in alone
    assert f"{LAST} 年" not in alone.partition("对不上的地方")[2].partition("没有检查什么")[0]
    assert bring(good, "--year", str(NEXT)) == 0
    for year in (NEXT, LAST):
        said = words(built(good, year), "quality")
        assert "对不上的地方" in said
        assert f"{LAST} 年，年度预算数：报告未列明分项 50.25 万元" in said
        assert f"{NEXT} 年：没有可以核对的合计和分项" in said
        assert f"{LAST} 年的项目目标：2 个" in said
        assert f"{NEXT} 年的项目目标：1 个" in said
        assert f"财政拨款收支“财政拨款合计”（{LAST} 年）的“年度预算数”" in said


def test_a_duty_is_not_taken_for_one_of_the_year_in_front(good: Path) -> None:
    """Duties have no year: the page of 2024 told of a budget approved, and made public, in 2023."""
    warned = "义务没有按年度分开记"
    assert warned not in words(built(good, LAST), "ledger")
    assert bring(good, "--year", str(NEXT)) == 0
    said = words(built(good, NEXT), "ledger")
    assert f"起算日：{LAST}-02-10" in said
    assert warned in said


def test_a_year_has_no_page_of_what_nothing_is_known_of(good: Path) -> None:
    """Forms of a year say nothing of money, results and staff."""
    assert bring(good, "--year", str(NEXT)) == 0
    site = built(good, LAST)
    assert f"ledger/{NEXT}" in pages(site)
    assert not {f"{page}/{NEXT}" for page in ("money", "results", "organisation", "evaluation")} & pages(site)
    assert "这一页是" not in words(site, "money")
    money = words(built(good), "money")
    assert f"这一页是 {NEXT} 年度的。其他年度：{LAST} 年" in money


def test_a_page_of_another_year_shows_an_edit_of_the_page_in_front(good: Path) -> None:
    report_again(good)
    config = around(good)
    docs = good.parent / "docs"
    docs.unlink()
    shutil.copytree(ROOT / "docs", docs)
    preview = Preview(config, good.parent / "served")
    page = docs / "money.md"
    page.write_text(page.read_text(encoding="utf-8").replace("点任何一个数", "点每一个数"), encoding="utf-8")
    assert preview.changed()
    assert "点每一个数" in (preview.page(f"money/{LAST}/") or "")
    text = (good / "data" / "appropriations.csv").read_text(encoding="utf-8")
    (good / "data" / "appropriations.csv").write_text(text.replace("150.00", "151.00", 1), encoding="utf-8")
    assert preview.changed()
    assert "151.00" in (preview.page(f"money/{LAST}/") or "")
    assert "151.00" not in (preview.page("money/") or "")


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
    assert f"没有名称的绩效目标（{LAST} 年）" in found
    assert f"收支（{LAST} 年）：预算多少，花了多少" in found
    feeds = "".join(path.read_text(encoding="utf-8") for path in (site / "feeds").glob("*.xml"))
    told = set(re.findall(r"projects/\d{4}/[a-z0-9-]+(?=/)", feeds))
    assert {f"projects/{LAST}/street-cleaning", f"projects/{NEXT}/p-0001"} <= told <= pages(site)
