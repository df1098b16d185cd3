"""Forms as bureaus fill them in: levels of government bare, pages that begin with the title again."""

from pathlib import Path

import pytest
from books import drawn
from disclosure.cli import main
from disclosure.forms import reading
from disclosure.forms.files import Book
from disclosure.forms.grid import Refused
from disclosure.forms.layout import of_package
from disclosure.quality.checks import check
from disclosure.quality.report import blocking
from forms_read import forms
from test_forms_wild import GOAL, HEAD, INDICATORS, MONEY, PLAIN, read, swapped

BESIDE = """
项目资金（万元）|<|<|年初预算数|全年预算数|全年执行数|分值|执行率|得分
^|年度资金总额|<|100|90|85.5|10|95.00%|9.5
^|财政拨款|其中：中央|40|40|40|-|-|-
^|^|省级|30|20|20|-|-|-
^|^|市（州）级|20|20|15.5|-|-|-
^|^|区级|10|10|10|-|-|-
"""
UNDER = """
项目资金（万元）|<|<|年初预算数|全年预算数|全年执行数|分值|执行率|得分
^|^|年度资金总额|100|90|85.5|10|95.00%|9.5
^|^|其中：财政拨款|100|90|85.5|-|-|-
^|^|中央|40|40|40|-|-|-
^|^|省级|60|50|45.5|-|-|-
"""
SUM_OF_IT = """
项目资金（万元）|<|<|年初预算数|全年预算数|全年执行数|分值|执行率|得分
^|合计|<|100|90|85.5|10|95.00%|9.5
^|财政拨款|小计|90|80|75.5|-|94.38%|-
^|^|中央|50|40|40|-|100%|-
^|^|省级资金|40|40|35.5|-|88.75%|-
^|其他资金|<|10|10|10|-|100%|-
"""
TARGET = """
项目支出绩效目标表|<|<|<|<|<
（2023年度）|<|<|<|<|<
项目名称|<|路灯维护|<|<|<
项目级次|<|区级|<|资金性质|财政拨款
主管部门|<|某区住建局|<|实施单位|某区路灯所
项目资金（万元）|合计|中央|省级|市级|区级
^|150|0|50|40|60
年度目标|<|维护 2000 盏。|<|<|<
绩效指标|一级指标|二级指标|三级指标|指标性质|指标值
^|产出指标|数量指标|维护数量|≥|2000盏
"""
TOTAL = """
项目支出绩效目标表|<|<|<
（2023年度）|<|<|<
项目名称|路灯维护|实施单位|某区路灯所
年度预算（万元）|100|总额（万元）|200
年度目标|维护 2000 盏。|<|<
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|维护数量|≥2000盏
"""
PAGE = INDICATORS.strip().splitlines()[0]
TITLE = "项目支出绩效自评表|<|<|<|<|<|<|<|<\n（2023年度）|<|<|<|<|<|<|<|<\n"
IN_THOUSANDS = MONEY.replace("（万元）", "（千元）").replace("|100|90|85.5|", "|1000|900|855|")
ROWS = "年度目标|培训 100 人。|<|<|<|<|<|<|<\n完成情况|培训 120 人。|<|<|<|<|<|<|<"
# The same form, told in another way: it reads the same.
ALIKE = {
    "names apart from their labels": (
        HEAD.replace("项目名称|<|", "项目名称||").replace("单位|<|某市", "单位||某市"),
        MONEY, GOAL, INDICATORS,
    ),
    "the title and the head on the next page": swapped("^|满意度指标|服", f"{TITLE}{PAGE}\n^|满意度指标|服"),
    "the title alone on the next page": swapped("^|满意度指标|服", f"{TITLE}^|满意度指标|服"),
    "money in thousands": (HEAD, IN_THOUSANDS, GOAL, INDICATORS),
    "money in thousands over the form": (
        HEAD.replace("（2023年度）|<|<|<|<|<|<|<|<", "（2023年度）|<|<|<|<|<|<|单位：千元|<"),
        IN_THOUSANDS.replace("（千元）", ""), GOAL, INDICATORS,
    ),
    "the year by its label": (
        HEAD.replace("（2023年度）|<|<|<|<|<|<|<|<", "评价年度：2023年|<|<|<|<|<|<|<|<"),
        MONEY, GOAL, INDICATORS,
    ),
    "the result as a row": (HEAD, MONEY, ROWS, INDICATORS),
}  # fmt: skip


