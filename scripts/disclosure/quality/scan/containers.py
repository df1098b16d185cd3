"""Archives, documents made of parts, and gzip: bounded before anything is unpacked, opened one level deep."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from zipfile import BadZipFile, ZipFile

from disclosure.quality.scan.office import of_office, require_office, sheets_alone
from disclosure.quality.scan.pieces import MAX_BYTES, CannotRead, Piece
from disclosure.quality.scan.settings import ScanSettings

MAX_MEMBERS = 10_000
MAX_RATIO = 200  # sheets of repeated rows reach 50; bombs begin at 1,000
_HEADER = 30  # bytes before the name of a member; its length and that of more are the last four
_SHARED = 64 * 1024  # bytes; a larger member is hardly shared
_BOUNDED = 1024 * 1024  # below it, a ratio says nothing
_DAMAGED = (BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, ValueError, OSError)
Part = tuple[str, bytes]


def of_zip(data: bytes, settings: ScanSettings, depth: int) -> Iterator[Piece | Part]:
    """Pieces of a document, or the members of an archive as names and bytes. Raises CannotRead."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            names = _bound(archive, len(data))
            if archive.comment:
                yield Piece("comment of the archive", archive.comment.decode("utf-8", "replace"))
            if require_office(names):
                yield from _document(names, archive.read, settings)
            elif depth:
                raise CannotRead("an archive inside an archive")
            else:
                yield from ((name, archive.read(name)) for name in names)
    except _DAMAGED as error:
        raise CannotRead(f"a damaged archive ({type(error).__name__})") from error


def _document(
    names: list[str], read: Callable[[str], bytes], settings: ScanSettings
) -> Iterator[Piece | Part]:
    try:
        yield from of_office(names, read, settings)
    except (ValueError, IndexError) as error:
        raise CannotRead(f"a damaged document ({type(error).__name__})") from error
    parts = (".xml", ".rels", ".vml")
    yield from ((name, read(name)) for name in names if not name.endswith(parts) and name != "mimetype")


def seen_book(data: bytes, settings: ScanSettings) -> bytes | None:
    """The sheets of a workbook that holds nothing else worth a look, as they are written; else None."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            names = _bound(archive, len(data))
            read = partial(_read, archive, data)
            return None if archive.comment else sheets_alone(names, read, settings)
    except (*_DAMAGED, CannotRead):
        return None


def _read(archive: ZipFile, data: bytes, name: str) -> bytes:
    """A member. One that is written and listed byte for byte like another holds the same and is read once."""
    told = archive.getinfo(name)
    start = told.header_offset + _HEADER
    names = sum(int.from_bytes(data[at : at + 2], "little") for at in (start - 4, start - 2))
    written = data[told.header_offset : start + names + told.compress_size]
    listed = (told.orig_filename, told.flag_bits, told.compress_type, told.CRC, told.file_size)
    held = _held(written, *listed) if max(len(written), told.file_size) < _SHARED else []
    if not held:
        held.append(archive.read(told))
    return held[0]


@lru_cache(maxsize=64)
def _held(_written: bytes, *_listed: object) -> list[bytes]:
    """Room for what a member holds."""
    return []


def _bound(archive: ZipFile, packed: int) -> list[str]:
    """Names of the files in it. Raises CannotRead."""
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise CannotRead("an encrypted archive")
    if len(members) > MAX_MEMBERS:
        raise CannotRead(f"more than {MAX_MEMBERS} members")
    unzipped = sum(member.file_size for member in members)
    if unzipped > MAX_BYTES:
        raise CannotRead(f"larger than {MAX_BYTES} bytes when unpacked")
    if unzipped > max(_BOUNDED, packed * MAX_RATIO):
        raise CannotRead(f"unpacks to more than {MAX_RATIO} times its size")
    return [member.filename for member in members if not member.filename.endswith("/")]


def of_gzip(name: str, data: bytes) -> Part:
    """The one file inside. Raises CannotRead."""
    try:
        with gzip.open(io.BytesIO(data)) as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise CannotRead(f"a damaged gzip file ({type(error).__name__})") from error
    if len(content) > min(MAX_BYTES, max(_BOUNDED, len(data) * MAX_RATIO)):
        raise CannotRead("too large when unpacked")
    return name.removesuffix(".gz"), content
