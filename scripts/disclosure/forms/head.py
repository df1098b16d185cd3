"""The head of a form: whose it is, of which year, what goals it sets; and what stands at its foot."""

import re
from collections.abc import Container
from operator import itemgetter

from disclosure.forms.board import Board, Label
from disclosure.forms.form import Value, Values, fixed, quote
from disclosure.forms.grid import Cell, Refused, folded
from disclosure.forms.layout import LONGEST
from disclosure.forms.values import NOT_STATED, code_and_name, currency_of, is_nothing, is_stated

_SEAL = re.compile(r"[(（](?:盖章|公章|签章)[)）]")
_TEXTS = frozenset({"goal", "foot"})  # blocks of which a text may stand under its label
_NUMBERED = "numbered_"  # before the field of one of several goals, each with a label of its own
_WHOSE = frozenset({"name", "project_code", "department", "unit"})
_LABEL = 12  # signs of a text that may be a label
LEAST_CODE = 8  # signs of a project's code; names begin with 5G and 12345
LEAST_BOXED = 5  # of one in square brackets; a year may stand there


def head(board: Board, indicators: range) -> dict[str, Value]:
    """Name, code, department, unit, period and year as the form writes them, by field; not among indicators.

    The name's cell is split into code and name, unless the form has another code, or a place for one. Who has
    filled the form in is the unit where no other is named.
    """
    found = texts(board, "head", without=indicators)
    if entry := found.pop("filer", None):
        unit = found.setdefault("unit", entry)
        if not board.answer(unit, is_stated):
            found["unit"] = entry
        elif board.answer(entry, is_stated) and _differ(board, unit, entry):
            board.passed.update(entry.cells[-1:])
    _nothing_above(board, found)
    if (entry := found.get("name")) and board.answer(entry, _is_coded):
        code, name = (entry.then(code_and_name).then(itemgetter(place)) for place in (0, 1))
        other = found.setdefault("project_code", code)
        if other is code or not _differ(board, other, code):
            found["name"] = name
    return found


def _nothing_above(board: Board, found: Values) -> None:
    """Whose it is stands in the table of a document: over it no cell could be cited. Raises Refused."""
    above = board.sheet.above
    for start, begin, meaning in board.layout.inside(above):
        field = meaning.get("head", "")
        said = above[begin:].split(maxsplit=1)
        is_read = ("unit" if field == "filer" else field) in found or field in ("", "currency", "year")
        if said and not above[begin].isspace() and not is_read:
            raise Refused("form-cell-unknown", "", above[start : start + LONGEST])


def _is_body(text: str) -> bool:
    """Whether 单位 does not say the unit of money, but who filled the form in."""
    return is_stated(text) and not currency_of(text)


def _is_coded(text: str) -> bool:
    code, _ = code_and_name(text)
    return len(code) >= (LEAST_BOXED if text[0] in "[［【" else LEAST_CODE)


def texts(
    board: Board, block: str, first: int = 0, last: int = 1_000_000, without: Container[int] = ()
) -> dict[str, Value]:
    """The texts of a block by field, each said once: after its label's colon, beside it or under it."""
    found: dict[str, Value] = {}
    numbered: dict[str, list[Cell]] = {}
    for label in board.of(block, first, last):
        field = label.meaning[block]
        is_read = label.cell in board.ticked and not label.inline
        if is_read or field == "total" or label.cell.row in without:
            continue
        cells = [] if label.inline else _free(board, label, block)
        board.tick(label.cell, *cells)
        said = (label.cell, *cells)
        value = Value(_stated, tuple(cells), said) if cells else fixed(_stated(label.inline), *said)
        if field.startswith(_NUMBERED):
            parts = numbered.setdefault(field.removeprefix(_NUMBERED), [])
            parts += said if board.answer(value, is_stated) else ()
            continue
        if not (board.answer(Value(_bare, tuple(cells), said), bool) if cells else _bare(label.inline)):
            _room(board, label, "" if block == "head" else block)
        if field == "currency" and board.answer(value, _is_body):
            field = "filer"
        old = found.setdefault(field, value)
        if old is value:
            continue
        says = board.answer(value, is_stated)
        if field == "name" or (says and board.answer(old, is_stated) and _differ(board, old, value)):
            text, before = board.answer(value, str), board.answer(old, str)
            raise Refused("form-twice-said", label.cell.name, text, before)
        if says:
            found[field] = value
    for field, parts in numbered.items():  # a label for each goal, those without one left out
        old = found.setdefault(field, fixed(NOT_STATED))
        if board.answer(old, is_stated) and parts:
            raise Refused("form-twice-said", parts[0].name, parts[0].text)
        if parts:
            found[field] = quote("", *dict.fromkeys(parts))
    return found