@pytest.mark.parametrize("name", ALIKE)
def test_the_same_form_of_another_bureau_reads_the_same(name: str) -> None:
    assert read(*ALIKE[name]) == read(*PLAIN)


def funds(*parts: str) -> list[tuple[str, str, str]]:
    lines = [line for line in read(*parts)["lines"] if "fund" in line]
    return [(line["fund"], line["name"], line["budget_wan"]) for line in lines]


def test_a_bare_level_of_government_beside_or_under_a_fund_is_one() -> None:
    assert funds(HEAD, BESIDE, GOAL, INDICATORS) == [
        ("central", "中央", "40"), ("provincial", "省级", "30"),
        ("municipal", "市（州）级", "20"), ("county", "区级", "10"),
    ]  # fmt: skip
    assert funds(HEAD, UNDER, GOAL, INDICATORS) == [
        ("fiscal", "财政拨款", "100"), ("central", "中央", "40"), ("provincial", "省级", "60"),
    ]  # fmt: skip
    assert [fund for fund, _, _ in funds(TARGET)] == ["central", "provincial", "municipal", "county"]


def test_a_bare_level_of_government_elsewhere_is_a_value_as_before() -> None:
    assert {"C4", "F4"} <= {*read(TARGET)["passed"]}  # of 项目级次, and of 资金性质
    with pytest.raises(Refused) as refused:
        forms(drawn(HEAD, MONEY + "社会捐赠|<|<||||||\n省级|<|<|10|9|8.5|-||-", GOAL, INDICATORS))
    assert (refused.value.rule, refused.value.where) == ("form-cell-unknown", "表!A8")


@pytest.mark.parametrize("level", ["中央", "中央资金"])
def test_a_level_of_money_carried_over_is_not_the_year_s(level: str) -> None:
    """It was read as central money of the year, and that it was carried over was lost."""
    carried = f"^|上年结转资金|{level}|20|20|20|-|-|-\n^|^|市级|20|20|20|-|-|-\n"
    for money, where in (
        (BESIDE + carried, "表!C11"),
        (UNDER.replace("^|^|中", carried + "^|^|中"), "表!C8"),
    ):
        with pytest.raises(Refused) as refused:
            forms(drawn(HEAD, money, GOAL, INDICATORS))
        assert (refused.value.rule, refused.value.where) == ("form-cell-unknown", where)


def test_the_sum_of_a_fund_beside_its_parts_is_the_fund_s() -> None:
    for word in ("小计", "合计"):
        assert funds(HEAD, SUM_OF_IT.replace("小计", word), GOAL, INDICATORS)[:2] == [
            ("fiscal", "财政拨款", "90"), ("central", "中央", "50"),
        ]  # fmt: skip


def test_a_total_beside_the_year_s_budget_is_named_as_left_out() -> None:
    """It was read by nobody, and nobody said so."""
    found = read(TOTAL)
    assert (found["budget_wan"], found["passed"]) == ("100", ("D4",))


def test_a_blank_cell_of_the_form_is_not_filled_from_behind_it() -> None:
    with pytest.raises(Refused) as refused:
        forms(drawn(*swapped("项目名称|<|职业培训|<|", "项目名称|||<|新增项目|")))
    assert (refused.value.rule, refused.value.where) == ("form-cell-unknown", "表!E3")


def test_another_title_inside_a_form_is_refused() -> None:
    title = TITLE.replace("自评表", "目标表")
    with pytest.raises(Refused) as refused:
        forms(drawn(*swapped("^|满意度指标|服", f"{title}{PAGE}\n^|满意度指标|服")))
    assert (refused.value.rule, refused.value.where) == ("form-cell-unknown", "表!A13")


def test_target_forms_one_under_the_other_are_parted_at_their_titles(tmp_path: Path) -> None:
    """No sum of points stands between the indicators of one and the title of the next."""
    (tmp_path / "a.xlsx").write_bytes(drawn(TOTAL, TOTAL.replace("路灯", "桥梁")))
    found, problems = reading.read(Book("a.xlsx", "a.xlsx", tmp_path / "a.xlsx"), of_package())
    names = [item.form.project["name"].text for item in found]
    assert (names, blocking(problems)) == (["路灯维护", "桥梁维护"], [])


