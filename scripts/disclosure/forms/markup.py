"""A part's markup, parsed once for all files that have the same, and apart from it its texts.

Forms of one office are filled into one file: what differs from one to the next is a few texts and numbers.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import compress, count, repeat
from operator import ne
from xml.parsers.expat import ExpatError, ParserCreate

# Numbers of texts stand between these two in parsed markup; both are signs for private use.
_BEGIN, _END = "\ue000", "\ue001"
_TEXT = re.compile(b">([^<]+)<")
_BEGINS = re.compile(
    rb'(?:<\?xml(?: (?:version="1.0"|encoding="(?:UTF|utf)-8"|standalone="\w+"))+ ?\?>)?\s*<[^?]'
)
_MARK = re.compile(f"{_BEGIN}(\\d+){_END}")
_ODD = re.compile(rb"<!|strike|[\1-\x08\x0b\x0c\x0e-\x1f]|\xee\x80[\x80\x81]")
MAX_KEPT = 2**16  # bytes of a part that is worth keeping
Text = int | str  # the number of a text, or words with numbers of texts in them


class _Before:
    """What the texts of some markup were when it was met before, as they stand and as they read."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.texts: list[str] = []

    def read(self, raw: list[bytes]) -> list[str]:
        """The texts as a parser reads them; raises ValueError or ExpatError where one is none."""
        texts = [*self.texts] or [""] * len(raw)
        new = [*compress(count(), map(ne, raw, self.raw or repeat(b"")))]
        for place, text in zip(new, _read([raw[place] for place in new]), strict=True):
            texts[place] = text
        if not self.raw:
            self.raw, self.texts = raw, texts
        return texts


def cut(part: bytes) -> tuple[bytes, Sequence[str]]:
    """The markup with a NUL, which XML cannot have, for each text, and the texts.

    All of it is markup where what looks like a text may be something else, or is none that a parser takes.
    """
    begin = max(part.find(b"<", 1), 0)  # behind the declaration, and the white space after it
    pieces = _TEXT.split(part[begin:])
    markup = part[:begin] + b">\0<".join(pieces[::2])
    before = (_before if len(part) < MAX_KEPT else _before.__wrapped__)(markup)
    if b"\0" not in part and before:
        with suppress(ValueError, ExpatError):
            return markup, before.read(pieces[1::2])
    return part, ()


@lru_cache(maxsize=64)
def _before(markup: bytes) -> _Before | None:
    """None where what stands between two tags may be no text, in a comment say; no text has these signs."""
    odd = _ODD.search(markup) or markup.find(b"<?", 2) > 0 or not _BEGINS.match(markup)
    return None if odd or markup.count(b"<") != markup.count(b">") else _Before()


def _read(raw: Sequence[bytes]) -> list[str]:
    """What is written between tags, as a parser reads it; of another length where one of them has _END."""
    texts = _END.encode().join(raw)
    if b">" in texts:
        raise ValueError(texts)
    found: list[str] = []
    parser = ParserCreate()
    parser.buffer_text, parser.CharacterDataHandler = True, found.append
    parser.Parse(b"<a>%s</a>" % texts, True)
    return "".join(found).split(_END) if raw else []


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
