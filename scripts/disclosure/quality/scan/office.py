"""Workbooks and documents (xlsx, docx, pptx, ods, odt), read from their XML parts by the standard library.

The libraries that read workbooks leave out what people forget: pivot caches, text boxes, headers, defined
names, strings that no cell shows any more. Here every part is read: cells with their address, the rest by
part.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from html import unescape
from itertools import chain

from disclosure.quality.scan.detectors import suspicious
from disclosure.quality.scan.headers import is_marked
from disclosure.quality.scan.markup import Element, of_xml, parsed, require_well_formed, texts
from disclosure.quality.scan.pieces import CannotRead, Piece, Role
from disclosure.quality.scan.settings import ScanSettings
from disclosure.quality.scan.sheets import HEAD_ROWS, rows_apart, thinned
from disclosure.quality.scan.tabular import Line, Rows, of_rows

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_COMMENTS = re.compile(r"xl/(?:threadedC|c)omments/?[^/]*\.xml")
_PLAIN_XML = re.compile(r".*\.(?:xml|rels|vml)$")
_STRINGS = "xl/sharedStrings.xml"
# What a plain sheet has none of: another encoding, comments, prefixes, formulas, texts in several runs, texts
# beside those of a cell, values that are no plain number.
_ODD = re.compile(
    rb'<(?:\?(?!xml version="1.0" encoding="UTF-8"|xml version="1.0"\?)|!|[^<>\s"]*:|(?:f|r)[\s>/]|rPh|'
    rb"(?<=[^>]<)(?:t|v|is)[\s>]|v(?!>[0-9]+(?:\.[0-9]+)?</v></c>)|t(?=[\s>])(?![^>]*>[^<]*</t></(?:is|si)>)|"
    rb'row(?! r="[0-9]+"))'
)
_NODE = re.compile(">([^<]+)<")
_POINTED = re.compile(r"[Ee.]")
_SMALL = 64 * 1024  # bytes; a larger part is hardly shared
Read = Callable[[str], bytes]


def of_office(names: list[str], read: Read, settings: ScanSettings) -> Iterator[Piece]:
    """Pieces of every XML part; pictures and embedded files are the caller's. Raises CannotRead."""
    sheets = _sheets(names, read)
    strings = _strings(read(_STRINGS)) if _STRINGS in names else []
    for name in names:
        if _SHEET.fullmatch(name):
            title, hidden = sheets.get(name, (name, False))
            state = " (hidden)" if hidden else ""
            yield Piece("name of a sheet", title)
            place = f"sheet {title}{state}"
            groups = settings.sensitive_groups
            data = thinned(read(name), strings, groups, lambda data: _rows(data, strings, ""))
            yield from of_rows(_rows(data, strings, place), settings, HEAD_ROWS)
        elif _COMMENTS.fullmatch(name):
            yield from _comments(read(name))
        elif name == _STRINGS:
            if suspicious("\n".join(strings), settings):
                yield from (Piece("shared strings", text) for text in strings)
        elif _PLAIN_XML.fullmatch(name):
            data = read(name)
            yield from (_part if len(data) < _SMALL else _part.__wrapped__)(name, data, settings)


def sheets_alone(names: list[str], read: Read, settings: ScanSettings) -> bytes | None:
    """Rows, and below them sheets without and strings as they are written, for `may_hold`; or None.

    No other part of the workbook is worth a look. Raises CannotRead.
    """
    parts = {name: bool(_SHEET.fullmatch(name)) or name == _STRINGS for name in names}
    known = all(is_shown or _PLAIN_XML.fullmatch(name) for name, is_shown in parts.items())
    if not require_office(names) or not known or any(map(_COMMENTS.fullmatch, names)):
        return None
    rows, around = [], []
    for name, is_shown in parts.items():
        if is_shown:
            some, rest = rows_apart(read(name))
            around.append((_rest if len(rest) < _SMALL else _rest.__wrapped__)(rest))
            rows.append(some)
        elif _part(name, read(name), settings):
            return None
    return None if None in around else b"\n".join((b"".join(rows), *filter(None, around)))


@lru_cache(maxsize=256)
def _rest(data: bytes) -> bytes | None:
    """A part of which every text stands in one piece and marks no column, as meant. Raises CannotRead."""
    if _ODD.search(data):
        return None
    require_well_formed(data)
    text = data.decode("utf-8")
    marked = any(map(is_marked, map(unescape, _NODE.findall(text))))
    return None if marked else unescape(text).encode()


