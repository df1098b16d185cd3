"""Layouts that an office may draw up by itself, in every kind of file: each reads right or is refused."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from books import drawn, ods, plan, xls, xlsx, zipped
from disclosure.cli import main
from disclosure.forms import reading
from disclosure.forms.files import Book
from disclosure.forms.grid import Refused
from disclosure.forms.layout import of_package
from disclosure.quality.checks import check
from disclosure.quality.report import blocking
from docx import Document
from forms_read import forms
from test_forms_wild import GOAL, HEAD, INDICATORS, MONEY, PLAIN, read

UNIT = "实施单位|<|某市就业中心|<"
TOTAL = "总分|<|<|<|<|<|100|97.5|"
AGAIN = "|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施\n"
# What is the plain form but for what is named: fields that it does not state, and cells that are left out.
LAYOUTS: dict[str, tuple[tuple[str, ...], set[str], tuple[str, ...]]] = {
    "headings of sections between": (
        (
            HEAD.replace("项目名称", "一、项目基本情况|<|<|<|<|<|<|<|<\n项目名称"),
            "二、资金执行情况（单位：万元）|<|<|<|<|<|<|<|<", MONEY,
            "三、年度目标完成情况|<|<|<|<|<|<|<|<", GOAL,
            "四、指标完成情况|<|<|<|<|<|<|<|<", INDICATORS,
        ),
        set(), (),
    ),
    "who, when and in what unit in one cell": (
        (
            HEAD.replace("（2023年度）|<", "填报单位：某市就业中心　　2023年度　　单位：万元|<")
            .replace(UNIT, "|||"),
            MONEY.replace("（万元）", ""), GOAL, INDICATORS,
        ),
        set(), (),
    ),
    "goal and result one under the other": (
        (
            HEAD, MONEY,
            "年度总体目标|<|培训 100 人。|<|<|<|<|<|<\n年度总体目标完成情况|<|培训 120 人。|<|<|<|<|<|<",
            INDICATORS,
        ),
        set(), (),
    ),
    "notes between": (
        (
            HEAD, "注：以下金额单位为万元，保留两位小数。", MONEY,
            "说明：年度总体目标应与申报一致。|<|<|<|<|<|<|<|<", GOAL, INDICATORS,
        ),
        set(), (),
    ),
    "a head again on the next page": (
        (HEAD, MONEY, GOAL, INDICATORS.replace("^|满意度指标", f"{AGAIN}|满意度指标")), set(), (),
    ),
    "the score in the head alone": (
        (HEAD, "自评得分|<|97.5分|<|<|自评等级|<|优|<", MONEY, GOAL, INDICATORS.replace(TOTAL, "")),
        {"total_weight"}, ("H5",),
    ),
    "the score behind its label": (
        (HEAD, MONEY, GOAL, INDICATORS.replace(TOTAL, "总分：97.5（优）|<|<|<|<|<|<|<|<")),
        {"total_weight"}, (),
    ),
    "the score in a cell under both heads": (
        (HEAD, MONEY, GOAL, INDICATORS.replace(TOTAL, "总得分|<|<|<|<|<|97.5|<|")), {"total_weight"}, (),
    ),
    "projects of two levels": (
        (
            HEAD.replace("项目名称|<|职业培训|<|<|<|<", "一级项目名称|<|就业|<|<|二级项目名称|<|职业培训")
            .replace("职业培训|<|<", "职业培训|<"),
            MONEY, GOAL, INDICATORS,
        ),
        set(), ("C3",),
    ),
    "why goals were missed at the foot": (
        (HEAD, MONEY, GOAL, INDICATORS, "未完成原因分析|<|物价上涨。|<|<|<|<|<|<"), set(), ("C15",),
    ),
    "money that came in as a column": (
        (
            *(re.sub("$", "|<", part.strip("\n"), flags=re.MULTILINE) for part in (HEAD,)),
            MONEY.replace("全年预算数|", "全年预算数|资金到位数|").replace("|100|90|", "|100|90|80|"),
            *(re.sub("$", "|<", part.strip("\n"), flags=re.MULTILINE) for part in (GOAL, INDICATORS)),
        ),
        set(), ("F6", "F7"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_of_an_office_reads_as_the_plain_form(name: str) -> None:
    parts, without, passed = LAYOUTS[name]
    found, plain = read(*parts), read(*PLAIN)
    assert found.pop("passed") == passed
    plain.pop("passed")
    assert {key for key in plain if key not in found} == without
    assert {key: value for key, value in found.items() if key in plain} == {
        key: value for key, value in plain.items() if key not in without
    }
    assert set(found) <= set(plain)


PAIRS = """
资金执行情况（万元）|<|年初预算数|100|调整预算数|90|执行数|85.5|执行率
^|^|其中：财政拨款|100|其中：财政拨款|90|其中：财政拨款|85.5|95.00%
"""
COLUMN = """
年初预算数（万元）|<|100|<|<|<|<|<|<
全年预算数（万元）|<|90|<|<|<|<|<|<
全年执行数（万元）|<|85.5|<|<|<|<|<|<
执行率|<|95.00%|<|<|<|<|<|<
"""
PROVINCE = """
预算执行情况（万元）|<|预算安排情况（调整后）|<|资金到位情况|<|资金执行情况|<|预算执行进度
^|^|预算数：|90|到位数：|80|执行数：|85.5|95.00%
^|^|其中：财政资金|90|其中：财政资金|80|其中：财政资金|85.5|
^|^|其他||其他||其他||
"""


MONEYS = (PAIRS, COLUMN, PROVINCE)


@pytest.mark.parametrize("money", MONEYS, ids=["a row", "a column", "a province"])
def test_money_that_stands_beside_its_labels(money: str) -> None:
    found = read(HEAD, money, GOAL, INDICATORS)
    whole = [found.get(name) for name in ("budget_wan", "adjusted_budget_wan", "expenditure_wan")]
    assert whole == [None if money == PROVINCE else "100", "90", "85.5"]
    assert found["execution_rate_pct"] == "95.00"
    part = found["lines"][0]
    if money == COLUMN:
        assert part["name"] == "培训人数"
    else:
        assert (part["fund"], part["adjusted_budget_wan"], part["expenditure_wan"]) == (
            "fiscal",
            "90",
            "85.5",
        )
    assert found["passed"] == (("F6", "F7") if money == PROVINCE else ())


def test_parts_of_money_under_each_amount_of_a_column() -> None:
    """The fund's budget and what was spent of it are one line."""
    part = "其中：财政拨款|<|{}|<|<|<|<|<|<\n全年"
    money = COLUMN.replace("全年", part.format(99), 1).replace(
        "\n全年执行数", "\n" + part.format(89) + "执行数"
    )
    line = read(HEAD, money, GOAL, INDICATORS)["lines"][0]
    assert (line["fund"], line["budget_wan"], line["adjusted_budget_wan"]) == ("fiscal", "99", "89")


