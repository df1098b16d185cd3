"""Forms that a careful reader manages, though they do not say everything in the usual place."""

import pytest
from books import drawn
from disclosure.forms.grid import Refused
from forms_read import forms
from test_forms_county import FIRST_ALONE
from test_forms_wild import GOAL, HEAD, INDICATORS, MONEY, PLAIN, read

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
