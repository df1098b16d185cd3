"""Forms that a careful reader manages, though they do not say everything in the usual place."""

from pathlib import Path

import pytest
from books import drawn
from disclosure.cli import main
from disclosure.forms import files, reading
from disclosure.forms.grid import Refused
from disclosure.forms.layout import of_package
from disclosure.quality.checks import check
from disclosure.quality.report import blocking
from docx import Document
from forms_read import forms
from test_forms_county import EVALUATED, FIRST_ALONE, MONEY_ALONE
from test_forms_offices import REPORT, document
from test_forms_wild import GOAL, HEAD, IN_TURN, INDICATORS, MONEY, PLAIN, read

PERCENT = (
    INDICATORS.replace("|50|50|", "|50%|50|").replace("|30|28|", "|30%|28|").replace("|10|10|", "|10％|10|")
)
OF_HUNDRED = PERCENT.replace("|100|97.5|", "|100%|97.5|")
NO_POINTS = MONEY.replace("|10|95", "|-|95")
WHOLE = PERCENT.replace("|30%|28|", "|40%|38|")  # a hundred without the money


def test_weights_that_are_percentages_of_one_whole_are_points_of_a_hundred() -> None:
    plain = read(*PLAIN)
    in_all = MONEY.replace("|10|95", "|10%|95")
    for money, table in ((MONEY, PERCENT), (MONEY, OF_HUNDRED), (in_all, OF_HUNDRED), (in_all, PERCENT)):
        assert read(HEAD, money, GOAL, table) == plain
    assert [line["weight"] for line in read(HEAD, NO_POINTS, GOAL, WHOLE)["lines"][1:]] == ["50", "40", "10"]
    short = read(HEAD, NO_POINTS, GOAL, OF_HUNDRED)  # of what the form says is a hundred
    assert ([line["weight"] for line in short["lines"][1:]], short["total_weight"]) == (
        ["50", "30", "10"],
        "100",
    )
    (form,) = forms(drawn(HEAD, MONEY, GOAL, PERCENT))
    assert " 50% " in form.indicators[0][1].quote
    groups = read(HEAD, MONEY, GOAL, FIRST_ALONE.replace("|50|", "|50%|").replace("|10|服", "|10%|服"))[
        "lines"
    ][1:]
    assert [line["group_weight"] for line in groups] == ["50", "50", "10"]


@pytest.mark.parametrize(
    ("money", "table", "where"),
    [
        (MONEY, INDICATORS.replace("|50|50|", "|50%|50|"), "表!G11"),  # beside points
        (MONEY, PERCENT.replace("|50%|", "|100%|").replace("|30%|", "|100%|"), "表!G11"),  # of each group
        (NO_POINTS, PERCENT.replace("|100|97.5|", "||97.5|"), "表!G11"),  # of what, the form does not say
        (MONEY, WHOLE, "表!G11"),  # of all but the money
        (MONEY.replace("|10|95", "|10%|95"), INDICATORS, "表!G6"),
        (MONEY, INDICATORS.replace("|100|97.5|", "|100%|97.5|"), "表!G14"),
        (MONEY, INDICATORS.replace("|50|50|", "|50|100%|"), "表!H11"),  # a score is no share
    ],
)
def test_weights_that_are_percentages_of_several_wholes_are_refused(
    money: str, table: str, where: str
) -> None:
    with pytest.raises(Refused) as refused:
        forms(drawn(HEAD, money, GOAL, table))
    assert (refused.value.rule, refused.value.where) == ("form-number", where)


ACROSS = """
项目资金（万元）|<|<|合计|财政拨款|<|其他资金|<|<
^|^|年初预算数|100|95|<|5|<|<
^|^|全年预算数|90|90|<||<|<
^|^|全年执行数|85.5|85.5|<||<|<
^|^|执行率|95.00%|95.00%|<|-|<|<
"""
OLD = "项目资金申请（万元）|资金总额：|<|300|\n^|财政拨款：|<|300|\n"
TARGET = IN_TURN.replace(OLD, "项目资金申请（万元）|合计|财政拨款|<|其他资金\n^|300|290|<|10\n")


