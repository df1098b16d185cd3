"""What offices write into the forms of their own province: parts, groups and grades of what is one thing."""

from decimal import Decimal
from pathlib import Path

import pytest
from books import drawn
from disclosure.cli import main
from disclosure.forms.grid import Refused
from disclosure.quality.checks import check
from disclosure.quality.report import blocking
from forms_read import forms
from test_forms_wild import GOAL, HEAD, INDICATORS, MONEY, PLAIN, read

PERIODS = {
    "a cell each": "项目起始日期|<|2023年1月|<|<|项目终止日期|<|2023年12月|<",
    "under one label": "实施期限|<|开始时间|2023年1月|<|结束时间|<|2023年12月|<",
    "one under the other": "实施期限|<|开始时间|2023年1月|<||||\n^|^|结束时间|2023年12月|<||||",
    "behind a colon each": "实施期限|<|开始时间：2023年1月，结束时间：2023年12月|<|<||||",
}


@pytest.mark.parametrize("name", PERIODS)
def test_a_period_in_two_cells_is_kept_with_the_label_of_each(name: str) -> None:
    (form,) = forms(drawn(HEAD, PERIODS[name], MONEY, GOAL, INDICATORS))
    period = form.project["period"].text
    assert [word in period for word in ("2023年1月", "2023年12月")] == [True, True]
    assert period[:4] in ("项目起始", "开始时间")
    assert period in form.citations["citation_id"].quote  # word for word, else none could be published


def test_a_period_that_is_also_said_whole_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        forms(drawn(HEAD, "项目期限|<|一年|<|<||||", PERIODS["a cell each"], MONEY, GOAL, INDICATORS))
    assert (refused.value.rule, refused.value.where) == ("form-twice-said", "表!A6")


@pytest.mark.parametrize(
    "score", ["97.5（优）", "97.5分（优秀）", "97.5/优", "97.5 优", "优（97.5分）", "97.5优等"]
)
def test_a_total_with_its_grade_in_the_same_cell_is_the_total(score: str) -> None:
    at_foot = (HEAD, MONEY, GOAL, INDICATORS.replace("100|97.5|", f"100|{score}|"))
    in_head = (HEAD, f"自评总分|<|{score}|<|<||||", MONEY, GOAL, INDICATORS)
    (one,), (other,) = forms(drawn(*at_foot)), forms(drawn(*in_head))
    assert one.project["total_score"].text == other.project["total_score"].text == "97.5"
    assert score in one.citations["citation_id"].quote


@pytest.mark.parametrize("score", ["97.5（优）5", "97.5（满分）", "约97.5（优）", "优", "97.5（优、良）"])
def test_a_total_with_more_than_its_grade_is_refused(score: str) -> None:
    with pytest.raises(Refused) as refused:
        forms(drawn(HEAD, MONEY, GOAL, INDICATORS.replace("100|97.5|", f"100|{score}|")))
    assert (refused.value.rule, refused.value.where) == ("form-number", "表!H14")


@pytest.mark.parametrize(
    ("name", "fund"),
    [
        ("市县资金", "local"), ("市县（区）资金", "local"), ("市、县（区）财政资金", "local"),
        ("市（县）级资金", "local"), ("市县配套资金", "local"), ("市（州）级资金", "municipal"),
    ],
)  # fmt: skip
def test_money_of_city_and_county_together_is_local(name: str, fund: str) -> None:
    line = read(HEAD, MONEY + f"^|^|{name}|10|9|8.5|-|94.44%|-", GOAL, INDICATORS)["lines"][1]
    assert (line["fund"], line["name"], line["budget_wan"]) == (fund, name, "10")
    with pytest.raises(Refused) as refused:
        forms(drawn(HEAD, MONEY + "^|^|市县资金|10|||||\n^|^|地方资金|10|||||", GOAL, INDICATORS))
    assert refused.value.rule == "form-twice-said"


