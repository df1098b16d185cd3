"""Charts: findings follow from figures, files say what the records say, nothing is drawn wrongly."""

import csv
import hashlib
import re
import shutil
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from conftest import PACKAGES, ROOT, sums
from disclosure.cli import main
from disclosure.model import Package
from disclosure.package.computed import computed
from disclosure.package.figures import Figure
from disclosure.package.load import load
from disclosure.quality.report import results
from disclosure.website import permalink, wording
from disclosure.website.chart_files import HEAD, chart_files, charts, table
from disclosure.website.charts import Chart
from disclosure.website.desk import Desk, desk
from disclosure.website.edition import Site
from disclosure.website.flow import MOST, goal_flow
from disclosure.website.headers import META
from disclosure.website.ledger import coverage_by_amount
from disclosure.website.money import money
from disclosure.website.pictures import drawable
from disclosure.website.render import chart_style, render
from lxml import html
from PIL import Image

SVG = "{http://www.w3.org/2000/svg}"
NAMES = {"budget", "composition", "execution", "staff", "disclosure", "flow"}


def made_of(package: Package) -> Desk:
    year = package.years[-1]
    return desk(Site(package, year, computed(package, year), results(package, []), (), {}))


@pytest.fixture(scope="module")
def real() -> Desk:
    return made_of(load(ROOT / "datapackage")[0])


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sample") / "package"
    assert main(["sample", str(root), "--projects", "60", "--full"]) == 0
    return root


def findings(made: Desk) -> dict[str, str]:
    return {chart.id: finding for chart, finding in charts(made)}


def figure(made: Desk, name: str) -> Figure:
    return made.site.computed[name]


def test_each_title_states_what_this_package_says(real: Desk, good: Path, sample: Path) -> None:
    """The numbers of a finding are those of its chart; another package finds something else."""
    found = [findings(made) for made in (real, made_of(load(good)[0]), made_of(load(sample)[0]))]
    assert all(set(each) == NAMES for each in found)
    for name in NAMES:
        assert len({each[name] for each in found}) == 3, name
    for made in (real, made_of(load(sample)[0])):
        for chart, finding in charts(made):
            numbers = set(re.findall(r"\d[\d,.]*\d|\d", finding))
            known = {wording.shown(part) for _, _, part in chart.rows}
            known |= {wording.shown(part) for part in made.site.computed.values()}
            assert numbers <= known, finding


def test_a_finding_changes_with_its_figures(change: Callable[[str, str, str], Path]) -> None:
    root = change("data/projects.csv", "service-center,,2,100.00", "service-center,,1,100.00")
    made = made_of(load(root)[0])
    assert figure(made, "computed.2023.goal.1.count").value == 2
    assert figure(made, "computed.2023.goal.1.budget_wan").value == Decimal("300.50")
    assert figure(made, "computed.2023.goal.2.count").value == 0
    assert "computed.2023.goal.2.budget_wan" not in made.site.computed
    assert "300.50 万元" in findings(made)["flow"]


def test_what_the_report_does_not_link_is_drawn_as_not_linked(real: Desk) -> None:
    """No project of the real report names its goal: no line says it does; equal words have their own."""
    flow = goal_flow(real)
    looks = [ribbon.look for ribbon in flow.chart.ribbons]
    assert looks.count("unlinked") == len(real.rows("projects"))
    assert "stated" not in looks
    repeated = [name for name in real.site.computed if ".recurrence." in name]
    assert looks.count("repeated") == len(repeated) > 0
    assert all(bar.figure.value == 0 for bar in flow.chart.bars[:-1])
    assert "都没有写为哪个总目标" in findings(real)["flow"]


@pytest.mark.parametrize(
    ("table", "old", "chart", "words"),
    [
        ("staff", "编外人员,18,", "staff", "最多的是"),
        ("appropriations", "150.00,NA,140.00", "execution", "最少的是"),
        ("projects", ",service-center,,2,100.00,", "flow", "最多的是"),
    ],
)
def test_nothing_is_called_the_most_or_the_least_while_one_of_them_is_not_known(
    good: Path, table: str, old: str, chart: str, words: str
) -> None:
    assert words in findings(made_of(load(good)[0]))[chart]
    file = good / "data" / f"{table}.csv"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, re.sub(r"[\d.]+(?=,$|$)", "NA", old)), encoding="utf-8")
    assert words not in findings(made_of(load(good)[0]))[chart]


def test_money_that_is_known_in_part_is_not_said_to_be_unknown(tmp_path: Path) -> None:
    assert main(["sample", str(tmp_path / "part"), "--projects", "60"]) == 0
    made = made_of(load(tmp_path / "part")[0])
    assert "按金额：只知道一部分" in render("coverage_by_amount", coverage_by_amount(made), "", {})
    assert main(["new", str(tmp_path / "new"), "--department", "新街道", "--year", "2025"]) == 0
    made = made_of(load(tmp_path / "new" / "datapackage")[0])
    assert "按金额：原文没有写" in render("coverage_by_amount", coverage_by_amount(made), "", {})


