"""The fictional department as a whole: units, staff, goals, money, coverage, what its report concludes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from disclosure.release.sample.outline import CENT, UNLISTED, Outline, percent
from disclosure.release.sample.rows import SOURCE, Line
from disclosure.release.sample.vocabulary import DEPARTMENT, YEAR, table

TITLE = f"{YEAR} 年度{DEPARTMENT}部门整体支出绩效自评报告（虚构样例）"
_KEYS = {"units": "unit_id", "offices": "office_id", "objectives": "objective_no", "results": "result_id",
         "evaluation": "item_no", "staff": "category"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sums:
    """What the outlines add up to: projects, those disclosed in full, and their money in 万元."""

    listed: int
    full: int
    budget: Decimal
    adjusted: Decimal
    spent: Decimal


def sums(outlines: Iterable[Outline]) -> Sums:
    """The sums; only projects that state their money count in it."""
    listed = full = 0
    money = [Decimal(0)] * 3
    for one in outlines:
        listed, full = listed + 1, full + (one.state == "full")
        if one.state in ("full", "text"):
            own = (one.budget, one.adjusted, one.spent)
            money = [whole + part for whole, part in zip(money, own, strict=True)]
    return Sums(listed, full, *money)


def department(found: Sums) -> Iterator[Line]:
    """All rows that are no project's, with their citations."""
    yield from _listed()
    yield from _money(found)
    yield from _coverage(found)


def _cited(name: str, section: str, quote: str) -> Line:
    return "citations", {"citation_id": name, "source_id": SOURCE, "section": section, "quote": quote}


def _listed() -> Iterator[Line]:
    """The rows of department.csv, and the counts of those that are lists."""
    numbers: dict[str, int] = {}
    for line in table("department"):
        resource, more = line["resource"], line["more"]
        numbers[resource] = number = numbers.get(resource, 0) + 1
        cited = f"{resource}-{number}"
        row: dict[str, object] = {"fiscal_year": YEAR, _KEYS[resource]: line["id"], "citation_id": cited}
        yield _cited(
            cited, "一 部门概况", f"{line['name']} {more}{'人' if resource == 'staff' else ''}".strip()
        )
        yield resource, {**row, **_cells(resource, number, line)}
    for resource, name in (("units", "预算单位"), ("offices", "内设机构")):
        cited, number = f"count-{resource}", numbers[resource]
        yield _cited(cited, "一 部门概况", f"{name} {number} 个")
        yield "counts", {"fiscal_year": YEAR, "count_id": resource, "name": name, "value": number,
                         "unit": "个", "counted_resource": resource, "citation_id": cited}  # fmt: skip


def _cells(resource: str, number: int, line: Mapping[str, str]) -> dict[str, object]:
    """The columns of a row of department.csv, by the table it belongs to."""
    name, more = line["name"], line["more"]
    if resource == "evaluation":
        return {"item_no": number, "kind": line["id"], "text": name}
    if resource == "results":
        value, _, unit = more.partition(" ")
        return {"area": "年度工作", "kind": "deed", "name": name, "value": value, "unit": unit}
    column = {"units": "kind", "objectives": "text", "staff": "headcount"}.get(resource)
    parent = {"parent": "" if line["id"] == "total" else "total"} if resource == "staff" else {}
    return {"name": name, **({column: more} if column else {}), **parent}


def _money(found: Sums) -> Iterator[Line]:
    """The whole, a fifth more than its projects, and its two funds; a part is left unnamed where one is."""
    rest = (found.budget / 5 + 800).quantize(CENT)
    whole = (found.budget + rest, found.adjusted + rest, found.spent + (rest * 97 / 100).quantize(CENT))
    fund = tuple((amount * 12 / 100).quantize(CENT) for amount in whole)
    unnamed = Decimal(0) if found.full == found.listed else Decimal("86.40")
    general = tuple(one - two - unnamed for one, two in zip(whole, fund, strict=True))
    names = (("total", "财政拨款", whole), ("general_public", "一般公共预算", general),
             ("government_fund", "政府性基金预算", fund))  # fmt: skip
    for name, written, amounts in names:
        said = zip(("budget", "adjusted", "final"), ("预算数", "调整预算数", "决算数"), amounts, strict=True)
        for part, words, amount in said:
            yield _cited(f"{part}-{name.replace('_', '-')}", "二 收支", f"{written}{words} {amount:,} 万元")
        cited = [f"{part}-{name.replace('_', '-')}" for part in ("budget", "adjusted", "final")]
        yield "appropriations", {
            "fiscal_year": YEAR, "fund": name, "parent": "" if name == "total" else "total", "name": written,
            "budget_wan": amounts[0], "adjusted_budget_wan": amounts[1], "final_accounts_wan": amounts[2],
            "citation_id": cited[0], "adjusted_budget_citation_id": cited[1],
            "final_accounts_citation_id": cited[2],
        }  # fmt: skip


def _coverage(found: Sums) -> Iterator[Line]:
    """All targets due were declared; where not all are disclosed, some of those declared have no row."""
    declared = found.listed + (0 if found.full == found.listed else max(1, found.listed // UNLISTED))
    rate = percent(Decimal(found.full), Decimal(declared))
    said = (
        ("due", "due_count", declared, "应申报绩效目标 {} 项"),
        ("declared", "declared_count", declared, "申报绩效目标 {} 项"),
        ("declared-rate", "declared_rate_pct", 100, "申报覆盖率 {}%"),
        ("disclosed", "disclosed_count", found.full, "向社会公开 {} 项"),
        ("disclosed-rate", "disclosed_rate_pct", rate, "公开覆盖率 {}%"),
    )
    row: dict[str, object] = {"fiscal_year": YEAR, "citation_id": "declared"}
    for name, column, value, words in said:
        yield _cited(name, "三 绩效管理", words.format(value))
        row[column] = value
        if name != "declared":
            row[f"{name.replace('-', '_')}_citation_id"] = name
    yield "coverage", row
