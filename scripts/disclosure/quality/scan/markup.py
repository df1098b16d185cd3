"""HTML and XML as pieces: what a reader sees, and what attributes, comments and scripts hold besides."""

import io
import re
from collections.abc import Iterator
from html import unescape
from xml.parsers import expat

from lxml import etree

from disclosure.quality.scan.detectors import suspicious
from disclosure.quality.scan.headers import is_blank, is_marked
from disclosure.quality.scan.pieces import CannotRead, Piece, Role
from disclosure.quality.scan.settings import ScanSettings

# Marks inside a line, which may cut a number or a word in two.
_WITHIN = (
    r"</?(?:a|abbr|b|bdi|bdo|code|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|wbr)(?:\s[^>]*)?/?>"
    r"|<!--.*?-->"
)
_INLINE = re.compile(_WITHIN, re.IGNORECASE | re.DOTALL)
_CUT = re.compile(rf"[0-9０-９][ \-]?(?:{_WITHIN}){{1,4}}[ \-]?[0-9０-９]", re.IGNORECASE | re.DOTALL)
_AROUND = 100  # signs on either side hold a number and the tags in it
_PIECE = re.compile(r"^[0-9A-Za-z]+|[0-9A-Za-z]+$")  # of a longer run: it would look like a number of its own
_HEAD_TO_HEAD = re.compile(r"</th>\s*<th(?:\s[^>]*)?>", re.IGNORECASE)
_CELL_TO_CELL = re.compile(r"</t[hd]>\s*<t[hd](?:\s[^>]*)?>", re.IGNORECASE)
_TERM = re.compile(r"</dt>\s*<dd(?:\s[^>]*)?>", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z/!?][^>]*>")
_TABLE = re.compile(r"<table\b.*?</table>", re.IGNORECASE | re.DOTALL)
_ROW = re.compile(r"<tr\b.*?(?=<tr\b|</table>)", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(r"<(t[hd])\b[^>]*>(.*?)(?=</?t[hdr]\b|$)", re.IGNORECASE | re.DOTALL)
_DECLARED = re.compile(rb"<!DOCTYPE[^>]*\[|<!ENTITY", re.IGNORECASE)
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);|#)")
Element = etree._Element
_AUTHORS = frozenset({"author", "creator", "lastModifiedBy", "managingEditor", "webMaster", "contributor"})


def of_html(html: str, settings: ScanSettings) -> Iterator[Piece]:
    """Pieces of a page: the whole as it is written, then its text, and the marked columns of its tables.

    A clean page costs one pass over what is written. A suspicious one is turned into text, of any other
    only what stands around digits that tags part.
    """
    html = unescape(html) if "&" in html else html
    words = suspicious(html, settings)
    if words:
        # Lines of source are no lines of text: marks are looked for below.
        for number, line in enumerate(html.split("\n"), start=1):
            if suspicious(line, settings):
                yield Piece("", f"html {line} html", number)
        yield from _columns(html)
        yield Piece("", _text(html))
    else:
        yield from (Piece("", _text(_PIECE.sub("", html[start:end]))) for start, end in _cuts(html))


def _cuts(html: str) -> Iterator[tuple[int, int]]:
    """What stands around digits that tags part; cuts that are near are looked at together."""
    start = end = 0
    for cut in _CUT.finditer(html):
        if end and cut.start() - _AROUND > end:
            yield start, end
            end = 0
        start = start if end else max(0, cut.start() - _AROUND)
        end = cut.end() + _AROUND
    if end:
        yield start, end


def _text(html: str) -> str:
    """The text in lines, cells of a row parted by tabs; a defined term stays with its definition."""
    html = _INLINE.sub("", html.replace("\t", " "))
    html = _TERM.sub("：", html)
    html = _CELL_TO_CELL.sub("\t", _HEAD_TO_HEAD.sub("\n", html))
    return _TAG.sub("\n", html)


def _columns(html: str) -> Iterator[Piece]:
    for table in _TABLE.finditer(html):
        marked: dict[int, str] = {}
        for row in _ROW.finditer(table.group()):
            cells = [(kind.lower(), _TAG.sub("", text).strip()) for kind, text in _CELL.findall(row.group())]
            if all(kind == "th" for kind, _ in cells):
                marked |= {at: text for at, (_, text) in enumerate(cells) if is_marked(text)}
            for at, (kind, text) in enumerate(cells):
                if kind == "td" and at in marked and not is_blank(text):
                    line = html.count("\n", 0, table.start() + row.start()) + 1
                    yield Piece("table", marked.pop(at), line, Role.COLUMN)


def of_xml(data: bytes, settings: ScanSettings, place: str = "") -> Iterator[Piece]:
    """Pieces of an XML document: texts and attributes by element; authors by name. Raises CannotRead."""
    for path, name, text in texts(data):
        role = Role.AUTHOR if name in _AUTHORS or path.endswith("author/name") else Role.TEXT
        where = f"{place} {path}".strip()
        if role is Role.TEXT and "<" in text:
            yield from (Piece(where, piece.text, 0, piece.role) for piece in of_html(text, settings))
        else:
            yield Piece(where, text, 0, role)


def texts(data: bytes) -> Iterator[tuple[str, str, str]]:
    """Path of the element, its name or its attribute's, and the text. Raises CannotRead."""
    for element in parsed(data):
        above, name = element.getparent(), _local(element.tag)
        path = name if above is None else f"{_local(above.tag)}/{name}"
        for attribute, value in element.attrib.items():
            if len(value) > 1:
                yield path, _local(attribute), str(value)
        if element.text and element.text.strip():
            yield path, name, element.text
        for child in element:
            if child.tail and child.tail.strip():
                yield path, "", child.tail
        del element[:]


def parsed(data: bytes, *names: str) -> Iterator[Element]:
    """Each element of these names, or each of all, once it is whole; comments in it join what they part.

    A document that declares anything of its own, or means what it does not hold, is not taken.
    """
    if b"\0" in data[:1024] or _DECLARED.search(data) or (b"<!DOCTYPE" in data and _ENTITY.search(data)):
        raise CannotRead("XML that declares entities, or is not UTF-8")
    try:
        for _, element in etree.iterparse(
            io.BytesIO(data),
            tag=[f"{{*}}{name}" for name in names] or None,
            remove_comments=True,
            remove_pis=True,
            resolve_entities=False,
            no_network=True,
            huge_tree=True,
        ):
            yield element
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise CannotRead("not well-formed XML") from error


def require_well_formed(data: bytes) -> None:
    """Raises CannotRead. Expat takes a quarter of the time that a tree takes."""
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(data, True)
    except expat.ExpatError as error:
        raise CannotRead("not well-formed XML") from error


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]
