"""The head of a form: whose it is, of which year, what goals it sets; and what stands at its foot."""

import re
from itertools import takewhile
from operator import itemgetter

from disclosure.forms.board import Board, Label
from disclosure.forms.form import Value, fixed
from disclosure.forms.grid import Cell, Refused, folded, half
from disclosure.forms.layout import Layout, has_colon
from disclosure.forms.values import NOT_STATED, code_and_name, currency_of, is_nothing, is_stated

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
# 2024年3月1日 is when it was filled in, 财预〔2020〕10号 a document that the form follows.
_FISCAL = re.compile(r"(?<!\d)(20\d\d)(?!\d| ?年 ?\d| ?[-./] ?\d{1,2}(?!\d)|[\]〕)] ?第?\d+ ?号)")
_CHINESE_YEAR = re.compile(r"二[〇○零O0]([〇○零一二三四五六七八九]{2})年(?![一二三四五六七八九十]+月)")
_SEAL = re.compile(r"[(（](?:盖章|公章|签章)[)）]")
_DIGITS = {sign: str(number) for number, sign in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_TITLE_ROWS = 6
_TEXTS = frozenset({"goal", "foot"})  # blocks of which a text may stand under its label
LEAST_CODE = 8  # signs of a project's code; names begin with 5G and 12345


def kind_of(board: Board) -> str:
    """target, evaluation, other for a form that is not of a project, or empty where no title says."""
    texts = [folded(board.sheet.above), *(folded(cell.text) for cell in _titles(board))]
    for kind in ("other", "evaluation", "target"):
        if any(word in text for word in board.layout.titles.get(kind, ()) for text in texts):
            return kind
    return ""


def _titles(board: Board) -> list[Cell]:
    """The cells over the first row that has a label of the form's head."""
    first = min(
        (label.cell.row for label in board.of("head") if label.meaning["head"] != "currency"), default=1
    )
    return list(takewhile(lambda cell: cell.row < min(first, _TITLE_ROWS), board.sheet.cells))


def year_of(board: Board) -> int | None:
    """The fiscal year that the title, or a cell of its own, names; raises Refused where they name several."""
    persons = {label.cell for label in board.of("person")}  # when it was filled in stands there
    texts = [board.sheet.above, *(cell.text for cell in _titles(board) if cell not in persons)]
    years = {int(year) for text in texts for year in _FISCAL.findall(half(text))}
    for text in texts:
        for digits in _CHINESE_YEAR.findall(text):
            years.add(int("20" + "".join(_DIGITS.get(sign, "") for sign in digits)))
    for label in board.of("head"):
        if label.meaning["head"] == "year":
            said = label.inline or " ".join(cell.text for cell in board.right(label.cell))
            years.update(map(int, _YEAR.findall(half(said))[:1]))
    if len(years) > 1:
        raise Refused("form-year", "", ", ".join(map(str, sorted(years))))
    return next(iter(years), None)


def titles_read(board: Board) -> None:
    """Tick the title's cells and the notes; drop what names persons, whoever's and wherever it stands."""
    for cell in _titles(board):
        others = [item for item in board.sheet.rows[cell.row] if item not in board.labels]
        if board.meaning(cell) or _is_title(board.layout, len(others) == 1, cell.text):
            board.tick(cell)
    for label in board.of("person"):
        if "indicator" in label.meaning:
            continue
        cells = [] if label.inline else board.right(label.cell)
        board.persons.update(cells)
        board.persons.add(label.cell)
        board.tick(label.cell, *cells)
    left = min((cell.column for cell in board.sheet.cells), default=0)
    for row in board.sheet.rows.values():
        # A note has its row for itself; what stands beside or under a label is its value, however it begins.
        over = board.meaning(board.sheet.at(row[0].row - 1, left))
        alone = row[0].column == left and len(row) == 1 and row[0] not in board.labels
        under = _TEXTS & over.keys() and over.get("foot") != "total"
        if alone and not under and row[0].tells(board.layout.is_note):
            board.tick(row[0])


def _is_title(layout: Layout, alone: bool, text: str) -> bool:
    """Whether a text over the form titles it, and is not the value of a label that is not known."""
    if any(word in folded(text) for words in layout.titles.values() for word in words):
        return True
    return layout.is_note(text) or (not has_colon(text) and (alone or bool(_YEAR.search(half(text)))))


def head(board: Board) -> dict[str, Value]:
    """Name, code, department, unit, period and year as the form writes them, by field.

    The name's cell is split into code and name, unless the form has another code, or a place for one.
    """
    found = texts(board, "head")
    if (entry := found.get("currency")) and board.answer(entry, _is_body):
        del found["currency"]
        if board.answer(found.setdefault("unit", entry), str) != board.answer(entry, str):
            raise Refused("form-twice-said", entry.cells[0].name, board.answer(entry, str))
    if (entry := found.get("name")) and board.answer(entry, _is_coded):
        code, name = (entry.then(code_and_name).then(itemgetter(place)) for place in (0, 1))
        other = found.setdefault("project_code", code)
        if other is code or not _differ(board, other, code):
            found["name"] = name
    return found


def _is_body(text: str) -> bool:
    """Whether 单位 does not say the unit of money, but who filled the form in."""
    return is_stated(text) and not currency_of(text)


def _is_coded(text: str) -> bool:
    return len(code_and_name(text)[0]) >= LEAST_CODE


def texts(board: Board, block: str, first: int = 0, last: int = 1_000_000) -> dict[str, Value]:
    """The texts of a block by field, each said once: after its label's colon, beside it or under it."""
    found: dict[str, Value] = {}
    for label in board.of(block, first, last):
        field = label.meaning[block]
        if (label.cell in board.ticked and not label.inline) or field == "total":
            continue
        cells = [] if label.inline else _free(board, label, block)
        board.tick(label.cell, *cells)
        said = (label.cell, *cells)
        value = Value(_stated, tuple(cells), said) if cells else fixed(_stated(label.inline), *said)
        if not (board.answer(Value(_bare, tuple(cells), said), bool) if cells else _bare(label.inline)):
            _room(board, label, "" if block == "head" else block)
        old = found.setdefault(field, value)
        if old is value:
            continue
        says = board.answer(value, is_stated)
        if field == "name" or (says and board.answer(old, is_stated) and _differ(board, old, value)):
            text, before = board.answer(value, str), board.answer(old, str)
            raise Refused("form-twice-said", label.cell.name, text, before)
        if says:
            found[field] = value
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
    others = [item for item in board.of(block, cell.row, cell.row) if item.cell.last_row == cell.row]
    under = board.sheet.at(cell.row + 1, cell.column)
    if len(others) > 1 and label in others and under in labels:
        wrong = under
    if wrong is not None and ":" not in folded(cell.text):
        raise Refused("form-cell-unknown", wrong.name, wrong.text)


def _free(board: Board, label: Label, block: str) -> list[Cell]:
    """The cells beside a label; those under it where it is the last of its row, or another label follows.

    What stands in the head is in one cell, beside its label, and holds no other label.
    """
    beside = board.right(label.cell)
    if block == "head":
        for cell in beside[:1]:
            if cell.tells(board.layout.holds_label):
                raise Refused("form-cell-unknown", cell.name, cell.text)
        return beside[:1]
    if beside:
        return beside
    after = [
        cell for cell in board.sheet.rows.get(label.cell.row, ()) if cell.column > label.cell.last_column
    ]
    return board.below(label.cell) if not after or after[0] in board.labels else []
