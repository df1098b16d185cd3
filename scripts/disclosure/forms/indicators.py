"""The indicators of a form: the rows under its head, each with its levels, target, result and points."""

import re

from disclosure.forms.board import Board
from disclosure.forms.columns import Head, end_of
from disclosure.forms.form import Citation, Entry
from disclosure.forms.grid import Cell, folded
from disclosure.forms.layout import LONGEST
from disclosure.forms.refusal import Refused
from disclosure.forms.targets import QUALITATIVE, actual, is_share, target
from disclosure.forms.values import NOT_APPLICABLE, NOT_STATED, is_nothing, points

_GROUP = re.compile(r"(.*?)[(（]?(\d+(?:\.\d+)?)分?[)）]?")
_SEVERAL = re.compile(r"(?:.*\D)?1[.、)]\D.*\D2[.、)]\D.*|.*①.*②.*")
_WIDER = ("level_1", "level_2", "name")  # a cell may be the value of several of these, and of no other
_TEXTS = ("deviation_reason", "standard", "score_method")
_POINTS = ("weight", "score")
Cells = dict[str, Cell | None]  # of a row, by field


def rows(board: Board, head: Head) -> list[tuple[dict[str, Entry], Citation]]:
    """The indicators in order; a row that names none, and sets none, is blank."""
    found: list[tuple[dict[str, Entry], Citation]] = []
    above: dict[str, Cell | None] = {}
    for row in range(head.last + 1, end_of(board, head)):
        cells = {
            field: board.under(label.cell, row, field in _WIDER) for field, label in head.columns.items()
        }
        for level in ("level_1", "level_2"):
            if cells.get(level) is None and level in cells:
                cells[level] = above.get(level)
            elif level == "level_1" and cells.get(level) != above.get(level):
                above["level_2"] = None
            above[level] = cells.get(level)
        own = {field: cell for field, cell in cells.items() if cell is not None and cell.row == row}
        board.tick(*cells.values())
        for field, cell in own.items():
            if field.startswith(("person", "passed")):
                (board.persons if field.startswith("person") else board.passed).add(cell)
        said = {field for field in ("name", "target", "actual") if field in own}
        if any(not is_nothing(own[field].text) for field in said):
            found.append(_indicator(board, cells, own))
        elif any(not is_nothing(own[field].text) for field in own.keys() & {"weight", "score"}):
            cell = own.get("weight") or own["score"]
            raise Refused("form-indicator", board.sheet.where(cell), cell.text)
    return found


def _indicator(board: Board, cells: Cells, own: dict[str, Cell]) -> tuple[dict[str, Entry], Citation]:
    for field in ("name", "target"):
        if field not in own or (field == "name" and _SEVERAL.fullmatch(folded(own[field].text))):
            other = own.get("name") or own.get("target") or next(iter(own.values()))
            raise Refused("form-indicator", board.sheet.where(other), other.text, field)
    line = _levels(board, cells, own["name"]) | {"name": _entry(own["name"])}
    line |= _target(board, cells, own["target"])
    for field in _POINTS:
        if field in cells:
            if (shared := cells[field]) is not None and shared.last_row > shared.row:
                raise Refused("form-indicator", board.sheet.where(shared), shared.text, field)
            line[field] = Entry(points(board.sheet, cells[field]), _some(cells[field]))
    for field in _TEXTS:
        if field in cells:
            line[field] = _entry(cells[field])
    outer = [cell for cell in cells.values() if cell is not None and cell not in own.values()]
    return line, _with_levels(board, board.cite(own.values()), outer)


def _with_levels(board: Board, quoted: Citation, outer: list[Cell]) -> Citation:
    """The citation with the cells of levels that are written once for several rows and not merged."""
    missing = [cell for cell in dict.fromkeys(outer) if f" {cell.text} " not in f" {quoted.quote} "]
    if not missing:
        return quoted
    more = board.cite(missing)
    section = f"{more.section},{quoted.section.rpartition('!')[2]}"
    return Citation(section, f"{more.quote} {quoted.quote}")


def _some(cell: Cell | None) -> tuple[Cell, ...]:
    return () if cell is None else (cell,)


def _entry(cell: Cell | None) -> Entry:
    if cell is None:
        return Entry(NOT_STATED)
    return Entry(NOT_APPLICABLE if is_nothing(cell.text) else cell.text, (cell,))


def _levels(board: Board, cells: Cells, name: Cell) -> dict[str, Entry]:
    cell = cells.get("level_1")
    if cell is None:
        raise Refused("form-level", board.sheet.where(name), name.text)
    text, weight = folded(cell.text), NOT_STATED
    level = board.layout.meaning(cell.text).get("level_1", "")
    if len(text) <= LONGEST and (match := _GROUP.fullmatch(text)):
        weight = match.group(2)
        level = level or board.layout.meaning(match.group(1)).get("level_1", "")
    if not level:
        raise Refused("form-level", board.sheet.where(cell), cell.text)
    two = _entry(cells.get("level_2"))
    return {"level_1": Entry(level, (cell,)), "level_2": two, "group_weight": Entry(weight, (cell,))}


def _target(board: Board, cells: Cells, cell: Cell) -> dict[str, Entry]:
    sign, unit = cells.get("direction"), cells.get("unit")
    found = target(cell.text, sign.text if sign else "", unit.text if unit else "")
    parts = [cell] if found.direction == QUALITATIVE else [item for item in (sign, cell, unit) if item]
    used = tuple(sorted(parts, key=lambda item: item.column))
    line = {
        "direction": Entry(found.direction, used),
        "target_value": Entry(found.value, used),
        "unit": Entry(found.unit or (NOT_STATED if found.value else NOT_APPLICABLE), used),
        "target_as_written": Entry("".join(item.text for item in used), used),
    }
    if "actual" in cells:
        done = cells["actual"]
        if done is not None and done.row != cell.row:
            raise Refused("form-indicator", board.sheet.where(cell), cell.text, "actual")
        if done is not None and is_share(done.text, found):
            raise Refused("form-percent", board.sheet.where(done), done.text)
        blank = done is None or is_nothing(done.text)
        number = "" if blank or done is None else actual(done.text, found.unit)
        missing = NOT_APPLICABLE if found.direction == QUALITATIVE else NOT_STATED
        line["actual_value"] = Entry(number if number and found.value else missing, _some(done))
        line["actual_as_written"] = Entry(NOT_STATED if blank or done is None else done.text, _some(done))
    return line