def test_a_bar_that_is_full_is_a_hundred_percent_unless_one_is_more(
    good: Path,
) -> None:
    whole = "整条的长度是百分之百"
    assert whole in render("execution_bars", money(made_of(load(good)[0])), "", {})
    file = good / "data" / "appropriations.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("NA,140.00", "NA,180.00"), encoding="utf-8")
    assert whole not in render("execution_bars", money(made_of(load(good)[0])), "", {})


def test_many_projects_are_sums_that_add_up(sample: Path) -> None:
    made = made_of(load(sample)[0])
    flow = goal_flow(made)
    assert len(made.rows("projects")) == 60 > MOST
    assert flow.is_summed
    assert len(flow.chart.ends) <= len(made.rows("objectives")) + 1
    assert sum(bar.figure.number for bar in flow.chart.bars) == 60
    total = figure(made, f"computed.{made.year}.listed.budget_wan")
    assert sum(bar.figure.number for bar in flow.chart.ends) == total.number


def test_a_package_with_nothing_in_it_has_no_charts_and_says_so(tmp_path: Path) -> None:
    assert main(["new", str(tmp_path / "new"), "--department", "新街道", "--year", "2025"]) == 0
    made = made_of(load(tmp_path / "new" / "datapackage")[0])
    assert list(chart_files(made)) == []
    assert "还看不出来" in render("goal_flow", goal_flow(made), "", {})


def test_the_csv_of_a_chart_is_its_records_cell_for_cell(site: Path, real: Desk) -> None:
    found = dict(chart_files(real))
    for chart, _ in charts(real):
        assert (site / f"{chart.path}.csv").read_bytes() == found[f"{chart.path}.csv"]
        lines = list(csv.DictReader(StringIO(table(chart))))
        assert list(lines[0]) == list(HEAD)
        assert len(lines) == len(list(chart.rows))
        for line, (label, part, value) in zip(lines, chart.rows, strict=True):
            cells = (label, part, wording.exact(value), value.unit, value.id)
            assert (line["item"], line["part"], line["value"], line["unit"], line["figure_id"]) == cells
            assert line["citation_ids"], value.id
            assert set(line["citation_ids"].split()) <= set(real.package.citations)
            if value.citation:
                assert line["quote"] == value.citation.quote
            else:
                assert line["operands"].split() == [operand.id for operand in value.operands]


def test_the_svg_of_a_chart_shows_each_of_its_figures_and_needs_no_other_file(site: Path, real: Desk) -> None:
    for chart, finding in charts(real):
        root = ET.fromstring((site / f"{chart.path}.svg").read_bytes())
        assert root.tag == f"{SVG}svg"
        assert root.get("role") == "img"
        assert root.get("aria-labelledby") == "title desc"
        assert root.findtext(f"{SVG}title") == finding
        words = "".join(text.text or "" for text in root.iter(f"{SVG}text"))
        described = root.findtext(f"{SVG}desc") or ""
        assert finding.replace(" ", "") in words.replace(" ", "")
        assert chart.source in words
        for _, part, value in chart.rows:
            assert wording.with_unit(value) in described
            assert wording.with_unit(value) in words or (chart.ends and part == "预算合计")
        for element in root.iter():
            assert element.tag.removeprefix(SVG) not in ("script", "image", "foreignObject", "a", "use")
            for name, given in element.attrib.items():
                assert not name.endswith("href")
                assert "url(" not in given or given == "url(#hatch)"
        assert "url(" not in (root.findtext(f"{SVG}style") or "")
        width, height = (Decimal(part) for part in (root.get("viewBox") or "").split()[2:])
        for mark in root.iter(f"{SVG}rect"):
            right = Decimal(mark.get("x", "0")) + Decimal(mark.get("width", "0"))
            assert right <= width, chart.id
        for text in root.iter(f"{SVG}text"):
            assert 0 < Decimal(text.get("y", "0")) < height


def test_the_length_of_a_bar_is_its_share_of_the_longest(real: Desk) -> None:
    for chart, _ in charts(real):
        drawn = [part for bar in (*chart.bars, *chart.ends) for part in bar.parts if part.width]
        if drawn:
            longest = max(drawn, key=lambda part: part.figure.number)
            for part in drawn:
                share = part.figure.number / longest.figure.number
                assert abs(part.width / longest.width - share) < Decimal("0.001"), part.label


def test_the_policy_lets_in_the_style_of_the_files_and_no_other(site: Path) -> None:
    digest = b64encode(hashlib.sha256(chart_style().encode("utf-8")).digest()).decode("ascii")
    assert META.count("sha256-") == 1
    assert f"style-src 'self' 'sha256-{digest}'" in META
    for path in site.glob("charts/*/*.svg"):
        style = ET.fromstring(path.read_bytes()).findtext(f"{SVG}style")
        assert style == chart_style()


