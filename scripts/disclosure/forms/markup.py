"""A part's markup, parsed once for all files that have the same, and apart from it its texts.

Forms of one office are filled into one file: what differs from one to the next is a few texts and numbers.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache

from disclosure.forms.grid import Refused
from disclosure.forms.guard import parsed

# Numbers of texts stand between these two in parsed markup; both are signs for private use.
_BEGIN, _END = "\ue000", "\ue001"
_TEXT = re.compile(b">([^<]+)<")
_NO_TEXT = re.compile(rb"[>\0-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")  # signs that no text has
_BEGINS = re.compile(
    rb'(?:<\?xml(?: (?:version="1.0"|encoding="(?:UTF|utf)-8"|standalone="\w+"))+ ?\?>)?\s*<[^?]'
)
_HAN = re.compile("&#([1-4]\\d{4}|6528\\d);")  # signs of Chinese writing
_MARK = re.compile(f"{_BEGIN}(\\d+){_END}")
_ODD = re.compile(rb"<!|strike|[\1-\x08\x0b\x0c\x0e-\x1f]|\xee\x80[\x80\x81]")
MAX_KEPT = 2**16  # bytes of markup that is worth keeping
Text = int | str  # the number of a text, or words with numbers of texts in them


def cut(part: bytes) -> tuple[bytes, Sequence[str]]:
    """The markup with a NUL, which XML cannot have, for each text, and the texts.

    All of it is markup where what looks like a text may be something else, or is none that a parser takes.
    """
    begin = max(part.find(b"<", 1), 0)  # behind the declaration, and the white space after it
    pieces = _TEXT.split(part[begin:])
    markup = part[:begin] + b">\0<".join(pieces[::2])
    small = len(part) < MAX_KEPT
    if b"\0" not in part and not (_is_odd if small else _is_odd.__wrapped__)(markup):
        with suppress(ValueError, Refused):
            return markup, [*map(_meant if small else _meant.__wrapped__, pieces[1::2])]
    return part, ()


@lru_cache(maxsize=64)
def _is_odd(markup: bytes) -> bool:
    """Whether what stands between two tags may be no text, in a comment say; no text has these signs."""
    odd = _ODD.search(markup) or markup.find(b"<?", 2) > 0 or not _BEGINS.match(markup)
    return bool(odd) or markup.count(b"<") != markup.count(b">")


@lru_cache(maxsize=8_192)
def _meant(raw: bytes) -> str:
    """A text without references, as a parser reads it; raises ValueError or Refused where it is none."""
    if _NO_TEXT.search(raw):
        raise ValueError(raw)
    text = raw.decode("utf-8")
    if "&" in text:
        text = _HAN.sub(lambda match: chr(int(match.group(1))), text)
    return parsed("&", b"<a>%s</a>" % raw).text or "" if "&" in text else text


def numbered(markup: bytes) -> bytes:
    """The markup with the number of each text in its place."""
    first, *rest = markup.split(b"\0")
    return first + b"".join(f"{_BEGIN}{place}{_END}".encode() + piece for place, piece in enumerate(rest))


def text_in(words: str) -> Text:
    """What stands in parsed markup, as the number of its text if it is that alone."""
    match = _MARK.fullmatch(words)
    return int(match.group(1)) if match else words


def filled(text: Text, texts: Sequence[str]) -> str:
    """The text that it is in one file."""
    return texts[text] if isinstance(text, int) else _MARK.sub(lambda mark: texts[int(mark.group(1))], text)
