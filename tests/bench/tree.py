"""What a command costs with all that it starts: CPU, time, and the most memory held at once."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

POLL = 0.05


@dataclass(frozen=True)
class Run:
    """CPU seconds (user and system) and peak memory in MB of the whole tree; seconds that passed."""

    cpu: float
    wall: float
    megabytes: float


class TookTooLong(Exception):
    """The command was ended at the limit."""


def run(command: Sequence[str], folder: Path, limit: float) -> Run:
    """Run a command in a folder; it must end well, and within so many seconds. Raises TookTooLong."""
    begun, peak, ended = time.monotonic(), [0.0], threading.Event()
    log = folder / "log.txt"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out, start_new_session=True)
    watcher = threading.Thread(target=_watch, args=(process.pid, begun + limit, peak, ended))
    watcher.start()
    try:
        _, status, usage = os.wait4(process.pid, 0)
    except BaseException:  # nothing that was started stays
        os.killpg(process.pid, signal.SIGKILL)
        raise
    wall = time.monotonic() - begun
    ended.set()
    watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if wall >= limit:
        raise TookTooLong
    if process.returncode:
        raise SystemExit(
            f"{' '.join(command)}: {process.returncode}\n{log.read_text(encoding='utf-8')[-2000:]}"
        )
    log.unlink()
    return Run(usage.ru_utime + usage.ru_stime, wall, max(peak[0], usage.ru_maxrss / 1024))


def _watch(pid: int, until: float, peak: list[float], ended: threading.Event) -> None:
    """Add up the memory of the process and all below it, again and again; end it when its time is over."""
    root = psutil.Process(pid)
    while not ended.wait(POLL):
        if time.monotonic() > until:
            os.killpg(pid, signal.SIGKILL)
        held = 0
        try:
            for process in (root, *root.children(recursive=True)):
                held += process.memory_info().rss
        except psutil.Error:  # one that has just ended
            continue
        peak[0] = max(peak[0], held / 1024 / 1024)