def _differ(board: Board, one: Value, other: Value) -> bool:
    return board.answer(one, str) != board.answer(other, str)


def _bare(*texts: str) -> str:
    """What cells say together, without the place of a seal."""
    return _SEAL.sub("", "".join(texts)).strip()


def _stated(*texts: str) -> str:
    text = _bare(*texts)
    return NOT_STATED if not text or is_nothing(text) else text


def _room(board: Board, label: Label, block: str) -> None:
    """A label without a value has room for one: after its colon, beside it, or below if it heads a column."""
    cell, labels = label.cell, board.labels
    beside = board.sheet.at(cell.row, cell.last_column + 1)
    wrong = beside if beside in labels and labels[beside].meaning.get(block, "total") == "total" else None
    if wrong and labels[wrong].meaning.get("head") == _NUMBERED + label.meaning.get("head", ""):
        wrong = None  # each of its parts has a label of its own
    others = [item for item in board.of(block, cell.row, cell.row) if item.cell.last_row == cell.row]
    under = board.sheet.at(cell.row + 1, cell.column)
    if len(others) > 1 and label in others and under in labels:
        wrong = under
    if wrong is not None and ":" not in folded(cell.text):
        raise Refused("form-cell-unknown", wrong.name, wrong.text)


def _under(board: Board, cell: Cell) -> list[Cell]:
    """The texts under a label, one a row as far down as a heading left of it goes."""
    found = board.below(cell)
    left = (board.sheet.at(cell.row, column) for column in range(cell.column))
    last = max((over.last_row for over in left if over in board.labels), default=0)
    while found and found[-1].last_row < last and (more := board.below(found[-1])):
        found += more
    return found


def _heads(board: Board, heading: Cell, first: Cell) -> bool:
    """Whether the first of several cells beside a heading heads the others, as a label nobody knows would."""
    if first.row != heading.row:
        return False
    row = (board.labels.get(cell) for cell in board.sheet.rows.get(heading.row, ()) if cell is not heading)
    others = (label.cell for label in row if label is not None and "goal" in label.meaning)
    return any(cell.last_row < heading.last_row for cell in others) or first.tells(_is_short)


def _is_short(text: str) -> bool:
    """Whether a text may be a label: no sentence, and nothing is counted in it."""
    return len(text) <= _LABEL and not text.endswith(("。", "；", ";")) and not any(map(str.isdigit, text))


def _until(board: Board, first: list[Cell]) -> list[Cell]:
    """What ends a period that a cell begins: 至, and the cell behind it."""
    between = [cell for one in first[:1] for cell in board.right(one)[:1] if cell.tells(_is_until)]
    return [*between, *(cell for one in between for cell in board.right(one)[:1])]


def _is_until(text: str) -> bool:
    return text in ("至", "到", "—", "-", "~", "～", "——")


def _apart(board: Board, label: Cell) -> list[Cell]:
    """The value of a label behind columns of nothing; none where these are a blank cell of the form."""
    places, row = board.sheet.places, label.row
    found = board.further(label)
    gap = range(label.last_column + 1, found[0].column if found else 0)
    return [] if any((row, column) in places for column in gap) else found


def _free(board: Board, label: Label, block: str) -> list[Cell]:
    """The cells beside a label; those under it where it is the last of its row, or another label follows.

    What stands in the head is in one cell, beside its label, and holds no other label.
    """
    beside = board.right(label.cell)
    within = board.meaning(board.sheet.at(label.cell.row, label.cell.last_column + 1)).get(block)
    if within not in (None, label.meaning[block]):  # it is over several fields, and its rows are theirs
        beside = []
    if block == "head":
        beside = beside or (_apart(board, label.cell) if label.meaning[block] in _WHOSE else [])
        for cell in beside[:1]:
            if cell.tells(board.layout.holds_label):
                raise Refused("form-cell-unknown", cell.name, cell.text)
        return [*beside[:1], *_until(board, beside)] if label.meaning[block] == "period" else beside[:1]
    if beside:
        if block == "goal" and beside[1:] and _heads(board, label.cell, beside[0]):
            raise Refused("form-cell-unknown", beside[0].name, beside[0].text)
        return beside
    after = [
        cell for cell in board.sheet.rows.get(label.cell.row, ()) if cell.column > label.cell.last_column
    ]
    return _under(board, label.cell) if not after or after[0] in board.labels else []
