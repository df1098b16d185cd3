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
_BEGINS = re.compile(
    rb'(?:<\?xml(?: (?:version="1.0"|encoding="(?:UTF|utf)-8"|standalone="\w+"))+ ?\?>)?\s*<[^?]'
)
_MARK = re.compile(f"{_BEGIN}(\\d+){_END}")
_ODD = re.compile(rb"<!|strike|[\1-\x08\x0b\x0c\x0e-\x1f]|\xee\x80[\x80\x81]")
MAX_KEPT, MAX_TEXTS = 2**16, 2**13  # bytes of markup that is worth keeping, and texts
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
            return markup, _meant(pieces[1::2], _known() if small else {})
    return part, ()


@lru_cache(maxsize=64)
def _is_odd(markup: bytes) -> bool:
    """Whether what stands between two tags may be no text, in a comment say; no text has these signs."""
    odd = _ODD.search(markup) or markup.find(b"<?", 2) > 0 or not _BEGINS.match(markup)
    return bool(odd) or markup.count(b"<") != markup.count(b">")


@lru_cache(maxsize=1)
def _known() -> dict[bytes, str]:
    """Texts of files that were read before; many are the same in all forms."""
    return {}


def _meant(raw: Sequence[bytes], known: dict[bytes, str]) -> list[str]:
    """The texts as a parser reads them; raises ValueError or Refused where one is none."""
    if new := b"<".join([text for text in raw if text not in known]):
        if b">" in new:
            raise ValueError(new)
        read = parsed("&", b"<a><b>%s</b></a>" % new.replace(b"<", b"</b><b>"))
        if len(known) > MAX_TEXTS:
            known.clear()
            return _meant(raw, known)
        known.update(zip(new.split(b"<"), [text.text or "" for text in read], strict=True))
    return [known[text] for text in raw]


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