PAIRED = """
项目资金（万元）|<|<|预算数|<|执行数|分值|执行率|得分
^|^|^|年初预算|调整预算|^|^|^|^
^|^|年度资金总额|100|90|85.5|10|95.00%|9.5
^|^|其中：财政拨款|100|90|85.5|-|95.00%|-
"""
GROUPED = """
项目资金（万元）|<|<|预算安排情况|<|<|执行情况|<|<
^|^|^|年初预算|调整预算|执行数|分值|执行率|得分
^|^|年度资金总额|100|90|85.5|10|95.00%|9.5
^|^|其中：财政拨款|100|90|85.5|-|95.00%|-
"""


@pytest.mark.parametrize(
    "money",
    [PAIRED, PAIRED.replace("预算数", "预算安排"), GROUPED],
    ids=["of a label", "of a heading", "all"],
)
def test_columns_of_money_under_the_head_of_a_group(money: str) -> None:
    assert read(HEAD, money, GOAL, INDICATORS) == read(*PLAIN)


@pytest.mark.parametrize("word", ["年初预算", "调整预算"])
def test_a_column_of_a_group_that_nobody_knows_is_refused(word: str) -> None:
    with pytest.raises(Refused) as refused:
        forms(drawn(HEAD, PAIRED.replace(word, "追加安排"), GOAL, INDICATORS))
    assert refused.value.rule == "form-cell-unknown"


WEIGHTS = """
绩效指标|一级指标|权重|二级指标|权重|三级指标|权重|年度指标值|实际完成值|得分|偏差原因分析及改进措施
^|产出指标|50|数量指标|30|培训人数|20|≥100人|120人|20|
^|^|^|^|^|培训期数|10|≥2期|2期|10|
^|^|^|质量指标|20|结业率|20|≥95%|96%|20|
^|效益指标|30|社会效益指标|30|能力提升|30|明显提升|明显提升|28|仍需跟踪
^|满意度指标|10|服务对象满意度指标|10|学员满意度|10|≥90%|92%|10|
总分|<|||||100|||97.5|
"""


def test_points_beside_each_level_are_the_group_s_and_the_indicator_s() -> None:
    for table in (WEIGHTS, WEIGHTS.replace("权重", "分值"), WEIGHTS.replace("^|^|^|", "^|||")):
        found = read(HEAD, MONEY, GOAL, table)
        assert [(line["group_weight"], line["weight"]) for line in found["lines"][1:]] == [
            ("50", "20"), ("50", "10"), ("50", "20"), ("30", "30"), ("10", "10"),
        ]  # fmt: skip
        assert found["passed"] == ("E11", "E13", "E14", "E15")
    summed = read(HEAD, MONEY, GOAL, WEIGHTS.replace("总分|<||||", "总分|<|90||90|"))
    assert summed["passed"] == ("E11", "E13", "E14", "E15", "C16", "E16")
    (form,) = forms(drawn(HEAD, MONEY, GOAL, WEIGHTS))
    assert [cited.quote[:7] for _, cited in form.indicators[:3]] == ["产出指标 50"] * 3


@pytest.mark.parametrize(
    ("old", "new", "rule", "where"),
    [
        ("绩效指标|一级指标|权重|", "绩效指标|权重|一级指标|", "form-twice-said", "表!B10"),
        ("|年度指标值|", "|权重|", "form-labels", "表"),  # and two of the indicators'
        ("产出指标|50", "产出指标（40分）|50", "form-twice-said", "表!C11"),
        ("质量指标|20|", "质量指标|二十|", "", ""),  # the package has no place for it
        ("^|^|^|质量指标|", "^|^|20|质量指标|", "form-cell-unknown", "表!C13"),  # points of no group
        ("^|效益指标|30|", "^|效益指标|^|", "form-indicator", "表!C11"),  # one sum for two groups
        ("产出指标|50", "产出指标|五十", "form-number", "表!C11"),
    ],
)  # fmt: skip
def test_points_that_nothing_tells_apart_are_refused(old: str, new: str, rule: str, where: str) -> None:
    table = WEIGHTS.replace(old, new)
    assert table != WEIGHTS
    if not rule:
        assert "E13" in read(HEAD, MONEY, GOAL, table)["passed"]
        return
    with pytest.raises(Refused) as refused:
        forms(drawn(HEAD, MONEY, GOAL, table))
    assert (refused.value.rule, refused.value.where) == (rule, where)


