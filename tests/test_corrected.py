"""After a release: what changes the package tells each correction and moves the version, up to the site."""

import csv
import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from books import LEVELS, National, national
from conftest import FULL, around
from disclosure.cli import main
from disclosure.package.load import load
from disclosure.quality import rules, schema
from disclosure.quality.checks import check
from disclosure.quality.report import blocking
from disclosure.quality.rules import rules_bytes
from disclosure.release.form import form
from disclosure.release.official import official
from lxml import html
from openpyxl import load_workbook
from openpyxl.cell import MergedCell

SILENT = ("NA", "NA", "NA", "", *["NA"] * 6)  # of a form's head and money
CELLS = ("2023,hall-repair,会堂维修", *SILENT, "name,,,,", *["NA"] * 11, "project-hall,,,\n")
HALL = (
    ("data/projects.csv", ",".join(CELLS)),
    ("data/citations.csv", "project-hall,report,二,会堂维修,\n"),
)
DECISION = ("--ground", "privacy", "--decided-by", "样例区办公室", "--decided-on", "2023-05-01",
            "--review-on", "2024-05-01")  # fmt: skip
NUMBER = 2_300 if FULL else 23  # projects of an office
LONG = 250  # corrections more than a page has room for
GONE = ("indicators", "2023/street-cleaning/6", "name")
SPENT = ("projects", "2023/public-service", "expenditure_wan")


@pytest.fixture
def released(roomy: Path) -> Path:
    """The good package with a target that is listed by name alone, and room for more, released in 2024."""
    for path, line in HALL:
        with (roomy / path).open("a", encoding="utf-8") as file:
            file.write(line)
    descriptor = roomy / "datapackage.json"
    text = descriptor.read_text(encoding="utf-8")
    descriptor.write_text(re.sub(r'"created": "[\d-]+', '"created": "2024-01-01', text), encoding="utf-8")
    assert main(["seal", str(roomy)]) == 0
    assert main(["release", str(roomy)]) == 0
    return roomy


def filled(root: Path, file: Path, spent: float) -> Path:
    """The official form of a project, as the package has it but for what was spent."""
    package, _ = load(root)
    row = package.tables["projects"].index["2023", "public-service"]
    file.write_bytes(form(official(package, row)))
    book = load_workbook(file)
    (cell,) = (
        cell
        for line in book.worksheets[0].iter_rows()
        for cell in line
        if cell.value == row["expenditure_wan"]
    )
    cell.value = spent
    book.save(file)
    return file


def without_its_last_indicator(root: Path, file: Path) -> Path:
    """The official form of a project as the package has it, one indicator fewer."""
    package, _ = load(root)
    table = package.tables["indicators"]
    fewer = replace(package, tables={**package.tables, "indicators": replace(table, rows=table.rows[:-1])})
    file.write_bytes(form(official(fewer, package.tables["projects"].index["2023", "street-cleaning"])))
    return file


def bring(root: Path, *files: Path, on: str = "2024-07-01", more: tuple[str, ...] = ()) -> int:
    return main(["import", *map(str, files), "--package", str(root), "--on", on, *more])


def told(root: Path) -> dict[tuple[str, str, str], dict[str, str]]:
    """The rows of corrections by the cell they tell of; no cell has two since the fixture's own."""
    rows = list(csv.DictReader((root / "data" / "corrections.csv").read_text(encoding="utf-8").splitlines()))
    found = {(row["resource"], row["row_key"], row["field"]): row for row in rows}
    assert len(found) == len(rows)
    return found


def version(root: Path) -> tuple[str, str]:
    value = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    return value["version"], value["created"][:10]


def holds(root: Path) -> bool:
    return not blocking(check(root)[1])


