"""What is asked of a file before a parser sees it: sizes that are true, no entities, macros or links."""

import re
import zlib
from collections.abc import Sequence
from functools import lru_cache
from io import SEEK_CUR, BytesIO
from struct import Struct, unpack_from
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from xml.etree.ElementTree import Element, ParseError, fromstring

from disclosure.forms.grid import Refused

if TYPE_CHECKING:
    from zipfile import ZipInfo

MAX_FILE = 16 * 2**20  # bytes of a workbook; real forms have some ten thousand
MAX_UNPACKED = 32 * 2**20  # bytes of all parts of one together
MAX_PARTS = 2_000
_SLACK = 1_024  # bytes by which packing may make a part longer
MAX_COLUMNS, MAX_AREA = 1_024, 1_000_000  # of a sheet: columns, and places between its first and last cell
MAX_TAGS = 1_000_000  # of one part; a tree of them takes some 150 bytes each
_SMALL = 2**16  # bytes of a part, packed and unpacked, that is kept for the next file
_STORED, _DEFLATED, _VERSION = 0, 8, 45
_ENTRY = Struct("<4s2xBxHH4xLLLHL8xL")  # of the directory of a zip
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FORBIDDEN = re.compile(
    r"^.*?(?P<macros>vbaproject|vbadata|macrosheets/|dialogsheets/|^basic/|^scripts/).*"
    r"|^.*?(?P<links>externallinks/|xl/connections\.xml|xl/querytables/).*",
    re.IGNORECASE | re.MULTILINE,
)
UNREAD = ("xl/theme/", "docProps/app", "docProps/thumbnail", "xl/media/", "xl/printerSettings/")
_OUTSIDE, _HYPERLINK = b"External", "/hyperlink"


class Part(NamedTuple):
    """What zipfile says of a part, as far as it is asked."""

    filename: str
    flag_bits: int
    compress_type: int
    CRC: int
    compress_size: int
    file_size: int
    header_offset: int


def _plain(data: bytes) -> list[Part]:
    """The directory of a zip with nothing out of the ordinary; else none, and zipfile says what there is."""
    found: list[Part] = []
    place, end = len(data), len(data) - 22
    if end > 20 and data[end - 20 : end - 16] != b"PK\6\7":
        sign, size, place, comment = unpack_from("<4s8xLLH", data, end)
        place = place if (sign, place + size, comment) == (b"PK\5\6", end, 0) else len(data)
    while place < end - 45:
        sign, version, *said, name, more, offset = _ENTRY.unpack_from(data, place)
        path = data[place + 46 : place + 46 + name]
        place += 46 + name
        if sign != b"PK\1\2" or version > _VERSION or more or not path.isascii() or b"\0" in path:
            return []
        found.append(Part._make([path.decode("ascii"), *said, offset]))
    return found if place == end else []


def listing(file: BinaryIO) -> "Sequence[ZipInfo]":
    """The directory of a zip; raises Refused where it cannot be read or holds too much."""
    from zipfile import BadZipFile, ZipFile  # noqa: PLC0415

    try:
        found = ZipFile(file).infolist()
    except (BadZipFile, ValueError, RuntimeError, OSError, UnicodeDecodeError) as error:
        raise Refused("form-readable", "", f"zip: {error}") from error
    _names(found)
    return found


def _names(found: "Sequence[Part | ZipInfo]") -> str:
    """The names of parts, a line each; raises Refused where there are too many, or two are the same."""
    names = [info.filename for info in found]
    if len(names) > MAX_PARTS:
        raise Refused("form-safe", "", f"{len(names)} parts", f"<= {MAX_PARTS}")
    if len({*names}) != len(names):
        raise Refused("form-safe", "", "two parts of one name")
    return "\n".join(names)


