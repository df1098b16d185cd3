"""Scores by the scheme: cases worked by hand, laws that hold for every number, ours beside a form's own."""

import csv
import io
import shutil
from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from conftest import PACKAGES, ROOT
from disclosure.model import Field, Missing, Package, Row, Value
from disclosure.package.earned import band, by_formula, by_rate, is_dropped, rounded, within
from disclosure.package.load import load
from disclosure.package.schemes import Scheme, schemes
from disclosure.package.scores import Form, scores
from disclosure.quality.checks import check
from hypothesis import given
from hypothesis import strategies as st

SHIPPED = ROOT / "scripts" / "disclosure" / "package" / "schemes.csv"
NATIONAL = schemes(Package({}, {}, {}))["national"]
GOOD = load(PACKAGES / "good")[0]
AMOUNTS = st.decimals(0, 999_999, places=4)


def row(**cells: Value) -> Row:
    """An indicator with these cells."""
    places = {name: place for place, name in enumerate(cells)}
    return Row(1, tuple(cells.values()), places, "data/indicators.csv")


def quantitative(direction: str, target: str, actual: str, weight: str = "10") -> Row:
    numbers = {"target_value": target, "actual_value": actual, "weight": weight}
    return row(direction=direction, **{name: Decimal(text) for name, text in numbers.items()})


@pytest.mark.parametrize(
    ("direction", "target", "actual", "weight", "earned"),
    [
        ("ge", "90", "81", "10", "9"),
        ("ge", "90", "95", "10", "10"),
        ("ge", "3", "2", "10", "6.7"),
        ("gt", "100", "50", "8", "4"),
        ("le", "60", "80", "20", "15"),
        ("le", "60", "60", "20", "20"),
        ("le", "0", "0", "5", "5"),
        ("le", "0", "3", "5", "0"),
        ("lt", "24", "48", "7", "3.5"),
        ("eq", "100", "100", "60", "60"),
    ],
)
def test_points_worked_by_hand(direction: str, target: str, actual: str, weight: str, earned: str) -> None:
    exact = by_formula(NATIONAL, quantitative(direction, target, actual, weight))
    assert exact is not None
    assert rounded(NATIONAL, exact, Decimal(0)) == Decimal(earned)


def test_what_the_formula_does_not_say_is_not_computed() -> None:
    assert by_formula(NATIONAL, quantitative("eq", "100", "99")) is None
    assert by_formula(NATIONAL, quantitative("ge", "0", "-1")) is None
    assert (
        by_formula(NATIONAL, row(direction="ge", target_value=Missing.NOT_STATED, weight=Decimal(1))) is None
    )
    assert by_rate(NATIONAL, Decimal(10), Decimal(5), Decimal(0)) is None


@pytest.mark.parametrize(
    ("formula", "earned"), [("smaller_over_larger", "8"), ("met_or_nothing", "0"), ("met_only", None)]
)
def test_a_scheme_may_give_another_formula(formula: str, earned: str | None) -> None:
    other = replace(NATIONAL, formulas={"eq": formula})
    assert by_formula(other, quantitative("eq", "100", "125")) == (Decimal(earned) if earned else None)


@pytest.mark.parametrize(("rounding", "to"), [("half_up", "0.3"), ("half_even", "0.2"), ("down", "0.2")])
def test_rounding_is_data(rounding: str, to: str) -> None:
    assert rounded(replace(NATIONAL, rounding=rounding), Decimal("0.25"), Decimal(1)) == Decimal(to)
    assert rounded(replace(NATIONAL, rounding=rounding), Decimal("0.25"), Decimal("1.00")) == Decimal("0.25")


