"""Any project goes out as a form and comes in as it was, cell for cell, or is refused by name."""

import os
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

from conftest import PACKAGES
from disclosure.forms.find import form_in
from disclosure.forms.grid import Refused, one_line
from disclosure.forms.intake import Wish, place
from disclosure.forms.layout import of_package
from disclosure.forms.reading import Found, sheets
from disclosure.forms.sourced import TABLES
from disclosure.forms.values import is_nothing
from disclosure.model import Missing, Package, Row, Table, Value
from disclosure.package.cells import fault_of_text
from disclosure.package.load import load
from disclosure.release.form import form
from disclosure.release.official import official
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

FULL = os.environ.get("DISCLOSURE_PROFILE") == "full"
YEAR = 2023
Cells = dict[str, Value]


def publishable(text: str) -> bool:
    return text not in ("", "NA") and not fault_of_text(text)


def is_label(text: str) -> bool:
    """Whether a text could be taken for a label or a note: a form with one out of place may be refused."""
    return bool(of_package().meaning(text.partition("：")[0])) or text.startswith(of_package().notes)


# Every sign that a package may hold, and what a spreadsheet, a reader or a page would make something else of.
SIGNS = st.text(
    "项目年度完成改善率0123456789%≥≤（）、。，：;\"'=+-@#<>&|/\\_*~ abcXYZ①㎡𠮷é", min_size=1, max_size=40
)
ODD = (
    "1/2", "0012", "1E5", "100%", "50", "TRUE", "150 万元", "3-5天", "_x0041_", "2023-01-01", "A-1",
    "12-34号楼", "007-某项目",
    "公开招标一次", "说明书三份", "附近居民满意", "'单引号", "无", "—", "/",
)  # fmt: skip
LABELS = (
    "合计",
    "项目名称",
    "绩效指标",
    "注：另行说明",
    "填表人：某某",
    "单位：元",
    "年度",
    "财政拨款",
    "备注",
    "电话",
    "总分",
    "#REF!",
)
PLAIN = st.one_of(SIGNS, st.sampled_from(ODD)).map(one_line).filter(publishable)
TEXTS = PLAIN.filter(lambda text: not is_label(text) or text in ODD)
AMOUNTS = st.one_of(st.decimals(0, 10**6, places=2), st.decimals(0, 10**11, places=6), st.just(Decimal(0)))
POINTS = st.decimals(0, 100, places=1)
SPOKEN = {
    "ge": ("≥{}", "{}以上", "不少于{}"), "le": ("≤{}", "{}以内", "不超过{}"), "gt": (">{}", "大于{}"),
    "lt": ("<{}", "低于{}"), "eq": ("={}", "{}", "＝{}"),
}  # fmt: skip


