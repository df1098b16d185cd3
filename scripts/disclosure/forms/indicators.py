"""The indicators of a form: the rows under its head, each with its levels, target, result and points."""

import re
from collections.abc import Callable
from functools import partial
from operator import attrgetter

from disclosure.forms.board import Board
from disclosure.forms.columns import Head, end_of, is_total
from disclosure.forms.form import Value, fixed, quote, value
from disclosure.forms.grid import Cell, Refused, folded
from disclosure.forms.levels import (
    Cells,
    from_above,
    is_evaluated,
    is_no_indicator,
    is_remark,
    level_of,
    levels,
    merged,
)
from disclosure.forms.targets import QUALITATIVE, Target, actual, is_share, is_sign, target
from disclosure.forms.values import NOT_APPLICABLE, NOT_STATED, applied, is_nothing, points, weighed

_SEVERAL = re.compile(r"(?:.*\D)?1[.、)]\D.*\D2[.、)]\D.*|.*①.*②.*")
_WIDER = (
    "level_1",
    "level_2",
    "name",
    "group_weight",
)  # a cell may be the value of several of these, and of no other
_TEXTS = ("deviation_reason", "standard", "score_method")
_BEYOND = (*_TEXTS, "direction", "unit")
_PRINTED = r"指标\d{1,2}[:.]?"
_HEAD_UNIT = r"[(]单?位?:?(%|百分比|亿元|万元|元|人次|人|个|次)[)]$"
_OF_OTHERS = ("level_1", "level_2", "group_weight")  # what a row shares with those under it
_POINTS = {"weight": weighed, "score": points}


def rows(board: Board, head: Head) -> list[tuple[dict[str, Value], Value]]:
    """The indicators in order; a row that names none, and sets none, is blank."""
    found: list[tuple[dict[str, Value], Value]] = []
    above: dict[str, Cell | None] = {}
    last = end_of(board, head)
    boxed = merged(board, head, last)
    for row in range(head.last + 1, last):
        inner = board.sheet.rows.get(row, ())
        if inner and (is_total(board.labels.get(inner[0])) or all(cell in board.ticked for cell in inner)):
            continue  # whoever reads the sums does; a note has been read
        if inner and is_no_indicator(board, head, inner[0]):
            board.tick(*inner)
            board.passed.update(inner[1:])
            if inner[0].column <= min(label.cell.column for label in head.columns.values()):
                above = {}  # the level over it ends here
            continue
        cells = {
            field: board.under(label.cell, row, field in _WIDER) for field, label in head.columns.items()
        }
        from_above(board, head, cells, above, boxed)
        own = {field: cell for field, cell in cells.items() if cell is not None and cell.row == row}
        board.tick(*cells.values())
        for field, cell in own.items():
            if field.startswith(("person", "passed")):
                (board.persons if field.startswith("person") else board.passed).add(cell)
        said = [field for field in ("name", "target", "actual") if field in own]
        blank = said in ([], ["name"]) and all(own[field].tells(_is_blank) for field in said)
        judged = cells["target"] is None and "name" in own and not blank
        if judged and is_evaluated(board, cells.get("level_1")):
            board.passed.update(cell for field, cell in own.items() if field not in _OF_OTHERS)
        elif not blank and not all(own[field].tells(is_nothing) for field in said):
            found.append(_indicator(board, cells, own, _unit_of(head.columns["target"].cell.text)))
        else:
            _no_indicator(board, own)
    return found


def _no_indicator(board: Board, own: dict[str, Cell]) -> None:
    """A row that sets none: what it says all the same is left out by name, or Refused."""
    for field in _POINTS:
        if field in own and not own[field].tells(is_nothing):
            raise Refused("form-indicator", own[field].name, own[field].text)
    if (one := own.get("level_1")) and not one.tells(is_nothing):
        level_of(board, one)
    beyond = (own[field] for field in _BEYOND if field in own)
    board.passed.update(cell for cell in beyond if not cell.tells(is_nothing))
    if (two := own.get("level_2")) and two.tells(is_remark):
        board.passed.add(two)


def _is_blank(name: str) -> bool:
    """Whether nobody has filled a name in: 指标1： is printed on the form."""
    return is_nothing(name) or bool(name.startswith("指标") and re.fullmatch(_PRINTED, folded(name)))


def _unit_of(head: str) -> str:
    """The unit that the head of the targets gives in brackets; other words there are none."""
    match = re.search(_HEAD_UNIT, folded(head)) if head[-1] in ")）" else None
    return match.group(1) if match else ""


