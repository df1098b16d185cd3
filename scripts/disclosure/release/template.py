"""The workbook that clerks fill: both national forms blank, lists to choose from, and how to fill them."""

from io import BytesIO

from xlsxwriter.worksheet import Worksheet

from disclosure.model import Package
from disclosure.package.shipped import shipped
from disclosure.release.form import filled, framed, sheet
from disclosure.release.lines import TOP
from disclosure.release.official import TITLES, Official, blank
from disclosure.release.workbook import book, told

ADDRESS = "data/forms/template.xlsx"
_YEAR = "    "  # for the clerk to fill in
_SIGNS = ["≥", "≤", "＝", ">", "<", "定性"]
_LONGEST_LIST = 255  # characters; a sheet allows no longer one
_NUMBER = {"validate": "decimal", "criteria": "between", "minimum": 0}
_AMOUNT = _NUMBER | {"maximum": 999_999_999_999, "error_message": "请填不小于零的数，单位万元"}
_POINTS = _NUMBER | {"maximum": 100, "error_message": "请填 0 到 100 的分数"}


def template(package: Package) -> bytes:
    """An .xlsx file: the target form, the evaluation form, the explanations; no place for a person."""
    buffer, forms = BytesIO(), [blank(package, kind, _YEAR) for kind in TITLES]
    with book(buffer, "项目支出绩效目标表和自评表（空白）") as made:
        for drawn in forms:
            _lists(sheet(made, drawn.kind, drawn.width, drawn.last), drawn, package)
        how = told(made, "填写说明", explanations(), "宋体")
        how.set_paper(9)
        how.fit_to_pages(1, 0)
    return filled(framed(buffer, len(forms)), forms)


def explanations() -> list[tuple[str, str]]:
    """How to fill in each part of the forms: where, and what to write there."""
    return [(line["where"], line["how"]) for line in shipped("release", "template")]


def _lists(made: Worksheet, drawn: Official, package: Package) -> None:
    """What may be chosen, below each heading of the form."""
    for number, block in enumerate(drawn.blocks):
        for cell in (cell for cell in block if cell.heads == "col"):
            if rule := _rule(cell.text, number):
                first, right = cell.top + TOP + 1, cell.left + cell.columns - 1
                made.data_validation(first, cell.left, block[-1].top + TOP, right, rule)
    units = [row.text("name") for row in package.rows("units", max(package.years, default=None))]
    head = next(cell for cell in drawn.cells if cell.text == "实施单位")
    if units and len(",".join(units)) <= _LONGEST_LIST and not any("," in name for name in units):
        place = (head.top + TOP, head.left + 1)
        made.data_validation(*place, *place, {"validate": "list", "source": units, "show_error": False})


def _rule(label: str, block: int) -> dict[str, object] | None:
    if label == "年度指标值":
        told = {"input_title": label, "input_message": "先写符号，再写数和单位，如 ≥50 个；量不出来的写文字"}
        return {"validate": "list", "source": _SIGNS, "show_error": False} | told
    if label.endswith("数") and block == 1:
        return dict(_AMOUNT)
    return dict(_POINTS) if label in ("分值", "得分") and block > 1 else None
