"""Workbooks and documents (xlsx, docx, pptx, ods, odt), read from their XML parts by the standard library.

The libraries that read workbooks leave out what people forget: pivot caches, text boxes, headers, defined
names, strings that no cell shows any more. Here every part is read: cells with their address, the rest by
part.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from disclosure.quality.scan.markup import of_xml, parsed, texts
from disclosure.quality.scan.pieces import CannotRead, Piece, Role
from disclosure.quality.scan.settings import ScanSettings
from disclosure.quality.scan.tabular import Cell, Rows, of_rows

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_COMMENTS = re.compile(r"xl/(?:threadedC|c)omments/?[^/]*\.xml")
_PLAIN_XML = re.compile(r".*\.(?:xml|rels|vml)$")
_HEAD_ROWS = 8  # a title, a unit line and two-storeyed headings stand above the first row of data
Read = Callable[[str], bytes]


def of_office(names: list[str], read: Read, settings: ScanSettings) -> Iterator[Piece]:
    """Pieces of every XML part; pictures and embedded files are the caller's. Raises CannotRead."""
    sheets = _sheets(names, read)
    strings = _strings(read("xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in names else []
    for name in names:
        if _SHEET.fullmatch(name):
            title, hidden = sheets.get(name, (name, False))
            state = " (hidden)" if hidden else ""
            yield Piece("name of a sheet", title)
            yield from of_rows(_rows(read(name), strings, f"sheet {title}{state}"), settings, _HEAD_ROWS)
        elif _COMMENTS.fullmatch(name):
            yield from _comments(read(name))
        elif name == "xl/sharedStrings.xml":
            yield from (Piece("shared strings", text) for text in strings)
        elif _PLAIN_XML.fullmatch(name):
            yield from of_xml(read(name), settings, name)
            yield from _paragraphs(name, read(name))


def _sheets(names: list[str], read: Read) -> Mapping[str, tuple[str, bool]]:
    """Title and whether it is hidden, by the part's name."""
    relations, book = "xl/_rels/workbook.xml.rels", "xl/workbook.xml"
    if relations not in names or book not in names:
        return {}
    targets: dict[str, str] = {}
    for event, element in parsed(read(relations)):
        if event == "end" and (target := element.get("Target")):
            path = target.lstrip("/")
            targets[element.get("Id", "")] = path if path.startswith("xl/") else f"xl/{path}"
    made: dict[str, tuple[str, bool]] = {}
    for event, element in parsed(read(book)):
        if event == "end" and element.tag.endswith("}sheet"):
            link = next((value for name, value in element.attrib.items() if name.endswith("}id")), "")
            hidden = element.get("state", "visible") != "visible"
            made[targets.get(link, "")] = (element.get("name", ""), hidden)
    return made


def _strings(data: bytes) -> list[str]:
    found = []
    for event, element in parsed(data):
        if event == "end" and element.tag.endswith("}si"):
            found.append("".join(part.text or "" for part in element.iter() if part.tag.endswith("}t")))
            element.clear()
    return found


def _rows(data: bytes, strings: list[str], sheet: str) -> Rows:
    hidden_columns: list[range] = []
    for event, element in parsed(data):
        if event == "end" and element.tag.endswith("}col") and element.get("hidden") in ("1", "true"):
            hidden_columns.append(range(int(element.get("min", "0")), int(element.get("max", "0")) + 1))
        elif event == "end" and element.tag.endswith("}row"):
            cells = []
            row_hidden = element.get("hidden") in ("1", "true")
            for cell in element:
                address = cell.get("r", "")
                column = address.rstrip("0123456789")
                hidden = row_hidden or any(_index(column) in span for span in hidden_columns)
                place = f"{sheet} {address}" + (" (hidden)" if hidden else "")
                if text := _value(cell, strings):
                    cells.append(Cell(column, place, text))
            if cells:
                yield int(element.get("r", "0")), cells
            element.clear()
    yield from ()


def _value(cell: object, strings: list[str]) -> str:
    parts = {part.tag.rpartition("}")[2]: part.text or "" for part in cell.iter()}  # type: ignore[attr-defined]
    kind = cell.get("t", "n")  # type: ignore[attr-defined]
    if kind == "s":
        at = int(parts.get("v") or 0)
        return strings[at] if at < len(strings) else ""
    if kind == "inlineStr":
        return "".join(part.text or "" for part in cell.iter() if part.tag.endswith("}t"))  # type: ignore[attr-defined]
    value = parts.get("v", "")
    if kind == "n" and re.search(r"[Ee.]", value):
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
    for event, element in parsed(data):
        if event == "end" and element.tag.rpartition("}")[2] in ("comment", "threadedComment"):
            text = "".join(part.text or "" for part in element.iter())
            yield Piece(f"comment {element.get('ref', '')}", text)
            element.clear()


def _paragraphs(part: str, data: bytes) -> Iterator[Piece]:
    """Runs of a paragraph joined: a word processor cuts a number wherever somebody paused."""
    for event, element in parsed(data):
        if event == "end" and element.tag.rpartition("}")[2] in ("p", "h", "si"):
            text = "".join(piece for piece in element.itertext())
            if text.strip():
                yield Piece(part, text)


def require_office(names: list[str]) -> bool:
    """Whether the parts are those of a document; one with macros cannot be looked into. Raises CannotRead."""
    document = "[Content_Types].xml" in names or ("content.xml" in names and "mimetype" in names)
    if document and any(name.endswith(("vbaProject.bin", ".bas")) for name in names):
        raise CannotRead("a document with macros")
    return document
