"""Which reader takes a file: its first bytes decide, then its suffix; what no reader takes is said."""

import json
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from pathlib import PurePosixPath

from disclosure.quality.scan.containers import Part, of_gzip, of_zip, seen_book
from disclosure.quality.scan.jsonfile import as_meant, of_json
from disclosure.quality.scan.markup import of_html, of_xml
from disclosure.quality.scan.pieces import MAX_BYTES, CannotRead, Piece
from disclosure.quality.scan.screen import screen
from disclosure.quality.scan.settings import ScanSettings
from disclosure.quality.scan.tabular import of_csv

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_FONTS = (b"wOFF", b"wOF2", b"OTTO", b"\0\1\0\0\0", b"true")
_OLE = b"\xd0\xcf\x11\xe0"
_NO_TEXT = (*_PICTURES, *_FONTS, _OLE, b"PK", b"PAR1", b"RIFF", b"SQLite", b"\x1f\x8b")
# A file that bears one of these names and is of another kind is not what it says it is.
_PACKED = frozenset({"xlsx", "xlsm", "docx", "pptx", "ods", "odt", "zip", "gz"})
_BINARY = _PACKED | {"pdf", "sqlite", "sqlite3", "db", "parquet", "png", "jpg", "jpeg", "gif", "webp"}
_MARKUP = frozenset({"html", "htm", "xhtml"})
_XML = frozenset({"xml", "svg", "rss", "atom", "opml"})
_TABLES = {"csv": ",", "tsv": "\t"}
_OTHERWISE = _BINARY | _XML | {*_TABLES, "ico"}  # read in a way of their own, whatever they hold
_JSON = frozenset({"json", "geojson", "webmanifest", "map"})


def extract(name: str, data: bytes, settings: ScanSettings, depth: int) -> Iterator[Piece | Part]:
    """Pieces of a file, and the files inside it as names and bytes. Raises CannotRead."""
    suffix = PurePosixPath(name).suffix.lower().lstrip(".")
    if data.startswith(b"PK\3\4") or data.startswith(b"PK\5\6"):
        yield from of_zip(data, settings, depth)
    elif data.startswith(b"%PDF") or b"%PDF-" in data[:1024]:
        from disclosure.quality.scan.pdf import of_pdf  # noqa: PLC0415  a site without one pays for none

        yield from of_pdf(data)
    elif data.startswith(b"SQLite format 3\0"):
        from disclosure.quality.scan.database import of_database  # noqa: PLC0415

        yield from of_database(data, settings)
    elif data.startswith(b"PAR1") and data.endswith(b"PAR1"):
        from disclosure.quality.scan.parquet import of_parquet  # noqa: PLC0415

        yield from of_parquet(data, settings)
    elif data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or suffix == "ico":
        from disclosure.quality.scan.picture import of_picture  # noqa: PLC0415

        yield from of_picture(data)
    elif data.startswith(b"\x1f\x8b"):
        if depth:
            raise CannotRead("an archive inside an archive")
        yield of_gzip(name, data)
    elif data.startswith(_OLE):
        raise CannotRead("an old or encrypted Office file: save it as .xlsx, .docx or .pdf")
    elif suffix in _BINARY and data:
        raise CannotRead(f"not a .{suffix} file")
    elif not data.startswith(_FONTS):
        yield from _text(suffix, data, settings)


def _text(suffix: str, data: bytes, settings: ScanSettings) -> Iterator[Piece]:
    if suffix in _XML:
        yield from of_xml(data, settings)
        return
    text = decoded(data)
    if suffix in _MARKUP:
        yield from of_html(text, settings)
    elif suffix in _TABLES:
        yield from of_csv(text, settings, _TABLES[suffix])
    elif suffix in _JSON:
        yield from of_json(text, settings)
    else:
        lines = text.split("\n")
        held = screen(lines, settings.sensitive_groups)
        yield from (Piece("", line, at) for at, line in enumerate(lines, start=1) if held[at - 1])


def as_seen(name: str, data: bytes, settings: ScanSettings) -> bytes | None:
    """All of a file that is nothing but text or sheets, as it can be screened; None for every other."""
    suffix = PurePosixPath(name).suffix.lower().lstrip(".")
    if is_book(name) and data.startswith(b"PK\3\4"):
        return seen_book(data, settings)
    if len(data) > MAX_BYTES or suffix in _OTHERWISE or data.startswith(_NO_TEXT) or b"%PDF-" in data[:1024]:
        return None
    try:
        text = data.decode()
        seen: str | None = text
        if suffix in _JSON:
            json.loads(text, object_pairs_hook=lambda _: None)  # whether it is JSON, and nothing kept of it
            seen = as_meant(text)
    except (ValueError, RecursionError):
        return None
    if suffix in _MARKUP and b"&" in data:
        seen = unescape(text)
    return None if seen is None or b"\0" in data else data if seen is text else seen.encode()


def identity(name: str, data: bytes) -> bytes:
    """The digest of a table that is nothing but text, of which nothing but its suffix and bytes matters."""
    suffix = PurePosixPath(name).suffix.lower()
    is_text = suffix.lstrip(".") in _TABLES and not data.startswith(_NO_TEXT) and b"%PDF-" not in data[:1024]
    return sha256(suffix.encode() + data).digest() if is_text else b""


def is_book(name: str) -> bool:
    """Whether what is seen of a file is sheets rather than text."""
    return name.endswith(".xlsx")


def decoded(data: bytes) -> str:
    """Text in any encoding that a leaked file may have. Raises CannotRead."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise CannotRead("a binary file of unknown kind")
