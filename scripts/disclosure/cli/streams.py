"""What a terminal or a pipe has no place for is spelled out: no message ends in a fault of its own.

A Chinese Windows console takes GBK, which has no 𠮷, ㎥ or emoji; the name of a file may be no text at all.
"""

import codecs
import json
import sys
from io import TextIOWrapper

_SPELLED = "disclosure-spelled"


def spell_out() -> None:
    """Have standard output and error write such signs as JSON does: \\u2103, \\ud842\\udfb7."""
    codecs.register_error(_SPELLED, _escaped)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_SPELLED)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end
