"""What stands over a form, and notes: what form it is, and of which year; what persons sign is left out."""

import re
from collections.abc import Container
from itertools import takewhile

from disclosure.forms.board import BODIES, Board
from disclosure.forms.grid import Cell, Refused, folded, half
from disclosure.forms.layout import Layout, core, has_colon

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
# 2024年3月1日 is when it was filled in, 财预〔2020〕10号 a document that the form follows.
_FISCAL = re.compile(r"(?<!\d)(20\d\d)(?!\d| ?年 ?\d| ?[-./] ?\d{1,2}(?!\d)|[\]〕)] ?第?\d+ ?号)")
_BEHIND = re.compile(r" [(]?(20\d\d) ?年度?[)]?(?= |$)")  # a name in the same cell
_CHINESE_YEAR = re.compile(r"二[〇○零O0]([〇○零一二三四五六七八九]{2})年(?![一二三四五六七八九十]+月)")
_ONLY_YEAR = r"[(]?20\d\d(?:年度?[)]?|[)]年度?)"
# Of these few forms have need: they are compiled when one has.
_NUMBER = r"(?:公开|附)(?:表?[\d-]+|\d+-?\d*表)|(?:表号|编号|附[表件]):?[A-Za-z\d-]*\d表?"
_DAY = r"(?:20\d\d)?年\d{0,2}月\d{0,2}日"
# How a note counts what it says, a row for each.
_GOES_ON = r"[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、)．）]"
_DIGITS = {sign: str(number) for number, sign in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_KINDS = ("other", "evaluation", "target", "list")
_TITLE_ROWS = 6
_TITLE_CELLS = 3  # of a row: the title, its year, the unit of money
_ENDS = ("。", "；", "，")  # of what is a sentence and no title
_SHORT = 16  # signs of a cell that says no more than a year or a day
_TEXTS = frozenset({"goal", "foot"})  # blocks of which a text may stand under its label


def kinds_of(board: Board) -> list[str]:
    """Of target, evaluation, and other for what is no form of one project, those that a title says."""
    texts = [*_title_above(board).splitlines(), *(cell.text for cell in _titles(board))]
    found = [[kind for kind in _KINDS if _says(board.layout, kind, text)] for text in texts]
    lists = [kinds for kinds in found if "list" in kinds]
    if lists and all("list" in kinds for kinds in found if kinds):
        return ["other"]
    return [kind for kind in _KINDS[:3] if any(kind in kinds for kinds in found)]


def _says(layout: Layout, kind: str, text: str) -> bool:
    """Whether a title says what it is of; a list is one in which a title ends with the word."""
    words = layout.titles.get(kind, ())
    if kind == "list":
        return any(core(part).endswith(words) for part in (text, *text.split()))
    bare = folded(text)
    return any(word in bare for word in words)


def _title_above(board: Board) -> str:
    """The lines over the table of a document from its title on; nothing where only sentences stand there.

    A line that says no more than what kind of form it is goes on from the line before it.
    """
    lines, layout = board.sheet.above.splitlines(), board.layout
    for place in range(len(lines) - 1, -1, -1):
        title = lines[place]
        if not title.endswith(_ENDS) and any(_says(layout, kind, title) for kind in _KINDS):
            goes_on = any(core(title) in words for words in layout.titles.values())
            return "".join(lines[max(place - goes_on, 0) : place + 1]) + "\n".join(["", *lines[place + 1 :]])
    return ""


def _titles(board: Board) -> list[Cell]:
    """The cells over the first row that has a label of the form's head, and a year in that row."""
    first = min(
        (label.cell.row for label in board.of("head") if label.meaning["head"] != "currency"), default=1
    )
    top = next((cell.row for cell in board.sheet.cells), 0)
    over = takewhile(lambda cell: cell.row < min(first, top + _TITLE_ROWS), board.sheet.cells)
    return [*over, *(cell for cell in board.sheet.rows.get(first, ()) if cell.tells(_is_beside))]


def _is_year(text: str) -> bool:
    return len(text) < _SHORT and "20" in text and re.fullmatch(_ONLY_YEAR, folded(text)) is not None


def _is_beside(text: str) -> bool:
    """Whether it is the form's year, or the number that it has among others, in a row that says more."""
    return _is_year(text) or (len(text) < _SHORT and re.fullmatch(_NUMBER, folded(text)) is not None)


def _is_day(text: str) -> bool:
    """Whether it is the day on which persons sign, or room for it."""
    return len(text) < _SHORT and "年" in text and re.fullmatch(_DAY, folded(text)) is not None


def _is_note(text: str) -> bool:
    """Whether a cell says no more than that notes stand beside it."""
    return core(text) in ("注", "备注")


def _goes_on(text: str) -> bool:
    return re.match(_GOES_ON, text) is not None


def year_of(board: Board) -> int | None:
    """The fiscal year that the title, or a cell of its own, names; raises Refused where they name several."""
    persons = {label.cell for label in board.of("person")}  # when it was filled in stands there
    own = _title_above(board)
    above = own if _FISCAL.search(half(own)) else board.sheet.above
    texts = [above, *(cell.text for cell in _titles(board) if cell not in persons)]
    years = {int(year) for text in texts for year in _FISCAL.findall(half(text))}
    for text in texts:
        for digits in _CHINESE_YEAR.findall(text):
            years.add(int("20" + "".join(_DIGITS.get(sign, "") for sign in digits)))
    for label in board.of("head"):
        if label.inline and label.meaning["head"] in BODIES:
            years.update(map(int, _BEHIND.findall(half(label.cell.text))))
        if label.meaning["head"] == "year":
            said = label.inline or " ".join(cell.text for cell in board.right(label.cell))
            years.update(map(int, _YEAR.findall(half(said))[:1]))
    if len(years) > 1:
        raise Refused("form-year", "", ", ".join(map(str, sorted(years))))
    return next(iter(years), None)


def read(board: Board, heads: Container[Cell]) -> None:
    """Tick the title's cells and the notes; drop what names persons, whoever's and wherever it stands."""
    for cell in _titles(board):
        others = [item for item in board.sheet.rows[cell.row] if item not in board.labels]
        meaning = board.meaning(cell)
        if (meaning and not meaning.keys() & {"pair", "fund"}) or _is_title(
            board.layout, len(others) == 1, cell.text
        ):
            board.tick(cell)
    for label in board.of("person"):
        if label.cell in heads:  # of a column of the indicators
            continue
        cells = [] if label.inline else board.right(label.cell) or board.further(label.cell)
        board.persons.update(cells)
        board.persons.add(label.cell)
        days = [cell for cell in board.sheet.rows[label.cell.row] if cell.tells(_is_day)]
        board.persons.update(days)
        board.tick(label.cell, *cells, *days)
    _again(board)
    left = min((cell.column for cell in board.sheet.cells), default=0)
    noted = -1  # the last row of a note, which may go on in the next
    apart: set[Cell | None] = set()  # that say 注 and have the notes beside them
    for row in board.sheet.rows.values():
        if row[0].column == left and len(row) == 2 and row[1] not in board.labels and row[0].tells(_is_note):
            apart.add(row[0])
        if board.sheet.at(row[0].row, left) in apart:
            board.tick(*row)
            board.passed.update(cell for cell in row if cell not in apart)
        # A note has its row for itself; what stands beside or under a label is its value, however it begins.
        if row[0].column != left or len(row) > 1 or row[0] in board.labels:
            continue
        goes_on = row[0].row == noted + 1 and row[0].tells(_goes_on)
        if goes_on or (not _is_under_text(board, row[0]) and row[0].tells(board.layout.is_note)):
            board.tick(row[0])
            noted = row[0].last_row


def _again(board: Board) -> None:
    """Tick the rows that say nothing but what stands over the form: its title on the next page."""
    titles = [cell for cell in _titles(board) if cell in board.ticked]
    said, last = {cell.text for cell in titles}, max((cell.row for cell in titles), default=0)
    is_said = said.__contains__
    for number, row in board.sheet.rows.items():
        if number > last and len(row) <= _TITLE_CELLS and all(cell.tells(is_said) for cell in row):
            board.tick(*row)


def _is_under_text(board: Board, cell: Cell) -> bool:
    """Whether a cell stands under a label of texts that has none beside it, and so is its value."""
    over = board.sheet.at(cell.row - 1, cell.column)
    meaning = board.meaning(over)
    is_text = _TEXTS & meaning.keys() and meaning.get("foot") != "total"
    return bool(is_text and over and not board.right(over))


def _is_title(layout: Layout, alone: bool, text: str) -> bool:
    """Whether a text over the form titles it, and is not the value of a label that is not known."""
    if any(word in folded(text) for words in layout.titles.values() for word in words):
        return True
    return layout.is_note(text) or (not has_colon(text) and (alone or bool(_YEAR.search(half(text)))))