def test_money_whose_funds_are_columns_is_read_by_its_rows() -> None:
    found = read(HEAD, ACROSS, GOAL, INDICATORS)
    whole = ("budget_wan", "adjusted_budget_wan", "expenditure_wan", "execution_rate_pct")
    assert [found[name] for name in whole] == ["100", "90", "85.5", "95.00"]
    assert [[line["fund"], *(line[name] for name in whole)] for line in found["lines"][:2]] == [
        ["fiscal", "95", "90", "85.5", "95.00"],
        ["other", "5", "NA", "NA", ""],
    ]
    one_row = ACROSS.replace("\n^|^|全年预算数|90|90|<||<|<", "").split("\n^|^|全年执行数")[0]
    found = read(HEAD, one_row, GOAL, INDICATORS)
    assert found["budget_wan"] == "100"
    assert "expenditure_wan" not in found
    (form,) = forms(drawn(HEAD, one_row, GOAL, INDICATORS))
    assert form.funds[1][1] == ("其他资金 年初预算数 5", "G5:I5,C6,G6:I6")


def test_a_row_without_a_label_under_the_funds_of_a_target_form_is_the_budget() -> None:
    found = read(TARGET)
    assert (found["budget_wan"], found["lines"][0]["name"]) == ("300", "财政拨款")
    assert [line["budget_wan"] for line in found["lines"][:2]] == ["290", "10"]


@pytest.mark.parametrize(
    ("parts", "rule", "where"),
    [
        ((HEAD, ACROSS.replace("其他资金", "归口资金"), GOAL, INDICATORS), "form-cell-unknown", "表!D5"),
        ((HEAD, ACROSS.replace("全年预算数", "归口安排"), GOAL, INDICATORS), "form-cell-unknown", "表!C7"),
        ((HEAD, ACROSS.replace("全年预算数", "年初预算数"), GOAL, INDICATORS), "form-twice-said", "表!C7"),
        ((HEAD, ACROSS.replace("|95|<|5|", "|95|<|^|"), GOAL, INDICATORS), "form-cell-unknown", "表!D5"),
        ((HEAD, ACROSS.replace("|90|90|<||", "|90|90|<|^|"), GOAL, INDICATORS), "form-cell-unknown", "表!G6"),
        ((HEAD, ACROSS.replace("|年初预算数|", "|^|"), GOAL, INDICATORS), "form-cell-unknown", "表!D5"),
        ((TARGET.replace("项目资金申请（万元）", "到位资金（万元）"),), "form-cell-unknown", "表!B5"),
        ((TARGET.replace("（万元）", ""),), "form-amount-unit", "表!B6"),
    ],
    ids=["a fund", "a row", "twice", "over it", "of two rows", "an evaluation's", "not a budget", "no unit"],
)
def test_money_in_columns_that_does_not_say_what_it_is_is_refused(
    parts: tuple[str, ...], rule: str, where: str
) -> None:
    with pytest.raises(Refused) as refused:
        forms(drawn(*parts))
    assert (refused.value.rule, refused.value.where) == (rule, where)


FUNDS = [("fiscal", "100"), ("unit", "50")]
ALL = [("fiscal", "150")]


