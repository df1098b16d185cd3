"""The process that a command runs in: how its streams write what they have no sign for, how it ends."""

import codecs
import json
import os
import sys
from io import TextIOWrapper
from signal import SIG_IGN, SIGINT, SIGTERM, getsignal, signal
from threading import current_thread, main_thread

_SPELLED = "disclosure-spelled"


def spell_out() -> None:
    """Have standard output and error write signs that they do not have as JSON does: \\ud83d\\ude42.

    A Chinese Windows console takes GBK, which has no emoji; the name of a file may be no text at all.
    """
    codecs.register_error(_SPELLED, _escaped)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_SPELLED)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


class Interrupted(KeyboardInterrupt):
    """The command was told to end.

    Not KeyboardInterrupt itself: where that passes through `exec` of a text, as dataclasses make theirs,
    `python -m` ends by SIGINT although it was caught, and whoever waits does not learn the exit code.
    """


def end_as_interrupted() -> None:
    """Have SIGTERM and SIGINT interrupt the command, which clears away what it has made for the moment."""
    mine = os.getpid()

    def interrupted(_number: int, _frame: object) -> None:
        if os.getpid() != mine:  # a worker that was forked has nothing to clear away
            os._exit(1)
        raise Interrupted

    if current_thread() is main_thread():  # nobody else may say what a signal does
        signal(SIGTERM, interrupted)
        if getsignal(SIGINT) != SIG_IGN:  # as a shell has it for what runs behind it
            signal(SIGINT, interrupted)