def unpacked(file: BinaryIO, info: "Part | ZipInfo", most: int) -> bytes:
    """One part of a zip, unpacked no further than `most` bytes; its declared size has to be the true one."""
    if info.flag_bits & 0x1:
        raise Refused("form-readable", info.filename, "encrypted")
    if info.file_size > most or info.compress_size > most + _SLACK:
        raise Refused("form-safe", info.filename, f"{info.file_size} bytes", f"<= {most}")
    file.seek(max(info.header_offset, 0))
    begin = file.read(30) if info.header_offset >= 0 else b""
    if info.compress_type not in (_STORED, _DEFLATED) or len(begin) < 30 or not begin.startswith(b"PK\3\4"):
        raise Refused("form-readable", info.filename, f"method {info.compress_type}")
    file.seek(sum(unpack_from("<HH", begin, 26)), SEEK_CUR)
    raw = file.read(info.compress_size)
    known = _whole if info.compress_size + info.file_size <= _SMALL else _whole.__wrapped__
    return known(info.filename, raw, info.compress_type, info.file_size, info.CRC)


@lru_cache(maxsize=64)
def _whole(path: str, raw: bytes, method: int, size: int, checksum: int) -> bytes:
    """A part unpacked, and looked at if it is XML. Many are the same in all forms of an office."""
    if method == _DEFLATED:
        stream = zlib.decompressobj(-15)
        try:
            raw = stream.decompress(raw, size + 1)
        except zlib.error as error:
            raise Refused("form-readable", path, str(error)) from error
        if len(raw) <= size and not stream.eof:
            raw += stream.flush(1)
    if len(raw) != size or zlib.crc32(raw) != checksum:
        raise Refused("form-safe", path, "size or checksum", f"{size} bytes")
    if path.endswith((".xml", ".rels")):
        _xml(path, raw)
    return raw


@lru_cache(maxsize=64)
def _named(names: str) -> None:
    if match := _FORBIDDEN.search(names):
        raise Refused("form-safe", match.group(), "macros" if match.group("macros") else "external links")


def parts(data: bytes, folder: str = "", unread: tuple[str, ...] = UNREAD) -> dict[str, bytes]:
    """The parts of an office file that are read, in that folder of it, each looked at; raises Refused."""
    file = BytesIO(data)
    every = _plain(data) or listing(file)
    _named(_names(every))
    found: dict[str, bytes] = {}
    left = MAX_UNPACKED
    for info in every:
        read = info.filename.startswith(folder) and not info.filename.startswith(unread)
        if read or info.flag_bits & 0x1 or info.compress_size > info.file_size + _SLACK:
            found[info.filename] = unpacked(file, info, left)
        left -= info.file_size
    return found


def _xml(path: str, part: bytes) -> None:
    if part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in part[:64]:
        raise Refused("form-safe", path, "UTF-16", "UTF-8")
    if b"!" in part and _ENTITIES.search(part):
        raise Refused("form-safe", path, "DOCTYPE")
    if len(part) > MAX_TAGS and part.count(b"<") > MAX_TAGS:
        raise Refused("form-safe", path, f"{part.count(b'<')} tags", f"<= {MAX_TAGS}")
    for item in parsed(path, part) if path.endswith(".rels") and _OUTSIDE in part else ():
        if item.get("TargetMode") == "External" and not item.get("Type", "").endswith(_HYPERLINK):
            raise Refused("form-safe", path, item.get("Target", "")[:120])


def parsed(path: str, part: bytes) -> Element:
    """The XML of a part; raises Refused where it is none."""
    try:
        return fromstring(part)
    except (ParseError, ValueError, LookupError) as error:
        raise Refused("form-readable", path, str(error)[:120]) from error


def within(rows: int, columns: int) -> None:
    """Refuse a sheet that is too wide or too large to be laid out in memory."""
    if columns > MAX_COLUMNS:
        raise Refused("form-safe", "", f"{columns} columns", f"<= {MAX_COLUMNS}")
    if rows * columns > MAX_AREA:
        raise Refused("form-safe", "", f"{rows} × {columns}", f"<= {MAX_AREA}")
