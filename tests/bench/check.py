"""What a check costs beside frictionless alone on the same files: CPU and peak memory, each in a process."""

import os
import platform
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from disclosure.cli import main

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "benchmarks.md"
ROUNDS = 2
SIZES = (230, 2_300, 23_000)
FRICTIONLESS = "import frictionless, sys; sys.exit(not frictionless.Package(sys.argv[1]).validate().valid)"


TEXT = """# Benchmarks

Ratios are the result; seconds depend on the machine. `make bench` measures and writes this page.

## The check

`disclosure check` with all its rules, beside frictionless {version} alone on the same files: CPU seconds with
imports and peak memory, each in a process of its own, least of {rounds} alternating runs ({machine}).

| package | indicator rows | check, s | frictionless, s | ratio | MB | frictionless, MB |
|---|---:|---:|---:|---:|---:|---:|
{lines}

Goals: at 230,000 indicator rows a ratio of 2 at most and less than 1,000 MB; for the published package less
than 1.2 s.
"""


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


def compared(package: Path) -> tuple[Cost, Cost]:
    """The whole check and frictionless alone, in alternating runs."""
    check = [sys.executable, "-m", "disclosure.cli", "check", str(package)]
    alone = [sys.executable, "-c", FRICTIONLESS, str(package / "datapackage.json")]
    runs = [(cost(*check), cost(*alone)) for _ in range(ROUNDS)]
    return least([run[0] for run in runs]), least([run[1] for run in runs])


def line(name: str, rows: int, check: Cost, alone: Cost) -> str:
    """A row of the table."""
    ratio = check.seconds / alone.seconds
    cells = (name, f"{rows:,}", f"{check.seconds:.1f}", f"{alone.seconds:.1f}", f"**{ratio:.2f}**")
    return "| " + " | ".join((*cells, f"{check.megabytes:,.0f}", f"{alone.megabytes:,.0f}")) + " |"


def table() -> str:
    """The section of docs/benchmarks.md."""
    lines = [line("the published package", 0, *compared(ROOT / "datapackage"))]
    with tempfile.TemporaryDirectory() as folder:
        for projects in SIZES:
            package = Path(folder) / str(projects)
            main(["sample", str(package), "--projects", str(projects), "--full"])
            rows = (package / "data" / "indicators.csv").read_bytes().count(b"\n") - 1
            lines.append(line(f"{projects:,} projects", rows, *compared(package)))
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    said = {
        "version": version("frictionless"),
        "rounds": ROUNDS,
        "machine": machine,
        "lines": "\n".join(lines),
    }
    return TEXT.format_map(said)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    PAGE.write_text(table(), encoding="utf-8")
