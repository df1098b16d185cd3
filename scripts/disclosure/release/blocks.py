"""The blocks of the national form, from top to bottom: head, money, goals, indicators, foot."""

from collections.abc import Iterator
from functools import cache
from itertools import groupby

from disclosure.model import Missing, Row, Value
from disclosure.package.shipped import shipped
from disclosure.package.units import listed_unit
from disclosure.release.drawn import LEFT, Cell, Draft, Source, heading, of, over, shown

GOAL = "年度总体目标"
_LEVELS = ("产出指标", "效益指标", "满意度指标")  # those of a form in which rows are to be filled


@cache
def listed(part: str, kind: str = "") -> tuple[tuple[str, str], ...]:
    """The labels of a part of the form, each with the column that it stands for."""
    lines = (line for line in shipped("release", "form") if (line["part"], line["kind"]) == (part, kind))
    return tuple((line["label"], line["column"]) for line in lines)


def head(draft: Draft, lines: Iterator[int]) -> Iterator[Cell]:
    """Name with its code beside it, a place for one where the name could be taken for both; whose it is."""
    top, last = next(lines), draft.width
    code, name = (draft.row.text(column) if draft.row else "" for column in ("project_code", "name"))
    apart = not draft.row or bool(code) or (name[:1].isascii() and name[:1].isalnum())
    yield heading(top, 0, "项目名称", 2)
    yield shown(top, 2, 3 if apart else last - 2, of(draft, "name"))
    if apart:
        yield heading(top, 5, "项目代码")
        yield shown(top, 6, last - 6, of(draft, "project_code"))
    top = next(lines)
    yield heading(top, 0, "主管部门", 2)
    yield shown(top, 2, 3, of(draft, "department"))
    yield heading(top, 5, "实施单位")
    yield shown(top, 6, last - 6, *_unit(draft))
    if draft.has("period"):
        top = next(lines)
        yield heading(top, 0, "项目实施期", 2)
        yield shown(top, 2, last - 2, of(draft, "period"))


def _unit(draft: Draft) -> tuple[Source | None, str]:
    if draft.row is None:
        return None, ""
    written, listed = draft.row.text("unit_name"), listed_unit(draft.package, draft.row)
    names_it = written or (not listed and draft.row["unit_name"] is Missing.NOT_STATED)
    return of(draft, "unit_name" if names_it else "unit_id"), written or listed


def money(draft: Draft, lines: Iterator[int]) -> Iterator[Cell]:
    """The year's money: the total and a line a fund."""
    columns = listed("money", draft.kind)
    if draft.kind == "evaluation" and draft.has("execution_reason"):
        columns = (*columns, ("原因", "execution_reason"))
    funds: tuple[Row | str, ...] = draft.funds or tuple(label for label, _ in listed("fund"))
    lead = 2 if len(columns) <= draft.width - 4 else 1  # columns of what a line is, less for one amount more
    spans = _spans(2 + lead, len(columns), draft.width)
    top = next(lines)
    yield heading(top, 0, "项目资金\n（万元）", 2, len(funds) + 1 + (len(columns) > 1))
    if len(columns) > 1:  # with one column, each line is its label and its amount
        yield Cell(top, 2, 1, lead, "label")
        for (left, span), (label, _) in zip(spans, columns, strict=True):
            yield over(top, left, label, span)
        top = next(lines)
    yield heading(top, 2, "年度资金总额", lead)
    for (left, span), (_, column) in zip(spans, columns, strict=True):
        yield shown(top, left, span, of(draft, column))
    for fund in funds:
        top = next(lines)
        yield heading(top, 2, fund if isinstance(fund, str) else fund.text("name"), lead)
        for (left, span), (label, column) in zip(spans, columns, strict=True):
            if label in ("分值", "得分", "原因"):
                yield Cell(top, left, 1, span, "dash", "—")
            else:
                source = None if isinstance(fund, str) else Source("project_funds", fund, column)
                yield shown(top, left, span, source)


def _spans(left: int, number: int, width: int) -> list[tuple[int, int]]:
    """Where that many cells stand from `left` on: one column each, the last takes what is left."""
    last = left + number - 1
    return [*((at, 1) for at in range(left, last)), (last, width - last)]


