"""An official form as a workbook: merged cells, borders, print area, A4, one page wide, lines to sign on.

The library makes everything but the cells, once for all forms that share it; the rows are then put in.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from disclosure.model import Package, Row
from disclosure.release.lines import TOP, WIDTHS, Styles, extent, laid
from disclosure.release.official import TITLES, Official, official
from disclosure.release.workbook import book

_BASE = {"font_name": "宋体", "font_size": 10.5, "text_wrap": True, "valign": "vcenter"}
_STYLES: Mapping[str, dict[str, object]] = {
    "title": {"bold": True, "font_name": "黑体", "font_size": 18, "align": "center"},
    "year": {"align": "center", "font_size": 12},
    "label": {"border": 1, "align": "center"},
    "text": {"border": 1, "align": "left"},
    "text 8": {"border": 1, "align": "left", "font_size": 8},
    "text 6": {"border": 1, "align": "left", "font_size": 6},
    "number": {"border": 1, "align": "center"},
    "amount": {"border": 1, "align": "right", "num_format": "#,##0.00##"},
    "dash": {"border": 1, "align": "center"},
    "empty": {"border": 1},
    "void": {"border": 1},
    "sign": {"align": "left", "text_wrap": False},
}
_SHEET, _STYLE = "xl/worksheets/sheet{}.xml", re.compile(r' s="(\d+)"')
_CELLS = re.compile(r"<sheetData>(.*?)</sheetData>", re.DOTALL)
_EXTENT = re.compile(r'(?<=<dimension ref=")[^"]*')
_KEPT = 64  # frames: forms of as many lengths


class Frame(NamedTuple):
    """A workbook without the sheets of forms; of each what stands before and after its cells; styles."""

    rest: bytes
    sheets: tuple[tuple[str, str], ...]
    styles: Styles


def address(row: Row) -> str:
    """Where the form of a project lies, below the site's root."""
    return f"data/forms/{row.text('fiscal_year')}/{row.text('project_id')}.xlsx"


def forms(package: Package, projects: Iterable[Row]) -> Iterator[tuple[str, bytes]]:
    """Address and bytes of the form of each of some projects."""
    for row in projects:
        yield address(row), form(official(package, row))


def form(drawn: Official) -> bytes:
    """An .xlsx file with the one form."""
    return filled(_frame(drawn.kind, drawn.year, drawn.width, drawn.last), (drawn,))


@lru_cache(maxsize=_KEPT)
def _frame(kind: str, year: str, width: int, last: int) -> Frame:
    buffer = BytesIO()
    with book(buffer, f"{year}年度{TITLES[kind]}") as made:
        sheet(made, kind, width, last)
    return framed(buffer, 1)


def sheet(made_in: Workbook, kind: str, width: int, last: int) -> Worksheet:
    """A sheet of a book set up for a form so wide and long, with nothing on it but a cell of each style."""
    made = made_in.add_worksheet(TITLES[kind])
    for place, style in enumerate(_STYLES.values()):
        made.write_blank(0, place, None, made_in.add_format(_BASE | style))
    for column, wide in enumerate(WIDTHS[kind][:width]):
        made.set_column(column, column, wide)
    made.set_paper(9)  # A4
    made.fit_to_pages(1, 0)
    made.print_area(0, 0, TOP + last, width - 1)
    made.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    made.center_horizontally()
    made.hide_gridlines(2)
    return made


def framed(written: BytesIO, number: int) -> Frame:
    """A book whose first sheets, so many, are to be filled with forms."""
    rest, names = BytesIO(), [_SHEET.format(place) for place in range(1, number + 1)]
    with ZipFile(written) as book, ZipFile(rest, "w", ZIP_DEFLATED) as made:
        for item in book.infolist():
            if item.filename not in names:
                made.writestr(item, book.read(item))
        parts = [_CELLS.split(book.read(name).decode("utf-8")) for name in names]
    styles = dict(zip(_STYLES, _STYLE.findall(parts[0][1]), strict=True))
    return Frame(rest.getvalue(), tuple((head, tail) for head, _, tail in parts), styles)


def filled(frame: Frame, forms: Sequence[Official]) -> bytes:
    """The book with a form on each of its sheets."""
    buffer = BytesIO(frame.rest)
    with ZipFile(buffer, "a") as made:
        for number, (drawn, (head, tail)) in enumerate(zip(forms, frame.sheets, strict=True), start=1):
            content = f"{_EXTENT.sub(extent(drawn), head)}{laid(drawn, frame.styles)}{tail}"
            made.writestr(ZipInfo(_SHEET.format(number)), content, ZIP_DEFLATED)
    return buffer.getvalue()
