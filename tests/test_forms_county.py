"""What offices write into the forms of their own province: parts, groups and grades of what is one thing."""

import pytest
from books import drawn
from disclosure.forms.grid import Refused
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
