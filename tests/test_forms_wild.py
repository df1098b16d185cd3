"""Layouts of provinces that no fixture has: each reads as an attentive clerk reads it, or is refused."""

import re
from pathlib import Path
from typing import Any

import pytest
from books import docx, drawn, plan
from disclosure.forms import reading
from disclosure.forms.files import Book
from disclosure.forms.grid import Refused
from disclosure.forms.layout import of_package
from disclosure.forms.reading import Found
from disclosure.model import Problem
from forms_read import forms, values

HEAD = """
项目支出绩效自评表|<|<|<|<|<|<|<|<
（2023年度）|<|<|<|<|<|<|<|<
项目名称|<|职业培训|<|<|<|<|<|<
主管部门|<|某市人社局|<|<|实施单位|<|某市就业中心|<
"""
MONEY = """
项目资金（万元）|<|<|年初预算数|全年预算数|全年执行数|分值|执行率|得分
^|^|年度资金总额|100|90|85.5|10|95.00%|9.5
^|^|其中：财政拨款|100|90|85.5|-|95.00%|-
"""
GOAL = """
年度总体目标|预期目标|<|<|<|实际完成情况|<|<|<
^|培训 100 人。|<|<|<|培训 120 人。|<|<|<
"""
INDICATORS = """
绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
^|产出指标|数量指标|培训人数|≥100人|120人|50|50|
^|效益指标|社会效益指标|能力提升|明显提升|明显提升|30|28|仍需跟踪
^|满意度指标|服务对象满意度指标|学员满意度|≥90%|92%|10|10|
总分|<|<|<|<|<|100|97.5|
"""
PLAIN = (HEAD, MONEY, GOAL, INDICATORS)


def read(*parts: str) -> dict[str, Any]:
    """What the only form of a sheet states, the year and the cells that it leaves out."""
    (form,) = forms(drawn(*parts))
    return {**values(form), "year": form.year, "passed": form.passed, "left_out": form.left_out}


def swapped(old: str, new: str) -> tuple[str, ...]:
    found = tuple(part.replace(old, new) for part in PLAIN)
    assert found != PLAIN
    return found


