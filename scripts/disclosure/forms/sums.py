"""The sum of points and the total score of a form, in the row that says so or in the form's head."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from disclosure.forms.board import Board, Label
from disclosure.forms.columns import Head
from disclosure.forms.form import Value, Values, fixed
from disclosure.forms.grid import Cell, Refused, folded
from disclosure.forms.layout import behind
from disclosure.forms.values import NOT_STATED, NUMBER, is_stated, points, weighed

_SUMS = (("weight", "total_weight"), ("score", "total_score"))
_NO_SUM = ("passed", "group_weight")
_WEIGHTS = {"weight", "group_weight"}
_GRADES = r"(?:优秀?|良好?|中等?|差|较差|合格|不合格)(?:等[级次]?)?"
_GRADE = rf"(?:(?:绩效)?(?:自评|评价|评定)?(?:结果)?等[级次]?[:：]?)?{_GRADES}"
_GRADED = rf"({NUMBER})分?[(,/、;]?{_GRADE}[)]?|{_GRADE}[(,/、;]?({NUMBER})分?[)]?"


def stated_sums(found: Board, first: int, table: Head) -> dict[str, Value]:
    """What the form states over its indicators, which begin in row `first`, or under them.

    A blank one takes the place of none. Raises Refused where two differ.
    """
    sums: dict[str, Value] = {}
    for label in (*found.of("foot"), *found.of("score")):
        over = label.cell.row < first  # the score stands in the form's head, beside its label
        is_total = "score" in label.meaning or label.meaning["foot"] == "total"
        is_sum = is_total and not (over and "fund" in label.meaning)
        if not is_sum or label.cell in found.ticked:
            continue
        if over and "score" in label.meaning and _is_of_money(found, label):
            raise Refused("form-cell-unknown", label.cell.name, label.cell.text)
        found.tick(label.cell)
        places = dict(_places(found, table, label, over))
        if "score" in label.meaning and _may_be_either(places):
            raise Refused("form-cell-unknown", label.cell.name, label.cell.text)
        for name, cell in places.items():
            found.tick(cell)
            if cell is None:
                sums.setdefault(name, fixed(NOT_STATED, label.cell))
                continue
            how = _weight if name == "total_weight" else _points
            said = Value(how, (cell,), tuple(dict.fromkeys((label.cell, cell))))
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


def of_whole_form(found: Board, sums: Values, money: Values, lines: Sequence[Values]) -> Values:
    """The sums, without those that stand over the indicators and are of these alone while money has points.

    These are left out by name: the package has the sums of the whole form.
    """
    for column, name in _SUMS:
        said, part = sums.get(name), money.get(f"execution_{column}")
        if not (said and said.of and part and lines) or said.cells[0].row > lines[0]["name"].cells[0].row:
            continue
        own = sum(number_in(found, line[column]) for line in lines if column in line)
        if number_in(found, part) and own == number_in(found, said):
            found.passed.update(cell for item in sums.values() for cell in item.of)
            return {}
    return sums


def number_in(found: Board, item: Value) -> Decimal:
    """The number that a value is; nil where none is stated."""
    text = found.answer(item, str)
    return Decimal(text) if is_stated(text) else Decimal(0)


def _is_of_money(found: Board, label: Label) -> bool:
    """Whether money stands in a score's row: it may be of that alone, or of the whole form."""
    others = (cell for cell in found.sheet.rows[label.cell.row] if cell is not label.cell)
    return any("money" in found.meaning(cell) for cell in others)


def _places(found: Board, table: Head, label: Label, over: bool) -> Iterator[tuple[str, Cell | None]]:
    """The sums that a label has a place for, by column of projects, each with its cell, if that is filled."""
    row, columns = label.cell.row, {name: table.columns.get(field) for field, name in _SUMS}
    cells = {found.sheet.at(row, head.cell.column) if head else None for head in columns.values()}
    if label.inline or over:
        yield "total_score", label.cell if label.inline else next(iter(found.right(label.cell)), None)
    elif "score" in label.meaning and len(cells) == 1 and not cells & {None, label.cell}:
        yield "total_score", next(iter(cells))  # the score alone, in a cell under both heads
    elif "score" in table.columns and label.cell not in cells and not _WEIGHTS & table.columns.keys():
        yield "total_score", next(iter(cells - {None}), None)  # in a cell that may be wider than its head
    else:
        for name, head in columns.items():
            if head:
                covered = label.cell.last_column >= head.cell.column
                yield name, None if covered else found.under(head.cell, row)


def _may_be_either(places: Mapping[str, Cell | None]) -> bool:
    """Whether the only points beside a label of the score stand under the weights, and are no hundred."""
    weight, score = places.get("total_weight"), places.get("total_score")
    return weight is not None and score is None and not weight.tells(_is_whole)


def _is_whole(text: str) -> bool:
    return folded(text).rstrip("分%") in ("100", "100.0", "100.00")


def _beyond(found: Board, table: Head, row: int) -> list[Cell]:
    """What stands in the row of the sums under columns of which the package has no sum."""
    heads = (label for field, label in table.columns.items() if field.startswith(_NO_SUM))
    under = (found.sheet.at(row, label.cell.column) for label in heads)
    return [cell for cell in under if cell is not None and cell.row == row and cell not in found.ticked]


def _points(text: str) -> str:
    """The points of a sum, which its cell may go on to grade: 97.5（优）. Raises Refused."""
    said = behind(text)
    match = re.fullmatch(_GRADED, folded(said))
    return points(match.group(1) or match.group(2) if match else said)


def _weight(text: str) -> str:
    """The sum of weights, which may be 100%. Raises Refused."""
    return weighed(behind(text)) if text[-1] in "%％﹪" else _points(text)


def _is_grade(text: str) -> bool:
    """Whether a text beside the score says no more than how good that is."""
    return re.fullmatch(_GRADE, folded(text)) is not None
