"""Filled forms become rows of the package: cited, checked, in one step; a second import changes nothing."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from books import National, laid_out, national, xlsx
from conftest import PACKAGES
from disclosure.cli import main
from disclosure.package.load import load
from disclosure.quality.checks import check
from disclosure.quality.report import blocking
from disclosure.release.template import template
from openpyxl import load_workbook

YEAR = 2023
THEIRS = "样例街道市政所"  # a unit by its name, which no table lists
OFFICE = "样例区样例街道办事处"  # whose package it is; none of its units bears that name


@pytest.fixture
def good(roomy: Path) -> Path:
    return roomy


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A form of the good package's own department, as a file."""
    return saved(tmp_path / "form.xlsx")


def saved(path: Path, **changes: object) -> Path:
    path.write_bytes(national(National(**changes)))  # type: ignore[arg-type]
    return path


def files(root: Path) -> dict[str, str]:
    """Every file below a folder with its checksum."""
    found = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found
    }


def bring(root: Path, *arguments: str | Path) -> int:
    return main(["import", *map(str, arguments), "--package", str(root)])


def told(capsys: pytest.CaptureFixture[str], root: Path, *arguments: str | Path) -> dict[str, Any]:
    capsys.readouterr()
    bring(root, *arguments, "--format", "json")
    return dict(json.loads(capsys.readouterr().out))


def row(root: Path, name: str) -> dict[str, str]:
    package, problems = load(root)
    assert problems == []
    (found,) = (item for item in package.rows("projects") if item.text("name") == name)
    return {field: found.text(field) for field in package.tables["projects"].columns}


def test_a_complete_form_is_disclosed_in_full_without_anyone_typing_a_state(good: Path, own: Path) -> None:
    assert bring(good, own) == 0
    found = row(good, "委托业务项目")
    assert found["disclosure_state"] == "full"
    assert (found["budget_wan"], found["adjusted_budget_wan"], found["expenditure_wan"]) == ("9", "8", "7.5")
    package, problems = check(good)
    assert blocking(problems) == []
    assert len(package.indicators[str(YEAR), found["project_id"]]) == 4


def test_every_row_cites_its_workbook_its_sheet_and_its_cells(good: Path, own: Path) -> None:
    assert bring(good, own) == 0
    package, _ = load(good)
    (source,) = (item for item in package.sources.values() if item.text("kind") == "workbook")
    assert source.text("title") == "form.xlsx"
    assert source.text("sha256") == hashlib.sha256(own.read_bytes()).hexdigest()
    indicator = package.rows("indicators")[-1]
    citation = package.citations[indicator.text("citation_id")]
    assert citation.text("source_id") == source.text("source_id")
    assert citation.text("section").startswith("Sheet1!B")
    assert citation.text("quote").startswith("满意度指标（10分） 满意度指标 公众满意度 ≥90%")