def test_a_budget_that_its_brackets_call_adjusted_is_not_the_first_one() -> None:
    for word in ("预算数（调整后）", "预算安排数（调整后）"):
        found = read(HEAD, MONEY.replace("全年预算数", word), GOAL, INDICATORS)
        assert (found["budget_wan"], found["adjusted_budget_wan"]) == ("100", "90")


ALONE = "预算资金（万元）|全年预算数|90|全年执行数|85.5|执行率|95.00%|自评得分|9.5"
REFUSED = {
    "the same amount twice": (
        (HEAD, PAIRS + "^|^|年初预算数|90|||||", GOAL, INDICATORS), "form-twice-said", "表!C7", "",
    ),
    "the same part twice": (
        (HEAD, PAIRS + "^|^|其中：财政拨款|90|||||", GOAL, INDICATORS), "form-twice-said", "表!C7", "",
    ),
    "no name but in the title": (
        (
            HEAD.replace("项目名称|<|职业培训|<|<|<|<|<|<\n", "").replace("项目支出", "职业培训项目"),
            MONEY, GOAL, INDICATORS,
        ),
        "form-labels", "表", "项目名称",
    ),
    "another head on the next page": (
        (
            HEAD, MONEY, GOAL,
            INDICATORS.replace("^|满意度指标", AGAIN.replace("分值|得分", "得分|分值") + "|满意度指标"),
        ),
        "form-cell-unknown", "表!B14", "",
    ),
    "a level that does not go on on the next page": (
        (HEAD, MONEY, GOAL, INDICATORS.replace("^|满意度指标|", f"{AGAIN}||")), "form-level", "表!D14", "",
    ),
    "two scores": (
        (HEAD, "自评得分|<|95|<|<||||", MONEY, GOAL, INDICATORS), "form-twice-said", "表!C5", "97.5",
    ),
    "a score that may be the money's or the whole form's": (
        (HEAD, ALONE, GOAL, INDICATORS.replace(TOTAL, "")), "form-cell-unknown", "表!H5", "",
    ),
    "two years": (
        (
            HEAD.replace("（2023年度）|<", "填报单位：某局　2022年度|<")
            .replace("自评表|", "自评表（2023年度）|"),
            MONEY, GOAL, INDICATORS,
        ),
        "form-year", "表", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_layout_of_an_office_that_does_not_read_is_refused_by_name(name: str) -> None:
    parts, rule, where, expected = REFUSED[name]
    with pytest.raises(Refused) as refused:
        forms(drawn(*parts))
    assert (refused.value.rule, refused.value.where, refused.value.expected) == (rule, where, expected)


OTHER = tuple(part.replace("职业培训", "创业指导") for part in PLAIN)


def found_in(folder: Path, name: str, data: bytes) -> tuple[list[tuple[str, int | None]], list[str]]:
    """Name and year of the forms of a file, and the rules that are told of it."""
    path = folder / name
    path.write_bytes(data)
    found, problems = reading.read(Book(name, name, path), of_package())
    return [(item.form.project["name"].text, item.form.year) for item in found], [it.rule for it in problems]


BOTH = [("职业培训", 2023), ("创业指导", 2023)]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_forms_and_notes_one_under_the_other_in_other_kinds_of_files(tmp_path: Path, kind: str) -> None:
    notes = ("注：1.得分保留一位小数。\n2.年初没有预算的填0。", "|", "附件3|<|<|<|<|<|<|<|<")
    grid, merges = plan(*PLAIN, *notes, *OTHER, "填表人：张某|<|<||审核人：李某|<|<||")
    data = (xls if kind == "xls" else ods)("表", grid, merges)
    assert found_in(tmp_path, f"a.{kind}", data) == (BOTH, ["form-person-left-out"])


def document(*tables: tuple[tuple[str, ...], tuple[str, ...], int]) -> bytes:
    """A .docx of texts, each before a form without its first rows."""
    paper = Document()
    for texts, parts, skipped in tables:
        for text in texts:
            paper.add_paragraph(text)
        _table(paper, parts, skipped)
    data = io.BytesIO()
    paper.save(data)
    return data.getvalue()


def _table(paper: Any, parts: tuple[str, ...], skipped: int) -> None:
    grid, merges = plan(*parts)
    rows, columns = max(row for row, _ in grid) + 1 - skipped, max(column for _, column in grid) + 1
    table = paper.add_table(rows, columns)
    for first_row, first, last_row, last in merges:
        if first_row >= skipped:
            table.cell(first_row - skipped, first).merge(table.cell(last_row - skipped, last))
    for (row, column), value in grid.items():
        if row >= skipped:
            table.cell(row - skipped, column).text = str(value)


REPORT = (
    "某市人社局2023年度部门整体支出绩效自评报告",
    "2022年度和2023年度，我局开展了两个项目，汇总表另附。",
    "附件1：项目支出绩效自评表（2023年度）",
)


def test_forms_in_a_report_are_titled_by_what_stands_next_to_them(tmp_path: Path) -> None:
    """A report speaks of other years and of the whole department; the form is what its own title says."""
    second = ("注：本表由项目单位填写。", "附件2：项目支出绩效自评表（2023年度）")
    data = document((REPORT, PLAIN, 2), (second, OTHER, 2))
    assert found_in(tmp_path, "a.docx", data) == (BOTH, [])
    of_department = (*REPORT[:2], "部门整体支出绩效自评表", "（2023年度）")
    assert found_in(tmp_path, "b.docx", document((of_department, PLAIN, 2))) == ([], ["form-none"])
    noted = document(((*REPORT, "注：汇总表另附"), PLAIN, 2))
    assert found_in(tmp_path, "d.docx", noted) == (BOTH[:1], [])
    untitled = document((REPORT[1:2], PLAIN, 2))
    assert found_in(tmp_path, "c.docx", untitled) == ([], ["form-year"])


@pytest.mark.parametrize(
    "title",
    [
        ("部门整体支出 绩效自评表（2023年度）",),
        ("部 门 整 体 支 出　绩 效 自 评 表", "（2023年度）"),
        ("2023年度部门整体支出", "绩效自评表"),
    ],
)
def test_a_title_with_spaces_or_on_two_lines_is_one_title(tmp_path: Path, title: tuple[str, ...]) -> None:
    """Its last word alone would make a project's form of a department's."""
    assert found_in(tmp_path, "a.docx", document((title, PLAIN, 2))) == ([], ["form-none"])
    of_project = tuple(line.replace("部门整体", "项目").replace("部 门 整 体", "项 目") for line in title)
    assert found_in(tmp_path, "a.docx", document((of_project, PLAIN, 2))) == (BOTH[:1], [])
    sheet = (HEAD.replace("项目支出绩效自评表", title[0]), MONEY, GOAL, INDICATORS)
    assert forms(drawn(*sheet)) == []


def test_tables_of_a_document_with_a_text_between_are_no_form_together(tmp_path: Path) -> None:
    data = document((REPORT[2:], (HEAD, MONEY, GOAL), 2), (("指标见下表",), (INDICATORS,), 0))
    assert found_in(tmp_path, "a.docx", data) == ([], ["form-labels", "form-labels"])


def test_a_form_whose_table_ends_with_the_page_goes_on_in_the_next_one(tmp_path: Path) -> None:
    """Its rows are counted on, and both tables are named; one that begins with a project is the next form."""
    first, rest = INDICATORS.split("^|满意度指标")
    rest = f"|满意度指标{rest}".replace("97.5|", "97.5|优")
    for number, parts in enumerate(
        (((HEAD, MONEY), (GOAL, INDICATORS)), ((HEAD, MONEY, GOAL, first), (rest,)))
    ):
        other = tuple(part.replace("职业培训|", "创业指导|") for part in parts[0])
        title = ("项目支出绩效自评表（2023年度）",)
        data = document((title, parts[0], 2), ((), parts[1], 0), (title, other, 2), ((), parts[1], 0))
        path = tmp_path / f"{number}.docx"
        path.write_bytes(data)
        found, problems = reading.read(Book(path.name, path.name, path), of_package())
        assert {problem.rule for problem in problems} <= {"form-passed"}
        assert [(item.form.sheet, item.form.project["name"].text) for item in found] == [
            ("表1至表2", "职业培训"), ("表3至表4", "创业指导"),
        ]  # fmt: skip
        lines = [line["name"].text for line, _ in found[0].form.indicators]
        assert lines == ["培训人数", "能力提升", "学员满意度"]
        assert found[0].form.indicators[2][1].section == "B11:H11"
        assert found[0].form.project["total_score"].text == "97.5"


def test_a_table_that_does_not_say_its_grid_is_read(tmp_path: Path) -> None:
    data = document((REPORT[2:], PLAIN, 2))
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        parts = {name: pack.read(name) for name in pack.namelist()}
    word = parts["word/document.xml"]
    parts["word/document.xml"] = re.sub(rb"<w:tblGrid>.*?</w:tblGrid>", b"", word, flags=re.DOTALL)
    assert parts["word/document.xml"] != word
    assert found_in(tmp_path, "a.docx", zipped(parts)) == (BOTH[:1], [])


def test_indicators_without_a_head_in_a_table_of_another_grid_are_refused(tmp_path: Path) -> None:
    rest = "|满意度指标|服务对象满意度指标|学员满意度|≥90%|92%|10|10"
    data = document((REPORT[2:], PLAIN, 2), ((), (rest,), 0))
    assert found_in(tmp_path, "a.docx", data) == ([], ["form-cell-unknown", "form-labels"])


def test_a_list_of_projects_beside_the_forms_is_passed_over(tmp_path: Path) -> None:
    listed = """
2023年项目支出绩效自评汇总表|<|<|<|<|<
序号|项目名称|主管部门|年初预算数|全年执行数|自评得分
1|职业培训|某局|100|90|95
"""
    data = xlsx([("汇总", *plan(listed)), ("1", *plan(*PLAIN))])
    assert found_in(tmp_path, "a.xlsx", data) == (BOTH[:1], ["form-sheet-passed"])
    over = plan("某局2023年度绩效自评情况汇总表|<|<|<|<|<|<|<|<", *PLAIN, *OTHER)
    assert found_in(tmp_path, "b.xlsx", xlsx([("表", *over)])) == (BOTH, [])  # and forms under its name


def test_what_is_read_of_them_can_be_published(roomy: Path, tmp_path: Path) -> None:
    """Each value stands in its quotation."""
    every = {name: parts for name, (parts, _, _) in LAYOUTS.items()}
    every |= {name: (HEAD, money, GOAL, INDICATORS) for name, money in zip("甲乙丙", MONEYS, strict=True)}
    paths = []
    for number, parts in enumerate(every.values()):
        paths.append(str(tmp_path / f"{number}.xlsx"))
        named = [part.replace("职业培训|", f"职业培训{number}|") for part in parts]
        Path(paths[-1]).write_bytes(drawn(*named))
    assert main(["import", *paths, "--package", str(roomy), "--any-department"]) == 0
    package, problems = check(roomy)
    assert blocking(problems) == []
    names = {row.text("name") for row in package.rows("projects")}
    assert {f"职业培训{number}" for number in range(len(every))} <= names


@pytest.mark.parametrize(
    ("head", "after"),
    [
        ("扣分", "分值"),
        ("得分率", "得分"),
        ("是否完成", "实际完成值"),
        ("实施期指标值", "三级指标"),
        ("自评依据", "得分"),
    ],
)
def test_a_column_that_the_package_has_no_place_for_is_named(head: str, after: str) -> None:
    lines = INDICATORS.strip("\n").splitlines()
    at = lines[0].split("|").index(after) + 1
    wide = [
        "|".join([*line.split("|")[:at], word, *line.split("|")[at:]])
        for line, word in zip(lines, (head, "甲", "乙", "丙", "<" if at < 6 else ""), strict=True)
    ]
    parts = (re.sub("$", "|<", part.strip("\n"), flags=re.MULTILINE) for part in (HEAD, MONEY, GOAL))
    found, plain = read(*parts, "\n".join(wide)), read(*PLAIN)
    assert found["passed"] == tuple(f"{'ABCDEFGHIJ'[at]}{row}" for row in (11, 12, 13))
    assert found["lines"] == plain["lines"]