@pytest.mark.parametrize(
    ("said", "funds"),
    [
        ("共150万元，其中财政拨款100万元、自筹50万元", FUNDS),
        ("总额150万元：财政拨款100万元，自筹资金50万元。", FUNDS),
        ("150万元=财政拨款100万元+单位自筹50万元", FUNDS),
        ("150（财政拨款100，自筹50）", FUNDS),
        ("人民币150万元整", []),
        ("150万元，全部为财政拨款", ALL),
        ("150万元（财政拨款）", ALL),
        ("150，均来自财政资金。", ALL),
    ],
)
def test_a_cell_that_says_the_money_and_its_parts_in_words(said: str, funds: list[tuple[str, str]]) -> None:
    found = read(IN_TURN.replace(OLD, f"项目资金申请（万元）|资金总额：|{said}|<|<\n"))
    parts = [(line["fund"], line["budget_wan"]) for line in found["lines"] if "fund" in line]
    assert (found["budget_wan"], parts) == ("150", funds)


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("150万元（财政拨款100，自筹50）", "form-amount-several"),  # 100 of what
        ("150万元，全部为归口资金", "form-amount"),
        ("150万元，合计", "form-amount"),
        ("150万元，其中财政拨款", "form-amount"),  # how much of it
        ("150（财政拨款60%）", "form-amount-several"),
        ("150+50", "form-amount-several"),
        ("项目总投资500万元，本年150万元", "form-amount-several"),
    ],
)
def test_a_cell_that_does_not_say_what_each_amount_is_of_is_refused(said: str, rule: str) -> None:
    with pytest.raises(Refused) as refused:
        forms(drawn(IN_TURN.replace(OLD, f"项目资金申请（万元）|资金总额：|{said}|<|<\n")))
    assert (refused.value.rule, refused.value.where) == (rule, "表!C5")


def test_what_is_judged_of_decision_and_process_without_a_target_is_named_as_left_out() -> None:
    """The package has no row for an indicator without a target, and none is made up."""
    judged = EVALUATED.replace("|5|充分|充分|5|", "|5|||5|").replace("|5|规范|规范|5|", "|5|||4|缺登记")
    found, whole = (read(HEAD, MONEY_ALONE, GOAL, table) for table in (judged, EVALUATED))
    assert found["passed"][:8] == ("E11", "F11", "G11", "J11", "F12", "G12", "J12", "K12")
    assert found["lines"] == [whole["lines"][0], *whole["lines"][3:]]
    for old, new, where in (
        (
            "|5|充分|充分|5|\n^|^|^|^|^|立项程序规范性|5|规范",
            "|5|充分|充分|5|\n^|^|^|^|^|立项程序规范性|5|^",
            "表!F12",
        ),
        ("≥100人", "", "表!F18"),  # what was to be put out is set, or the form is not filled in
    ):
        assert old in EVALUATED
        with pytest.raises(Refused) as refused:
            forms(drawn(HEAD, MONEY_ALONE, GOAL, EVALUATED.replace(old, new)))
        assert (refused.value.rule, refused.value.where) == ("form-indicator", where)


TOTAL = "总分|<|<|<|<|<|100|97.5|"


def test_a_sum_over_the_indicators_is_the_form_s_or_is_named_as_theirs() -> None:
    plain = read(*PLAIN)
    over = INDICATORS.replace(TOTAL, "").replace("^|产出指标", "总分|<|<|<|<|<|100|97.5|\n|产出指标")
    assert read(HEAD, MONEY, GOAL, over) == plain
    alone = INDICATORS.replace(TOTAL, "").replace("^|产出指标", "^|合计|<|<|<|<|90|88|\n^|产出指标")
    found = read(HEAD, MONEY, GOAL, alone)  # without the points of the money
    assert (found.pop("passed"), found["lines"]) == (("G11", "H11"), plain["lines"])
    assert not {"total_weight", "total_score"} & found.keys()
    found = read(HEAD, MONEY.replace("|10|95.00%|9.5", "|-|95.00%|-"), GOAL, alone)
    assert (found["total_weight"], found["total_score"]) == ("90", "88")  # of all points there are