@given(st.sampled_from(["ge", "gt", "le", "lt", "eq"]), AMOUNTS, AMOUNTS, AMOUNTS)
def test_points_lie_between_nothing_and_the_weight_and_are_exact(
    direction: str, target: Decimal, actual: Decimal, weight: Decimal
) -> None:
    exact = by_formula(NATIONAL, quantitative(direction, str(target), str(actual), str(weight)))
    if exact is None:
        return
    assert 0 <= exact <= weight
    met = {"ge": actual >= target, "gt": actual > target, "le": actual <= target, "lt": actual < target}
    if met.get(direction, actual == target):
        assert exact == weight
    else:
        part, whole = (actual, target) if direction in ("ge", "gt") else (target, actual)
        truth = Fraction(weight) * Fraction(part) / Fraction(whole)
        assert abs(Fraction(exact) - truth) <= Fraction(1, 10**30)


@given(AMOUNTS, st.lists(AMOUNTS, min_size=2, max_size=2))
def test_more_done_never_scores_less(target: Decimal, actual: list[Decimal]) -> None:
    less, more = sorted(actual)
    rising = [by_formula(NATIONAL, quantitative("ge", str(target), str(done))) for done in (less, more)]
    falling = [by_formula(NATIONAL, quantitative("le", str(target), str(done))) for done in (more, less)]
    for low, high in (rising, falling):
        assert low is None or high is None or low <= high


@pytest.mark.parametrize(
    ("said", "share", "holds"),
    [
        ("已达成预期指标", "80", True),
        ("已达成预期指标", "79.9", False),
        ("部分达成", "80", False),
        ("部分达成", "50", True),
        ("未达成", "49.9", True),
        ("未达成", "50", False),
    ],
)
def test_bands_are_half_open(said: str, share: str, holds: bool) -> None:
    found = band(NATIONAL, row(actual_as_written=said))
    assert found is not None
    assert within(found, Decimal(share)) is holds


def test_schemes_give_a_hundred_points_and_grade_half_open() -> None:
    for found in schemes(Package({}, {}, {})).values():
        assert found.total + found.execution == 100
        grades = [found.grade(Decimal(points)) for points in ("90", "89.99", "80", "60", "0")]
        assert grades == [*"优良良中差"]
        assert found.bands == NATIONAL.bands
    own = schemes(Package({}, {}, {}))
    assert {"national", "with-cost", "twenty-eighty", "sichuan"} <= set(own)
    assert own["twenty-eighty"].weights == {}
    assert "nowhere" not in own


def test_every_provision_has_a_basis_and_a_reason() -> None:
    lines = list(csv.DictReader(io.StringIO(SHIPPED.read_text(encoding="utf-8"))))
    assert all(line["basis"] == "our own" and line["reason_zh"] and line["reason_en"] for line in lines)


def test_the_published_table_is_the_shipped_one() -> None:
    published = ROOT / "datapackage" / "forms" / "schemes.csv"
    assert published.read_bytes() == SHIPPED.read_bytes(), (
        "copy the one you changed over the other, then seal"
    )


def test_a_package_s_own_schemes_win() -> None:
    package, _ = load(ROOT / "datapackage")
    table = package.tables["schemes"]
    place = table.columns.keys()
    first = table.rows[0]
    cells = dict(zip(place, first.values, strict=True)) | {"scheme_id": "ours", "points": Decimal(25)}
    own = replace(table, rows=(replace(first, values=tuple(cells.values())),))
    found = schemes(Package({}, {"schemes": own}, {}))
    assert set(found) == {"ours"}
    assert found["ours"].execution == 25
    assert found["ours"].grades == NATIONAL.grades


def form(scheme: Scheme = NATIONAL, **cells: Value) -> Form:
    """The scored project of the good package; `cells` replace or add some of its row."""
    table = GOOD.tables["projects"]
    found = table.index[("2023", "street-cleaning")]
    values: Mapping[str, Value] = {name: found[name] for name in table.columns} | cells
    columns = list(table.fields)
    for name in values.keys() - table.columns.keys():
        columns.append(replace(table.columns["budget_wan"], name=name, unit="分"))
    changed = Row(found.line, tuple(values[item.name] for item in columns), _places(columns), found.path)
    tables = {**GOOD.tables, "projects": replace(table, fields=tuple(columns), rows=(changed,))}
    package = Package(GOOD.descriptor, tables, GOOD.files)
    return Form(package, scheme, changed, GOOD.indicators[("2023", "street-cleaning")])


