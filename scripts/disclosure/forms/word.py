"""Tables of .docx documents by python-docx, each a sheet; what it would pass over in silence is refused."""

import re
from dataclasses import replace
from io import BytesIO
from zipfile import BadZipFile

from docx import Document
from docx.oxml.exceptions import XmlchemyError
from docx.table import Table

from disclosure.forms.grid import Placed, Refused, Sheet, Span, name, on, one_line
from disclosure.forms.guard import parts, within
from disclosure.forms.placed import sheet

# What python-docx passes over: revisions, hidden text, and text in boxes, fields and tags of its own.
_UNSEEN = re.compile(
    rb"<(?:\w+:)?(ins|del|moveFrom|vanish|sdt|altChunk|txbxContent|smartTag|fldSimple|customXml|ruby"
    rb'|d?strike(?! w:val="(?:0|false|none)"))[ >/]'
)
_FAULTS = (KeyError, ValueError, AttributeError, TypeError, OSError, SyntaxError, BadZipFile, XmlchemyError)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "word/document.xml"


def docx(data: bytes) -> list[Sheet]:
    """The tables of a document with the lines above each; raises Refused."""
    unpacked = parts(data, unread=())  # python-docx unpacks every part, whatever it is
    if match := _UNSEEN.search(unpacked.get(_DOCUMENT, b"")):
        raise Refused("form-hidden", _DOCUMENT, match.group(1).decode())
    sheets: list[Sheet] = []
    above: list[str] = []
    try:
        for item in Document(BytesIO(data)).iter_inner_content():
            if isinstance(item, Table):
                with on(title := f"表{len(sheets) + 1}"):
                    found = sheet(title, *_placed(item), "\n".join(above))
                wide = len(item._tbl.findall(f"{_W}tblGrid/{_W}gridCol"))
                sheets.append(replace(found, follows=bool(sheets) and not above, wide=wide))
                above = []
            elif item.text.strip():
                above.append(item.text.strip())
    except _FAULTS as error:
        raise Refused("form-readable", _DOCUMENT, str(error)[:120]) from error
    return sheets


def _placed(table: Table) -> tuple[list[Placed], list[Span]]:
    # By the element of each cell: a merged one comes once for every place that it covers.
    first: dict[object, tuple[int, int]] = {}
    last: dict[object, tuple[int, int]] = {}
    placed: list[Placed] = []
    wide = table._tbl.iter(*(f"{_W}grid{word}" for word in ("Span", "Before", "After")))
    within(1, max((int(item.get(f"{_W}val", "1")) for item in wide), default=1))
    for cell in table._tbl.iter(f"{_W}tc"):  # its only way to what stands in covered cells
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        text = "".join(run.text or "" for run in cell.iter(f"{_W}t"))
        if merge is not None and merge.get(f"{_W}val") != "restart" and text:
            raise Refused("form-hidden", "", text[:40])
    for number, row in enumerate(table.rows):
        cells = [*[None] * row.grid_cols_before, *row.cells]
        within(number + 1, len(cells))
        for place, cell in enumerate(cells):
            key = cell._tc if cell else None  # its only mark of identity
            begins = cell is not None and key not in first
            if cell is not None and begins and cell.tables:
                raise Refused("form-hidden", name(number, place), "table in a cell")
            first.setdefault(key, (number, place))
            last[key] = (number, place)
            if cell is not None and begins and (text := one_line(cell.text)):
                placed.append(((number, place), text))
    spans: list[Span] = [
        (*first[key], *last[key]) for key in first if key is not None and first[key] != last[key]
    ]
    return placed, spans
