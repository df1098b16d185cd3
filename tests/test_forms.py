"""Official forms are read by their labels: the real ones cell by cell, values in all their spellings."""

import pytest
from books import National, national
from conftest import ROOT
from disclosure.forms.board import board
from disclosure.forms.grid import Refused
from disclosure.forms.layout import LAYOUT, layout_bytes, of_package
from disclosure.forms.reading import sheets
from disclosure.forms.targets import Target, actual, target
from disclosure.forms.values import amount, amounts, code_and_name, points, rate
from forms_read import FORMS, forms, told

REAL = sorted(FORMS.glob("*.xlsx"))
SAVED = sorted((FORMS / "saved").iterdir())
# Cells of a real form that state nothing of a project: titles, headings, what persons sign.
NO_VALUE = {
    "national-evaluation-2022": {"A1", "A2", "A5", "A12", "A10", "C22"},
    "sichuan-evaluation-2023": {"A1", "A2", "A5", "B5", "B7", "A8", "B8", "A14", "A21", "G21"},
    "xiangtan-target-2023": {"A1", "A2", "E2", "A8", "C14", "C16", "C17", "A19", "A20"},
}


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_a_real_form_is_read_as_written_down(path) -> None:  # type: ignore[no-untyped-def]
    assert "".join(map(told, forms(path.read_bytes()))) == path.with_suffix(".txt").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.name)
def test_a_real_form_saved_by_an_office_program_is_read_as_the_same(path) -> None:  # type: ignore[no-untyped-def]
    """LibreOffice 7.4 opened the form and saved it as each kind of file; a document names no sheet."""
    (found,) = forms(path.read_bytes())
    (real,) = forms((FORMS / f"{path.stem}.xlsx").read_bytes())
    titled = found._replace(sheet=real.sheet) if path.suffix == ".docx" else found
    assert told(titled) == told(real)


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_every_cell_of_a_real_form_is_a_label_or_a_value(path) -> None:  # type: ignore[no-untyped-def]
    """Counted from the sheet and not by the reader: no cell is missing from what was read."""
    (sheet,) = sheets(path.read_bytes())
    (form,) = forms(path.read_bytes())
    lines = [form.project, *(line for line, _ in (*form.funds, *form.indicators))]
    read = {name for line in lines for entry in line.values() for name in entry.cells}
    labels = {label.cell.name for label in board(sheet, of_package()).labels.values()}
    dashes = {cell.name for cell in sheet.cells if cell.text in ("—", "/")}
    left = {cell.name for cell in sheet.cells} - read - labels - dashes
    assert left <= NO_VALUE[path.stem]


def test_names_and_telephones_never_enter() -> None:
    (form,) = forms((FORMS / "xiangtan-target-2023.xlsx").read_bytes())
    assert form.left_out == ("A20",)
    assert "13800138000" not in told(form)
    assert "某某" not in told(form)


def test_the_published_layout_is_the_one_that_ships() -> None:
    assert (ROOT / "datapackage" / LAYOUT).read_bytes() == layout_bytes()


@pytest.mark.parametrize(
    ("written", "currency", "expected"),
    [
        ("150万", "", "150"),
        ("150 万元", "", "150"),
        ("1,234.50", "万元", "1234.50"),
        ("１，２３４．５０", "万元", "1234.50"),
        ("150", "万元", "150"),
        ("150", "元", "0.015"),
        ("1234567.89元", "万元", "123.456789"),
        ("¥20,000.00", "元", "2"),
        ("1.5亿元", "", "15000"),
        ("0", "万元", "0"),
        ("0.00", "万元", "0"),
        ("89.974", "万元", "89.974"),
        ("150万元整", "", "150"),
        ("—", "万元", ""),
        ("/", "", ""),
        ("无", "", ""),
    ],
)
def test_amounts(written: str, currency: str, expected: str) -> None:
    assert amount(written, currency) == expected


@pytest.mark.parametrize(
    ("written", "currency", "rule"),
    [
        ("150", "", "form-amount-unit"),
        ("约150万元", "", "form-amount"),
        ("-5", "万元", "form-amount"),
        ("1,23", "万元", "form-amount"),
        ("一百万元", "", "form-amount"),
        ("150-200万元", "", "form-amount"),
        ("0.001元", "", "form-amount"),
        ("9999999999999999", "万元", "form-amount"),
        ("150 20", "万元", "form-amount"),
        ("150 200", "万元", "form-amount"),
    ],
)
def test_amounts_refused_by_name(written: str, currency: str, rule: str) -> None:
    with pytest.raises(Refused) as refused:
        amount(written, currency)
    assert (refused.value.rule, refused.value.found) == (rule, written)


def test_a_blank_amount_is_not_stated() -> None:
    (form,) = forms(national(National(spent="")))
    assert form.project["expenditure_wan"].text == "NA"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("150万元", {"total": "150"}),
        (
            "150万元，其中：财政拨款100万元，其他资金50万元",
            {"total": "150", "fiscal": "100", "other": "50"},
        ),
        ("总额：150万元；财政拨款：150万元", {"total": "150", "fiscal": "150"}),
        ("财政 拨款１００万元、上级资金50万元", {"fiscal": "100", "superior": "50"}),
    ],
)
def test_several_amounts_in_a_cell_are_split_where_it_says_how(
    written: str, expected: dict[str, str]
) -> None:
    found = amounts(written, "万元", of_package())
    assert {fund: amount for fund, (_, amount) in found.items()} == expected
    assert [words for fund, (words, _) in found.items() if fund == "fiscal"] in ([], ["财政拨款"])