ONCE = """
绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
|产出指标|数量指标|培训人数|≥100人|120人|20|20|
||||≥2期|2期|||
||质量指标|结业率|≥95%|96%|20|20|
|效益指标|社会效益指标|能力提升|明显提升|明显提升|30|28|仍需跟踪
"""


def test_a_blank_second_level_goes_on_only_where_no_level_is_merged() -> None:
    """Where levels are merged over their rows, or stand on every row, a blank one says nothing."""
    rows = ONCE.replace("||||≥2期|2期|||", "|||培训期数|≥2期|2期|10|10|")
    boxed = rows.replace("|||培训期数", "|^||培训期数").replace("\n||质量", "\n|^|质量")
    every = rows.replace("|||培训期数", "|产出指标||培训期数").replace("\n||质量", "\n|产出指标|质量")
    for table, second in ((rows, "数量指标"), (boxed, "NA"), (every, "NA")):
        lines = read(HEAD, MONEY, GOAL, table)["lines"][1:]
        assert [line["level_1"] for line in lines] == ["output"] * 3 + ["benefit"]
        assert [line["level_2"] for line in lines] == ["数量指标", second, "质量指标", "社会效益指标"]


SECOND = """
绩效指标|二级指标|<|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
^|数量指标|<|培训人数|≥100人|120人|50|50|
^|社会效益指标|<|能力提升|明显提升|明显提升|30|28|仍需跟踪
^|服务对象满意度指标|<|学员满意度|≥90%|92%|10|10|
总分|<|<|<|<|<|100|97.5|
"""


def test_a_form_without_first_levels_has_those_that_its_second_ones_belong_to() -> None:
    """数量 is of output in every tree; cost is of output in one and a level of its own in the other."""
    (form,) = forms(drawn(HEAD, MONEY, GOAL, SECOND))
    lines = [(line["level_1"].text, line["level_1"].cells) for line, _ in form.indicators]
    assert lines == [("output", ("B11",)), ("benefit", ("B12",)), ("satisfaction", ("B13",))]
    assert read(HEAD, MONEY, GOAL, SECOND) == read(*PLAIN)
    costs = read(HEAD, MONEY, GOAL, SECOND.replace("数量指标", "经济成本指标"))["lines"]
    assert costs[1]["level_1"] == "cost"
    for word in ("成本指标", "管理指标", ""):
        with pytest.raises(Refused) as refused:
            forms(drawn(HEAD, MONEY, GOAL, SECOND.replace("|数量指标|<|", f"|{word}|<|")))
        assert refused.value.rule == "form-level"
        assert refused.value.where == ("表!B11" if word else "表!D11")


OF_GOALS = """
2023年度职业培训项目自评表|<|<|<|<|<|<
单位名称：某市人社局|<|<|<|填报日期：2024年3月1日|<|<
项目名称|<|职业培训|<|<|<|<
主管部门|<|某市人社局|<|项目实施单位|某市就业中心|<
项目类别|<|1、部门预算项目☑ 2、市直专项□|<|<|<|<
预算执行情况（万元）（20分）|<||预算数（A）|执行数（B）|执行率（B/A）|得分（20分*执行率）
^|^|年度财政资金总额|100|95|95%|19
年度绩效目标1（40分）|一级指标|二级指标|三级指标|年初目标值（A）|实际完成值（B）|得分
^|产出指标（30分）|数量指标|培训人数|≥100人|120人|30
^|满意度指标（10分）|服务对象满意度指标|学员满意度|≥90%|92%|10
"""
SECOND_GOAL = """
年度绩效目标2（40分）|一级指标|二级指标|三级指标|年初目标值（A）|实际完成值（B）|得分
^|产出指标（40分）|数量指标|讲座场数|≥10场|12场|38
"""
ENDED = """
总分|<|<|<|<|<|97
偏差大或目标未完成原因分析|<|无|<|<|<|<
"""


