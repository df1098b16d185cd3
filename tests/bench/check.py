"""What a check costs beside frictionless alone on the same files: CPU and peak memory, each in a process."""

import os
import platform
import resource
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from disclosure.cli import main
from section import ROOT, Cost, cost, least, put

ROUNDS = 2
SIZES = (230, 2_300, 23_000)
FRICTIONLESS = "import frictionless, sys; sys.exit(not frictionless.Package(sys.argv[1]).validate().valid)"


TEXT = """## The check

`disclosure check` with all its rules, beside frictionless {version} alone on the same files: CPU seconds with
imports and peak memory, each in a process of its own, least of {rounds} alternating runs ({machine}).

| package | indicator rows | check, s | frictionless, s | ratio | MB | frictionless, MB |
|---|---:|---:|---:|---:|---:|---:|
{lines}

Goals: at 230,000 indicator rows a ratio of 2 at most and less than 1,000 MB; for the published package less
than 1.2 s.
"""


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
            main(["sample", str(package), "--projects", str(projects), "--indicators", "10", "--full"])
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
    put(table())