# The same form, with other words and things that state nothing of it: it reads the same.
ALIKE = {
    "the year beside who filled it in": swapped(
        "（2023年度）|<|<|<|<|<|<|<|<", "填报单位（盖章）：某市就业中心|<|<|<||（2023年度）|||"
    ),
    "the unit of money beside the year": (
        HEAD.replace("（2023年度）", "（2023年度）      单位：万元"), MONEY.replace("（万元）", ""),
        GOAL, INDICATORS,
    ),
    "a note of several rows": (*PLAIN, "注：1.其他资金包括社会投入。\n2.定量按比例计分。\n（3）定性分三档。"),
    "who filled it in at the foot": (*PLAIN, "填报人：王某||||联系电话：12345||填报时间：2024年3月1日||"),
    "levels in other words": (
        HEAD, MONEY, GOAL,
        INDICATORS.replace("产出指标", "项目产出").replace("效益指标|", "项目效果|", 1)
        .replace("|满意度指标", "|社会公众或服务对象满意度"),
    ),
    "heads in other words": (
        HEAD, MONEY.replace("全年预算数", "全年（调整）预算数").replace("全年执行数", "全年实际执行数"),
        GOAL.replace("预期目标", "年初设定目标").replace("实际完成情况", "年度总体目标完成情况综述"),
        INDICATORS.replace("分值", "指标分值").replace("|得分", "|自评分")
        .replace("偏差原因分析及改进措施", "未完成原因及拟采取的改进措施"),
    ),
    "goals and results of several rows": (
        HEAD, MONEY,
        """
年度总体目标|预期目标|<|<|<|实际完成情况|<|<|<
^|培训 100|<|<|<|培训 120|<|<|<
^|人。|<|<|<|人。|<|<|<
""",
        INDICATORS,
    ),
    "a sum of each group": (
        HEAD, MONEY, GOAL,
        INDICATORS.replace("^|效益指标", "^|小计|<|<|<|<|50|50|\n^|效益指标"),
    ),
    "the budget's execution among the indicators": (
        HEAD, MONEY, GOAL,
        INDICATORS.replace("^|产出", "^|预算执行率（10分）|预算执行率|预算执行率|100%|95%|10|9.5|\n^|产出"),
    ),
    "the day of signing": (*PLAIN, "单位负责人（签字）：||||||2024年3月15日||", "经办人：||||||年  月  日||"),
    "a telephone further on": (*PLAIN, "填报人：|||王某|联系电话：||12345||"),
    "the score in the head too": (HEAD, "自评总分|<|97.5|<|<|自评等级|<|优|<", MONEY, GOAL, INDICATORS),
    "codes of who it is of": (HEAD, "部门编码|<|101|<|<|||", MONEY, GOAL, INDICATORS),
    "rows that nobody has filled in": (
        HEAD, MONEY, GOAL, INDICATORS.replace("^|效益指标", "^||时效指标|……|||||\n^|效益指标"),
    ),
    "the result before the goal": (
        HEAD, MONEY, GOAL.replace("预期目标|<|<|<|实际完成情况", "实际完成情况|<|<|<|预期目标")
        .replace("培训 100 人。|<|<|<|培训 120 人。", "培训 120 人。|<|<|<|培训 100 人。"), INDICATORS,
    ),
    "a grade beside the score": (HEAD, MONEY, GOAL, INDICATORS.replace("100|97.5|", "100|97.5|优")),
    "a grade with its label": (HEAD, MONEY, GOAL, INDICATORS.replace("100|97.5|", "100|97.5|自评等级：优")),
    "amounts with their unit in brackets": (
        HEAD,
        MONEY.replace("（万元）", "").replace("|100|90|85.5|", "|100（万元）|900,000(元)|85.5（万元）|"),
        GOAL, INDICATORS,
    ),
    "measures in a column of their own": (
        *(re.sub("$", "|<", part.strip("\n"), flags=re.MULTILINE) for part in (HEAD, MONEY, GOAL)),
        INDICATORS.replace("偏差原因分析及改进措施", "偏差原因分析|改进措施")
        .replace("仍需跟踪", "仍需跟踪|回访"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ALIKE)
def test_other_words_and_places_read_the_same(name: str) -> None:
    found, plain = read(*ALIKE[name]), read(*PLAIN)
    for form in (found, plain):
        form |= {"left_out": (), "passed": ()}
        for field in ("goal", "actual_result"):
            form[field] = form[field].replace(" ", "")
    assert found == plain


def test_goals_of_several_rows_are_quoted_one_after_the_other() -> None:
    """Else neither stands word for word in its quotation, and no such form could be published."""
    (form,) = forms(drawn(*ALIKE["goals and results of several rows"]))
    cited = form.citations["goal_citation_id"]
    assert cited.section == "A8,B9:E9,B10:E10,F8:I8,F9:I9,F10:I10"
    for field in ("goal", "actual_result"):
        assert form.project[field].text.replace(" ", "") in cited.quote.replace(" ", "")


def test_what_a_form_says_beyond_is_named_as_left_out() -> None:
    assert read(*ALIKE["a sum of each group"])["passed"] == ("G12", "H12")
    assert read(*ALIKE["the score in the head too"])["passed"] == ("H5",)
    assert read(*ALIKE["a grade beside the score"])["passed"] == ("I14",)
    assert read(*ALIKE["a grade with its label"])["passed"] == ("I14",)
    assert read(*ALIKE["measures in a column of their own"])["passed"] == ("J12",)
    assert read(*ALIKE["a telephone further on"])["left_out"] == ("A15", "D15", "E15", "G15")
    assert read(*ALIKE["the day of signing"])["left_out"] == ("A15", "A16", "G15", "G16")


def test_what_a_part_of_the_money_and_a_word_s_unit_say_beyond_is_named() -> None:
    money = MONEY.replace("85.5|-|95.00%|-", "85.5|5|95.00%|4") + "^|^|上年结转资金|||||0.00%|"
    words = INDICATORS.replace("三级指标|", "三级指标|计量单位|").replace("培训人数|", "培训人数|人|")
    words = words.replace("能力提升|", "能力提升|年|").replace("学员满意度|", "学员满意度|%|")
    found = read(HEAD, money, GOAL, words.replace("总分|<|", "总分|<|<|"))
    assert found["passed"] == ("G7", "I7", "H8", "E13")


def test_a_score_in_the_head_that_differs_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        forms(drawn(HEAD, "自评总分|<|95|<|<||||", MONEY, GOAL, INDICATORS))
    assert (refused.value.rule, refused.value.where) == ("form-twice-said", "表!H15")


def in_a_sheet(folder: Path, *parts: str) -> tuple[list[Found], list[Problem]]:
    path = folder / "forms.xlsx"
    path.write_bytes(drawn(*parts))
    return reading.read(Book(path.name, path.name, path), of_package())


def test_forms_one_under_the_other_in_a_sheet(tmp_path: Path) -> None:
    """Each from its title on, or nothing of the sheet where nothing parts them."""
    other = tuple(part.replace("职业培训", "创业指导").replace("2023", "2022") for part in PLAIN)
    found, problems = in_a_sheet(tmp_path, *PLAIN, "注：一式两份。", "附件2", *other)
    assert problems == []
    first, second = (item.form for item in found)
    assert (first.project["name"].text, first.year) == ("职业培训", 2023)
    assert (second.project["name"].text, second.year) == ("创业指导", 2022)
    assert second.project["budget_wan"].cells == ("C22", "D22")
    assert second.citations["citation_id"].section.startswith("A19:I19")
    assert values(second)["lines"] == values(first)["lines"]
    untitled = "\n".join(other[0].strip("\n").splitlines()[1:])
    found, problems = in_a_sheet(tmp_path, *PLAIN, untitled, *other[1:])
    assert (found, [problem.rule for problem in problems]) == ([], ["form-twice-said"])


def test_who_filled_the_form_in_is_the_unit_where_no_other_is_named_and_else_left_out() -> None:
    for label in ("填报单位（盖章）", "单位名称", "单位"):
        line = f"（2023年度）|<|<|<||{label}：某市人社局|<|<|<"
        other = swapped("（2023年度）|<|<|<|<|<|<|<|<", line)
        found = read(*other)
        assert (found["unit"], found["passed"], found["year"]) == ("某市就业中心", ("F2",), 2023)
        none = tuple(part.replace("实施单位|<|某市就业中心|<", "|||") for part in other)
        assert read(*none)["unit"] == "某市人社局"


MIDTERM = """
项目支出绩效目标申报表|<|<|<|<|<|<|<
（2023年度）|<|<|<|<|<|<|<
项目名称|<|河道清淤|<|<|<|<|<
主管部门及代码|<|某市水务局|<|<|实施单位|<|某市河道处
项目资金（万元）|<|中期资金总额：|<|900|年度资金总额：|<|300
^|^|其中：财政拨款|<|900|其中：财政拨款|<|300
总体目标|中期目标（2023年—2025年）|<|<|<|年度目标|<|<
^|三年完成 30 公里清淤。|<|<|<|年内完成 10 公里清淤。|<|<
绩效指标|一级指标|二级指标|三级指标|指标值|二级指标|三级指标|指标值
^|产出指标|数量指标|清淤长度|30公里|数量指标|清淤长度|10公里
^|^|质量指标|验收合格率|100%||||
^|满意度指标|服务对象满意度指标|居民满意度|≥90%|服务对象满意度指标|居民满意度|≥85%
"""
IN_TURN = """
财政支出项目绩效目标申报表|<|<|<|<
（2023年度）|<|<|<|<
项目名称|河道清淤|<|<|<
主管部门|某市水务局|<|实施单位|某市河道处
项目资金申请（万元）|资金总额：|<|300|
^|财政拨款：|<|300|
项目绩效目标|长期目标|<|年度目标|<
^|三年完成 30 公里清淤。|<|年内完成 10 公里清淤。|<
长期绩效指标|一级指标|二级指标|指标内容|指标值
^|产出指标|数量指标|清淤长度|30公里
^|^|质量指标|验收合格率|100%
^|满意度指标|服务对象满意度指标|居民满意度|≥90%
年度绩效指标|一级指标|二级指标|指标内容|指标值
^|产出指标|数量指标|清淤长度|10公里
^|满意度指标|服务对象满意度指标|居民满意度|≥85%
"""


@pytest.mark.parametrize("drawing", [MIDTERM, IN_TURN], ids=["side by side", "one under the other"])
def test_what_is_of_the_whole_period_is_not_the_year_s(drawing: str) -> None:
    found = read(drawing)
    assert (found["goal"], found["long_term_goal"]) == ("年内完成 10 公里清淤。", "三年完成 30 公里清淤。")
    fund, *lines = found["lines"]
    assert (found["budget_wan"], fund["budget_wan"]) == ("300", "300")
    assert [(line["name"], line["target_as_written"]) for line in lines] == [
        ("清淤长度", "10公里"), ("居民满意度", "≥85%"),
    ]  # fmt: skip
    assert {"D10", "D11", "E12"} < set(found["passed"]) or {"D10", "D11", "E11"} < set(found["passed"])


def test_a_year_s_goal_that_is_blank_is_not_filled_from_the_whole_period() -> None:
    found = read(MIDTERM.replace("年内完成 10 公里清淤。", ""))
    assert (found["goal"], found["long_term_goal"]) == ("NA", "三年完成 30 公里清淤。")


def test_a_second_head_of_indicators_that_nothing_tells_apart_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        forms(drawn(IN_TURN.replace("长期绩效指标", "绩效指标")))
    assert (refused.value.rule, refused.value.where) == ("form-cell-unknown", "表!B14")


def document(above: str, without: str = "（万元）") -> bytes:
    """A .docx of the plain form, with that over its table."""
    grid, merges = plan(*(part.replace(without, "") for part in PLAIN))
    return docx({**grid, (1, 0): f"（2023年度） {above}"}, merges)


def test_the_unit_of_money_may_stand_over_the_table_of_a_document() -> None:
    (form,) = forms(document("填报单位：某市就业中心    单位：万元"))
    assert (form.year, form.project["budget_wan"].text) == (2023, "100")


@pytest.mark.parametrize(
    ("line", "without", "rule"),
    [
        ("单位：元", "（万元）", "form-amount-unit"),  # that no cell could be cited for
        ("单位：元", "附件", "form-amount-unit"),  # and 万元 in the table
        ("填报单位：某市就业中心", "实施单位|<|某市就业中心|<", "form-cell-unknown"),
    ],
)
def test_what_stands_over_the_table_of_a_document_is_not_passed_over(
    line: str, without: str, rule: str
) -> None:
    with pytest.raises(Refused) as refused:
        forms(document(line, without=without))
    assert refused.value.rule == rule


def test_a_notice_s_title_does_not_say_what_form_it_is() -> None:
    notice = "关于开展2023年度绩效自评的通知附件2|<|<|<|<\n项目支出绩效目标表|<|<|<|<\n"
    (form,) = forms(drawn(notice + "\n".join(IN_TURN.strip("\n").splitlines()[1:])))
    assert form.kind == "target"


def test_the_points_of_a_group_are_read_however_they_are_put() -> None:
    for words in ("（50分）", "50分", "（50%）", "（权重50%）", "（分值：50）"):
        lines = read(*swapped("|产出指标|", f"|产出指标{words}|"))["lines"]
        assert (lines[1]["level_1"], lines[1]["group_weight"]) == ("output", "50")


def test_an_indicator_under_the_budget_s_execution_is_of_no_other_level() -> None:
    more = "|预算执行率|预算执行率|执行率|100%|95%|10|9.5|\n||时效指标|支付及时性|及时|及时|5|5|\n总分"
    with pytest.raises(Refused) as refused:
        forms(drawn(HEAD, MONEY, GOAL, INDICATORS.replace("总分", more)))
    assert refused.value.rule == "form-level"


def test_a_form_of_a_department_is_passed_over_whatever_its_columns() -> None:
    twice = INDICATORS.replace("偏差原因分析及改进措施", "得分")
    assert forms(drawn(HEAD.replace("项目支出", "部门整体支出"), MONEY, GOAL, twice)) == []
    with pytest.raises(Refused) as refused:
        forms(drawn(HEAD.replace("项目名称", "项目情况"), MONEY, GOAL, twice))
    assert (refused.value.rule, refused.value.expected) == ("form-labels", "项目名称")


def test_a_label_nobody_knows_is_no_part_of_the_goal_under_it() -> None:
    for word, rule in (("预期目标", "form-cell-unknown"), ("实际完成情况", "form-twice-said")):
        with pytest.raises(Refused) as refused:
            forms(drawn(*swapped(word, "归口工作安排")))
        assert refused.value.rule == rule
    alone = "年度总体目标|归口工作安排|<|<|<\n^|清淤 10 公里。|<|<|<"
    target = IN_TURN.replace("项目绩效目标|长期目标|<|年度目标|<", alone.splitlines()[0])
    target = target.replace("^|三年完成 30 公里清淤。|<|年内完成 10 公里清淤。|<", alone.splitlines()[1])
    with pytest.raises(Refused) as refused:
        forms(drawn(target))
    assert (refused.value.rule, refused.value.where) == ("form-cell-unknown", "表!B7")


def test_a_blank_level_where_levels_are_merged_is_not_the_one_over_it() -> None:
    more = INDICATORS.replace(
        "^|效益指标", "^|^|质量指标|合格率|≥95%|96%|10|10|\n^|^||及时率|≥95%|96%|10|10|\n^|效益指标"
    )
    assert [line["level_2"] for line in read(HEAD, MONEY, GOAL, more)["lines"][1:4]] == [
        "数量指标", "质量指标", "NA",
    ]  # fmt: skip
    with pytest.raises(Refused) as refused:
        forms(drawn(HEAD, MONEY, GOAL, more.replace("^|效益指标", "^|")))
    assert (refused.value.rule, refused.value.where) == ("form-level", "表!D14")


def test_a_unit_in_the_head_of_the_targets_is_theirs() -> None:
    head = INDICATORS.replace("年度指标值", "年度指标值（%）").replace("≥100人|120人", "95|96")
    line = read(HEAD, MONEY, GOAL, head)["lines"][1]
    assert (line["target_value"], line["unit"], line["actual_value"]) == ("95", "%", "96")
    line = read(HEAD, MONEY, GOAL, INDICATORS.replace("年度指标值", "年度指标值（人）"))["lines"][3]
    assert (line["target_value"], line["unit"]) == ("90", "%")  # its own


def test_what_stands_in_a_row_without_an_indicator_is_not_lost() -> None:
    blank = "^||质量指标|指标1：|||||天气\n^|效益指标"
    found = read(HEAD, MONEY, GOAL, INDICATORS.replace("^|效益指标", blank))
    assert (len(found["lines"]), found["passed"]) == (4, ("I12",))
    assert "C16" in read(IN_TURN, "||其他需要说明的问题见附表二。||")["passed"]
    with pytest.raises(Refused) as refused:
        forms(drawn(IN_TURN, "|其他需要说明的问题见附表。|||"))
    assert (refused.value.rule, refused.value.where) == ("form-level", "表!B16")


NUMBERED = (
    """
年度总体目标|目标1|<|目标2|<|目标1完成情况|<|目标2完成情况|<
^|培训 100 人。|<|清淤 3 公里。|<|培训 120 人。|<|清淤 4 公里。|<
""",
    """
年度总体目标|目标1|培训 100 人。|<|<|目标1完成情况|培训 120 人。|<|<
^|目标2|清淤 3 公里。|<|<|目标2完成情况|清淤 4 公里。|<|<
^|目标3||<|<|目标3完成情况||<|<
""",
)


@pytest.mark.parametrize("goals", NUMBERED, ids=["columns", "rows"])
def test_goals_that_are_numbered_are_kept_each_behind_its_label(goals: str) -> None:
    (form,) = forms(drawn(HEAD, MONEY, goals, INDICATORS))
    goal, result = (form.project[field].text for field in ("goal", "actual_result"))
    assert goal == "目标1 培训 100 人。 目标2 清淤 3 公里。"
    assert result == "目标1完成情况 培训 120 人。 目标2完成情况 清淤 4 公里。"
    assert form.citations["goal_citation_id"].quote == f"{goal} {result}"
    for one, rule in (("目标2", "form-cell-unknown"), ("目标2完成情况", "form-cell-unknown")):
        with pytest.raises(Refused) as refused:
            forms(drawn(HEAD, MONEY, goals.replace(f"{one}|", "归口工作|"), INDICATORS))
        assert refused.value.rule == rule


def test_results_that_are_numbered_and_blank_are_not_stated() -> None:
    goals = NUMBERED[1].replace("培训 120 人。", "").replace("清淤 4 公里。", "")
    assert read(HEAD, MONEY, goals, INDICATORS)["actual_result"] == "NA"


def test_a_goal_beside_numbered_ones_is_said_twice() -> None:
    with pytest.raises(Refused) as refused:
        forms(drawn(HEAD, MONEY, GOAL, NUMBERED[1].replace("年度总体目标", "绩效目标"), INDICATORS))
    assert refused.value.rule == "form-twice-said"


LEVELS = """
项目资金（万元）|<|<|年初预算数|全年预算数|全年执行数|分值|执行率|得分
^|^|年度资金总额|100|90|85.5|10|95.00%|9.5
^|^|其中：中央财政资金|40|30|30|-|100%|-
^|^|省级资金|30|30|30|-|100%|-
^|^|市级财政拨款|20|20|20|-|100%|-
^|^|区（县）级资金|10|10|5.5|-|55%|-
^|^|其他资金|||||||
"""


def test_each_level_of_government_is_a_fund_of_its_own() -> None:
    expected = [
        ("central", "中央财政资金", "40"), ("provincial", "省级资金", "30"),
        ("municipal", "市级财政拨款", "20"), ("county", "区（县）级资金", "10"),
    ]  # fmt: skip
    one, *others = LEVELS.split("^|^|其中：")
    within = one + "^|财政拨款|" + "".join(others).replace("^|^|其他", "^|其他资金|其他")
    within = within.replace("^|其他资金|其他资金", "^|其他资金|<")
    for money in (LEVELS, within):
        lines = read(HEAD, money, GOAL, INDICATORS)["lines"][:4]
        assert [(line["fund"], line["name"], line["budget_wan"]) for line in lines] == expected
    beside = "资金性质|财政拨款||||\n项目资金（万元）|年度资金总额：|<|300|\n"
    beside += "^|中央资金|<|200|\n^|县级配套资金|<|100|\n"
    found = read(IN_TURN.replace("项目资金申请（万元）|资金总额：|<|300|\n^|财政拨款：|<|300|\n", beside))
    assert [(line["fund"], line["budget_wan"]) for line in found["lines"][:2]] == [
        ("central", "200"), ("county", "100"),
    ]  # fmt: skip
    assert found["passed"][0] == "B5"
    with pytest.raises(Refused) as refused:
        forms(drawn(HEAD, LEVELS.replace("省级资金", "中央补助资金"), GOAL, INDICATORS))
    assert refused.value.rule == "form-twice-said"


def test_an_amount_may_stand_behind_its_label_in_one_cell() -> None:
    old = "项目资金申请（万元）|资金总额：|<|300|\n^|财政拨款：|<|300|\n"
    for new in (
        "项目资金申请（万元）|资金总额：300|<|<|<\n^|其中：财政拨款：300|<|<|<\n",
        "项目资金申请|资金总额：300（万元）|<|<|<\n^|财政拨款：3,000,000元|<|<|<\n",
    ):
        found = read(IN_TURN.replace(old, new))
        assert (found["budget_wan"], found["lines"][0]["budget_wan"]) == ("300", "300")
        assert (found["lines"][0]["fund"], found["lines"][0]["name"]) == ("fiscal", "财政拨款")
    table = MONEY.replace("其中：财政拨款|100", "其中：财政拨款：100|<")
    for drawing, rule in (
        ((HEAD, table, GOAL, INDICATORS), "form-cell-unknown"),
        ((HEAD, MONEY, GOAL, INDICATORS, "资金总额：300||||||||"), "form-cell-unknown"),
        ((IN_TURN.replace(old, new.replace("（万元）", "").replace(",000元", "")),), "form-amount-unit"),
        (
            (IN_TURN.replace(old, new).replace("年内完成 10 公里清淤。", "其他资金：3万元"),),
            "form-cell-unknown",
        ),
    ):
        with pytest.raises(Refused) as refused:
            forms(drawn(*drawing))
        assert refused.value.rule == rule