def test_goals_without_a_text_stand_beside_their_indicators() -> None:
    """Nothing is put in the goal's place; the import says that the form is not complete."""
    under_one_head = "^".join(SECOND_GOAL.split("^")[1:])
    under_one_head = f"年度绩效目标2（40分）{under_one_head}"
    names = []
    for more in ("", SECOND_GOAL, under_one_head):
        (form,) = forms(drawn(OF_GOALS, more, ENDED))
        assert "goal" not in form.project
        assert (form.year, form.kind) == (2023, "evaluation")
        assert [form.project[name].text for name in ("budget_wan", "total_score")] == ["100", "97"]
        names.append([line["name"].text for line, _ in form.indicators])
        assert "产出指标" in form.indicators[-1 if more else 0][1].quote
    assert names == [["培训人数", "学员满意度"], *[["培训人数", "学员满意度", "讲座场数"]] * 2]


def test_a_second_head_of_which_no_goal_speaks_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        forms(drawn(OF_GOALS, SECOND_GOAL.replace("年度绩效目标2（40分）", "绩效指标"), ENDED))
    assert (refused.value.rule, refused.value.where) == ("form-cell-unknown", "表!B12")


def test_a_form_without_any_goal_lacks_its_label() -> None:
    with pytest.raises(Refused) as refused:
        forms(drawn(HEAD, MONEY, INDICATORS))
    assert (refused.value.rule, refused.value.expected) == ("form-labels", "预期目标/目标1")


BUDGETS = """
项目资金（万元）|<|<|年初预算数|全年预算数|全年执行数|分值|执行率|得分
^|^|年度资金总额|100|90|85.5|10|95.00%|9.5
^|^|一般公共预算拨款|60|60|55.5|-|92.50%|-
^|^|政府性基金预算拨款|30|20|20|-|100%|-
^|^|国有资本经营预算拨款|5|5|5|-|100%|-
^|^|专项债券资金|5|5|5|-|100%|-
"""


def test_each_budget_that_money_comes_from_is_a_fund_of_its_own() -> None:
    lines = read(HEAD, BUDGETS, GOAL, INDICATORS)["lines"][:4]
    assert [(line["fund"], line["budget_wan"]) for line in lines] == [
        ("fiscal", "60"), ("government_fund", "30"), ("state_capital", "5"), ("bond", "5"),
    ]  # fmt: skip


UNTIL = "实施期限|<|2023年1月1日|<|至|<|2023年12月31日|<|"


def test_a_period_may_have_its_ends_in_cells_with_a_word_between() -> None:
    found = read(HEAD, UNTIL, MONEY, GOAL, INDICATORS)
    assert found["period"] == "2023年1月1日至2023年12月31日"
    with pytest.raises(Refused) as refused:
        forms(drawn(HEAD, "实施期限|<|2023年1月1日|<|2023年12月31日|<|||", MONEY, GOAL, INDICATORS))
    assert (refused.value.rule, refused.value.where) == ("form-cell-unknown", "表!E5")


MONEY_ALONE = MONEY.replace("|10|95.00%|9.5", "||95.00%|")
EVALUATED = """
绩效指标|一级指标|分值|二级指标|分值|三级指标|分值|指标值|完成值|得分|扣分原因
^|决策|20|项目立项|10|立项依据充分性|5|充分|充分|5|
^|^|^|^|^|立项程序规范性|5|规范|规范|5|
^|^|^|绩效目标|5|绩效目标合理性|5|合理|合理|5|
^|^|^|资金投入|5|预算编制科学性|5|科学|基本科学|4|依据不足
^|过程|20|资金管理|10|资金到位率|5|100%|100%|5|
^|^|^|^|^|预算执行率|5|100%|95%|4.75|
^|^|^|组织实施|10|管理制度健全性|10|健全|健全|10|
^|产出|30|产出数量|30|培训人数|30|≥100人|120人|30|
^|效益|30|项目效益|30|学员满意度|30|≥90%|92%|30|
总分|<|<|<|<|<|100|||98.75|
"""


