"""One form in many guises reads the same: other words, places, merges, files; what is unlike is refused."""

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import books
import pytest
import xlwt
from books import Grid, Merges, National, laid_out
from disclosure.forms.files import books as opened
from disclosure.forms.form import Form
from disclosure.forms.grid import Refused
from disclosure.forms.markup import cut
from forms_read import FORMS, forms, told, values
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TextProperties
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

EVALUATION, TARGET = National(), National(kind="target")
Change = Callable[[Grid, Merges], None]


def changed(form: National, *changes: Change) -> bytes:
    grid, merges = laid_out(form)
    for change in changes:
        change(grid, merges)
    return books.xlsx([("Sheet1", grid, merges)])


def put(cells: Grid, *without: tuple[int, int]) -> Change:
    def change(grid: Grid, merges: Merges) -> None:
        grid |= cells
        for place in without:
            grid.pop(place, None)

    return change


def swap(one: int, other: int) -> Change:
    """Two columns of the indicators change places."""

    def change(grid: Grid, merges: Merges) -> None:
        for row in range(11, 18):
            grid[row, one], grid[row, other] = grid.get((row, other), ""), grid.get((row, one), "")

    return change


def two_rows(grid: Grid, merges: Merges) -> None:
    """指标值 over 指标性质, 指标值 and 度量单位, the other heads merged over both rows."""
    wide: Grid = {}
    for (row, column), value in grid.items():
        wide[row + (row > 11), column + 2 * (row > 10 and column > 5)] = value
    wide |= {(11, 5): "年度指标值", (12, 5): "指标性质", (12, 6): "指标值", (12, 7): "度量单位"}
    parts = (("≥", 50, "个"), ("≥", 95, "%"), ("定性", "效果明显", ""), ("≥", 90, "%"))
    for number, (sign, value, unit) in enumerate(parts):
        wide |= {(13 + number, 5): sign, (13 + number, 6): value, (13 + number, 7): unit}
    grid.clear()
    grid |= wide
    moved = [
        (a + (a > 11), b + 2 * (a > 10 and b > 5), c + (c > 11), d + 2 * (a > 10 and d > 5))
        for a, b, c, d in merges
        if (a, b) != (11, 3) and a != 11
    ]
    merges[:] = [
        *moved,
        (11, 5, 11, 7),
        *((11, column, 12, column) for column in (1, 2, 8, 9, 10, 11)),
        (11, 3, 12, 4),
    ]


def no_merges(grid: Grid, merges: Merges) -> None:
    merges.clear()


def levels_everywhere(grid: Grid, merges: Merges) -> None:
    merges[:] = [merge for merge in merges if merge[1] != 1 or merge[0] < 11]
    grid[13, 1] = grid[12, 1]


def blank_rows(grid: Grid, merges: Merges) -> None:
    """A row that nobody has filled in between the indicators."""
    moved = {(row + (row > 13), column): value for (row, column), value in grid.items()}
    grid.clear()
    grid |= moved | {(14, 2): "时效指标"}
    merges[:] = [(a + (a > 13), b, c + (c > 13), d) for a, b, c, d in merges]


