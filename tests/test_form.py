"""The official form that goes out: drawn as the office draws it, filled with what is stated only."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from conftest import PACKAGES, ROOT
from disclosure.cli import main
from disclosure.model import Package, Row, Value
from disclosure.package.computed import computed
from disclosure.package.load import load
from disclosure.quality.report import blocking
from disclosure.quality.scan.scan import scan
from disclosure.quality.scan.settings import settings_of
from disclosure.release.form import form
from disclosure.release.official import Official, blank, official
from disclosure.release.template import explanations, template
from disclosure.website.desk import desk
from disclosure.website.edition import Site
from disclosure.website.official import shown
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

GOOD = load(PACKAGES / "good")[0]
CLEANING = ("2023", "street-cleaning")


def opened(drawn: Official) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(form(drawn))).active
    assert isinstance(sheet, Worksheet)
    return sheet


def with_cells(table: str, **cells: Value) -> Package:
    """The good package with other cells in every row of a table."""
    found = GOOD.tables[table]
    rows = tuple(
        Row(row.line, tuple(cells.get(name, row[name]) for name in row.places), row.places, row.path)
        for row in found.rows
    )
    return Package(GOOD.descriptor, {**GOOD.tables, table: replace(found, rows=rows)}, GOOD.files)


def drawn(package: Package = GOOD, kind: str = "") -> Official:
    return official(package, package.tables["projects"].index[CLEANING], kind)


# The places of labels on the national form as it was posted, with the merged range each heads.
NATIONAL = {
    "A1": "A1:J1", "A2": "A2:J2", "A3": "A3:B3", "C3": "C3:J3", "A4": "A4:B4", "C4": "C4:E4", "G4": "G4:J4",
    "A5": "A5:B9", "C6": "C6:D6", "C7": "C7:D7", "A10": "A10:A11", "B10": "B10:E10", "F10": "F10:J10",
    "B11": "B11:E11", "F11": "F11:J11", "D12": "D12:E12", "D13": "D13:E13",
}  # fmt: skip
LABELS = {
    "A1": "项目支出绩效自评表", "A3": "项目名称", "A4": "主管部门", "F4": "实施单位",
    "A5": "项目资金\n（万元）",
    "E5": "年初预算数", "F5": "全年预算数", "G5": "全年执行数", "H5": "分值", "I5": "执行率", "J5": "得分",
    "C6": "年度资金总额", "A10": "年度总体目标", "B10": "预期目标", "F10": "实际完成情况", "A12": "绩效指标",
    "B12": "一级指标", "C12": "二级指标", "D12": "三级指标", "F12": "年度指标值", "G12": "实际完成值",
    "H12": "分值", "I12": "得分", "J12": "偏差原因分析及改进措施",
}  # fmt: skip


def test_labels_and_merged_cells_stand_where_the_national_form_has_them() -> None:
    sheet = opened(drawn())
    merged = {str(found) for found in sheet.merged_cells.ranges}
    assert set(NATIONAL.values()) <= merged
    assert {place: sheet[place].value for place in LABELS} == LABELS
    assert sheet["A2"].value == "（2023年度）"


def test_a_reader_that_trusts_the_size_a_sheet_states_sees_all_of_it() -> None:
    books = (form(drawn(kind="target")), form(drawn(kind="evaluation")), template(GOOD))
    for book in map(io.BytesIO, books):
        whole = openpyxl.load_workbook(book).worksheets
        for sheet, trusting in zip(whole, openpyxl.load_workbook(book, read_only=True), strict=True):
            assert trusting.calculate_dimension() == sheet.dimensions
            assert [[cell.value for cell in row] for row in trusting.rows] == [
                [cell.value for cell in row] for row in sheet.rows
            ]


def test_it_is_set_up_to_be_printed_and_signed() -> None:
    for kind in ("target", "evaluation"):
        sheet = opened(drawn(kind=kind))
        last = get_column_letter(sheet.max_column)
        assert sheet.print_area.replace("$", "").endswith(f"A1:{last}{sheet.max_row}")
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
        setup = sheet.sheet_properties.pageSetUpPr
        assert setup is not None
        assert setup.fitToPage
        assert "签字" in str(sheet.cell(sheet.max_row, 1).value)
        assert all(sheet[place].border.left.style == "thin" for place in ("A3", "C3", "E6", "B11"))


def test_what_is_stated_is_filled_in_and_what_is_not_is_empty() -> None:
    sheet = opened(drawn())
    assert (sheet["C3"].value, sheet["G4"].value) == ("街面保洁", "样例街道办事处本级")
    assert (sheet["E6"].value, sheet["F6"].value, sheet["G6"].value) == (200.5, None, 198)
    assert (sheet["F13"].value, sheet["G13"].value, sheet["H13"].value) == ("≥100 吨", "120 吨", 20)
    assert sheet["I6"].value is None, "a rate that the form does not state is not computed into it"
    text = "".join(str(cell.value or "") for line in sheet.iter_rows() for cell in line)
    assert "未列" not in text
    assert "NA" not in text


def test_no_person_has_a_place_on_it() -> None:
    for made in (drawn(), drawn(kind="target"), blank(GOOD, "target", "2024")):
        text = "".join(str(cell.value or "") for line in opened(made).iter_rows() for cell in line)
        assert not any(word in text for word in ("填表人", "联系电话", "姓名", "身份证"))


def test_what_other_forms_state_has_a_place_of_its_own() -> None:
    stated = {"project_code": "P-01", "period": "2023-2025年", "long_term_goal": "长期整洁。"}
    stated |= {"execution_reason": "按实结算。", "conclusion": "良。"}
    numbers = {"execution_rate_pct": Decimal("98.75"), "total_weight": Decimal(100)}
    package = with_cells("projects", **stated, **numbers)
    sheet = opened(drawn(package))
    values = [cell.value for line in sheet.iter_rows() for cell in line]
    for said in ("P-01", "街面保洁", "2023-2025年", "长期整洁。", "按实结算。", "良。", "98.75%", 100):
        assert said in values
    package = with_cells("indicators", standard="计划标准", group_weight=Decimal(50))
    values = [cell.value for line in opened(drawn(package)).iter_rows() for cell in line]
    assert values.count("计划标准") == 6
    assert "产出指标（50分）" in values


@pytest.mark.parametrize("said", ["=1+1", "@SUM(A1)", "https://example.org", "0012", "<b>&\"'", "长" * 6000])
def test_a_hostile_cell_stays_the_text_it_is(said: str) -> None:
    cell = opened(drawn(with_cells("projects", goal=said)))["B11"]
    assert cell.data_type == "s"
    assert cell.value == said
    assert cell.hyperlink is None


def test_a_long_goal_is_set_smaller_and_no_row_is_taller_than_a_sheet_allows() -> None:
    sheet = opened(drawn(with_cells("projects", goal="为深入落实" * 200)))
    assert sheet.row_dimensions[11].height <= 409
    assert sheet["B11"].font.size < sheet["B10"].font.size


def test_the_same_project_gives_the_same_bytes() -> None:
    assert form(drawn()) == form(drawn(load(PACKAGES / "good")[0]))


def test_every_project_of_every_package_has_a_form() -> None:
    for root in (ROOT / "datapackage", PACKAGES / "good"):
        package = load(root)[0]
        for row in package.rows("projects"):
            for kind in ("target", "evaluation"):
                assert opened(official(package, row, kind))["C3"].value == row.text("name")


def test_the_command_writes_the_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "form.xlsx"
    options = ["--package", str(PACKAGES / "good"), "-o", str(target)]
    assert main(["form", "street-cleaning", *options]) == 0
    assert target.read_bytes() == form(drawn())
    assert main(["form", "street-cleaning", "--kind", "target", "--year", "2023", *options]) == 0
    assert target.read_bytes() == form(drawn(kind="target"))
    assert main(["form", "nowhere", *options]) == 2
    assert "no project of that id" in capsys.readouterr().err


def test_a_form_is_written_whole_or_leaves_the_one_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "form.xlsx"
    target.write_bytes(b"the one before")
    command = ["form", "street-cleaning", "--package", str(PACKAGES / "good"), "-o"]
    small = ["sh", "-c", 'ulimit -f 8; exec "$@"', "sh", sys.executable, "-m", "disclosure.cli"]
    ended = subprocess.run([*small, *command, str(target)], capture_output=True, check=False)
    assert (ended.returncode, target.read_bytes()) == (2, b"the one before")
    assert ended.stderr.decode().startswith("disclosure: File too large")
    assert main([*command, str(tmp_path / "datapackage.json")]) == 2
    assert "its name ends with .xlsx" in capsys.readouterr().err
    assert main([*command, str(tmp_path / "none" / "form.xlsx")]) == 2
    assert f"No such file or directory ({tmp_path / 'none'})" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["form.xlsx"]


def test_a_package_that_cannot_be_read_gives_no_form(
    tmp_path: Path, change: Callable[[str, str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    root = change("data/projects.csv", "198.00", "198,00x")
    target = tmp_path / "form.xlsx"
    assert main(["form", "street-cleaning", "--package", str(root), "-o", str(target)]) == 1
    assert not target.exists()
    assert capsys.readouterr().out


def test_the_forms_carry_no_name_but_their_own() -> None:
    book = openpyxl.load_workbook(io.BytesIO(form(drawn())))
    assert book.sheetnames == ["项目支出绩效自评表"]
    assert not book.properties.creator
    assert json.dumps(book.properties.title, ensure_ascii=False) == '"2023年度项目支出绩效自评表"'


def test_the_workbook_to_fill_has_both_forms_lists_and_explanations() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template(GOOD)))
    assert book.sheetnames == ["项目支出绩效目标表", "项目支出绩效自评表", "填写说明"]
    for sheet in book.worksheets[:2]:
        lists = {str(rule.formula1) for rule in sheet.data_validations.dataValidation if rule.type == "list"}
        assert '"≥,≤,＝,>,<,定性"' in lists
        assert any("样例街道办事处本级" in found for found in lists)
        assert any(rule.type == "decimal" for rule in sheet.data_validations.dataValidation)
        values = [cell.value for line in sheet.iter_rows() for cell in line if cell.value]
        assert not any(isinstance(value, int | float) for value in values)
    said = [[cell.value for cell in line] for line in book["填写说明"].iter_rows()]
    assert [tuple(line) for line in said] == explanations()


def test_the_workbook_to_fill_has_no_place_for_a_person() -> None:
    assert blocking(scan([("template.xlsx", template(GOOD))], settings_of(GOOD.descriptor))) == []
    assert template(GOOD) == template(GOOD)


def test_the_page_shows_the_cells_of_the_form_each_under_its_headings() -> None:
    made = desk(Site(GOOD, 2023, computed(GOOD, 2023), (), (), {}))
    form = drawn()
    blocks = shown(made, form, {})
    places = [place for _, placed in blocks for place in placed]
    assert [place.cell for place in places] == [cell for cell in form.cells if cell.role != "sign"]
    names = {place.cell.name: place.cell.text for place in places if place.cell.heads}
    assert len(names) == sum(bool(cell.heads) for cell in form.cells)
    headings = [above for layout, _ in blocks for row in layout.rows for _, above in row]
    under = {
        (place.text, *(names[name] for name in above.split()))
        for place, above in zip(places, headings, strict=True)
    }
    assert ("198.00", "项目资金\n（万元）", "年度资金总额", "全年执行数") in under
    assert ("样例街道办事处本级", "实施单位") in under
    assert ("120 吨", "绩效指标", "产出指标", "数量指标", "清运垃圾量", "实际完成值") in under


def test_a_reason_beside_the_money_makes_no_line_wider_than_the_form() -> None:
    package = with_cells("projects", execution_reason="按实结算。", adjusted_budget_wan=Decimal(100))
    for row in package.rows("projects"):
        drawn = official(package, row, "evaluation")
        cells = [cell for block in drawn.blocks for cell in block]
        assert "原因" in {cell.text for cell in cells}
        assert all(cell.columns > 0 for cell in cells)
        assert {cell.left + cell.columns for cell in cells if cell.text in ("原因", "按实结算。")} == {
            drawn.width
        }
        assert max(cell.left + cell.columns for cell in cells) == drawn.width
