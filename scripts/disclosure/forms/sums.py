"""The sum of points and the total score of a form, in the row that says so or in the form's head."""

import re

from disclosure.forms.board import Board
from disclosure.forms.columns import Head
from disclosure.forms.form import Value, fixed
from disclosure.forms.grid import Cell, Refused, folded
from disclosure.forms.values import NOT_STATED, NUMBER, points

_SUMS = (("weight", "total_weight"), ("score", "total_score"))
_NO_SUM = ("passed", "group_weight")
_GRADES = r"(?:优秀?|良好?|中等?|差|较差|合格|不合格)(?:等[级次]?)?"
_GRADE = rf"(?:(?:绩效)?(?:自评|评价|评定)?(?:结果)?等[级次]?[:：]?)?{_GRADES}"
_GRADED = rf"({NUMBER})分?[(,/、;]?{_GRADE}[)]?|{_GRADE}[(,/、;]?({NUMBER})分?[)]?"


def stated_sums(found: Board, first: int, table: Head) -> dict[str, Value]:
    """What the form states over its indicators, which begin in row `first`, or under them.

    A blank one takes the place of none. Raises Refused where two differ.
    """
    sums: dict[str, Value] = {}
    for label in found.of("foot"):
        over = label.cell.row < first  # the score stands in the form's head, beside its label
        is_sum = label.meaning["foot"] == "total" and not (over and "fund" in label.meaning)
        if not is_sum or label.cell in found.ticked:
            continue
        found.tick(label.cell)
        for field, name in (("score", "total_score"),) if over else _SUMS:
            column = table.columns.get(field)
            if column is None:
                continue
            covered = label.cell.last_column >= column.cell.column
            beside = next(iter(found.right(label.cell)), None) if over else None
            cell = beside if over or covered else found.under(column.cell, label.cell.row)
            found.tick(cell)
            if cell is None:
                sums.setdefault(name, fixed(NOT_STATED, label.cell))
                continue
            said = Value(_points, (cell,), (label.cell, cell))
            old = found.answer(sums.get(name, fixed(NOT_STATED)), str)
            if old != NOT_STATED and old != found.answer(said, str):
                raise Refused("form-twice-said", cell.name, cell.text, old)
            sums[name] = said
        others = (cell for cell in found.sheet.rows[label.cell.row] if cell not in found.ticked)
        grades = [cell for cell in others if cell.tells(_is_grade)]
        beyond = [*grades, *_beyond(found, table, label.cell.row)]
        found.tick(*beyond)
        found.passed.update(beyond)
    return sums


def _beyond(found: Board, table: Head, row: int) -> list[Cell]:
    """What stands in the row of the sums under columns of which the package has no sum."""
    heads = (label for field, label in table.columns.items() if field.startswith(_NO_SUM))
    under = (found.sheet.at(row, label.cell.column) for label in heads)
    return [cell for cell in under if cell is not None and cell.row == row and cell not in found.ticked]


def _points(text: str) -> str:
    """The points of a sum, which its cell may go on to grade: 97.5（优）. Raises Refused."""
    match = re.fullmatch(_GRADED, folded(text))
    return points(match.group(1) or match.group(2) if match else text)


def _is_grade(text: str) -> bool:
    """Whether a text beside the score says no more than how good that is."""
    return re.fullmatch(_GRADE, folded(text)) is not None