@pytest.mark.parametrize(
    ("table", "rule", "where"),
    [
        (INDICATORS.replace("^|产出指标", "^|合计|<|<|<|<|90|88|\n^|产出指标"), "form-twice-said", "表!G15"),
        (INDICATORS.replace("^|效益", "^|合计|<|<|<|<|90|88|\n^|效益"), "form-cell-unknown", "表!B13"),
        (
            INDICATORS.replace(TOTAL, "").replace("^|产出指标", "^|合计|<|<|<|<|90|88|见附表\n^|产出指标"),
            "form-cell-unknown", "表!I11",
        ),
    ],
    ids=["another under them", "between them", "with a text"],
)  # fmt: skip
def test_a_sum_over_the_indicators_that_is_not_theirs_alone_is_refused(
    table: str, rule: str, where: str
) -> None:
    with pytest.raises(Refused) as refused:
        forms(drawn(HEAD, MONEY, GOAL, table.replace(TOTAL, TOTAL if "twice" in rule else "")))
    assert (refused.value.rule, refused.value.where) == (rule, where)


FOUR = """
绩效指标|一级指标|二级指标|三级指标|四级指标|年度指标值|实际完成值|分值|得分
^|产出指标|数量指标|培训规模|培训人数|≥100人|120人|20|20
^|^|^|^|培训期数|≥2期|2期|30|30
^|效益指标|社会效益指标|能力|能力提升|明显提升|明显提升|30|28
^|满意度指标|服务对象满意度指标|满意|学员满意度|≥90%|92%|10|10
总分|<|<|<|<|<|<|100|97.5
"""


def test_of_four_levels_the_lowest_is_the_indicator_and_the_third_is_named() -> None:
    found = read(HEAD, MONEY, GOAL, FOUR)
    names = [line["name"] for line in found["lines"][1:]]
    assert (names, found["passed"]) == (
        ["培训人数", "培训期数", "能力提升", "学员满意度"],
        ("D11", "D13", "D14"),
    )
    for old, new, rule, where in (
        ("|能力提升|", "||", "form-indicator", "表!F13"),  # a fourth level that is blank is not the third
        ("|三级指标|", "|归口分类|", "form-labels", "表"),
        ("|四级指标|", "|五级指标|", "form-indicator", "表!F12"),  # and the third is of two rows
    ):
        with pytest.raises(Refused) as refused:
            forms(drawn(HEAD, MONEY, GOAL, FOUR.replace(old, new)))
        assert (refused.value.rule, refused.value.where) == (rule, where)


SPOKEN = "项目资金|<|年初预算数：100万元，全年预算数90万元　全年执行数：855,000元；执行率95%。|<|<|<|<|<|<"


def test_a_cell_that_says_budget_and_expenditure_in_words() -> None:
    found = read(HEAD, SPOKEN, GOAL, INDICATORS)
    whole = ("budget_wan", "adjusted_budget_wan", "expenditure_wan", "execution_rate_pct")
    assert [found[name] for name in whole] == ["100", "90", "85.5", "95"]
    bare = "项目资金（万元）|<|预算数100，执行数85.5，执行率95%|<|<|<|<|<|<"
    found = read(HEAD, bare, GOAL, INDICATORS)
    assert (found["budget_wan"], found["expenditure_wan"]) == ("100", "85.5")


@pytest.mark.parametrize(
    ("old", "new", "rule", "where"),
    [
        ("全年预算数90万元", "归口安排90万元", "form-labels", "表"),
        ("全年预算数90万元", "全年预算数90", "form-labels", "表"),  # of what, where others say it
        ("全年预算数90万元", "年初预算数90万元", "form-labels", "表"),
        ("95%。", "95%，尚可。", "form-labels", "表"),
        ("95%", "95万元", "form-labels", "表"),
        ("|<|<|<|<|<|<", "|<|<|<|<|<|<\n资金情况|<|预算数100万元|<|<|<|<|<|<", "form-twice-said", "表!C6"),
        ("万元", "", "form-amount-unit", "表!C5"),
    ],
)
def test_a_cell_that_says_more_than_money_or_not_of_what_is_refused(
    old: str, new: str, rule: str, where: str
) -> None:
    with pytest.raises(Refused) as refused:
        forms(drawn(HEAD, SPOKEN.replace("855,000元", "85.5万元").replace(old, new), GOAL, INDICATORS))
    assert (refused.value.rule, refused.value.where) == (rule, where)