@lru_cache(maxsize=256)
def _part(name: str, data: bytes, settings: ScanSettings) -> tuple[Piece, ...]:
    """What of a part is worth a look: the workbooks of one maker share most parts, which are read once."""
    pieces = chain(of_xml(data, settings, name), _paragraphs(name, data))
    return tuple(piece for piece in pieces if piece.role is not Role.TEXT or suspicious(piece.text, settings))


def _sheets(names: list[str], read: Read) -> Mapping[str, tuple[str, bool]]:
    """Title and whether it is hidden, by the part's name."""
    relations, book = "xl/_rels/workbook.xml.rels", "xl/workbook.xml"
    if relations not in names or book not in names:
        return {}
    targets: dict[str, str] = {}
    for element in parsed(read(relations), "Relationship"):
        if target := str(element.get("Target", "")):
            path = target.lstrip("/")
            targets[str(element.get("Id", ""))] = path if path.startswith("xl/") else f"xl/{path}"
    made: dict[str, tuple[str, bool]] = {}
    for element in parsed(read(book), "sheet"):
        link = next((value for name, value in element.attrib.items() if str(name).endswith("}id")), "")
        hidden = element.get("state", "visible") != "visible"
        made[targets.get(str(link), "")] = (str(element.get("name", "")), hidden)
    return made


def _strings(data: bytes) -> list[str]:
    found = []
    for element in parsed(data, "si"):
        found.append("".join(part.text or "" for part in element.iter("{*}t")))
        element.clear()
    return found


def _rows(data: bytes, strings: list[str], sheet: str) -> Rows:
    hidden_columns: list[range] = []
    for element in parsed(data, "col", "row"):
        hidden = element.get("hidden") in ("1", "true")
        if element.tag.endswith("}col"):
            if hidden:
                hidden_columns.append(range(int(element.get("min", "0")), int(element.get("max", "0")) + 1))
            continue
        cells = [(cell.get("r", ""), text) for cell in element if (text := _value(cell, strings))]
        if cells:
            columns = tuple(address.rstrip("0123456789") for address, _ in cells)
            states = [hidden or any(_index(column) in span for span in hidden_columns) for column in columns]

            def place(at: int, cells: list[tuple[str, str]] = cells, states: list[bool] = states) -> str:
                return f"{sheet} {cells[at][0]}" + (" (hidden)" if states[at] else "")

            yield Line(int(element.get("r", "0")), columns, [text for _, text in cells], place)
        element.clear()


def _value(cell: Element, strings: list[str]) -> str:
    if not len(cell):
        return ""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(part.text or "" for part in cell.iter("{*}t"))
    parts = {part.tag.rpartition("}")[2]: part.text or "" for part in cell}
    if kind == "s":
        at = int(parts.get("v") or 0)
        return strings[at] if at < len(strings) else ""
    value = parts.get("v", "")
    if kind == "n" and _POINTED.search(value):
        number = float(value)  # a long number is written as 1.3800138E+10
        value = str(int(number)) if number.is_integer() and abs(number) < 1e19 else value
    return " ".join(filter(None, (value, parts.get("f", ""))))


def _index(column: str) -> int:
    number = 0
    for letter in column:
        number = number * 26 + ord(letter.upper()) - 64
    return number


def _comments(data: bytes) -> Iterator[Piece]:
    for _, name, text in texts(data):
        if name == "author":
            yield Piece("author of a comment", text, role=Role.AUTHOR)
    for element in parsed(data, "comment", "threadedComment"):
        yield Piece(f"comment {element.get('ref', '')}", "".join(map(str, element.itertext())))
        element.clear()


def _paragraphs(part: str, data: bytes) -> Iterator[Piece]:
    """Runs of a paragraph joined: a word processor cuts a number wherever somebody paused."""
    for element in parsed(data, "p", "h", "si"):
        if (text := "".join(map(str, element.itertext()))).strip():
            yield Piece(part, text)


def require_office(names: list[str]) -> bool:
    """Whether the parts are those of a document; one with macros cannot be looked into. Raises CannotRead."""
    document = "[Content_Types].xml" in names or ("content.xml" in names and "mimetype" in names)
    if document and any(name.endswith(("vbaProject.bin", ".bas")) for name in names):
        raise CannotRead("a document with macros")
    return document
