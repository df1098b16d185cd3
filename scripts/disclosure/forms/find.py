"""A form in a sheet: found by its labels and read cell by cell, or refused with what it lacks."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from operator import ne

from disclosure.forms import columns, currency, indicators, money, pairs, titles
from disclosure.forms import head as heads
from disclosure.forms.across import across, funds_across
from disclosure.forms.board import MAX_NAMED, Board, board
from disclosure.forms.form import Draft, Form, Read, Value, Values, quote
from disclosure.forms.grid import LARGEST, Refused, Shape, Sheet, folded, on
from disclosure.forms.layout import Layout, has_colon
from disclosure.forms.recipe import Recipe, Unlike
from disclosure.forms.spoken import is_spoken, spoken
from disclosure.forms.sums import of_whole_form, stated_sums
from disclosure.forms.values import is_stated
from disclosure.forms.weights import of_one_whole

_HEAD = ("name", "project_code", "department", "unit", "period")
_MONEY = ("money", "budget_wan")  # which columns, or words, may say without a label of their own
_KEPT = 8  # recipes for one shape, the last ones first
_FULL = 5  # cells of a row that begins with a level: an indicator, and no list of levels


def form_in(sheet: Sheet, layout: Layout) -> Form | None:
    """The form of a project that a sheet holds; None where there is none, or a blank one. Raises Refused."""
    if folded(sheet.title).startswith(layout.titles.get("explanations", ())):
        return None
    small = sum(map(len, sheet.texts)) <= LARGEST
    alike = _recipes(sheet.above, sheet.shape, layout) if small else []
    for recipe in _nearest(alike, sheet.texts):
        with suppress(Unlike):
            return recipe.read(sheet.title, sheet.texts)
    with on(sheet.title):
        found = _recipe(sheet, layout)
    alike[:] = [found, *filter(None, alike)][:_KEPT] if alike else [None]
    return found.read(sheet.title, sheet.texts)


@lru_cache(maxsize=64)
def _recipes(above: str, shape: Shape, layout: Layout) -> list[Recipe | None]:
    """Where recipes for sheets of that shape are kept; none of the first, which may be the only one."""
    return []


def _nearest(recipes: Sequence[Recipe | None], texts: Sequence[str]) -> Iterator[Recipe]:
    """The recipes, that of the sheet first which has the most texts alike; those that fit before all."""
    every = [*filter(None, recipes)]
    fit = [recipe for recipe in every if recipe.fits(texts)]
    yield from fit
    others = (recipe for recipe in every if recipe not in fit)
    yield from sorted(others, key=lambda recipe: sum(map(ne, recipe.texts, texts)))


def _recipe(sheet: Sheet, layout: Layout) -> Recipe:
    """How to read a sheet and those like it. Raises Refused."""
    found = board(sheet, layout)
    kinds = titles.kinds_of(found)
    if "other" in kinds:
        return Recipe(sheet, found.told, None)
    try:
        tables = columns.heads_of(found)
        has_table = bool(tables)
    except Refused:
        if not _lacking(found, True):  # else what it lacks says more
            raise
        tables, has_table = [], True
    if not (kinds or has_table or _resembles(found)):
        return Recipe(sheet, found.told, None)
    if lacking := _lacking(found, has_table):
        heads_are = sorted({cell.text for cell in list(found.labels)[:12]})
        raise Refused("form-labels", "", "、".join(heads_are), "、".join(lacking))
    # Where none or both are named over the form, as in a notice's title, it is what its columns are for.
    kind = kinds[0] if len(kinds) == 1 else "evaluation" if "actual" in tables[0].columns else "target"
    return Recipe(sheet, found.told, _read(found, tables, kind))


def _resembles(found: Board) -> bool:
    """Whether a sheet without a title has a project's name and goals or money, or goes on with indicators."""
    heading = any(label.meaning["head"] == "name" for label in found.of("head"))
    rows = found.sheet.rows
    return any(len(rows[label.cell.row]) >= _FULL for label in found.of("level_1")) or (
        heading and bool(found.of("goal") or len(found.of("money")) > 1)
    )


def _lacking(found: Board, has_table: bool) -> list[str]:
    """The labels, by their first spelling, that a form needs and this one does not have."""
    have = {(block, field) for label in found.labels.values() for block, field in label.meaning.items()}
    if not has_table:
        have -= {("indicator", "target"), ("indicator", "name")}
    groups = [fields for fields in found.layout.needed.values() if not have & set(fields)]
    return [
        "/".join(found.layout.spelled[field][0] for field in fields)
        for fields in groups
        if not (_MONEY in fields and (funds_across(found) or is_spoken(found)))
    ]