def test_the_png_is_the_same_picture_at_twice_the_size_on_every_machine(site: Path, real: Desk) -> None:
    found, listed = dict(chart_files(real)), sums((site / "SHA256SUMS").read_text(encoding="utf-8"))
    for chart, _ in charts(real):
        content = found[f"{chart.path}.png"]
        assert hashlib.sha256(content).hexdigest() == listed[f"{chart.path}.png"]
        root = ET.fromstring(found[f"{chart.path}.svg"])
        with Image.open(BytesIO(content)) as image:
            assert image.size == (2 * int(root.get("width", "0")), 2 * int(root.get("height", "0")))
            colours = image.convert("RGB").getcolors(1 << 24) or []
        # Paper, ink, and a mark; a picture without its words or without its marks has fewer.
        seen = {colour for _, colour in colours}
        assert {(251, 250, 246), (22, 36, 46)} <= seen, chart.id
        assert {(11, 107, 93), (154, 98, 0)} & seen, chart.id


def test_a_sign_that_the_font_lacks_makes_no_picture_with_boxes(
    change: Callable[[str, str, str], Path],
) -> None:
    assert drawable("一般公共预算 19,414.60 万元（①“街”）\n")
    assert not drawable("𡘙")
    root = change("data/objectives.csv", "2023,1,市容环境,", "2023,1,市容𡘙环境,")
    found = dict(chart_files(made_of(load(root)[0])))
    assert "charts/2023/flow.svg" in found
    assert "charts/2023/flow.png" not in found
    assert "charts/2023/budget.png" in found
    made = made_of(load(root)[0])
    page = render("goal_flow", goal_flow(made), "../", {})
    assert "flow.svg" in page
    assert "flow.png" not in page


def on_page(pages: dict[str, html.HtmlElement], chart: Chart) -> list[html.HtmlElement]:
    places = {"staff": "organisation", "flow": "objectives", "disclosure": ""}
    path = f"{places.get(chart.id, 'money')}/index.html".lstrip("/")
    return list(
        pages[path].xpath(f"//details[following-sibling::nav[1]/a[contains(@href, '{chart.path}.svg')]]")
    )


def test_under_each_chart_stand_its_figures_as_links_to_their_sentences_and_its_files(
    pages: dict[str, html.HtmlElement], real: Desk, site: Path
) -> None:
    for chart, _ in charts(real):
        details = on_page(pages, chart)[-1]
        links = details.xpath(".//td//a[contains(@class, 'figure')]")
        rows = list(chart.rows)
        assert len(details.xpath(".//tbody/tr")) == len(rows)
        for link, (_, _, value) in zip(links, rows, strict=True):
            assert link.get("href").endswith(permalink.url(value))
            assert link.xpath(".//data/@value") == [wording.exact(value)]
        files = details.xpath("following-sibling::nav[1]/a/@href")
        assert [Path(link).suffix for link in files] == [".svg", ".png", ".csv"]
        assert all((site / link.replace("../", "")).is_file() for link in files)


def test_every_picture_on_a_page_is_named_described_and_coloured_by_classes(
    pages: dict[str, html.HtmlElement],
) -> None:
    for path, tree in pages.items():
        for picture in tree.xpath("//*[name()='svg'][@role='img']"):
            names = picture.get("aria-labelledby").split()
            for name, tag in zip(names, ("title", "desc"), strict=True):
                (named,) = tree.xpath("//*[@id=$name]", name=name)
                assert named.tag == tag, path
                assert named.text_content().strip(), path
            painted = picture.xpath(".//@fill | .//@stroke | .//@style")
            assert all(value.startswith("url(#") for value in painted), path


def test_hostile_words_stay_words_in_the_files(good: Path) -> None:
    package = load(good)[0]
    hostile = "</text><script>alert(1)</script>&\"'"
    found = package.tables["objectives"]
    rows = tuple(
        replace(row, values=tuple(hostile if name == "name" else row[name] for name in row.places))
        for row in found.rows
    )
    made = made_of(replace(package, tables={**package.tables, "objectives": replace(found, rows=rows)}))
    root = ET.fromstring(dict(chart_files(made))["charts/2023/flow.svg"])
    assert not list(root.iter(f"{SVG}script"))
    assert "<script>" in "".join(root.itertext())


def test_two_sites_have_the_same_charts_to_the_byte(tmp_path: Path) -> None:
    shutil.copytree(PACKAGES / "good", tmp_path / "other")
    both = [dict(chart_files(made_of(load(root)[0]))) for root in (PACKAGES / "good", tmp_path / "other")]
    assert both[0] == both[1]
    assert len(both[0]) == 3 * len(NAMES)
