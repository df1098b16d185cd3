"""SVG as PNG with one font, pinned and hashed like any library: the same bytes on every machine."""

from functools import cache

import resvg_py
from PIL import ImageFont
from pylopdf_fonts_zh_cn import sans_path

FONT = "Noto Sans SC"
ZOOM = 2  # pixels of the PNG for one of the SVG
_NOWHERE = (
    "\U0010ffff"  # no font has it: what is drawn for it is what is drawn for every sign that is not there
)


def png(svg: str) -> bytes:
    """The picture at twice its size; only the pinned font is used, whatever the machine has."""
    made = resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=ZOOM,
        skip_system_fonts=True,
        font_files=[str(sans_path())],
        font_family=FONT,
        sans_serif_family=FONT,
    )
    return bytes(made)


def drawable(text: str) -> bool:
    """Whether the font has every sign; a picture with boxes in place of words is not made."""
    return all(_is_drawn(sign) for sign in set(text) if not sign.isspace())


@cache
def _is_drawn(sign: str) -> bool:
    return _shape(sign) != _shape(_NOWHERE)


def _shape(sign: str) -> tuple[tuple[int, int], bytes]:
    mask = _font().getmask(sign)
    return mask.size, bytes(mask)


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(sans_path()), 24)