JUDGED = EVALUATED.replace("|5|充分|充分|5|", "|5|||5|")
IMPORTED = {
    "percent": (HEAD, MONEY, GOAL, OF_HUNDRED),
    "across": (HEAD, ACROSS, GOAL, INDICATORS),
    "alone": (TARGET.replace("河道清淤|", "职业培训|"),),
    "spoken": (HEAD, SPOKEN, GOAL, INDICATORS),
    "judged": (HEAD, MONEY_ALONE, GOAL, JUDGED),
    "four": (HEAD, MONEY, GOAL, FOUR),
}


def test_what_is_read_of_them_can_be_published(roomy: Path, tmp_path: Path) -> None:
    """Each value stands in its quotation, that of a broken table too; nothing that was left out is missed."""
    said = "项目资金申请（万元）|资金总额：|150（财政拨款100，自筹50）|<|<\n"
    parts = IMPORTED | {"in words": (IN_TURN.replace(OLD, said).replace("河道清淤|", "职业培训|"),)}
    for name, drawing in parts.items():
        named = [part.replace("职业培训|", f"{name}|") for part in drawing]
        (tmp_path / f"{name}.xlsx").write_bytes(drawn(*named))
    broken = tuple(part.replace("职业培训|", "broken|") for part in (HEAD, MONEY))
    data = document((REPORT[2:], broken, 2), ((), (GOAL, INDICATORS), 0))
    (tmp_path / "broken.docx").write_bytes(data)
    assert main(["import", str(tmp_path), "--package", str(roomy), "--any-department"]) == 0
    package, problems = check(roomy)
    assert blocking(problems) == []
    names = {row.text("name") for row in package.rows("projects")}
    assert {*parts, "broken"} <= names


HALF: list[tuple[str, ...]] = [
    ("项目名称", "道路养护", "主管部门", "样例市样例街道办事处"),
    ("年度资金总额（万元）", "100", "其中：财政拨款", "100"),
    ("年度总体目标", "养护道路 3 条", "", ""),
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "养护道路", "≥3条"),
]
RESTS: dict[str, tuple[list[tuple[str, ...]], bool]] = {
    "with levels": ([("效益指标", "社会效益指标", "出行", "方便", "")], False),
    "with kinds and who filled it in": ([("社会效益指标", "出行", "方便"), ("填表人：", "", "")], False),
    "with the total": ([("出行", "方便", ""), ("总分", "", "100")], False),
    "bare": ([("合格率", "≥90%")], False),
    "explanations": ([("填表说明", "一"), ("1", "写清楚")], True),
    "signatures": ([("单位负责人：", ""), ("填表人：", "")], True),
}


@pytest.mark.parametrize("rest", RESTS)
def test_a_form_is_not_read_without_the_rest_that_a_page_breaks_off(tmp_path: Path, rest: str) -> None:
    """A table behind it, neither joined nor of its own, may be its indicators: half was imported."""
    rows, is_read = RESTS[rest]
    made = Document()
    made.add_paragraph("2023年度项目支出绩效目标表")
    for lines in (HALF, rows):
        table = made.add_table(len(lines), len(lines[0]))
        for row, line in enumerate(lines):
            for column, text in enumerate(line):
                table.cell(row, column).text = text
    made.save(str(tmp_path / "form.docx"))
    (book,) = files.books([tmp_path / "form.docx"])
    found, problems = reading.read(book, of_package())
    assert len(found) == is_read
    assert ("form-cell-unknown" in {problem.rule for problem in problems}) is not is_read
