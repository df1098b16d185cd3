"""Workbooks of the .xls kind by xlrd, which tells formats, errors and what is hidden; calamine does not."""

from collections.abc import Iterator
from io import StringIO

import xlrd
from xlrd.book import Book
from xlrd.formatting import XF
from xlrd.sheet import Cell
from xlrd.sheet import Sheet as Page

from disclosure.forms.grid import Placed, Refused, Sheet, name, on, one_line
from disclosure.forms.guard import within
from disclosure.forms.placed import sheet
from disclosure.forms.stored import ODD, number_of, style_of

MAX_XLS = 4 * 2**20  # bytes; in memory it takes some fifty times as much
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def xls(data: bytes) -> list[Sheet]:
    """The sheets of an .xls, a hidden one without its cells; raises Refused."""
    if _ENCRYPTED in data:
        raise Refused("form-readable", "", "encrypted")
    if _MACROS in data:
        raise Refused("form-safe", "", "macros")
    if len(data) > MAX_XLS:
        raise Refused("form-safe", "", f"{len(data)} bytes", f"<= {MAX_XLS}")
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=StringIO()
        )
        return [_sheet(book, page) for page in book.sheets()]
    except (Refused, MemoryError):
        raise
    except Exception as error:  # whatever a broken file makes of its parser
        raise Refused("form-readable", "", f"{type(error).__name__}: {error}"[:120]) from error


def _sheet(book: Book, page: Page) -> Sheet:
    if page.visibility:
        return Sheet(page.name, hidden=True)
    spans = [(top, left, below - 1, right - 1) for top, below, left, right in page.merged_cells]
    with on(page.name):
        within(page.nrows, page.ncols)
        return sheet(page.name, _cells(book, page), spans)


def _cells(book: Book, page: Page) -> Iterator[Placed]:
    columns = page.colinfo_map
    unseen = {column for column, facts in columns.items() if facts.hidden or not facts.width}
    for row in range(page.nrows):
        facts = page.rowinfo_map.get(row)
        hidden = bool(facts.hidden or not facts.height) if facts else bool(page.default_row_hidden)
        for column, cell in enumerate(page.row(row)):
            where = name(row, column)
            if cell.ctype == xlrd.XL_CELL_ERROR:
                raise Refused("form-cell-broken", where, xlrd.error_text_from_code.get(int(cell.value), "#"))
            if _struck(book, page, row, column, cell) and cell.value:
                raise Refused("form-hidden", where, str(cell.value)[:40])
            text = _shown(book, cell, where)
            if text and (hidden or column in unseen):
                raise Refused("form-hidden", where, text[:40])
            if text:
                yield (row, column), text


def _struck(book: Book, page: Page, row: int, column: int, cell: Cell) -> bool:
    runs = page.rich_text_runlist_map.get((row, column), ())
    fonts = [_xf(book, cell).font_index, *(font for _, font in runs)]
    return any(book.font_list[font].struck_out for font in fonts)


def _xf(book: Book, cell: Cell) -> XF:
    return book.xf_list[cell.xf_index or 0]


def _shown(book: Book, cell: Cell, where: str) -> str:
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return ("FALSE", "TRUE")[bool(cell.value)]
    number = _xf(book, cell).format_key
    style = style_of(number, book.format_map[number].format_str)
    is_number = cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE)
    if (style.unseen and cell.value) or (style.kind == ODD and is_number):
        raise Refused("form-hidden", where, str(cell.value)[:40])
    return number_of(cell.value, style, bool(book.datemode)) if is_number else one_line(str(cell.value))