def test_an_import_tells_what_it_corrects_and_moves_the_version(released: Path, tmp_path: Path) -> None:
    before = told(released)
    assert bring(released, filled(released, tmp_path / "a.xlsx", 95.5)) == 0
    assert holds(released)
    assert version(released) == ("1.1.0", "2024-07-01")
    found = told(released)
    (row,) = (found[place] for place in [SPENT])
    assert (row["old_value"], row["new_value"], row["corrected_on"]) == ("96.00", "95.5", "2024-07-01")
    assert "a.xlsx" in row["reason"]
    assert "项目支出绩效" in row["reason"]
    assert {place[2] for place in found.keys() - before} == {
        "expenditure_wan",
        "citation_id",
        "goal_citation_id",
    }
    assert main(["release", str(released)]) == 0


def test_nothing_is_dated_before_the_release_that_it_changes(
    released: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, (_, day) = filled(released, tmp_path / "a.xlsx", 95.5), version(released)
    files = {path: path.read_bytes() for path in released.rglob("*.*")}
    assert bring(released, own, on="2020-01-01") == 2
    assert f"name another day with --on. (2020-01-01 < {day})" in capsys.readouterr().err
    decision = ["withhold", "hall-repair", *DECISION, "--package", str(released)]
    assert main([*decision, "--on", "2023-05-02"]) == 2
    assert {path: path.read_bytes() for path in released.rglob("*.*")} == files
    (released / "data" / "glossary.csv").write_bytes(files[released / "data" / "glossary.csv"][:-2] + b"x\n")
    assert main(["seal", str(released), "--on", "2020-01-01"]) == 2
    assert main(["seal", str(released), "--on", day]) == 0


def test_a_release_of_older_rules_is_imported_into_and_tells_that_they_moved(
    released: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    own, table = filled(released, tmp_path / "a.xlsx", 95.5), rules_bytes().replace(b"1.0.0", b"1.0.1", 1)
    for module in (rules, schema):
        monkeypatch.setattr(module, "rules_bytes", lambda: table, raising=False)
    assert not holds(released)
    assert bring(released, own) == 0
    assert "the table of rules is now that of this software" in capsys.readouterr().out
    assert (holds(released), version(released)) == (True, ("1.1.0", "2024-07-01"))
    assert not any(place[0] == "rules" for place in told(released))


def test_what_is_brought_twice_is_told_once(released: Path, tmp_path: Path) -> None:
    first = filled(released, tmp_path / "a.xlsx", 95.5)
    assert bring(released, first) == 0
    files = {path: path.read_bytes() for path in released.rglob("*.*")}
    assert bring(released, first, on="2024-07-09") == 0
    assert {path: path.read_bytes() for path in released.rglob("*.*")} == files
    name = told(released)[SPENT]["correction_id"]
    assert bring(released, filled(released, tmp_path / "b.xlsx", 94), on="2024-08-01") == 0
    row = told(released)[SPENT]
    assert (row["old_value"], row["new_value"], row["corrected_on"]) == ("96.00", "94", "2024-08-01")
    assert row["correction_id"] == name
    assert "b.xlsx" in row["reason"]
    assert version(released) == ("1.1.0", "2024-08-01")  # never twice for the same release
    assert bring(released, filled(released, tmp_path / "c.xlsx", 96), on="2024-08-02") == 0
    assert SPENT not in told(released)  # undone before anybody was told
    assert holds(released)


def test_a_whole_office_after_a_release_is_told_cell_by_cell(tmp_path: Path) -> None:
    root, forms = tmp_path / "datapackage", tmp_path / "forms"
    assert main(["sample", str(root), "--projects", str(NUMBER), "--full"]) == 0
    assert main(["release", str(root)]) == 0
    before = load(root)[0]
    forms.mkdir()
    for row in before.rows("projects"):
        less = (row.amount("expenditure_wan") or Decimal(1)) - Decimal("0.01")
        values = tuple(less if name == "expenditure_wan" else row[name] for name in row.places)
        (forms / f"{row.text('project_id')}.xlsx").write_bytes(
            form(official(before, replace(row, values=values)))
        )
    assert bring(root, forms, on="2025-07-01") == 0
    after = load(root)[0].tables["projects"].index
    spent = {place: row for place, row in told(root).items() if place[2] == "expenditure_wan"}
    assert len(spent) == NUMBER
    for key, row in before.tables["projects"].index.items():
        one = spent["projects", "/".join(key), "expenditure_wan"]
        now = after[key].text("expenditure_wan")
        assert (one["old_value"], one["new_value"]) == (row.text("expenditure_wan"), now)
        assert one["old_value"] != now
    # Digits with a letter beside them are no number of a bank card, which one id in thousands would be.
    assert all(re.fullmatch("c[0-9a-f]{16}", row["correction_id"]) for row in spent.values())
    indicators = {place[1] for place in told(root) if place[0] == "indicators"}
    assert len(indicators) == len(before.rows("indicators"))  # each cites its form now
    assert version(root) == ("0.2.0", "2025-07-01")


def test_after_the_next_release_it_begins_anew(released: Path, tmp_path: Path) -> None:
    assert bring(released, filled(released, tmp_path / "a.xlsx", 95.5)) == 0
    kept = set(load(released)[0].citations)
    assert main(["release", str(released)]) == 0
    assert bring(released, filled(released, tmp_path / "b.xlsx", 94), on="2024-08-01") == 0
    rows = list(
        csv.DictReader((released / "data" / "corrections.csv").read_text(encoding="utf-8").splitlines())
    )
    spent = [(row["old_value"], row["new_value"]) for row in rows if row["field"] == SPENT[2]]
    assert spent == [("96.00", "95.5"), ("95.5", "94")]
    package, _ = load(released)
    assert kept <= set(package.citations)
    assert {row.text("title") for row in package.rows("sources")} >= {
        "a.xlsx",
        "b.xlsx",
    }  # what was published stays
    assert holds(released)
    assert version(released)[0] == "1.2.0"


def test_new_projects_and_cells_that_were_missing_are_no_corrections(released: Path, tmp_path: Path) -> None:
    before = told(released)
    (tmp_path / "new.xlsx").write_bytes(national(National()))
    assert bring(released, tmp_path / "new.xlsx") == 0
    assert told(released) == before
    assert version(released)[0] == "1.1.0"
    assert holds(released)


def test_an_indicator_that_is_gone_has_to_be_told(
    released: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, corrections = released / "data" / "indicators.csv", released / "data" / "corrections.csv"
    kept, before = file.read_bytes(), corrections.read_bytes()
    file.write_bytes(b"".join(kept.splitlines(keepends=True)[:-1]))
    assert main(["seal", str(released), "--on", "2024-07-01"]) == 0
    assert main(["diff", str(next((released / "releases").glob("*.zip"))), str(released)]) == 0
    assert f"{' / '.join(GONE)}: 居民满意度 -> " in capsys.readouterr().out
    assert not holds(released)
    (problem,) = blocking(check(released)[1])
    assert (problem.rule, problem.column) == ("correction-recorded", GONE[2])
    assert problem.expected == f"{GONE[1]}: 居民满意度"
    corrections.write_bytes(before + f"gone,{','.join(GONE)},别的,,重复,2024-07-01,\n".encode())
    assert main(["seal", str(released)]) == 0
    assert [item.expected for item in blocking(check(released)[1])] == [problem.expected]
    corrections.write_bytes(before + f"gone,{','.join(GONE)},居民满意度,,重复,2024-07-01,\n".encode())
    assert main(["seal", str(released)]) == 0
    assert holds(released)
    file.write_bytes(kept)
    corrections.write_bytes(before)
    assert bring(released, without_its_last_indicator(released, tmp_path / "a.xlsx")) == 0
    assert holds(released)
    row = told(released)[GONE]
    assert (row["old_value"], row["new_value"], row["corrected_on"]) == ("居民满意度", "", "2024-07-01")


def test_a_decision_to_withhold_is_told_with_its_ground(released: Path) -> None:
    assert main(["withhold", "hall-repair", *DECISION, "--on", "2024-07-01", "--package", str(released)]) == 0
    assert holds(released)
    row = told(released)["projects", "2023/hall-repair", "disclosure_state"]
    assert (row["old_value"], row["new_value"], row["corrected_on"]) == ("name", "withheld", "2024-07-01")
    assert "样例区办公室 2023-05-01" in row["reason"]
    assert version(released) == ("1.1.0", "2024-07-01")
    files = {path: path.read_bytes() for path in released.rglob("*.*")}
    assert main(["withhold", "hall-repair", *DECISION, "--package", str(released)]) == 0
    assert {path: path.read_bytes() for path in released.rglob("*.*")} == files


def test_what_a_hand_has_changed_is_not_explained_by_an_import(
    released: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = released / "data" / "glossary.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("收支计划。", "计划。", 1), encoding="utf-8")
    assert main(["seal", str(released)]) == 0
    own = filled(released, tmp_path / "a.xlsx", 95.5)
    capsys.readouterr()
    assert bring(released, own) == 1
    said = capsys.readouterr().out
    assert said.endswith("nothing was written: 1 problems first, of the package and not of a form\n")
    assert SPENT not in told(released)


def test_a_dry_run_shows_each_correction_and_writes_none(
    released: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {path: path.read_bytes() for path in released.rglob("*.*")}
    own = filled(released, tmp_path / "a.xlsx", 95.5)
    capsys.readouterr()
    assert bring(released, own, more=("--dry-run",)) == 0
    text = capsys.readouterr().out
    told = r"  corrections \S+ projects 2023/public-service\n    ~ expenditure_wan: 96.00 → 95.5 \(.+\)\n"
    assert re.search(told, text)
    assert "version: 1.1.0" in text
    assert bring(released, own, more=("--dry-run", "--format", "json")) == 0
    value = json.loads(capsys.readouterr().out)
    assert value["version"] == "1.1.0"
    assert {row["field"] for row in value["corrections"]} >= {"expenditure_wan", "citation_id"}
    assert {path: path.read_bytes() for path in released.rglob("*.*")} == files


def test_the_site_shows_corrections_states_and_the_history_of_a_figure(
    released: Path, tmp_path: Path
) -> None:
    assert bring(released, filled(released, tmp_path / "a.xlsx", 95.5)) == 0
    assert main(["withhold", "hall-repair", *DECISION, "--on", "2024-07-02", "--package", str(released)]) == 0
    assert bring(released, without_its_last_indicator(released, tmp_path / "b.xlsx"), on="2024-07-03") == 0
    with (released / "data" / "corrections.csv").open("a", encoding="utf-8") as file:
        for number in range(LONG):  # of an earlier day, each as long as a goal
            place = f"long-{number},glossary,budget,explanation"
            file.write(f"{place},{'旧' * 150},{'新' * 150}{number},改写,2024-06-01,\n")
    assert main(["seal", str(released), "--on", "2024-07-03"]) == 0
    assert main(["release", str(released)]) == 0
    site = tmp_path / "site"
    assert main(["build", "--site", str(site), "--config", str(around(released))]) == 0
    page = html.fromstring((site / "corrections" / "index.html").read_text(encoding="utf-8"))
    lines = ["".join(map(str, row.itertext())) for row in page.iterfind(".//main//tbody/tr")]
    assert any(
        "96.00" in line and "95.5" in line and "便民服务" in line and "a.xlsx" in line for line in lines
    )
    assert any("2024-07-02" in line and "会堂维修" in line and "依法不予公开" in line for line in lines)
    assert page.xpath("//main//a[contains(@href, 'data/1.0.0/')]")
    values = next(page.iterfind(".//main//details"))  # of values; states and evidence follow
    said = "".join(map(str, values.itertext()))
    written = len(values.findall(".//tbody/tr"))
    assert 20 < written < LONG
    assert f"改了的数字和文字：{LONG + 3} 处" in said
    assert f"另有 {LONG + 3 - written} 处" in said
    assert [link.get("href") for link in values.iterfind("p/a")] == ["../data/corrections.csv"]
    for path in ("corrections", "data/1.1.0"):
        assert (site / path / "index.html").stat().st_size < 300_000
    changed = html.fromstring((site / "data" / "1.1.0" / "index.html").read_text(encoding="utf-8"))
    assert any(
        "，".join(GONE) in line and "居民满意度" in line
        for line in map(html.HtmlElement.text_content, changed.iterfind(".//main//tbody/tr"))
    )
    feed = (site / "feeds" / "corrections.xml").read_text(encoding="utf-8")
    assert "原来 96.00，现在 95.5。" in feed
    assert "会堂维修" in feed
    assert "原来 居民满意度，现在 （空）。" in feed
    assert "撤下的行 1" in (site / "feeds" / "releases.xml").read_text(encoding="utf-8")
    states = (site / "feeds" / "states.xml").read_text(encoding="utf-8")
    assert "2024-07-03T00:00:00Z" in states  # of the version that first says so
    shown = (site / "projects" / "2023" / "public-service" / "index.html").read_text(encoding="utf-8")
    assert "2024-07-01：96.00 改为 95.5。" in shown
    assert "换了依据" in shown


@pytest.mark.parametrize("kind", ["target", "evaluation"])
def test_a_form_without_the_goal_or_the_indicators_that_are_public_is_refused(
    roomy: Path, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It kept the goal beside a form that does not state it, or took the public target for a name alone."""
    forms = {name: tmp_path / f"{name}.xlsx" for name in ("full", "blank", "bare", "other")}
    forms["full"].write_bytes(national(National(kind="target")))
    forms["blank"].write_bytes(national(National(kind=kind, goal="", budget=9.5)))
    forms["bare"].write_bytes(national(National(kind=kind)))
    book = load_workbook(forms["bare"])
    for line in book.worksheets[0].iter_rows():
        if {cell.value for cell in line} & {name for *_, name in LEVELS}:
            for cell in line:
                if not isinstance(cell, MergedCell):
                    cell.value = None
    book.save(forms["bare"])
    forms["other"].write_bytes(national(National(kind=kind, name="另一个项目", goal="")))
    assert bring(roomy, forms["full"]) == 0
    before = {path: path.read_bytes() for path in roomy.rglob("*.*")}
    capsys.readouterr()
    assert bring(roomy, forms["blank"]) == 1
    said = capsys.readouterr().out
    assert "form-says-less" in said
    assert "完成 50 个项目的预算编制。" in said
    assert bring(roomy, forms["bare"]) == 1
    said = capsys.readouterr().out
    assert "form-says-less" in said
    assert "项目数量" in said
    assert {path: path.read_bytes() for path in roomy.rglob("*.*")} == before
    assert bring(roomy, forms["blank"], forms["other"], more=("--keep-going",)) == 1
    rows = [
        row for row in load(roomy)[0].rows("projects") if row.text("name") in ("委托业务项目", "另一个项目")
    ]
    assert [row.text("disclosure_state") for row in rows] == ["full", "name"]


def test_the_number_of_a_project_that_was_published_is_no_other_project_s(
    released: Path, tmp_path: Path
) -> None:
    """Its page and its old versions are known by it."""
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    first.write_bytes(national(National(name="先列的项目", kind="target")))
    second.write_bytes(national(National(name="后来的项目", kind="target")))
    assert bring(released, first) == 0
    assert main(["release", str(released)]) == 0
    (gone,) = (row for row in load(released)[0].rows("projects") if row.text("name") == "先列的项目")
    key, day, rows = gone.text("project_id"), "2024-08-01", []
    for number, name in enumerate(("projects", "project_funds", "indicators")):
        table = load(released)[0].tables[name]
        file = released / table.path
        for place, row in table.index.items():
            if place[1] == key:
                rows.append(
                    f"g{number}{row.line},{name},{'/'.join(place)},name,{row.text('name')},,误列,{day},\n"
                )
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text("".join(line for line in lines if f",{key}," not in line), encoding="utf-8")
    with (released / "data" / "corrections.csv").open("a", encoding="utf-8") as corrections:
        corrections.write("".join(rows))
    assert main(["seal", str(released), "--on", day]) == 0
    assert holds(released)
    assert bring(released, second, on=day) == 0
    (new,) = (row for row in load(released)[0].rows("projects") if row.text("name") == "后来的项目")
    assert new.text("project_id") not in (key, "")
    assert holds(released)
