"""Descriptor and CSV in, typed rows out; figures never without a source."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from cn2an import an2cn
from conftest import ROOT
from disclosure.model import Missing, Package
from disclosure.package.computed import computed, ratio
from disclosure.package.descriptor import NoPackage
from disclosure.package.figures import Figure, UnsourcedFigure, cell_figure, stated
from disclosure.package.load import load
from disclosure.package.numerals import chinese_number
from disclosure.package.text import fingerprint, measured, normalised, numbers, recurring


def loaded(root: Path) -> Package:
    package, problems = load(root)
    assert problems == []
    return package


def test_rows_are_typed_and_know_their_line(good: Path) -> None:
    row = loaded(good).tables["appropriations"].rows[0]
    assert (row.line, row["fiscal_year"], row["budget_wan"]) == (2, 2023, Decimal("1000.50"))
    assert loaded(good).tables["appropriations"].rows[1]["adjusted_budget_wan"] is Missing.NOT_STATED


def test_missing_is_never_zero(good: Path) -> None:
    figures = computed(loaded(good), 2023)
    assert figures["computed.2023.execution.total"].number == Decimal("94.99")
    package = loaded(good)
    table = package.tables["appropriations"]
    adjusted = cell_figure(package, table, table.rows[1], table.columns["adjusted_budget_wan"])
    assert adjusted.value is Missing.NOT_STATED
    assert adjusted.citation is not None  # the sentence of its row
    assert ratio("x", "", adjusted, adjusted).value is Missing.NOT_STATED
    with pytest.raises(ValueError, match="missing"):
        _ = adjusted.number


def test_a_year_of_projects_is_a_year_of_the_package_also_where_only_another_is_reported_on(
    good: Path,
) -> None:
    coverage = good / "data" / "coverage.csv"
    coverage.write_text(coverage.read_text(encoding="utf-8").replace("\n2023,", "\n2022,"), encoding="utf-8")
    assert load(good)[0].years == (2022, 2023)


def test_a_figure_needs_a_source() -> None:
    with pytest.raises(UnsourcedFigure):
        Figure("made.up", "", Decimal(1), "万元")


def test_a_rate_of_nothing_does_not_apply(good: Path) -> None:
    package = loaded(good)
    table = package.tables["coverage"]
    some = cell_figure(package, table, table.rows[0], table.columns["disclosed_count"])
    none = Figure("nil", "", Decimal(0), "项", operands=(some,))
    assert ratio("x", "", some, none).value is Missing.NOT_APPLICABLE


def test_no_package_is_not_a_problem_but_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(NoPackage):
        load(tmp_path)


def test_numbers_of_a_sentence() -> None:
    assert numbers("完成四村一居、十所高校挂牌") == {Decimal(4), Decimal(1), Decimal(10)}
    assert numbers("预算数 19,414.6 万元") == {Decimal("19414.6")}
    assert numbers("十三条河涌及九个小微水体") == {Decimal(13), Decimal(9)}
    assert numbers("申报覆盖率 100%，84.07 84.07") == {Decimal(100), Decimal("84.07")}
    assert numbers("二百三十项") == {Decimal(230)}
    assert numbers("一是进一步统一一般公共预算") == frozenset()


def test_every_chinese_numeral_below_ten_thousand_reads_as_a_library_writes_it() -> None:
    for number in range(10_000):
        run = an2cn(number, "low")
        spoken = run.removeprefix("一") if run.startswith("一十") else run  # 十三 beside 一十三
        for written in {run, spoken, run.replace("二百", "两百"), run.replace("零", "〇")}:
            assert chinese_number(written) == number, written
    assert chinese_number("二〇二二") == 2022


@pytest.mark.parametrize(
    "run", ["", "十百", "一十十", "百", "千", "三四五百", "一百二三", "二十千", "万", "一 百"]
)
def test_a_run_of_numerals_that_writes_no_number_reads_as_none(run: str) -> None:
    assert chinese_number(run) is None


def test_numbers_directly_before_their_unit() -> None:
    assert measured("挂牌古树名木 15 株", "株") == (Decimal(15),)
    assert measured("十所高校、二百三十项", "所") == (Decimal(10),)
    assert measured("自收到申请之日起20个工作日内", "工作日") == (Decimal(20),)
    assert measured("预算数 19,414.6 万元，支出 1.5万元", "万元") == (Decimal("19414.6"), Decimal("1.5"))
    assert measured("完成率 95％，共 12,5 项", "%") == (Decimal(95),)
    assert measured("84.07 84.07", "万元") == ()


def test_a_text_column_sets_its_own_bound(good: Path) -> None:
    file = good / "schemas" / "glossary.json"
    schema = json.loads(file.read_text(encoding="utf-8"))
    field = next(field for field in schema["fields"] if field["name"] == "explanation")
    for bound, faults in ((5, 2), (5_000, 0)):
        field["constraints"]["maxLength"] = bound
        file.write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")
        found = load(good)[1]
        assert [problem.expected for problem in found] == [f"<= {bound}"] * faults


def test_white_space_does_not_count() -> None:
    assert normalised(" 部\n门 　整\t体") == "部门整体"
    assert fingerprint("部 门") == fingerprint("部\n门") != fingerprint("部门。")


def test_recurring_text_counts_long_runs_only() -> None:
    assert recurring("保持街面整洁，垃圾日产日清。", "目标：保持街面整洁，垃圾日产日清。") == 1
    assert recurring("保持街面整洁", "保持楼道整洁") == 0
    assert recurring("", "任何文字") == 0


def test_the_report_is_in_the_package() -> None:
    """The figures that the 2022 report states, each as a cell."""
    package = loaded(ROOT / "datapackage")
    values = {
        figure.id: figure.value for table in package.tables.values() for figure in stated(package, table)
    }
    expected = {
        "appropriations.2022.total.budget_wan": "19414.60",
        "appropriations.2022.total.final_accounts_wan": "19057.63",
        "appropriations.2022.general_public.budget_wan": "16780.89",
        "appropriations.2022.general_public.final_accounts_wan": "16549.39",
        "appropriations.2022.government_fund.budget_wan": "2470.44",
        "appropriations.2022.government_fund.final_accounts_wan": "2344.97",
        "coverage.2022.declared_count": "230",
        "coverage.2022.declared_rate_pct": "100",
        "coverage.2022.disclosed_count": "0",
        "coverage.2022.disclosed_rate_pct": "0",
        "staff.2022.total.headcount": "769",
        "staff.2022.established.headcount": "114",
        "staff.2022.administrative.headcount": "58",
        "staff.2022.public_institution.headcount": "56",
        "staff.2022.non_established.headcount": "655",
        "projects.2022.urban-management.budget_wan": "84.07",
        "projects.2022.river-improvement.expenditure_wan": "73.13",
        "projects.2022.sanitation-and-greening.budget_wan": "1716.81",
    }
    assert {name: str(values[name]) for name in expected} == expected
    assert values["appropriations.2022.total.adjusted_budget_wan"] is Missing.NOT_STATED
    assert values["coverage.2022.due_count"] is Missing.NOT_STATED
    done = {(row.text("value"), row.text("unit")) for row in package.rows("results") if row.text("value")}
    assert done >= {("15", "株"), ("205", "万元"), ("11", "场"), ("4", "村"), ("1", "居"), ("10", "所")}
    assert len(package.rows("units")) == 10
    assert len(package.rows("offices")) == 9
    assert len(package.rows("objectives")) == 8
    assert len(package.rows("projects")) == 3
    assert package.rows("indicators") == package.rows("corrections") == ()
    assert len(package.rows("glossary")) >= 20


def test_what_follows_from_the_report() -> None:
    figures = computed(loaded(ROOT / "datapackage"), 2022)
    expected = {
        "execution.total": "98.16",
        "execution.general_public": "98.62",
        "execution.government_fund": "94.92",
        "unspent.total": "356.97",
        "residual.total.budget_wan": "163.27",
        "residual.total.final_accounts_wan": "163.27",
        "listed.budget_wan": "1874.01",
        "listed.share": "9.65",
        "targets.unlisted": "227",
        "targets.full": "0",
        "targets.text": "3",
        "recurrence.3": "95",
        "recurrence.4": "71",
    }
    assert {name: str(figures[f"computed.2022.{name}"].value) for name in expected} == expected
