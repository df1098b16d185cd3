"""PDF by pypdf: text of each page, comments, form fields, metadata and attachments."""

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from disclosure.quality.scan.pieces import CannotRead, Piece, Role

_BROKEN = re.compile(r"(?<=[0-9])\s*\n\s*(?=[0-9Xx])")
_MAX_PAGES = 5_000
logging.getLogger("pypdf").setLevel(logging.ERROR)


def of_pdf(data: bytes) -> Iterator[Piece | tuple[str, bytes]]:
    """Pieces of a PDF, and its attachments as names and bytes. Raises CannotRead."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise CannotRead("an encrypted PDF")
        if len(reader.pages) > _MAX_PAGES:
            raise CannotRead(f"a PDF of more than {_MAX_PAGES} pages")
        yield from _metadata(reader)
        for number, page in enumerate(reader.pages, start=1):
            yield from _page(page, f"page {number}")
        for field, value in (reader.get_fields() or {}).items():
            yield Piece(f"field {field}", f"{field}：{value.get('/V', '')}")
        for name, contents in reader.attachments.items():
            yield from ((f"attachment {name}", content) for content in contents)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise CannotRead(f"a damaged PDF ({type(error).__name__})") from error


def _metadata(reader: PdfReader) -> Iterator[Piece]:
    for name, value in (reader.metadata or {}).items():
        role = Role.AUTHOR if name == "/Author" else Role.TEXT
        yield Piece(f"metadata {str(name).lstrip('/')}", str(value), role=role)
    if reader.xmp_metadata is not None:
        for author in reader.xmp_metadata.dc_creator or ():
            yield Piece("metadata dc:creator", author, role=Role.AUTHOR)
        yield Piece("metadata XMP", reader.xmp_metadata.rdf_root.toxml())


def _page(page: Any, place: str) -> Iterator[Piece]:
    text = page.extract_text()
    if text.strip():
        yield Piece(place, text)
        if (joined := _BROKEN.sub("", text)) != text:
            yield Piece(place, joined, role=Role.WRAPPED)
    elif len(page.images):
        raise CannotRead(f"{place} is a picture without text")
    for annotation in page.get("/Annots", ()) or ():
        note = annotation.get_object()
        for key in ("/Contents", "/RC"):
            yield Piece(f"{place}, comment", str(note.get(key, "")))
        if note.get("/Subtype") != "/Link" and note.get("/T"):
            yield Piece(f"{place}, author of a comment", str(note["/T"]), role=Role.AUTHOR)
        action = note.get("/A")
        yield Piece(f"{place}, link", str(action.get_object().get("/URI", "")) if action else "")
