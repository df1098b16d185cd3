"""Pictures by Pillow: EXIF, XMP, text chunks and comments. What a picture shows is not read."""

import io
import warnings
from collections.abc import Iterator

from PIL import ExifTags, Image

from disclosure.quality.scan.pieces import CannotRead, Piece, Role

_AUTHORS = frozenset({"Artist", "XPAuthor", "CameraOwnerName", "Author", "Creator"})
_WIDE = frozenset({"XPAuthor", "XPComment", "XPKeywords", "XPSubject", "XPTitle"})
_POSITION = frozenset({"GPSLatitude", "GPSLongitude"})


def of_picture(data: bytes) -> Iterator[Piece]:
    """Pieces of a picture's metadata. Raises CannotRead."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a large picture is not decoded, only its header is read
            image = Image.open(io.BytesIO(data))
            exif = image.getexif()
            tags = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
            found = {ExifTags.TAGS.get(tag, str(tag)): value for tag, value in tags.items()}
            place = exif.get_ifd(ExifTags.IFD.GPSInfo)
            position = {ExifTags.GPSTAGS.get(tag, "") for tag in place}
            info = dict(image.info)
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, Image.DecompressionBombError) as error:
        raise CannotRead(f"a damaged picture ({type(error).__name__})") from error
    for name, value in found.items():
        role = Role.AUTHOR if name in _AUTHORS else Role.TEXT
        yield Piece(f"EXIF {name}", _text(name, value), role=role)
    if position & _POSITION:
        yield Piece("EXIF", "GPS position", role=Role.COLUMN)
    for key, value in info.items():
        if key != "exif" and isinstance(value, str | bytes):
            role = Role.AUTHOR if key in _AUTHORS else Role.TEXT
            yield Piece(f"metadata {key}", _text(str(key), value), role=role)


def _text(name: str, value: object) -> str:
    if isinstance(value, bytes):
        if name == "UserComment":
            value = value[8:]  # the first eight bytes name its encoding
        wide = name in _WIDE or value.count(b"\0") * 3 > len(value)
        return value.decode("utf-16-le" if wide else "utf-8", "replace").strip("\0 ")
    return str(value)