def test_a_page_that_begins_with_title_and_name_again_is_no_other_form(tmp_path: Path) -> None:
    """The part over it looks like a whole form, which --keep-going would write."""
    again = f"{HEAD.strip()}\n{PAGE}\n^|满意度指标|服"
    (tmp_path / "a.xlsx").write_bytes(drawn(*swapped("^|满意度指标|服", again)))
    found, problems = reading.read(Book("a.xlsx", "a.xlsx", tmp_path / "a.xlsx"), of_package())
    assert (found, [problem.rule for problem in problems]) == ([], ["form-cell-unknown"])


def test_a_file_without_a_form_is_refused_with_what_it_begins_with(tmp_path: Path) -> None:
    whole = HEAD.replace("项目支出绩效自评表", "部门整体支出绩效自评表")
    (tmp_path / "a.xlsx").write_bytes(drawn(whole, MONEY, GOAL, INDICATORS))
    found, (problem,) = reading.read(Book("a.xlsx", "a.xlsx", tmp_path / "a.xlsx"), of_package())
    assert (found, problem.rule, problem.found) == ([], "form-none", "部门整体支出绩效自评表")


def test_indicators_of_the_whole_period_beside_the_year_s_are_named() -> None:
    found = read(
        """
项目支出绩效目标申报表|<|<|<|<
（2023年度）|<|<|<|<
项目名称|公路养护|<|实施单位|某市公路中心
项目资金（万元）|实施周期资金总额|300|年度资金总额|100
总体目标|实施周期总体目标|<|年度目标|<
^|养护 300 公里。|<|养护 100 公里。|<
一级指标|二级指标|三级指标|实施周期指标值|年度指标值
产出指标|数量指标|养护里程|300公里|100公里
"""
    )
    assert (found["goal"], found["budget_wan"], found["passed"]) == ("养护 100 公里。", "100", ("C4", "D8"))
    assert found["lines"][0]["target_as_written"] == "100公里"


def test_a_single_row_of_money_without_a_label_is_the_whole() -> None:
    alone = """
资金使用情况（万元）|<|<|年初预算数|全年预算数|全年执行数|分值|执行率|得分
^|<|<|100|90|85.5|10|95.00%|9.5
"""
    expected = read(HEAD, MONEY.replace("^|^|其中：财政拨款|100|90|85.5|-|95.00%|-\n", ""), GOAL, INDICATORS)
    assert read(HEAD, alone, GOAL, INDICATORS) == expected
    for more in ("^|<|<|50|50|45||90%|\n", "归口科室|<|<|50|50|45||90%|\n"):
        with pytest.raises(Refused) as refused:
            forms(drawn(HEAD, alone + more, GOAL, INDICATORS))
        assert refused.value.rule == "form-cell-unknown"


def test_notes_beside_their_label_are_named_as_left_out() -> None:
    notes = "注：|1.含结转。|<|<|<|<|<|<|<\n^|2.按比例计分。|<|<|<|<|<|<|<\n备注|一式两份|<|<|<|<|<|<|<"
    found, plain = read(*PLAIN, notes), read(*PLAIN)
    assert found.pop("passed") == ("B15", "B16", "B17")
    assert found == {name: item for name, item in plain.items() if name != "passed"}


def test_a_sum_of_a_group_by_its_name_is_no_indicator() -> None:
    for word in ("产出指标小计", "产出小计"):
        parts = swapped("^|效益指标", f"^|{word}|<|<|<|<|50|50|\n^|效益指标")
        assert {**read(*parts), "passed": ()} == {**read(*PLAIN), "passed": ()}


def test_what_is_read_of_them_can_be_published(roomy: Path, tmp_path: Path) -> None:
    """Each value stands in its quotation, an amount in thousands of yuan too."""
    drawings = (ALIKE["money in thousands"], (HEAD, BESIDE, GOAL, INDICATORS), (TARGET,))
    for number, parts in enumerate(drawings):
        named = (part.replace("职业培训", f"培训{number}") for part in parts)
        (tmp_path / f"{number}.xlsx").write_bytes(drawn(*named))
    paths = [str(tmp_path / f"{number}.xlsx") for number in range(len(drawings))]
    assert main(["import", *paths, "--package", str(roomy), "--any-department"]) == 0
    assert blocking(check(roomy)[1]) == []
