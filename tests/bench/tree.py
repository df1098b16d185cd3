"""What a command costs with all that it starts: CPU, time, and the most memory held at once."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

POLL = 0.1


@dataclass(frozen=True)
class Run:
    """CPU seconds (user and system) and peak memory in MB of the whole tree; seconds that passed."""

    cpu: float
    wall: float
    megabytes: float


class NotFinished(Exception):
    """Why a command did not end well: too much time, too much memory, or a fault of its own."""


def run(command: Sequence[str], folder: Path, seconds: float, megabytes: float) -> Run:
    """Run a command in a folder, within so much time and memory. Raises NotFinished."""
    begun, log, watched = time.monotonic(), folder / "log.txt", _Watch(seconds, megabytes)
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out, start_new_session=True)
    thread = threading.Thread(target=watched.look, args=(process.pid,))
    thread.start()
    try:
        _, status, usage = os.wait4(process.pid, 0)
    except BaseException:  # nothing that was started stays
        os.killpg(process.pid, signal.SIGKILL)
        raise
    finally:
        watched.ended.set()
        thread.join()
    wall, process.returncode = time.monotonic() - begun, os.waitstatus_to_exitcode(status)
    if watched.why:
        raise NotFinished(watched.why)
    if process.returncode:
        print(log.read_text(encoding="utf-8")[-2000:], file=sys.stderr)  # noqa: T201
        code = process.returncode
        raise NotFinished(f"ended by {signal.Signals(-code).name}" if code < 0 else f"failed with {code}")
    log.unlink()
    return Run(usage.ru_utime + usage.ru_stime, wall, max(watched.peak, usage.ru_maxrss / 1024))


class _Watch:
    """Looks again and again at what a process and all below it hold; ends them where it is too much."""

    def __init__(self, seconds: float, megabytes: float) -> None:
        self.seconds, self.megabytes, self.peak, self.why = seconds, megabytes, 0.0, ""
        self.ended = threading.Event()

    def look(self, pid: int) -> None:
        root, until = psutil.Process(pid), time.monotonic() + self.seconds
        while not self.ended.wait(POLL):
            with suppress(psutil.Error):  # one that has just ended
                tree = (root, *root.children(recursive=True))
                # A page that processes share is divided among them: it is held once.
                self.peak = max(self.peak, sum(item.memory_full_info().pss for item in tree) / 1024 / 1024)
            if time.monotonic() > until:
                self.why = f"more than {self.seconds / 60:.0f} min"
            elif self.peak > self.megabytes:
                self.why = f"more than {self.megabytes / 1000:.0f} GB"
            if self.why:
                os.killpg(pid, signal.SIGKILL)
                return
