"""The page of benchmarks, one section a module; and what a command costs in a process of its own."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "benchmarks.md"


@dataclass(frozen=True)
class Cost:
    """User and system CPU seconds, and peak memory in MB, of one process."""

    seconds: float
    megabytes: float


def cost(*command: str) -> Cost:
    """What a command costs; it must end well."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: {process.returncode}")
    scale = 1024 if sys.platform != "darwin" else 1024 * 1024
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / scale)


def least(costs: list[Cost]) -> Cost:
    """The least of several runs: what the machine's other work adds is not the program's."""
    return Cost(min(item.seconds for item in costs), min(item.megabytes for item in costs))


def put(text: str) -> None:
    """A section, its heading first, takes the place of the one of that heading, or goes to the end."""
    heading = text.partition("\n")[0]
    page = PAGE.read_text(encoding="utf-8")
    found = re.compile(rf"^{re.escape(heading)}\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
    section = f"{text.strip()}\n"
    if not found.search(page):
        PAGE.write_text(f"{page.rstrip()}\n\n{section}", encoding="utf-8")
        return
    PAGE.write_text(found.sub(lambda _: f"{section}\n", page).rstrip() + "\n", encoding="utf-8")
