"""An official form as a workbook: merged cells, borders, print area, A4, one page wide, lines to sign on."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from io import BytesIO
from math import ceil

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from disclosure.model import Package, Row
from disclosure.release.drawn import Cell
from disclosure.release.official import Official, official
from disclosure.release.workbook import book

_MORE = (14, 14)  # columns of what only some forms state
# Of the columns, in characters of the default font.
_WIDTHS = {
    "target": (7, 11, 16, 9, 14, 18, 20, *_MORE),
    "evaluation": (7, 11, 16, 8, 13, 14, 14, 8, 9, 18, *_MORE),
}
_SIZE = 10.5
_SMALLER = (8, 6)  # for words that would not go into the tallest row
_DIGITS = 15  # that a spreadsheet keeps of a number; what has more is written as text
_TALLEST = 409  # points; a sheet has no taller row
TOP = 2  # rows of title and year
_BASE = {"font_name": "宋体", "font_size": _SIZE, "text_wrap": True, "valign": "vcenter"}
_STYLES: Mapping[str, dict[str, object]] = {
    "title": {"bold": True, "font_name": "黑体", "font_size": 18, "align": "center"},
    "year": {"align": "center", "font_size": 12},
    "label": {"border": 1, "align": "center"},
    "text": {"border": 1, "align": "left"},
    "number": {"border": 1, "align": "center"},
    "amount": {"border": 1, "align": "right", "num_format": "#,##0.00##"},
    "dash": {"border": 1, "align": "center"},
    "empty": {"border": 1},
    "void": {"border": 1},
    "note": {"border": 1},
    "sign": {"align": "left", "text_wrap": False},
}


def address(row: Row) -> str:
    """Where the form of a project lies, below the site's root."""
    return f"data/forms/{row.text('fiscal_year')}/{row.text('project_id')}.xlsx"


def forms(package: Package, year: int) -> Iterator[tuple[str, bytes]]:
    """Address and bytes of the form of every project of a year, one by one."""
    for row in package.rows("projects", year):
        yield address(row), form(official(package, row))


def form(drawn: Official) -> bytes:
    """An .xlsx file with the one form."""
    buffer = BytesIO()
    with book(buffer, f"{drawn.year}年度{drawn.title}") as made:
        sheet(made, drawn)
    return buffer.getvalue()


def sheet(made_in: Workbook, drawn: Official) -> Worksheet:
    """A sheet of a book with the form on it, under its short title."""
    made = made_in.add_worksheet(drawn.title)
    pen = _Pen(made_in, made, _WIDTHS[drawn.kind])
    pen.write(Cell(0, 0, 1, drawn.width, "title", drawn.title), 0)
    pen.write(Cell(1, 0, 1, drawn.width, "year", f"（{drawn.year}年度）"), 0)
    for cell in drawn.cells:
        pen.write(cell, TOP)
    last = TOP + drawn.cells[-1].top
    _heights(made, drawn, last)
    for column, width in enumerate(_WIDTHS[drawn.kind][: drawn.width]):
        made.set_column(column, column, width)
    made.set_paper(9)  # A4
    made.fit_to_pages(1, 0)
    made.print_area(0, 0, last, drawn.width - 1)
    made.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    made.center_horizontally()
    made.hide_gridlines(2)
    return made


class _Pen:
    """Writes cells with the format of their role; a format is made once a book."""

    def __init__(self, book: Workbook, sheet: Worksheet, widths: tuple[int, ...]) -> None:
        self.book, self.sheet, self.widths = book, sheet, widths
        self.formats: dict[tuple[str, float], Format] = {}

    def format(self, style: str, size: float) -> Format:
        """The format of a style in a size of its own, or in the style's where that is 0."""
        if (style, size) not in self.formats:
            own = {"font_size": size} if size else {}
            self.formats[style, size] = self.book.add_format(_BASE | _STYLES[style] | own)
        return self.formats[style, size]

    def write(self, cell: Cell, down: int) -> None:
        """One cell, that many rows further down than the form counts."""
        top, left = cell.top + down, cell.left
        value = cell.source.value if cell.source and cell.role == "number" else None
        style = "amount" if cell.source and cell.source.column.endswith("_wan") else cell.role
        form = self.format(style, _size(cell, self.widths) if cell.role == "text" else 0)
        if cell.role != "sign" and (cell.rows > 1 or cell.columns > 1):
            self.sheet.merge_range(top, left, top + cell.rows - 1, left + cell.columns - 1, "", form)
        if isinstance(value, Decimal) and not cell.is_rate and len(value.as_tuple().digits) <= _DIGITS:
            self.sheet.write_number(top, left, value, form)
        elif text := _text(cell):
            self.sheet.write_string(top, left, text, form)
        else:
            self.sheet.write_blank(top, left, None, form)


def _text(cell: Cell) -> str:
    return f"{cell.text}%" if cell.text and cell.is_rate else cell.text


def _size(cell: Cell, widths: tuple[int, ...]) -> float:
    """The largest size in which a text goes into the tallest row; the smallest where it goes into none."""
    sizes = (size for size in (0, *_SMALLER) if _points(cell, widths, size or _SIZE) <= _TALLEST)
    return next(sizes, _SMALLER[-1])


def _points(cell: Cell, widths: tuple[int, ...], size: float) -> float:
    """The height of a cell's words: lines by the width of its columns, a Chinese character two wide."""
    room = (sum(widths[cell.left : cell.left + cell.columns]) - 1) * _SIZE / size
    lines = sum(max(1, ceil(_units(line) / room)) for line in _text(cell).split("\n"))
    return lines * size * 1.35 + 6


def _units(text: str) -> int:
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def _heights(sheet: Worksheet, drawn: Official, last: int) -> None:
    heights = dict(_needed(drawn, last))
    for top, height in heights.items():
        sheet.set_row(top, min(height, _TALLEST))


def _needed(drawn: Official, last: int) -> Iterator[tuple[int, float]]:
    """The height of each row; a cell over several rows makes its last one taller where it must."""
    widths = _WIDTHS[drawn.kind]
    heights = {0: 34.0, 1: 22.0} | dict.fromkeys(range(TOP, last + 1), 26.0)
    heights[last] = 48.0
    heights[drawn.goal_row + TOP] = 72.0  # room to write in
    for cell in sorted(drawn.cells, key=lambda cell: cell.rows):
        top, end = cell.top + TOP, cell.top + TOP + cell.rows
        size = _size(cell, widths) if cell.role == "text" else 0
        lack = _points(cell, widths, size or _SIZE) - sum(heights[row] for row in range(top, end))
        heights[end - 1] += max(0.0, lack)
    yield from heights.items()