def test_a_second_import_changes_nothing(good: Path, own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bring(good, own) == 0
    before = files(good)
    again = told(capsys, good, own)
    assert files(good) == before
    assert again["written"] is False
    form = again["forms"][0]
    assert (form["added"], form["changed"]) == (0, 0)
    assert form["left_alone"] > 100


@pytest.mark.parametrize(
    ("locale", "lines"),
    [
        (
            "C",
            (
                "  projects 2023 p-0001\n    + name: 委托业务项目 (",
                "    + budget_wan: 9 (E6)\n",
                "    + NA: project_code, objective_no, period, long_term_goal, ",
                "  indicators 2023 p-0001 1\n    + tree: 2020\n    + level_1: output (",
                "    + target_as_written: ≥50个 (F13)\n",
                "    + empty: unit_name, withhold_ground, decided_by, ",
            ),
        ),
        (
            "zh_CN.UTF-8",
            (
                "  项目 2023 p-0001\n    + 项目名称：委托业务项目（",
                "    + 预算数：9（E6）\n",
                "    + 表上没有写：项目代码、对应总目标、项目实施期、长期目标、",
                "  绩效指标 2023 p-0001 1\n    + 指标体系版本：2020 年版",
                "    + 一级指标：产出指标（",
                "    + 指标值原文：≥50个（F13）\n",
                "    + 空着：实施单位（表上写法）、不予公开的理由、",
            ),
        ),
    ],
)
def test_a_dry_run_shows_each_cell_and_writes_nothing(
    good: Path,
    own: Path,
    locale: str,
    lines: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    before = files(good)
    assert bring(good, own, "--dry-run") == 0
    assert files(good) == before
    shown = capsys.readouterr().out
    for line in lines:
        assert line in shown


def test_a_dry_run_names_every_cell_that_the_import_would_add(
    good: Path, own: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a line of its own, in the line of those that say nothing, or as a part of its row's key."""
    saved(own, targets=("≥1个", "≥98%", "提高", "≥90%"))
    monkeypatch.setenv("LC_ALL", "C")
    (form,) = told(capsys, good, own, "--dry-run")["forms"]
    assert bring(good, own, "--dry-run") == 0
    rows: dict[str, str] = {}
    head = ""
    for line in capsys.readouterr().out.splitlines():
        if line.startswith("    + "):
            rows[head] = f"{rows.get(head, '')}\n{line.strip(' +')}"
        elif not line.startswith("    "):
            head = line.strip()
    keys = load(good)[0].tables
    for cell in form["cells"]:
        row = rows[" ".join((cell["table"], *cell["key"]))]
        if cell["column"] not in keys[cell["table"]].key:
            said = "NA|empty" if cell["new"] in ("NA", "") else cell["column"]
            assert re.search(rf"^({said}): .*", row, re.MULTILINE), cell
            assert cell["column"] in row
    assert len(rows) == len({(cell["table"], *cell["key"]) for cell in form["cells"]})


def test_a_changed_form_changes_its_cells_and_no_other_row(
    good: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = saved(own.with_name("other.xlsx"), name="另一个项目")
    assert bring(good, own, other) == 0
    lines = (good / "data" / "projects.csv").read_text(encoding="utf-8").splitlines()
    saved(own, spent=8)
    form = told(capsys, good, own)["forms"][0]
    cells = {(cell["table"], cell["column"]): cell for cell in form["cells"]}
    assert cells["projects", "expenditure_wan"]["old"] == "7.5"
    assert cells["projects", "expenditure_wan"]["new"] == "8"
    after = (good / "data" / "projects.csv").read_text(encoding="utf-8").splitlines()
    assert [a == b for a, b in zip(lines, after, strict=True)].count(False) == 1
    package, _ = load(good)
    assert sum(item.text("kind") == "workbook" for item in package.sources.values()) == 2


def test_a_form_of_another_department_is_blocking_by_name(
    good: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved(own, department="219-别处镇人民政府", unit="219001-别处镇人民政府")
    before = files(good)
    found = told(capsys, good, own)
    assert files(good) == before
    (problem,) = (item for item in found["problems"] if item["severity"] == "error")
    assert problem["rule"] == "form-department"
    assert "别处镇人民政府" in problem["found"]
    assert bring(good, own, "--any-department") == 0
    assert row(good, "委托业务项目")["department"] == "别处镇人民政府"  # without its code


def test_keep_going_imports_the_good_forms_and_lists_the_others(
    good: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved(own.with_name("bad.xlsx"), name="坏表", budget="约 9 万元")
    before = files(good)
    assert bring(good, own, own.with_name("bad.xlsx")) == 1
    assert files(good) == before
    found = told(capsys, good, own, own.with_name("bad.xlsx"), "--keep-going")
    assert found["written"] is True
    (problem,) = (item for item in found["problems"] if item["severity"] == "error")
    assert (problem["file"], problem["column"], problem["rule"]) == ("bad.xlsx", "Sheet1!E6", "form-amount")
    assert problem["mend"]["zh"]
    assert row(good, "委托业务项目")["name"]


def test_a_cell_that_no_package_may_hold_is_named_by_its_place_in_the_form(
    good: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved(own, goal="完成 {{ 1 + 1 }} 项")
    found = told(capsys, good, own)
    wrong = [item for item in found["problems"] if item["severity"] == "error"]
    assert {item["file"] for item in wrong} == {"form.xlsx"}
    assert ("cell-plain-text", "Sheet1!B11") in {(item["rule"], item["column"]) for item in wrong}


def test_a_target_below_nil_comes_in_with_its_sign(good: Path, own: Path) -> None:
    saved(own, targets=("≥-5%", "≤-18℃", "-3", "≥90%"), actuals=("-4%", "-20℃", -3, "92%"))
    assert bring(good, own) == 0
    package, problems = check(good)
    assert blocking(problems) == []
    rows = package.rows("indicators")[-4:]
    assert [row.text("target_value") for row in rows] == ["-5", "-18", "-3", "90"]
    assert [row.text("actual_value") for row in rows] == ["-4", "-20", "-3", "92"]


def test_a_telephone_in_a_text_is_blocking(good: Path, own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved(own, goal="完成 3 项，联系 13800138000。")
    found = told(capsys, good, own)
    assert "no-mobile-number" in {item["rule"] for item in found["problems"]}
    assert found["written"] is False


@pytest.mark.parametrize("options", [["--dry-run"], ["--format", "json"]])
def test_the_list_of_an_import_masks_what_the_problems_mask(
    good: Path, own: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where a problem of another rule has found the text: a name that is not in the package."""
    saved(own, name="便民 13800138000", goal="完成 3 项，联系 13900139000。")
    unread = saved(own.with_name("b.xlsx"), more={(30, 0): "经办 13700137000"})
    for forms in ([own], [unread]):
        capsys.readouterr()
        assert bring(good, *forms, *options) == 1
        shown = capsys.readouterr().out
        assert not re.search(r"13[0-9]{9}", shown)
        assert "***" in shown


def test_faults_of_the_source_are_kept_and_told(
    good: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The total 0 over a part of 90, weights that do not add up, more points than there are."""
    saved(own, budget=0, part=90, weights=(8, 8, 30, 10), scores=(9, 8, 30, 10))
    found = told(capsys, good, own)
    assert found["written"] is True
    rules = {item["rule"] for item in found["problems"]}
    assert {"project-funds-add-up", "weights-as-scheme", "score-within-weight", "total-as-parts"} <= rules
    assert row(good, "委托业务项目")["budget_wan"] == "0"


def test_a_listed_project_gets_its_target_form_and_keeps_what_the_report_states(
    good: Path, own: Path
) -> None:
    """The form has no column for expenditure: that stays, cited from the report's own sentence."""
    saved(own, kind="target", name="便民服务", unit="样例街综合服务中心", budget=100)
    assert bring(good, own) == 0
    found = row(good, "便民服务")
    assert found["project_id"] == "public-service"
    assert (found["budget_wan"], found["expenditure_wan"]) == ("100.00", "96.00")
    assert found["disclosure_state"] == "full"
    assert found["execution_citation_id"] == "project-service"
    assert blocking(check(good)[1]) == []


def test_a_target_form_and_a_self_evaluation_of_one_project(
    good: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = saved(own.with_name("a.xlsx"), kind="target")
    assert bring(good, own, plan) == 0
    before = files(good)
    assert "form-older" in {item["rule"] for item in told(capsys, good, plan)["problems"]}
    assert bring(good, own, plan) == 0
    assert files(good) == before


def test_a_target_form_that_says_otherwise_than_the_self_evaluation_is_told_of_once(
    good: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second import of both changes nothing, and each fault is told in the form that has it."""
    plan = saved(own.with_name("a.xlsx"), kind="target", targets=("≥40个", "≥90%", "好", "≥80%"))
    saved(own, weights=(20, 30, 30, 5))
    found = told(capsys, good, own, plan)
    assert found["written"] is True
    (wrong,) = (item for item in found["problems"] if item["rule"] == "total-as-parts")
    assert (wrong["file"], wrong["column"]) == ("form.xlsx", "Sheet1!H18")
    again = told(capsys, good, own, plan)
    assert again["written"] is False
    assert [form["cells"] for form in again["forms"]] == [[], []]


def test_files_of_one_name_are_named_with_their_folders(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for unit, budget in (("甲", 9), ("乙", "约 9 万元")):
        (tmp_path / "表" / unit).mkdir(parents=True)
        saved(tmp_path / "表" / unit / "form.xlsx", name=f"{unit}项目", budget=budget)
    found = told(capsys, good, tmp_path / "表", "--keep-going")
    assert [form["file"] for form in found["forms"]] == ["表/甲/form.xlsx"]
    (problem,) = (item for item in found["problems"] if item["severity"] == "error")
    assert problem["file"] == "表/乙/form.xlsx"
    capsys.readouterr()
    assert bring(good, tmp_path / "表", "--keep-going") == 1
    assert capsys.readouterr().out.splitlines()[-1].startswith(("nothing to change", "没有要改的"))


def test_the_workbook_to_fill_comes_in_as_it_is_filled(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One of its forms filled in, the other blank, the explanations left where they are."""
    file = tmp_path / "filled.xlsx"
    file.write_bytes(template(load(good)[0]))
    assert [item["rule"] for item in told(capsys, good, file)["problems"] if item["severity"] == "error"] == [
        "form-none"
    ]
    book = load_workbook(file)
    sheet = book.worksheets[0]
    places = {str(cell.value): cell for line in sheet.iter_rows() for cell in line if cell.value}
    right = {str(place.coord).split(":")[0]: place.max_col for place in sheet.merged_cells.ranges}
    sheet["A2"] = f"（{YEAR}年度）"
    for label, value in (
        ("项目名称", "扶老项目"), ("项目代码", "A-1"), ("年度资金总额", 9),
        ("实施单位", "样例街道办事处本级"),
    ):  # fmt: skip
        head = places[label]
        sheet.cell(head.row, right.get(head.coordinate, head.column) + 1, value)
    sheet.cell(places["预期目标"].row + 1, places["预期目标"].column, "照护 100 位老人。")
    for label, value in (("三级指标", "照护老人"), ("年度指标值", "≥100人")):
        sheet.cell(places["数量指标"].row, places[label].column, value)
    book.save(file)
    assert told(capsys, good, file)["written"] is True
    assert row(good, "扶老项目")["project_code"] == "A-1"
    assert row(good, "扶老项目")["disclosure_state"] == "full"


def test_two_forms_of_one_project_are_refused(
    good: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twin = saved(own.with_name("twin.xlsx"), spent=1)
    found = told(capsys, good, own, twin)
    assert "form-same-project" in {item["rule"] for item in found["problems"]}
    for one, other in (
        (National(), National(spent=1)),
        (National(name="44011322P001-甲"), National(name="44011322P001-乙")),
    ):
        own.write_bytes(xlsx([("甲", *laid_out(one)), ("乙", *laid_out(other))]))
        found = told(capsys, good, own)
        assert ("form-same-project", "乙") in {(item["rule"], item["column"]) for item in found["problems"]}
        assert found["written"] is False


def test_a_year_that_the_package_does_not_have_is_blocking(good: Path, own: Path) -> None:
    saved(own, year=1999 + 25)
    assert bring(good, own) == 1
    saved(own, year=None)
    assert bring(good, own) == 1
    assert bring(good, own, "--year", str(YEAR)) == 0


def test_a_unit_can_be_named(good: Path, own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bring(good, own, "--unit", "kindergarten") == 0
    assert row(good, "委托业务项目")["unit_id"] == "kindergarten"
    assert bring(good, own, "--unit", "nowhere") == 2
    assert "There is no unit of that id in the package. (nowhere)" in capsys.readouterr().err


def test_a_unit_that_is_named_and_is_not_the_forms_is_told(
    good: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder of forms of several units, brought with --unit, is not filed under one of them in silence."""
    saved(own, unit="样例街中心幼儿园")
    (problem,) = (
        item
        for item in told(capsys, good, own, "--unit", "office")["problems"]
        if item["rule"] == "form-unit-other"
    )
    assert (problem["found"], problem["expected"]) == ("样例街中心幼儿园", "office")
    assert row(good, "委托业务项目")["unit_id"] == "office"
    assert not any(
        item["rule"] == "form-unit-other"
        for item in told(capsys, good, own, "--unit", "kindergarten")["problems"]
    )


def test_a_unit_that_no_table_lists_is_kept_as_the_form_writes_it_and_comes_back(
    good: Path, own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where the form is the package's by its unit alone: what is printed comes in again as its own."""
    assert bring(good, saved(own, department="样例市交通局", unit="养护中心")) == 1
    saved(own, department="样例市交通局", unit=THEIRS)
    notes = [item for item in told(capsys, good, own)["problems"] if item["rule"] == "form-unit"]
    assert [(note["severity"], note["found"]) for note in notes] == [("note", THEIRS)]
    found = row(good, "委托业务项目")
    assert (found["unit_id"], found["unit_name"], found["department"]) == ("", THEIRS, "样例市交通局")
    out = tmp_path / "out.xlsx"
    assert main(["form", found["project_id"], "--package", str(good), "-o", str(out)]) == 0
    assert bring(good, out) == 0
    assert row(good, "委托业务项目") == found


def test_a_unit_is_told_once_however_many_forms_name_it(
    good: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twin = saved(own.with_name("twin.xlsx"), name="另一个项目", unit="样例街没有的所")
    found = told(capsys, good, saved(own, unit="样例街没有的所"), twin)
    assert [item["rule"] for item in found["problems"]].count("form-unit") == 1
    assert row(good, "另一个项目")["unit_name"] == "样例街没有的所"


def test_projects_of_one_name_are_two_where_two_units_carry_them_out(good: Path, own: Path) -> None:
    saved(own, unit="样例街没有的所")
    twin = saved(own.with_name("twin.xlsx"), unit="样例街另一个所", budget=12)
    assert bring(good, own, twin) == 0
    package, _ = load(good)
    found = {item.text("unit_name"): item for item in package.rows("projects") if item.text("unit_name")}
    assert {name: str(item["budget_wan"]) for name, item in found.items()} == {
        "样例街没有的所": "9", "样例街另一个所": "12",
    }  # fmt: skip
    assert bring(good, saved(own, unit="样例市样例街没有的所")) == 0  # the same, with the place it lies in
    assert len(load(good)[0].rows("projects")) == len(package.rows("projects"))


@pytest.mark.parametrize("blank", ["department", "unit"])
def test_what_a_later_form_leaves_blank_is_not_stated_any_more(good: Path, own: Path, blank: str) -> None:
    """A quotation of the new form does not say it: before, such a form could not be imported at all."""
    assert bring(good, saved(own, unit=OFFICE)) == 0
    assert bring(good, saved(own, **{"unit": OFFICE, "budget": 10, blank: ""})) == 0
    found = row(good, "委托业务项目")
    assert (found["budget_wan"], found["unit_name" if blank == "unit" else "department"]) == ("10", "")
    assert blocking(check(good)[1]) == []


@pytest.mark.parametrize(
    ("changes", "table", "column"),
    [
        ({"actuals": (50, "", "达成预期指标", "92%")}, "indicators", "actual_value"),
        ({"scores": (20, 30, 30, "—")}, "indicators", "score"),
        ({"part": ""}, "project_funds", "budget_wan"),
        ({"spent": ""}, "projects", "expenditure_wan"),
    ],
)
def test_a_form_that_only_leaves_a_cell_blank_takes_the_place_of_the_one_before(
    good: Path, own: Path, changes: dict[str, object], table: str, column: str
) -> None:
    """What it leaves out rested on the other one; brought again, that one states it again."""

    def stated() -> int:
        package, problems = check(good)
        assert blocking(problems) == []
        mine = package.rows("projects")[-1].text("project_id")
        rows = (item for item in package.rows(table) if item.text("project_id") == mine)
        return sum(bool(item.text(column)) for item in rows)

    first = saved(own.with_name("first.xlsx"), unit=OFFICE)
    assert bring(good, first) == 0
    before = stated()
    assert bring(good, saved(own, unit=OFFICE, **changes)) == 0
    assert stated() == before - 1
    assert bring(good, first) == 0
    assert stated() == before


def test_the_id_of_a_new_project_is_its_code_or_a_number(good: Path, own: Path) -> None:
    coded = saved(own.with_name("coded.xlsx"), name="44011A_0001-有代码的项目")
    assert bring(good, own, coded) == 0
    assert row(good, "委托业务项目")["project_id"] == "p-0001"
    assert row(good, "有代码的项目")["project_id"] == "44011a-0001"
    assert row(good, "有代码的项目")["project_code"] == "44011A_0001"


def test_two_hundred_and_thirty_workbooks_in_one_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "site" / "datapackage"
    assert main(["new", str(root.parent), "--department", "样例市样例街道办事处", "--year", str(YEAR)]) == 0
    folder = tmp_path / "forms"
    folder.mkdir()
    for number in range(230):
        kind = "target" if number % 3 else "evaluation"
        style = number % 5
        saved(
            folder / f"{number:03}.xlsx",
            name=f"项目{number}",
            department="样例市样例街道办事处",
            unit="样例市样例街道办事处",
            kind=kind,
            style=style,
        )
    found = told(capsys, root, folder)
    assert found["written"] is True
    assert len(found["forms"]) == 230
    package, problems = check(root)
    assert blocking(problems) == []
    assert [item.text("disclosure_state") for item in package.rows("projects")] == ["full"] * 230


def test_the_good_package_of_the_tests_is_untouched() -> None:
    package, _ = load(PACKAGES / "good")
    assert not any(item.text("kind") == "workbook" for item in package.sources.values())


def test_what_is_left_out_and_what_lacks_is_told(
    good: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sheet that is no form, persons, a cell without a column, an unknown unit, a form without a goal."""
    grid, merges = laid_out(National(unit="样例街没有的所", goal="", name="只有一半"))
    grid |= {(18, 0): "填表人：某某", (19, 0): "审核意见", (19, 1): "同意"}
    own.write_bytes(xlsx([("Sheet1", grid, merges), ("说明", {(0, 0): "填表须知"}, [])]))
    found = told(capsys, good, own)
    assert found["written"] is True
    rules = {item["rule"] for item in found["problems"]}
    notes = {"form-sheet-passed", "form-person-left-out", "form-passed", "form-unit", "form-incomplete"}
    assert notes <= rules
    assert row(good, "只有一半")["disclosure_state"] == "name"
    assert "某某" not in "".join(path.read_text(encoding="utf-8") for path in (good / "data").glob("*.csv"))