def goals(draft: Draft, lines: Iterator[int]) -> Iterator[Cell]:
    """The goals, and beside that of the year what became of it."""
    if draft.has("long_term_goal"):
        top = next(lines)
        yield heading(top, 0, "长期目标")
        yield shown(top, 1, draft.width - 1, of(draft, "long_term_goal"))
    top, half = next(lines), 4 if draft.kind == "evaluation" else draft.width - 1
    yield heading(top, 0, GOAL, rows=2)
    yield over(top, 1, "预期目标", half)
    if draft.kind == "evaluation":
        yield over(top, 1 + half, "实际完成情况", draft.width - 1 - half)
    top = next(lines)
    yield shown(top, 1, half, of(draft, "goal"))
    if draft.kind == "evaluation":
        yield shown(top, 1 + half, draft.width - 1 - half, of(draft, "actual_result"))


def indicators(draft: Draft, lines: Iterator[int]) -> Iterator[Cell]:
    """The indicators by level, or rows to be filled, and the total."""
    top, columns = next(lines), draft.columns
    blank = sum(len(listed(level_1)) for level_1 in _LEVELS)
    number = len(draft.indicators) or blank
    total = draft.kind == "evaluation" or draft.has("total_weight")
    yield heading(top, 0, "绩效指标", rows=number + 1 + total)
    for left, span, label in ((1, 1, "一级指标"), (2, 1, "二级指标"), (3, 2, "三级指标")):
        yield over(top, left, label, span)
    for left, (label, _) in enumerate(columns, start=LEFT):
        yield over(top, left, label)
    if draft.indicators:
        yield from _rows(draft, lines)
    else:
        yield from _blank(lines, len(columns))
    if total:
        top, at = next(lines), LEFT + [column for _, column in columns].index("weight")
        yield heading(top, 1, "总分", at - 1)
        yield shown(top, at, 1, of(draft, "total_weight"))
        if draft.kind == "evaluation":
            yield shown(top, at + 1, 1, of(draft, "total_score"))
            at += 1
        if rest := draft.width - at - 1:
            yield Cell(top, at + 1, 1, rest, "void")


def _blank(lines: Iterator[int], columns: int) -> Iterator[Cell]:
    for level_1 in _LEVELS:
        for at, (kind, _) in enumerate(listed(level_1)):
            top = next(lines)
            if at == 0:
                yield heading(top, 1, level_1, rows=len(listed(level_1)))
            yield heading(top, 2, kind)
            yield Cell(top, 3, 1, 2, "empty")
            yield from (Cell(top, LEFT + left, 1, 1, "empty") for left in range(columns))


def _rows(draft: Draft, lines: Iterator[int]) -> Iterator[Cell]:
    labels = draft.package.tables["indicators"].columns["level_1"].labels
    for (level_1, points), of_level in groupby(
        draft.indicators, lambda line: (line.text("level_1"), line.text("group_weight"))
    ):
        head = [labels.get(level_1, level_1) + (f"（{points}分）" if points else "")]
        group, above = list(of_level), ""
        for value, same in groupby(group, lambda line: line["level_2"]):
            kind = list(same)
            level_2 = above = _level_2(value, above)
            for at, line in enumerate(kind):
                top = next(lines)
                if head:
                    source = Source("indicators", line, "group_weight") if points else None
                    yield Cell(top, 1, len(group), 1, "label", head.pop(), source, "row")
                if at == 0:
                    yield heading(top, 2, level_2, rows=len(kind))
                named = Source("indicators", line, "name")
                yield Cell(top, 3, 1, 2, "label", line.text("name"), named, "row")
                for left, (_, column) in enumerate(draft.columns, start=LEFT):
                    yield shown(top, left, 1, Source("indicators", line, column))


def _level_2(value: Value, above: str) -> str:
    """A level as a form shows it; left out, it would be read as the one above it, where there is one."""
    if value is Missing.NOT_STATED:
        return Missing.NOT_STATED.value if above else ""
    return "—" if value is Missing.NOT_APPLICABLE else str(value)


def foot(draft: Draft, lines: Iterator[int]) -> Iterator[Cell]:
    """Conclusion, problems and measures where stated, and where the office signs."""
    for label, column in listed("foot"):
        if draft.kind == "evaluation" and draft.has(column):
            top = next(lines)
            yield heading(top, 0, label, 2)
            yield shown(top, 2, draft.width - 2, of(draft, column))
    sign = (
        "单位负责人（签字）：                    单位（盖章）：                    日期：      年    月    日"
    )
    yield Cell(next(lines), 0, 1, draft.width, "sign", sign)