def _places(columns: list[Field]) -> dict[str, int]:
    return {item.name: place for place, item in enumerate(columns)}


def test_ours_stands_beside_the_stated_score_with_difference_and_rule() -> None:
    found = scores(form(execution_weight=Decimal(10), execution_score=Decimal(10), total_score=Decimal(98)))
    satisfied = found["6"]
    assert satisfied.stated.number == satisfied.ours.number == 9
    assert satisfied.agrees is True
    assert satisfied.ours.formula == "score|actual_over_target"
    assert [part.column for part in satisfied.ours.operands] == ["weight", "actual_value", "target_value"]
    # 10 × 198.00 ÷ 200.50 = 9.875…
    assert found["execution"].ours.number == Decimal("9.9")
    assert found["execution"].difference.number == Decimal("0.1")
    assert found["total"].ours.number == Decimal("98.9")
    assert found["total"].difference.number == Decimal("-0.9")
    assert found["5"].ours.formula == "score|band|80|100"


def test_a_form_without_scores_gets_none() -> None:
    bare = form()
    silent = tuple(
        replace(line, values=tuple(
            Missing.NOT_STATED if name == "score" else line[name] for name in line.places
        ))
        for line in bare.indicators
    )  # fmt: skip
    assert scores(replace(bare, indicators=silent)) == {}


def with_result(found: Form, number: str, said: str) -> Form:
    changed = tuple(
        replace(line, values=tuple(
            said if name == "actual_as_written" else line[name] for name in line.places
        ))
        if line.text("indicator_no") == number else line
        for line in found.indicators
    )  # fmt: skip
    return replace(found, indicators=changed)


def test_what_does_not_apply_is_dropped_and_the_rest_rescaled() -> None:
    whole = form(execution_weight=Decimal(10), execution_score=Decimal(10), total_score=Decimal(99))
    found = scores(with_result(whole, "1", "不适用"))
    assert is_dropped(NATIONAL, row(actual_as_written="不适用"))
    assert found["1"].ours.value is Missing.NOT_STATED
    # (9.9 + 10 + 10 + 10 + 30 + 9) × 100 ÷ 80
    expected = (Decimal("78.9") * 100 / 80).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert found["total"].ours.number == expected == Decimal("98.6")
    assert found["total"].ours.formula == "score|rescaled"


def test_a_total_is_not_computed_over_a_part_without_a_score() -> None:
    whole = form(total_score=Decimal(89))
    first, *rest = whole.indicators
    silent = replace(
        first, values=tuple(Missing.NOT_STATED if name == "score" else first[name] for name in first.places)
    )
    assert scores(replace(whole, indicators=(silent, *rest)))["total"].ours.value is Missing.NOT_STATED
    assert scores(whole)["total"].ours.number == 89


def test_a_score_beyond_its_band_is_set_beside_the_end_of_the_band() -> None:
    found = scores(with_result(form(), "5", "部分达成"))["5"]
    assert found.ours.number == 24
    assert found.difference.number == 6


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ge,,actual_over_target", "ge,,import os"),
        ("decimals,score,1,", "decimals,score,999999999999,"),
        ("grade,优,90,", "grade,优,NaN,"),
        ("weight,output,50,", "weight,output,-50,"),
        ("national,band-1,band,", "national,band-1,bend,"),
        ("scheme_id,", "schema_id,"),
    ],
)
def test_a_broken_scheme_is_a_problem_or_harmless_and_never_a_traceback(
    tmp_path: Path, old: str, new: str
) -> None:
    root = shutil.copytree(ROOT / "datapackage", tmp_path / "package")
    file = root / "forms" / "schemes.csv"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    package, problems = check(root)
    told = [
        found for found in problems if found.file == "forms/schemes.csv" and found.rule != "file-as-sealed"
    ]
    assert told or "decimals" in new
    assert scores(form(schemes(package)["national"]))["6"].ours.value in (9, Missing.NOT_STATED)