@pytest.mark.parametrize(
    "written", ["150万元、100万元", "100万元，张家湾50万元", "财政拨款10万元，财政拨款20万元"]
)
def test_several_amounts_that_nothing_parts_are_refused(written: str) -> None:
    with pytest.raises(Refused) as refused:
        amounts(written, "万元", of_package())
    assert refused.value.rule == "form-amount-several"


@pytest.mark.parametrize(("written", "expected"), [("五十万", "digits"), ("约 50 万元", "")])
def test_one_amount_that_is_no_number_is_not_said_to_be_several(written: str, expected: str) -> None:
    for reader in (lambda text: amounts(text, "万元", of_package()), lambda text: amount(text, "万元")):
        with pytest.raises(Refused) as refused:
            reader(written)
        assert (refused.value.rule, refused.value.expected) == ("form-amount", expected)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("≥50个", Target("ge", "50", "个")),
        ("≥100百分比", Target("ge", "100", "百分比")),
        ("≤620万/月", Target("le", "620", "万/月")),
        ("1346.0088万平方米", Target("eq", "1346.0088", "万平方米")),
        ("1次/月", Target("eq", "1", "次/月")),
        ("=100%", Target("eq", "100", "%")),
        ("﹦100%", Target("eq", "100", "%")),
        ("＝１００％", Target("eq", "100", "%")),
        ("﹥3次", Target("gt", "3", "次")),
        (">=95%", Target("ge", "95", "%")),
        ("90%以上", Target("ge", "90", "%")),
        ("不少于12场", Target("ge", "12", "场")),
        ("30日以内", Target("le", "30", "日")),
        ("≤1,234.50万元", Target("le", "1234.50", "万元")),
        ("≥80㎡", Target("ge", "80", "㎡")),
        ("优良", Target("qualitative", "", "")),
        ("2023.07-2024.01", Target("qualitative", "", "")),
        ("2023年12月底前", Target("qualitative", "", "")),
        ("12月31日前", Target("qualitative", "", "")),
        ("3-5天", Target("qualitative", "", "")),
        ("100%完成", Target("qualitative", "", "")),
        ("30天内完成", Target("qualitative", "", "")),
        ("50个左右", Target("qualitative", "", "")),
        ("12月", Target("qualitative", "", "")),
        ("12个月", Target("eq", "12", "个月")),
        ("≤30日", Target("le", "30", "日")),
        ("50 60", Target("qualitative", "", "")),
        ("90%（含）以上", Target("ge", "90", "%")),
        ("5天以内（含）", Target("le", "5", "天")),
        ("100人次以上/年", Target("qualitative", "", "")),
        ("3个工作日内办结", Target("qualitative", "", "")),
        ("20多个", Target("qualitative", "", "")),
        ("1万余人", Target("qualitative", "", "")),
        ("20231231", Target("qualitative", "", "")),
        ("2023.12", Target("qualitative", "", "")),
        ("≥2023.12", Target("ge", "2023.12", "")),
        ("20231231元", Target("eq", "20231231", "元")),
    ],
)
def test_targets(written: str, expected: Target) -> None:
    assert target(written) == expected


def test_targets_in_three_columns() -> None:
    assert target("100", "＝", "%") == Target("eq", "100", "%")
    assert target("100", "≥", "人次") == Target("ge", "100", "人次")
    assert target("效果明显", "定性", "") == Target("qualitative", "", "")
    assert target("100", "定性", "%") == Target("qualitative", "", "")


def test_an_actual_value_is_of_the_targets_unit_or_none() -> None:
    assert actual("98.5%", "百分比") == "98.5"
    assert actual("50", "个") == "50"
    assert actual("90万", "万元") == "90"
    assert actual("90元", "万元") == ""
    assert actual("达成预期指标", "个") == ""


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("219-池州市贵池区棠溪镇人民政府", ("219", "池州市贵池区棠溪镇人民政府")),
        ("51000021R000000019951-工资性支出", ("51000021R000000019951", "工资性支出")),
        ("001 — 某局", ("001", "某局")),
        ("某局", ("", "某局")),
        ("COVID-防控", ("", "COVID-防控")),
        ("2021-2023 年河涌整治", ("", "2021-2023 年河涌整治")),
    ],
)
def test_code_and_name(written: str, expected: tuple[str, str]) -> None:
    assert code_and_name(written) == expected


def test_points_and_rates() -> None:
    assert points("8.5分") == "8.5"
    assert points("—") == ""
    assert rate("100.00%") == "100.00"
    assert rate("98.16") == "98.16"
    assert rate("0") == "0"
    for written in ("0.9816", "1"):
        with pytest.raises(Refused) as refused:
            rate(written)
        assert refused.value.rule == "form-percent"
    for written in ("八分", "5 6", "-1"):
        with pytest.raises(Refused) as refused:
            points(written)
        assert refused.value.rule == "form-number"