def test_a_form_that_scores_decision_and_process_too_is_read_whole() -> None:
    (form,) = forms(drawn(HEAD, MONEY_ALONE, GOAL, EVALUATED))
    lines = [{name: entry.text for name, entry in line.items()} for line, _ in form.indicators]
    assert [line["level_1"] for line in lines] == [
        *["decision"] * 4, *["process"] * 3, "output", "benefit",
    ]  # fmt: skip
    assert [line["group_weight"] for line in lines] == [*["20"] * 7, "30", "30"]
    assert [line["level_2"] for line in lines][1:4] == ["项目立项", "绩效目标", "资金投入"]
    assert lines[5]["name"] == "预算执行率"
    assert sum(Decimal(line["score"]) for line in lines) == Decimal("98.75")
    assert form.project["goal"].text == "培训 100 人。"
    with pytest.raises(Refused) as refused:
        forms(
            drawn(
                HEAD, MONEY_ALONE, GOAL, EVALUATED.replace("立项依据充分性|5|充分|充分", "立项依据充分性|5||")
            )
        )
    assert (refused.value.rule, refused.value.where) == ("form-indicator", "表!F11")


IMPORTED = {
    "periods": (HEAD, PERIODS["one under the other"], MONEY, GOAL, INDICATORS),
    "graded": (HEAD, MONEY, GOAL, INDICATORS.replace("100|97.5|", "100|97.5（优）|")),
    "grouped": (HEAD, GROUPED, GOAL, INDICATORS),
    "points": (HEAD, MONEY, GOAL, WEIGHTS),
    "second": (HEAD, MONEY, GOAL, SECOND),
    "of goals": (OF_GOALS, SECOND_GOAL, ENDED),
    "evaluated": (HEAD, MONEY_ALONE, GOAL, EVALUATED),
    "budgets": (HEAD, BUDGETS, GOAL, INDICATORS),
    "until": (HEAD, UNTIL, MONEY, GOAL, INDICATORS),
}


def test_what_is_read_of_them_can_be_published(roomy: Path, tmp_path: Path) -> None:
    """Each value stands in its quotation; levels of decision and process are of the tree of evaluations."""
    for name, parts in IMPORTED.items():
        named = [part.replace("职业培训|", f"{name}|") for part in parts]
        (tmp_path / f"{name}.xlsx").write_bytes(drawn(*named))
    paths = [str(tmp_path / f"{name}.xlsx") for name in IMPORTED]
    assert main(["import", *paths, "--package", str(roomy), "--any-department"]) == 0
    package, problems = check(roomy)
    assert blocking(problems) == []
    names = {row.text("project_id"): row.text("name") for row in package.rows("projects")}
    assert set(IMPORTED) <= set(names.values())
    trees = {(names[row.text("project_id")], row.text("tree")) for row in package.rows("indicators")}
    assert {name for name, tree in trees if tree == "evaluation"} == {"evaluated"}


def test_an_indicator_named_as_a_label_of_the_head_is_an_indicator() -> None:
    found = read(HEAD, MONEY, GOAL, INDICATORS.replace("培训人数|≥100人|120人", "完工时间|12月底前|11月底"))
    assert "period" not in found
    line = found["lines"][1]
    assert (line["name"], line["target_as_written"]) == ("完工时间", "12月底前")


FIRST_ALONE = """
绩效指标|一级指标|权重|二级指标|三级指标|年度指标值|实际完成值|得分|偏差原因分析及改进措施
^|产出指标|50|数量指标|培训人数|≥100人|120人|30|
^|^|^|质量指标|结业率|≥95%|96%|20|
^|满意度指标|10|服务对象满意度指标|学员满意度|≥90%|92%|10|
总分|<|60|||||60|
"""


def test_points_of_the_first_level_alone_are_the_group_s() -> None:
    found = read(HEAD, MONEY, GOAL, FIRST_ALONE)
    lines = found["lines"][1:]
    assert [line["group_weight"] for line in lines] == ["50", "50", "10"]
    assert not any("weight" in line for line in lines)
    assert (found["total_score"], found["passed"]) == ("60", ("C14",))