@st.composite
def targets(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> Cells:
    """What a target and its result say, and how a form writes them; or words."""
    if draw(st.booleans()):
        written = draw(st.sampled_from(("效果明显", "12月底前")))
        return {"direction": "qualitative", "target_as_written": written, "actual_as_written": draw(texts)}
    way = draw(st.sampled_from(tuple(SPOKEN)))
    unit = draw(st.sampled_from(("个", "%", "万元", "平方米", "次/月", "人次", "")))
    value, done = draw(POINTS), draw(POINTS)
    return {
        "direction": way, "target_value": value, "unit": unit or Missing.NOT_STATED,
        "target_as_written": draw(st.sampled_from(SPOKEN[way])).format(f"{value}{unit}"),
        "actual_value": done, "actual_as_written": f"{done}{unit}",
    }  # fmt: skip


@st.composite
def projects(draw: st.DrawFn, words: st.SearchStrategy[str]) -> dict[str, list[Cells]]:
    """A project with its funds and indicators, by table."""
    amounts = [name for name, field in blank()["projects"].columns.items() if field.is_figure]
    texts = (
        "goal",
        "actual_result",
        "period",
        "long_term_goal",
        "conclusion",
        "problems_found",
        "measures_planned",
    )
    perhaps: st.SearchStrategy[Value] = st.one_of(st.just(Missing.NOT_STATED), AMOUNTS)
    own: Cells = {name: draw(perhaps) for name in amounts}
    some: st.SearchStrategy[Value] = st.one_of(st.just(Missing.NOT_STATED), words)
    own |= {name: draw(some) for name in texts}
    own["name"], own["goal"] = draw(words.filter(lambda text: not is_nothing(text))), draw(words)
    codes: tuple[Value, ...] = (Missing.NOT_STATED, "51000021R0001", "A.12_3")
    names: tuple[Value, ...] = (Missing.NOT_STATED, "样例市样例街道办事处")
    units: tuple[Value, ...] = (Missing.NOT_STATED, Missing.NOT_APPLICABLE, "样例街道没有列出的所")
    own["project_code"], own["department"] = draw(st.sampled_from(codes)), draw(st.sampled_from(names))
    own["unit_name"] = draw(st.sampled_from(units))
    funds = draw(st.lists(st.sampled_from(("财政拨款", "上年结转资金", "其他资金")), unique=True, max_size=3))
    kinds = {"财政拨款": "fiscal", "上年结转资金": "carried_over", "其他资金": "other"}
    money = ("budget_wan", "adjusted_budget_wan", "expenditure_wan")
    kinds_of_indicators: st.SearchStrategy[Value] = st.sampled_from(
        ("数量指标", "质量指标", Missing.NOT_STATED, Missing.NOT_APPLICABLE)
    )
    levels = draw(
        st.lists(
            st.sampled_from(("output", "benefit", "satisfaction", "cost", "decision", "process")),
            min_size=1,
            max_size=6,
        )
    )
    lines = [
        {"level_1": level, "level_2": draw(kinds_of_indicators),
         "name": draw(words), **draw(targets(words)), "weight": draw(POINTS), "score": draw(POINTS),
         "deviation_reason": draw(some)}
        for level in sorted(levels)
    ]  # fmt: skip
    return {
        "projects": [own],
        "project_funds": [
            {"fund": kinds[name], "name": name, **{one: draw(AMOUNTS) for one in money}} for name in funds
        ],
        "indicators": [{**line, "indicator_no": number} for number, line in enumerate(lines, start=1)],
    }


@cache
def package() -> Package:
    """A package without a project."""
    found = load(PACKAGES / "good")[0]
    files = {
        found.tables[name].path: found.files[found.tables[name].path].splitlines(True)[0] for name in TABLES
    }
    tables = {name: replace(found.tables[name], rows=()) for name in TABLES}
    return replace(found, tables={**found.tables, **tables}, files={**found.files, **files})


def blank() -> Mapping[str, Table]:
    return package().tables


def rows(name: str, lines: list[Cells]) -> Table:
    table = blank()[name]
    places = {column: at for at, column in enumerate(table.columns)}
    key: Cells = {"fiscal_year": YEAR, "project_id": "p-0001"}
    whole = [dict.fromkeys(places, Missing.NOT_APPLICABLE) | key | line for line in lines]
    return replace(
        table,
        rows=tuple(
            Row(at, tuple(line.values()), places, table.path) for at, line in enumerate(whole, start=2)
        ),
    )


def stated(cell: Value | str) -> object:
    """What a cell says, nothing whether it is missing or says 无; a number whatever zeros end it."""
    text = "" if isinstance(cell, Missing) or cell == "NA" or is_nothing(str(cell)) else str(cell)
    return Decimal(text) if isinstance(cell, Decimal) else text


def back(drawn: dict[str, list[Cells]]) -> None:
    """Out as a form and in again, cell for cell; raises Refused."""
    out = replace(package(), tables={**blank(), **{name: rows(name, lines) for name, lines in drawn.items()}})
    whole = official(out, out.rows("projects")[0])
    (sheet,) = sheets(form(whole))
    read = form_in(sheet, of_package())
    assert read is not None
    intake = place(package(), [Found(read, "a.xlsx", "0" * 64)], Wish(any_department=True))
    named = isinstance(drawn["projects"][0]["unit_name"], str)  # a unit that no table lists is told, and kept
    assert [problem.rule for problem in intake.problems] == ["form-unit"] * named
    shown = {(cell.source.table, cell.source.column) for cell in whole.cells if cell.source}
    for name, lines in drawn.items():
        found = list(intake.books[name].rows.values())
        assert len(found) == len(lines), name
        for before, after in zip(lines, found, strict=True):
            for column, cell in before.items():
                if (name, column) in shown or name == "indicators":
                    expected = stated(cell)
                    text = after[column]
                    got = (
                        Decimal(text)
                        if isinstance(expected, Decimal) and text not in ("", "NA")
                        else stated(text)
                    )
                    assert got == expected, (name, column)


@given(projects(TEXTS))
@settings(max_examples=1_000 if FULL else 40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_project_comes_back_cell_for_cell(drawn: dict[str, list[Cells]]) -> None:
    back(drawn)


@given(projects(st.one_of(TEXTS, st.sampled_from(LABELS))))
@settings(max_examples=500 if FULL else 20, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_project_whose_words_are_labels_comes_back_or_is_refused(drawn: dict[str, list[Cells]]) -> None:
    try:
        back(drawn)
    except Refused as refused:
        event(refused.rule)