def _saved(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def formatted(form: National, **cells: tuple[float | str, str]) -> bytes:
    """A form with these values in cells of these formats."""
    book = load_workbook(io.BytesIO(books.national(form)))
    for place, (value, code) in cells.items():
        book["Sheet1"][place] = value
        book["Sheet1"][place].number_format = code
    return _saved(book)


GUISES: dict[str, tuple[National, bytes]] = {
    **{
        f"{form.kind}-words-{style}": (form, books.national(replace(form, style=style)))
        for form in (EVALUATION, TARGET)
        for style in range(1, 5)
    },
    **{
        f"{form.kind}-moved-{down}-{right}": (form, books.national(replace(form, shift=(down, right))))
        for form in (EVALUATION, TARGET)
        for down, right in ((0, 2), (0, 30))
    },
    **{
        f"{form.kind}-{name}": (form, write("Sheet1", *laid_out(form)))
        for form in (EVALUATION, TARGET)
        for name, write in (("xls", books.xls), ("ods", books.ods))
    },
    **{f"{form.kind}-docx": (form, books.docx(*laid_out(form))) for form in (EVALUATION, TARGET)},
    "levels-not-merged": (EVALUATION, books.national(replace(EVALUATION, merged=False))),
    "nothing-merged": (EVALUATION, changed(EVALUATION, no_merges)),
    "levels-on-every-row": (EVALUATION, changed(EVALUATION, levels_everywhere)),
    "columns-in-another-order": (EVALUATION, changed(EVALUATION, swap(7, 8))),
    "reason-first": (EVALUATION, changed(EVALUATION, swap(7, 9))),
    "two-rows-of-head": (EVALUATION, changed(EVALUATION, two_rows)),
    "blank-row-between": (EVALUATION, changed(EVALUATION, blank_rows)),
    "year-in-chinese": (EVALUATION, changed(EVALUATION, put({(1, 0): "二〇二三年度"}))),
    "year-before-the-title": (
        EVALUATION,
        changed(EVALUATION, put({(0, 0): "2023年度项目支出绩效自评表"}, (1, 0))),
    ),
    "numbered-labels": (
        EVALUATION, changed(EVALUATION, put({(2, 0): "一、项目名称", (3, 0): "（二）主管部门："})),
    ),
    "unit-of-money-in-a-cell": (
        EVALUATION,
        changed(EVALUATION, put({(1, 7): "单位：万元", (4, 0): "项目资金"}, (1, 0)),
                put({(0, 0): "2023年项目支出绩效自评表"}),
                lambda grid, merges: merges.remove((1, 0, 1, 9))),
    ),
    "money-in-yuan": (
        EVALUATION,
        changed(
            EVALUATION,
            put({(4, 0): "项目资金（元）", (5, 4): 90000, (5, 5): 80000, (5, 6): 75000}),
            put({(6, 4): 90000, (6, 5): "80,000.00", (6, 6): 75000}),
        ),
    ),
    "units-in-the-cells": (
        EVALUATION,
        changed(EVALUATION, put({(4, 0): "项目资金", (5, 4): "9万", (5, 5): "8 万元", (5, 6): "75000元"}),
                put({(6, 4): "９万元", (6, 5): "8万元", (6, 6): "7.5万元"})),
    ),
    "persons-at-the-foot": (
        EVALUATION,
        changed(EVALUATION, put({(18, 0): "填表人：某某", (18, 5): "联系电话：", (18, 6): "13800138000"})),
    ),
    "opinion-at-the-foot": (
        EVALUATION, changed(EVALUATION, put({(18, 0): "财政部门审核意见", (18, 1): "同意"})),
    ),
    "persons-beside-the-unit": (
        EVALUATION,
        changed(
            EVALUATION,
            put({(3, 5): "实施单位：101001-样例街道办事处本级   填 表 人：某某  电话：1"}, (3, 6)),
        ),
    ),
    "unit-of-money-beside-the-unit": (
        EVALUATION,
        changed(
            EVALUATION,
            put({(3, 5): "实施单位：101001-样例街道办事处本级　　单位：万元", (4, 0): "项目资金"}, (3, 6)),
        ),
    ),
    "filled-in-the-year-after": (
        EVALUATION,
        changed(EVALUATION, put({(1, 7): "填报日期：2024年3月1日"}),
                lambda grid, merges: merges.remove((1, 0, 1, 9))),
    ),
    "signs-without-width": (
        EVALUATION, changed(EVALUATION, put({(2, 0): "项目\u200b名称", (2, 2): "委托\ufeff业务项目"})),
    ),
    "words-in-the-format": (
        EVALUATION,
        formatted(EVALUATION, E6=(90000, '#,##0"元"'), F13=(50, '"≥"0"个"'), G6=(7.5, "General"),
                  F6=(8, '_ * #,##0.00_ ;_ * "-"_ '), I6=(0.937500000001, "0.00%")),
    ),
    "note-under-the-sum": (
        EVALUATION,
        changed(EVALUATION, put({(17, 0): "总分", (18, 0): "注：本表一式两份。"}, (17, 1)),
                lambda grid, merges: merges.remove((17, 1, 17, 6))),
    ),
    "a-second-sum-that-is-blank": (EVALUATION, changed(EVALUATION, put({(18, 0): "自评总分"}))),
    "when-it-was-printed": (EVALUATION, changed(EVALUATION, put({(0, 10): "2024年3月15日"}))),
    "the-year-in-wide-digits": (EVALUATION, changed(EVALUATION, put({(1, 0): "（２０２３年度）"}))),
    "a-document-of-another-year": (
        EVALUATION,
        changed(EVALUATION, put({(0, 0): "财预〔2020〕10号附件：2023年度项目支出绩效自评表"}, (1, 0))),
    ),
    "the-unit-is-called-单位": (EVALUATION, changed(EVALUATION, put({(3, 5): "单位"}))),
    "note-at-the-foot": (EVALUATION, changed(EVALUATION, put({(18, 0): "注：本表一式两份。"}))),
}  # fmt: skip


def bare(form: Form) -> dict[str, Any]:
    """What is stated, whatever words the labels are in."""
    found: dict[str, Any] = dict(values(form))
    for line in found["lines"]:
        line.pop("name" if "fund" in line else "", None)
        line["target_as_written"] = str(line.get("target_as_written", "")).replace(" ", "")
    return {name: value for name, value in found.items() if value != "NA"}


@pytest.mark.parametrize("name", GUISES)
def test_a_form_in_another_guise_reads_the_same(name: str) -> None:
    plain, data = GUISES[name]
    (form,) = forms(data)
    (expected,) = forms(books.national(plain))
    assert form.year == 2023
    assert form.kind == plain.kind
    assert bare(form) == bare(expected)


def test_what_persons_sign_is_left_out_and_what_has_no_column_is_named() -> None:
    (form,) = forms(GUISES["persons-at-the-foot"][1])
    assert form.left_out == ("A19", "F19", "G19")
    assert "13800138000" not in repr(values(form))
    (form,) = forms(GUISES["opinion-at-the-foot"][1])
    assert form.passed == ("B19",)


def test_there_are_guises_enough() -> None:
    assert len(GUISES) >= 25


def test_several_forms_in_a_book_and_a_sheet_that_is_none() -> None:
    other = replace(EVALUATION, name="另一个项目")
    sheets: list[tuple[str, Grid, Merges]] = [
        ("甲", *laid_out(EVALUATION)),
        ("说明", {(0, 0): "填表须知", (1, 0): "请如实填写。"}, []),
    ]
    found = forms(books.xlsx([*sheets, ("乙", *laid_out(other))]))
    assert [form.project["name"].text for form in found] == ["委托业务项目", "另一个项目"]


def test_a_form_of_the_whole_department_is_passed_over() -> None:
    assert forms(changed(EVALUATION, put({(0, 0): "2023年部门整体支出绩效自评表"}))) == []


def test_a_folder_and_a_zip_of_them(tmp_path: Path) -> None:
    inside = {
        "甲.xlsx": books.national(EVALUATION),
        "乙.ods": books.ods("表", *laid_out(TARGET)),
        "readme.txt": b"x",
    }
    (tmp_path / "all.zip").write_bytes(books.zipped(inside))
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.docx").write_bytes(books.docx(*laid_out(TARGET)))
    (tmp_path / "deep" / "~$a.docx").write_bytes(b"lock")
    found = list(opened([tmp_path]))
    assert [book.name for book in found] == ["甲.xlsx", "乙.ods", "a.docx"]
    assert [len(forms(book.data())) for book in found] == [1, 1, 1]


def test_a_zip_made_on_chinese_windows_has_chinese_names(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as pack:
        pack.writestr(zipfile.ZipInfo("aaaa.xlsx"), books.national(EVALUATION))
    packed = data.getvalue().replace(b"aaaa.xlsx", "甲乙.xlsx".encode("gbk"))
    (tmp_path / "a.zip").write_bytes(packed)
    (book,) = opened([tmp_path])
    assert book.name == "甲乙.xlsx"
    assert len(forms(book.data())) == 1


def test_a_percentage_that_a_workbook_keeps_as_a_fraction_is_read_as_shown() -> None:
    """95% typed into a cell is stored as 0.95 with a format."""
    sheet = load_workbook(io.BytesIO(books.national(EVALUATION)))
    for place in ("F14", "G14"):
        sheet["Sheet1"][place] = 0.95
        sheet["Sheet1"][place].number_format = "0%"
    sheet["Sheet1"]["I6"] = 0.9375
    sheet["Sheet1"]["I6"].number_format = "0.00%"
    data = io.BytesIO()
    sheet.save(data)
    (form,) = forms(data.getvalue())
    line = form.indicators[1][0]
    assert (line["target_value"].text, line["unit"].text, line["actual_value"].text) == ("95", "%", "95")
    assert line["target_as_written"].text == "95%"
    assert form.project["execution_rate_pct"].text == "93.75"


def only(**changes: Any) -> bytes:
    return books.national(replace(EVALUATION, **changes))


def filled(cells: Grid) -> bytes:
    return changed(EVALUATION, put(cells))


def without(*places: tuple[int, int]) -> bytes:
    return changed(EVALUATION, put({}, *places))


def twice(down: int, right: int) -> bytes:
    """Two forms on one sheet."""
    grid, merges = laid_out(EVALUATION)
    other, more = laid_out(replace(EVALUATION, name="另一个项目", shift=(down, right)))
    return books.xlsx([("Sheet1", {**grid, **other}, [*merges, *more])])


def wide(row: int, first: int, last: int, last_row: int = 0) -> bytes:
    """A cell that is the value of more than its own column, or row."""
    span = (row, first, last_row or row, last)
    inner = [(r, c) for r in range(row, span[2] + 1) for c in range(first, last + 1)][1:]
    return changed(EVALUATION, put({}, *inner), lambda grid, merges: merges.append(span))


def struck(place: str, part: bool) -> bytes:
    """A text that is struck out, or a part of it."""
    book = load_workbook(io.BytesIO(books.national(EVALUATION)))
    cell = book["Sheet1"][place]
    if part:
        cell.value = CellRichText(TextBlock(InlineFont(strike=True), "12"), TextBlock(InlineFont(), "7.5"))
    else:
        cell.font = Font(strike=True)
    return _saved(book)


def test_a_part_of_a_cell_that_is_struck_out_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        forms(struck("G6", True))
    assert (refused.value.rule, refused.value.found) == ("form-hidden", "127.5")


def test_an_old_workbook_and_an_ods_show_what_they_hold_or_are_refused() -> None:
    grid, merges = laid_out(EVALUATION)
    scaled = xlwt.easyxf(num_format_str='0!.0,"万元"')
    ended = xlwt.easyxf("font: struck_out on")
    free: Grid = {at: value for at, value in grid.items() if at != (5, 4)}
    for data in (
        books.xls("表", free, merges, lambda _, sheet: sheet.write(5, 4, 90000, scaled)),
        books.xls("表", free, merges, lambda _, sheet: sheet.write(5, 4, 90000, ended)),
    ):
        with pytest.raises(Refused) as refused:
            forms(data)
        assert (refused.value.rule, refused.value.where) == ("form-hidden", "表!E6")
    book = OpenDocumentSpreadsheet()
    ended_too = Style(name="ended", family="table-cell")
    ended_too.addElement(TextProperties(textlinethroughstyle="solid"))
    book.automaticstyles.addElement(ended_too)
    table, line = Table(name="表"), TableRow()
    cell = TableCell(valuetype="string", stylename=ended_too)
    cell.addElement(P(text="项目名称"))
    line.addElement(cell)
    table.addElement(line)
    book.spreadsheet.addElement(table)
    out = io.BytesIO()
    book.write(out)
    with pytest.raises(Refused, match="form-hidden"):
        forms(out.getvalue())
    ods = books.ods("表", grid, merges)
    with zipfile.ZipFile(io.BytesIO(ods)) as pack:
        parts = {name: pack.read(name) for name in pack.namelist()}
    content = parts["content.xml"].decode()
    for value, shown, expected in (("9", "9.00万元", "9"), ("0.7", "0.70亿元", "7000"), ("90000", "9.0", "")):
        old = 'office:value="9"><text:p>9</text:p>'
        assert old in content
        new = content.replace(old, f'office:value="{value}"><text:p>{shown}</text:p>', 1)
        data = books.zipped(parts | {"content.xml": new.encode()})
        if expected:
            assert forms(data)[0].project["budget_wan"].text == expected
        else:
            with pytest.raises(Refused, match="form-hidden"):
                forms(data)


def test_indicators_that_go_on_on_another_sheet_are_not_lost() -> None:
    row: Grid = {
        (0, 1): "产出指标",
        (0, 2): "数量指标",
        (0, 3): "培训人数",
        (0, 5): "≥7个",
        (0, 6): 8,
        (0, 7): 5,
    }
    with pytest.raises(Refused) as refused:
        forms(books.xlsx([("表", *laid_out(EVALUATION)), ("续表", row, [])]))
    assert (refused.value.rule, refused.value.where) == ("form-labels", "续表")


@pytest.mark.parametrize("goal", ["公开招聘 50 人。", "附属设施改造 5 处。", "说明书 5 份。"])
def test_a_goal_under_its_label_is_no_note(goal: str) -> None:
    grid, merges = laid_out(EVALUATION)
    grid = {place: value for place, value in grid.items() if place[0] not in (9, 10)}
    merges = [merge for merge in merges if merge[0] not in (9, 10)]
    grid |= {(9, 0): "年度总体目标", (10, 0): goal}
    (form,) = forms(books.xlsx([("Sheet1", grid, [*merges, (9, 0, 9, 9), (10, 0, 10, 9)])]))
    assert form.project["goal"].text == goal


def test_a_nil_that_is_not_shown_is_not_stated() -> None:
    (form,) = forms(formatted(EVALUATION, E6=(0, "0.00;-0.00;;@"), F6=(0, '0.00;-0.00;"-"')))
    assert [form.project[name].text for name in ("budget_wan", "adjusted_budget_wan")] == ["NA", "0"]


def test_a_name_that_begins_with_a_number_keeps_it() -> None:
    for name in ("5G-基站建设项目", "12345-政务服务热线"):
        (form,) = forms(only(name=name))
        assert form.project["name"].text == name
    (form,) = forms(only(name="44011322P001-河涌整治"))
    assert [form.project[field].text for field in ("project_code", "name")] == ["44011322P001", "河涌整治"]


@pytest.mark.parametrize("over", ["2024年3月15日", "财预〔2020〕10号", "（财预[2020]10号）", "2024-03-15"])
def test_a_day_and_a_document_s_number_are_no_fiscal_year(over: str) -> None:
    (form,) = forms(filled({(1, 0): over}))
    assert form.year is None


def test_parts_belong_to_the_amount_that_stands_left_of_them_or_over_them() -> None:
    """The money of the whole period is not the year's, and an indicator named 总投资 is no money."""
    grid, merges = laid_out(TARGET)
    grid = {place: text for place, text in grid.items() if place[0] not in (4, 5, 6) or place[1] < 2}
    merges = [merge for merge in merges if merge[0] not in (4, 5, 6) or merge[1] < 2]
    grid |= {(4, 2): "实施期资金总额", (4, 4): 900, (4, 5): "年度资金总额", (4, 7): 300, (9, 3): "总投资"}
    grid |= {(5, 2): "其中", (5, 3): "财政拨款", (5, 4): 800, (5, 5): "其中", (5, 6): "财政拨款", (5, 7): 250}
    grid |= {(6, 3): "其他资金", (6, 4): 100, (6, 6): "其他资金", (6, 7): 50}
    merges += [(4, 2, 4, 3), (4, 5, 4, 6), (5, 2, 6, 2), (5, 5, 6, 5)]
    (form,) = forms(books.xlsx([("表", grid, merges)]))
    assert form.project["budget_wan"].text == "300"
    assert [line["budget_wan"].text for line, _ in form.funds] == ["250", "50"]
    assert form.passed == ("E5", "E6", "E7")
    assert form.indicators[0][0]["name"].text == "总投资"


def signed(sign: str, target: str, unit: str) -> bytes:
    """A form with columns of signs and units, the first indicator so."""
    cells: Grid = {(13, 5): sign, (13, 6): target, (13, 7): unit}
    return changed(EVALUATION, two_rows, put(cells))


@pytest.mark.parametrize(
    ("sign", "target", "unit", "direction", "of"),
    [
        ("正向", "50", "个", "ge", "个"), ("反向指标", "50", "个", "le", "个"),
        ("定量", "≤50", "个", "le", "个"),
        ("≥", "5万", "人", "ge", "万人"), ("≥", "5万", "万人", "ge", "万人"), ("", "≥50", "/", "ge", "NA"),
        ("定性指标", "提升", "", "qualitative", ""),
    ],
)  # fmt: skip
def test_columns_of_signs_and_units(sign: str, target: str, unit: str, direction: str, of: str) -> None:
    (form,) = forms(signed(sign, target, unit))
    line = form.indicators[0][0]
    assert (line["direction"].text, line["unit"].text) == (direction, of)


def test_a_result_of_none_is_one() -> None:
    (form,) = forms(only(targets=("≥50个", "≥95%", "零事故", "≥90%"), actuals=(50, "96%", "无", "—")))
    assert [line["actual_as_written"].text for line, _ in form.indicators[2:]] == ["无", "NA"]


def test_a_form_of_the_year_s_course_is_no_evaluation() -> None:
    assert forms(changed(EVALUATION, put({(0, 0): "项目支出绩效运行监控表"}))) == []


SHEET = "Sheet1"
REFUSED: dict[str, tuple[bytes, str, str]] = {
    "no project's name": (filled({(2, 0): "标题"}), "form-labels", ""),
    "no department": (without((3, 0), (3, 5)), "form-labels", ""),
    "no goal": (without((9, 0), (9, 1)), "form-labels", ""),
    "no money": (without(*((4, at) for at in range(4, 10)), (5, 2)), "form-labels", ""),
    "no indicators": (without((11, 3)), "form-labels", ""),
    "no target": (without((11, 5)), "form-labels", ""),
    "a label nobody knows over the form": (filled({(0, 10): "指标文号：5号"}), "form-cell-unknown", "K1"),
    "two cells nobody knows over the form": (
        filled({(1, 10): "归口", (1, 11): "综合科"}), "form-cell-unknown", "K2",
    ),
    "a sign nobody knows": (signed("约", "50", "个"), "form-cell-unknown", "F14"),
    "two signs that differ": (signed("≤", "≥50", "个"), "form-cell-unknown", "G14"),
    "two units that differ": (signed("≥", "50%", "个"), "form-cell-unknown", "G14"),
    "two sums that differ": (filled({(18, 0): "自评总分", (18, 8): 88}), "form-twice-said", "I19"),
    "a fund and a part of it": (filled({(7, 2): "其中：本级财政拨款", (7, 4): 4}), "form-twice-said", "C8"),
    "two totals that differ": (filled({(7, 2): "合计", (7, 4): 900}), "form-twice-said", "C8"),
    "a label nobody knows": (filled({(18, 0): "归口科室", (18, 1): "综合科"}), "form-cell-unknown", "A19"),
    "a column nobody knows": (filled({(11, 10): "上级批复值", (12, 10): "40"}), "form-cell-unknown", "K12"),
    "a cell beside the form": (filled({(12, 10): "40"}), "form-cell-unknown", "K13"),
    "two cells under one label": (
        changed(EVALUATION, put({(12, 4): "又一个"}), lambda grid, merges: merges.remove((12, 3, 12, 4))),
        "form-cell-unknown", "E13",
    ),
    "a blank name": (only(name=""), "form-blank", "A3"),
    "two names": (filled({(18, 0): "项目名称", (18, 1): "别的"}), "form-twice-said", "A19"),
    "two years": (filled({(0, 0): "2022年项目支出绩效自评表"}), "form-year", ""),
    "an amount in words": (only(budget="九万元"), "form-amount", "E6"),
    "an amount about": (only(spent="约 7 万元"), "form-amount", "G6"),
    "an amount without a unit": (filled({(4, 0): "项目资金"}), "form-amount-unit", "E6"),
    "amounts that nothing parts": (
        books.national(replace(TARGET, budget="9万元、8万元")), "form-amount-several", "E5",
    ),
    "a score in words": (only(scores=("满分", 30, 30, 10)), "form-number", "I13"),
    "a rate that may be a share": (filled({(5, 8): "0.9375"}), "form-percent", "I6"),
    "a result that may be a share": (only(actuals=(50, 0.96, "好", "92%")), "form-percent", "G14"),
    "a level nobody knows": (filled({(12, 1): "投入指标"}), "form-level", "B13"),
    "an indicator without a target": (only(targets=(None, "≥95%", "好", "≥90%")), "form-indicator", "D13"),
    "points without an indicator": (filled({(16, 7): 5}), "form-indicator", "H17"),
    "points of two indicators in one cell": (
        changed(EVALUATION, put({}, (13, 7)), lambda grid, merges: merges.append((12, 7, 13, 7))),
        "form-indicator", "H13",
    ),
    "two amounts on two lines": (only(spent="7\n5"), "form-amount", "G6"),
    "two forms on a sheet, one under the other": (twice(30, 0), "form-twice-said", "A33"),
    "two forms on a sheet, side by side": (twice(0, 15), "form-twice-said", "Q12"),
    "a head in columns": (
        changed(EVALUATION, put({(3, 0): "主管部门", (3, 2): "实施单位", (4, 2): "某局"}, (3, 5), (3, 6))),
        "form-cell-unknown", "C4",
    ),
    "an indicator after the sum": (
        filled({(18, 1): "产出指标", (18, 3): "迟到的指标", (18, 5): "≥1个"}), "form-cell-unknown", "B19",
    ),
    "two units of money": (
        changed(EVALUATION, put({(1, 8): "单位：元"}), lambda grid, merges: merges.remove((1, 0, 1, 9))),
        "form-amount-unit", "E6",
    ),
    "a fund nobody knows": (filled({(7, 2): "社会捐赠", (7, 4): 5}), "form-cell-unknown", "C8"),
    "money in hundreds": (filled({(4, 0): "项目资金（百元）"}), "form-amount-unit", "E6"),
    "money of another country": (filled({(4, 0): "项目资金（美元）"}), "form-amount-unit", "E6"),
    "a format that shows another number": (
        formatted(EVALUATION, E6=(90000, '0!.0,"万元"')), "form-hidden", "E6",
    ),
    "a format that shows thousands": (formatted(EVALUATION, E6=(90000, "0.0,")), "form-hidden", "E6"),
    "a format that shows nothing": (formatted(EVALUATION, D13=("项目数量", ";;;")), "form-hidden", "D13"),
    "a cell that is struck out": (struck("D15", False), "form-hidden", "D15"),
    "a budget over two columns": (wide(5, 4, 5), "form-cell-unknown", "E6"),
    "a budget over two rows": (wide(5, 4, 4, 6), "form-cell-unknown", "E6"),
    "a target over two columns": (wide(12, 5, 6), "form-cell-unknown", "F13"),
    "a sum over two columns": (wide(17, 7, 8), "form-cell-unknown", "H18"),
    "two indicators in a row": (
        filled({(12, 3): "1.项目数量\n2.报告合格率", (12, 5): "1.≥50个\n2.≥95%"}), "form-indicator", "D13",
    ),
    "a person in a value": (filled({(10, 1): "完成项目。项目负责人：某某"}), "form-cell-unknown", "B11"),
    "a person in the unit's cell": (filled({(3, 6): "某局填表人：某某"}), "form-cell-unknown", "G4"),
    "a code in the name's cell": (filled({(2, 2): "某项目 项目编码：1234567"}), "form-cell-unknown", "C3"),
    "labels that nothing parts": (filled({(3, 5): "实施单位：某局填表人：某某"}), "form-cell-unknown", "F4"),
    "an error in a cell": (only(spent="#REF!"), "form-cell-broken", "G6"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_whole_is_refused_with_its_cell_and_reason(name: str) -> None:
    data, rule, where = REFUSED[name]
    with pytest.raises(Refused) as refused:
        forms(data)
    place = f"{SHEET}!{where}" if where else SHEET
    assert (refused.value.rule, refused.value.where) == (rule, place)


def test_the_labels_that_lack_are_named() -> None:
    with pytest.raises(Refused) as refused:
        forms(without((3, 0), (3, 5), (9, 0), (9, 1)))
    assert refused.value.expected == "主管部门/实施单位/填报单位、预期目标/目标1"


def test_hidden_rows_and_sheets() -> None:
    """A hidden row with something in it is refused by name; a hidden sheet is not read at all."""
    book = load_workbook(io.BytesIO(books.national(EVALUATION, replace(EVALUATION, name="藏着的"))))
    book["Sheet2"].sheet_state = "hidden"
    assert [form.project["name"].text for form in forms(_saved(book))] == ["委托业务项目"]
    book["Sheet1"].row_dimensions[14].hidden = True
    with pytest.raises(Refused) as refused:
        forms(_saved(book))
    assert (refused.value.rule, refused.value.where) == ("form-hidden", "Sheet1!C14")


def test_a_formula_comes_with_its_value_or_not_at_all() -> None:
    book = load_workbook(io.BytesIO(books.national(EVALUATION)))
    book["Sheet1"]["I18"] = "=SUM(I13:I16)"
    with pytest.raises(Refused) as refused:
        forms(_saved(book))
    assert (refused.value.rule, refused.value.where) == ("form-formula", "Sheet1!I18")


ODD_TEXTS = (
    b"<!-- >a< -->5", b"5<!-- >a< -->", b"<![CDATA[a>b<c]]>", b"<?a >b< ?>", b"a>b", b">", b"a]]>b", b" ",
    b"a&nbsp;b", b"&#0;", b"&#128;", b"&", b"a&lt;b", b"&#38;lt;", b"\x01", b"\0", b"\xff", b"a\r\nb",
    "<!---->\ue0001\ue001".encode(), "\uffff".encode(), b"_x0041_", b"</t><t>b", b'</t><x y="a>b"/><t>c',
)  # fmt: skip


def _odd(text: bytes) -> bytes:
    """The form with a text in one of its cells."""
    with zipfile.ZipFile(io.BytesIO(books.national(EVALUATION))) as pack:
        parts = {name: pack.read(name) for name in pack.namelist()}
    path = "xl/worksheets/sheet1.xml"
    cell = b'<row r="30"><c r="K30" t="inlineStr"><is><t>%s</t></is></c></row></sheetData>' % text
    return books.zipped({**parts, path: parts[path].replace(b"</sheetData>", cell)})


def _told(data: bytes) -> tuple[str, ...]:
    """The forms of a file as text, or why it is refused."""
    try:
        return tuple(told(form) for form in forms(data))
    except Refused as refused:
        return refused.rule, refused.where, refused.found


def test_markup_kept_apart_from_its_texts_reads_as_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every fixture is cut into markup and texts; it says the same, or is refused for it, as if not."""
    real = [path.read_bytes() for path in sorted(FORMS.glob("*.xlsx"))]
    same = [*real, *(data for _, data in GUISES.values()), *(data for data, _, _ in REFUSED.values())]
    same += map(_odd, ODD_TEXTS)
    kept: list[int] = []

    def watched(part: bytes) -> tuple[bytes, Sequence[str]]:
        markup, texts = cut(part)
        kept.append(len(texts))
        return markup, texts

    monkeypatch.setattr("disclosure.forms.worksheet.cut", watched)
    quick = [_told(data) for data in same]
    assert len(kept) > 40 and sum(number < 2 for number in kept) < len(ODD_TEXTS)
    monkeypatch.setattr("disclosure.forms.worksheet.cut", lambda part: (part, ()))
    for number, data in enumerate(same):
        assert _told(data) == quick[number], number