def _indicator(
    board: Board, cells: Cells, own: dict[str, Cell], measured: str
) -> tuple[dict[str, Value], Value]:
    for field in ("name", "target"):
        if field not in own or (field == "name" and own[field].tells(_is_several)):
            other = own.get("name") or own.get("target") or next(iter(own.values()))
            raise Refused("form-indicator", other.name, other.text, field)
    line = levels(board, cells, own["name"]) | {"name": value(applied, own["name"])}
    line |= _target(board, cells, own["target"], measured)
    for field, how in _POINTS.items():
        if field in cells:
            if (shared := cells[field]) is not None and shared.last_row > shared.row:
                raise Refused("form-indicator", shared.name, shared.text, field)
            line[field] = _value(how, cells[field])
    for field in _TEXTS:
        if field in cells:
            line[field] = _value(applied, cells[field])
    outer = [cell for cell in cells.values() if cell is not None and cell not in own.values()]
    return line, _with_levels(board, board.cite(own.values()), outer)


def _with_levels(board: Board, quoted: Value, outer: list[Cell]) -> Value:
    """The citation with the cells of levels that are written once for several rows and not merged."""
    missing = [
        cell for cell in dict.fromkeys(outer) if not board.answer(value(_quoted, cell, *quoted.cells), bool)
    ]
    if not missing:
        return quoted
    more = board.cite(missing)
    return quote(f"{more.section},{quoted.section}", *more.cells, *quoted.cells)


def _quoted(text: str, *texts: str) -> str:
    """The text where it stands among others, else nothing."""
    return text if f" {text} " in f" {' '.join(texts)} " else ""


def _is_several(name: str) -> bool:
    return _SEVERAL.fullmatch(folded(name)) is not None


def _value(how: Callable[[str], str], cell: Cell | None) -> Value:
    return fixed(NOT_STATED) if cell is None else value(how, cell)


def _target(board: Board, cells: Cells, cell: Cell, measured: str) -> dict[str, Value]:
    sign, unit = cells.get("direction"), cells.get("unit")
    if sign is not None and not sign.tells(is_sign):
        raise Refused("form-cell-unknown", sign.name, sign.text)
    of = (cell, *(item for item in (sign, unit) if item))
    read = partial(_read, sign is not None, unit is not None, measured)
    found = value(read, *of)
    is_text = board.answer(found.then(attrgetter("direction")), QUALITATIVE.__eq__)
    if is_text and unit and not unit.tells(is_nothing):
        board.passed.add(unit)
    said = (cell,) if is_text else tuple(sorted(of, key=lambda item: item.column))
    line = {
        "direction": found.then(attrgetter("direction"), said),
        "target_value": found.then(attrgetter("value"), said),
        "unit": found.then(_unit, said),
        "target_as_written": value(_joined, *said),
    }
    if "actual" in cells:
        done = cells["actual"]
        if done is not None and done.row != cell.row:
            raise Refused("form-indicator", cell.name, cell.text, "actual")
        line["actual_value"] = fixed(NOT_APPLICABLE if is_text else NOT_STATED)
        if done is not None:
            line["actual_value"] = Value(partial(_done, read), (done, *of), (done,))
        line["actual_as_written"] = _value(_as_written, done)
    return line


def _read(sign: bool, unit: bool, measured: str, text: str, *more: str) -> Target:
    """The target that a cell sets, with those of its sign and unit where there are such, else `measured`."""
    found = target(text, more[0] if sign else "", more[-1] if unit else "")
    return found if found.unit or not found.value else found._replace(unit=measured)


def _unit(found: Target) -> str:
    return found.unit or (NOT_STATED if found.value else NOT_APPLICABLE)


def _done(read: Callable[..., Target], text: str, *texts: str) -> str:
    """The number that was reached, in the unit of the target."""
    found = read(*texts)
    if is_share(text, found):
        raise Refused("form-percent", "", text)
    number = actual(text, found.unit) if found.value and not is_nothing(text) else ""
    return number or (NOT_APPLICABLE if found.direction == QUALITATIVE else NOT_STATED)


def _joined(*texts: str) -> str:
    return "".join(texts)


def _as_written(text: str) -> str:
    """A result as it stands; 无 is one, of 零事故."""
    return NOT_STATED if is_nothing(text) and folded(text) != "无" else text