def _read(found: Board, tables: Sequence[columns.Head], kind: str) -> Draft | None:
    titles.read(found, {label.cell for table in tables for label in table.columns.values()})
    year = titles.year_of(found)
    after = columns.end_of(found, tables[-1])
    whose = heads.head(found, range(tables[0].first, after))
    unit = currency.unit_of(found)
    total, funds = money.table(found, unit)
    if not total:
        total, funds = across(found, unit, kind, tables[0].first)
    if not total:
        total, funds = pairs.in_pairs(found, unit, tables[0].first)
    if not total:
        total, funds = pairs.beside(found, unit, range(tables[0].first, after))
    total = total or spoken(found, unit, tables[0].first)
    goals = heads.texts(found, "goal", 0, tables[0].first - 1)
    lines = [line for table in tables for line in indicators.rows(found, table)]
    points = [line for line, _ in lines]
    sums = of_whole_form(found, stated_sums(found, tables[0].first, tables[-1]), total, points)
    of_one_whole(found, {**total, **sums}, points)
    said = heads.texts(found, "foot", after)
    _rest(found)
    _all_read(found)
    _no_person(found, [whose, total, goals, said, *(line for line, _ in (*funds, *lines))])
    project = {**{name: whose[name] for name in _HEAD if name in whose}, **total, **sums, **goals, **said}
    name = whose["name"]
    if not found.answer(name, is_stated):
        # Whether whoever filled the form in has said something; weights may be printed on it.
        filled = [item for key, item in project.items() if not key.endswith("_weight")]
        if not lines and not any(found.answer(item, is_stated) for item in filled):
            return None
        raise Refused("form-blank", name.cells[0].name, name.cells[0].text)
    return Read(
        sheet=found.sheet.title,
        kind=kind,
        year=year,
        project=project,
        citations=_citations(found, total, goals, said, whose, sums),
        funds=money.stated(found, funds),
        indicators=lines,
        left_out=tuple(sorted(cell.name for cell in found.persons | found.cut)),
        passed=tuple(cell.name for cell in sorted(found.passed, key=lambda cell: (cell.row, cell.column))),
    )


def _rest(found: Board) -> None:
    """Headings have no value; what the package has no column for is passed over, and said to be."""
    for label in found.labels.values():
        if label.cell in found.ticked:
            continue
        if "passed" in label.meaning:
            heads = label.cell is not found.sheet.rows[label.cell.row][0]  # a column among others
            cells = found.right(label.cell) or (found.below(label.cell) if heads else [])
            beside = found.sheet.at(label.cell.row, label.cell.last_column + 1)
            if beside and beside not in found.ticked and found.meaning(beside).keys() == {"fund"}:
                cells = [beside]  # 资金性质 has 财政拨款 as its value
            found.passed.update(cells)
            found.tick(label.cell, *cells)
        elif "heading" in label.meaning:
            found.tick(label.cell)


def _all_read(found: Board) -> None:
    """No cell is left that nobody has read: better no form than half of one."""
    left = [cell for cell in found.sheet.cells if cell not in found.ticked]
    if left:
        named = "；".join(f"{cell.name} {cell.text[:20]}" for cell in left[:MAX_NAMED])
        more = f"（+{len(left) - MAX_NAMED}）" if len(left) > MAX_NAMED else ""
        raise Refused("form-cell-unknown", left[0].name, f"{named}{more}")


def _no_person(found: Board, lines: Iterable[Values]) -> None:
    """No value has a label of a person inside it."""
    for cell in dict.fromkeys(cell for line in lines for item in line.values() for cell in item.cells):
        may = cell not in found.labels and cell.tells(has_colon)
        if may and any("person" in meaning for _, _, meaning in found.layout.inside(cell.text)):
            raise Refused("form-cell-unknown", cell.name, cell.text)


def _citations(found: Board, total: Values, goals: Values, said: Values, *facts: Values) -> dict[str, Value]:
    """What states the columns of projects: name, money and points; the goals; the words of the conclusion."""
    reason = {name: item for name, item in total.items() if name == "execution_reason"}
    money_too = {name: item for name, item in total.items() if name not in reason}
    cited: dict[str, Value] = {}
    for column, lines in (
        ("citation_id", (*facts, money_too)),
        ("goal_citation_id", (goals,)),
        ("conclusion_citation_id", (said, reason)),
    ):
        items = [item for line in lines for item in line.values() if found.answer(item, is_stated)]
        cells = [cell for item in items for cell in item.cells]
        if lines[0] not in facts and any(item.of[1:] for item in items):
            # Texts of several cells side by side: each is quoted whole, one after the other.
            parts = [found.cite([cell]) for item in items for cell in item.cells]
            section = ",".join(part.section for part in parts)
            cited[column] = quote(section, *(cell for part in parts for cell in part.cells))
        elif cells:
            cited[column] = found.cite([*cells, *(currency.said_by(found) if lines[0] in facts else ())])
    return cited
