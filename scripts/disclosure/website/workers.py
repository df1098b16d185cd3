"""Work in parts on the machine's cores: processes forked from the build, which hand over results alone."""

import gc
import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any, TypeVar

from disclosure.model import DisclosureError

PAGES_A_WORKER = 500  # fewer are done before a second process has paid for itself; see docs/benchmarks.md
Result = TypeVar("Result")


class WorkerLost(DisclosureError):
    """A worker of the build ended before its work did; nothing was published."""


def workers(wanted: int, pages: int) -> int:
    """How many processes: as many as wanted, or as the cores and so many pages are worth."""
    return wanted if wanted > 0 else max(1, min(os.cpu_count() or 1, pages // PAGES_A_WORKER))


def in_parts(work: Callable[[int, int], Result], parts: int) -> list[Result]:
    """The results of `work(part, parts)` for each part, in order; one part is worked on here.

    A worker ends with the build, even one that is killed, and holds its lock until then: the next one waits.
    Raises WorkerLost, and what the work raises.
    """
    if parts == 1:
        return [work(0, 1)]
    forked = multiprocessing.get_context("fork")
    started = []
    gc.freeze()  # no process goes through what all of them share, and so makes it its own
    for part in range(parts):
        receiver, sender = forked.Pipe(duplex=False)
        process = forked.Process(target=_answer, args=(sender, work, part, parts), daemon=True)
        process.start()
        sender.close()
        started.append((process, receiver))
    try:
        return [_result(receiver) for _, receiver in started]
    finally:
        for process, _ in started:
            process.terminate()
            process.join()
        gc.unfreeze()


def _answer(sender: Connection, work: Callable[[int, int], Result], part: int, parts: int) -> None:
    Thread(target=_end_with_the_build, daemon=True).start()
    try:
        sender.send((work(part, parts), None))
    except Exception as error:  # raised again where the work was asked for
        sender.send((None, error))


def _result(receiver: Connection) -> Any:
    try:
        made, error = receiver.recv()
    except EOFError as lost:
        raise WorkerLost from lost
    if error:
        raise error
    return made


def _end_with_the_build() -> None:
    if build := multiprocessing.parent_process():
        build.join()
        os._exit(1)
