"""Workbooks of the .xlsx and .xls kinds by calamine, after a look at what calamine takes on trust."""

import re
from html import unescape
from io import BytesIO

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from disclosure.forms.grid import Sheet, sheet
from disclosure.forms.guard import parts, within
from disclosure.forms.refusal import Refused

_CELL = re.compile(rb"<c\b")
_PLACE = re.compile(rb'<c\b[^>]*?\sr="([A-Za-z]+)(\d+)"')
_DIMENSION = re.compile(rb'<dimension\b[^>]*?\sref="(?:[A-Z]+\d+:)?([A-Z]+)(\d+)"')
_STYLED = re.compile(rb'<c\b(?=[^>]*?\sr="([A-Z]+)(\d+)")(?=[^>]*?\ss="(\d+)")')
_BROKEN = re.compile(rb'<c\b(?=[^>]*?\st="e")[^>]*?\sr="([A-Z]+\d+)"')
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]*?\shidden="(?:1|true)")[^>]*?\sr="(\d+)"')
_HIDDEN_COLUMN = re.compile(rb'<col\b(?=[^>]*?\shidden="(?:1|true)")[^>]*>')
_VALUE = re.compile(rb"<v\b[^>]*>[^<]|<is>")
_FORMAT = re.compile(rb'<numFmt\b(?=[^>]*?\snumFmtId="(\d+)")[^>]*?\sformatCode="([^"]*)"')
_XF = re.compile(rb'<xf\b[^>]*?\snumFmtId="(\d+)"')
_SHEET = re.compile(rb'<(?:\w+:)?sheet\b(?=[^>]*?\sname="([^"]*)")[^>]*?:id="([^"]*)"')
_TARGET = re.compile(rb'<Relationship\b(?=[^>]*?\sId="([^"]*)")[^>]*?\sTarget="([^"]*)"')
_PERCENT = frozenset({9, 10})
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
Places = frozenset[tuple[int, int]]


def xlsx(data: bytes) -> list[Sheet]:
    """The visible sheets of an .xlsx; raises Refused."""
    found = parts(data)
    paths = {title: found.get(path, b"") for title, path in _paths(found)}
    for title, part in paths.items():
        _bounded(title, part)
    percent = _percent_styles(found.get("xl/styles.xml", b""))
    styled = {title: _styled(part, percent) for title, part in paths.items()} if percent else {}
    sheets = _read(data, styled, fractions=False)
    for item in sheets:
        _nothing_hidden(item, paths.get(item.title, b""))
    return sheets


def xls(data: bytes) -> list[Sheet]:
    """The visible sheets of an .xls; raises Refused. Formats are not told: fractions may be percent."""
    if _MACROS in data:
        raise Refused("form-safe", "", "macros")
    return _read(data, {}, fractions=True)


def _read(data: bytes, styled: dict[str, Places], fractions: bool) -> list[Sheet]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        found = []
        for kind in book.sheets_metadata:
            if kind.visible is SheetVisibleEnum.Visible and kind.typ is SheetTypeEnum.WorkSheet:
                part = book.get_sheet_by_name(kind.name)
                within(kind.name, part.total_height, part.total_width)
                spans = [(*first, *last) for first, last in part.merged_cell_ranges or ()]
                rows = part.to_python(skip_empty_area=False)
                places = styled.get(kind.name, frozenset())
                found.append(sheet(kind.name, rows, spans, places, fractions=fractions))
    except (Refused, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the parser is no Exception
        raise Refused("form-readable", "", str(error)[:120]) from error
    return found


def _paths(found: dict[str, bytes]) -> list[tuple[str, str]]:
    targets = dict(_TARGET.findall(found.get("xl/_rels/workbook.xml.rels", b"")))
    named = _SHEET.findall(found.get("xl/workbook.xml", b""))
    return [(unescape(title.decode()), _path(targets.get(key, b"").decode())) for title, key in named]


def _path(target: str) -> str:
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _bounded(title: str, part: bytes) -> None:
    """The places that the cells name, and what the sheet says of its size, lie within bounds."""
    places = _PLACE.findall(part)
    if unnamed := len(_CELL.findall(part)) - len(places):
        within(title, part.count(b"<row"), unnamed)
    for letters, row in {*places, *_DIMENSION.findall(part)}:
        if len(letters) > 3 or len(row) > 7:
            raise Refused("form-safe", f"{title}!{(letters + row)[:20].decode()}", "place")
    every = [*places, *_DIMENSION.findall(part)]
    if every:
        columns = {letters for letters, _ in every}
        within(title, max(int(row) for _, row in every), max(map(_column, columns)) + 1)
    if match := _BROKEN.search(part):
        raise Refused("form-cell-broken", f"{title}!{(match.group(1) or b'').decode()}", "#")
    if b"<f" in part:
        _computed(title, part)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def _computed(title: str, part: bytes) -> None:
    """Each formula comes with the value that was last computed."""
    for chunk in part.partition(b"</sheetData>")[0].split(b"<c ")[1:]:
        cell = chunk.split(b"</c>", 1)[0]
        if b"<f" in cell and not _VALUE.search(cell) and b't="str"' not in cell:
            match = re.search(rb'r="([A-Z]+\d+)"', cell)
            where = match.group(1).decode() if match else ""
            raise Refused("form-formula", f"{title}!{where}", "formula without a value")


def _percent_styles(styles: bytes) -> frozenset[bytes]:
    custom = {int(number) for number, code in _FORMAT.findall(styles) if b"%" in code}
    formats = styles.partition(b"<cellXfs")[2].partition(b"</cellXfs>")[0]
    wanted = _PERCENT | custom
    return frozenset(
        str(place).encode() for place, number in enumerate(_XF.findall(formats)) if int(number) in wanted
    )


def _styled(part: bytes, styles: frozenset[bytes]) -> Places:
    cells = _STYLED.findall(part)
    return frozenset((int(row) - 1, _column(letters)) for letters, row, style in cells if style in styles)


def _nothing_hidden(item: Sheet, part: bytes) -> None:
    """No row or column with something in it is hidden: who signed the form did not see it."""
    if b"hidden=" not in part:
        return
    rows = {int(row) - 1 for row in _HIDDEN_ROW.findall(part)}
    columns: set[int] = set()
    for match in _HIDDEN_COLUMN.findall(part):
        first, last = (int(re.search(rb'\s%s="(\d+)"' % key, match).group(1)) for key in (b"min", b"max"))  # type: ignore[union-attr]
        columns.update(range(first - 1, min(last, 1_024)))
    for cell in item.cells:
        if cell.row in rows or cell.column in columns:
            raise Refused("form-hidden", item.where(cell), cell.text[:40])
