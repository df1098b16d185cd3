"""What all formats of a package cost beside DuckDB's COPY of the same tables, in processes of their own."""

import os
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from disclosure.cli import main
from section import ROOT, Cost, cost, least, put

ROUNDS = 2
SIZES = (230, 2_300, 23_000)
LOAD = """
import gc, sys
from pathlib import Path
from disclosure.cli import COLLECT_AFTER
from disclosure.package.load import load
gc.set_threshold(COLLECT_AFTER)
load(Path(sys.argv[1]))
"""
MADE = """
import gc, sys
from pathlib import Path
from tempfile import TemporaryDirectory
from disclosure.cli import COLLECT_AFTER
from disclosure.package.load import load
from disclosure.release.downloads import downloads
gc.set_threshold(COLLECT_AFTER)
with TemporaryDirectory() as folder:
    downloads(load(Path(sys.argv[1]))[0], Path(folder))
"""
COPIED = """
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
import duckdb
duckdb.execute("SET threads = 1")
with TemporaryDirectory() as folder:
    for table in sorted((Path(sys.argv[1]) / "data").glob("*.csv")):
        read = f"read_csv('{table}', nullstr = ['', 'NA'], sample_size = -1)"
        duckdb.execute(f'CREATE TABLE "{table.stem}" AS FROM {read}')
        for kind in ("csv", "json", "parquet"):
            duckdb.execute(f"COPY \\"{table.stem}\\" TO '{folder}/{table.stem}.{kind}' (FORMAT {kind})")
"""
TEXT = """## Formats

Every table as CSV for Excel, JSON Lines, JSON and Parquet, all of them as workbook, SQLite database with
full-text search, zip and dictionary; beside DuckDB {version} (one thread), which reads the same CSV files and
copies them to CSV, JSON and Parquet. CPU seconds with imports, those of loading the package apart, and peak
memory; least of {rounds} alternating runs ({machine}).

| package | indicator rows | load, s | load and all formats, s | formats, s | MB | DuckDB COPY, s | ratio |
|---|---:|---:|---:|---:|---:|---:|---:|
{lines}

Goals: the formats of the published package in less than 1.5 s, those of 23,000 projects with 207,000
indicators in less than 20 s and 600 MB. DuckDB makes three of the eight kinds of file, none with keys,
dictionary or search.
"""


def compared(package: Path) -> tuple[Cost, Cost, Cost]:
    """Loading alone, loading and all formats, and DuckDB's COPY, in alternating runs."""
    runs = [
        [cost(sys.executable, "-c", script, str(package)) for script in (LOAD, MADE, COPIED)]
        for _ in range(ROUNDS)
    ]
    load, made, copied = (least([costs[place] for costs in runs]) for place in range(3))
    return load, made, copied


def line(name: str, package: Path) -> str:
    """A row of the table."""
    load, made, copied = compared(package)
    rows = (package / "data" / "indicators.csv").read_bytes().count(b"\n") - 1
    formats = made.seconds - load.seconds
    cells = (
        name, f"{rows:,}", f"{load.seconds:.1f}", f"{made.seconds:.1f}", f"{formats:.1f}",
        f"{made.megabytes:,.0f}", f"{copied.seconds:.1f}", f"**{formats / copied.seconds:.1f}**",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def table() -> str:
    """The section of docs/benchmarks.md."""
    lines = [line("the published package", ROOT / "datapackage")]
    with tempfile.TemporaryDirectory() as folder:
        for projects in SIZES:
            package = Path(folder) / str(projects)
            main(["sample", str(package), "--projects", str(projects), "--indicators", "9", "--full"])
            lines.append(line(f"{projects:,} projects", package))
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    said = {"version": version("duckdb"), "rounds": ROUNDS, "machine": machine, "lines": "\n".join(lines)}
    return TEXT.format_map(said)


if __name__ == "__main__":
    put(table())
