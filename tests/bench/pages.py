"""What pages cost: this project and its peers build the same content, page for page and word for word."""

import argparse
import csv
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from chart import chart
from facts import read, words
from peers import Peer, peers
from section import ROOT, put
from tree import Run, TookTooLong, run

SIZES = (230, 2_300, 23_000)
LIMIT = 1_200.0  # seconds of one run
HERE = Path(__file__).resolve().parent
KEPT = ROOT / "docs" / "benchmarks" / "pages.csv"
CHART = KEPT.with_suffix(".svg")
COLUMNS = ("projects", "builder", "cpu", "wall", "megabytes", "bytes", "runs", "date")
WHOLE, AGAIN, ALONE, FLOOR = "disclosure build", "the same again", "its pages alone", "floor"
Row = dict[str, str]


def commands(folder: Path) -> dict[str, tuple[Path, tuple[str, ...], Path]]:
    """By builder: where it runs, its command, and where its pages lie afterwards."""
    python, produce = sys.executable, str(HERE / "produce.py")
    package, plate = str(folder / "datapackage"), str(folder / "plate.html")
    build = ("build", "--config", str(folder / "mkdocs.yml"), "--site", str(folder / "site"))
    disclosure = (python, "-m", "disclosure.cli", *build)
    said = str(folder / "facts.jsonl")
    found = {
        WHOLE: (folder, disclosure, folder / "site"),
        AGAIN: (folder, disclosure, folder / "site"),
        ALONE: (folder, (python, produce, "ours", package, plate, str(folder / "ours")), folder / "ours"),
        FLOOR: (
            folder,
            (python, produce, "floor", package, plate, str(folder / "floor"), said),
            folder / "floor",
        ),
    }
    for peer in peers():
        if peer.version:
            found[peer.name] = (folder / peer.name, peer.command, folder / peer.name / peer.out)
    return found


def fill(peer: Peer, folder: Path) -> None:
    """Write a peer's input."""
    (folder / peer.name).mkdir()
    plate = (folder / "plate.html").read_text(encoding="utf-8")
    peer.fill(folder / peer.name, folder / "facts.jsonl", plate)


def proven(folder: Path, out: Path) -> int:
    """The bytes of the pages of the projects, once each is there and says the same words as ours."""
    total = 0
    for number, page in enumerate(read(folder / "facts.jsonl")):
        made = out / page["url"] / "index.html"
        total += made.stat().st_size
        if number % 97 == 0 and out.name != "site":
            ours = folder / "pages" / page["url"] / "index.html"
            if words(made.read_text(encoding="utf-8")) != words(ours.read_text(encoding="utf-8")):
                raise SystemExit(f"{made}: not the words of {ours}")
    return total


def measured(folder: Path, projects: int, wanted: list[str], rounds: int) -> Iterator[Row]:
    """The least of so many alternating runs of each builder; `too long` where one was ended."""
    made = commands(folder)
    runs: dict[str, list[Run]] = {name: [] for name in made if name in wanted}
    sizes: dict[str, int] = {}
    for _ in range(rounds):
        for name in list(runs):
            where, command, out = made[name]
            if name != AGAIN:
                shutil.rmtree(out, ignore_errors=True)
            try:
                runs[name].append(run(command, where, LIMIT))
            except TookTooLong:
                runs[name] = []
                yield _row(projects, name, None, 0, 1)
                del runs[name]
                continue
            sizes[name] = proven(folder, out)
            print(projects, name, runs[name][-1], file=sys.stderr)  # noqa: T201
            if name != WHOLE:
                shutil.rmtree(out)
    for name, found in runs.items():
        best = Run(
            min(item.cpu for item in found),
            min(item.wall for item in found),
            min(item.megabytes for item in found),
        )
        yield _row(projects, name, best, sizes[name], len(found))


def _row(projects: int, name: str, best: Run | None, size: int, runs: int) -> Row:
    cells = (
        [f"{best.cpu:.2f}", f"{best.wall:.2f}", f"{best.megabytes:.0f}", f"{size}"]
        if best
        else ["", "", "", ""]
    )
    values = (str(projects), name, *cells, str(runs), datetime.now(UTC).date().isoformat())
    return dict(zip(COLUMNS, values, strict=True))


def kept() -> dict[tuple[int, str], Row]:
    """What was measured so far, by projects and builder."""
    if not KEPT.exists():
        return {}
    with KEPT.open(encoding="utf-8", newline="") as file:
        return {(int(row["projects"]), row["builder"]): row for row in csv.DictReader(file)}


def keep(rows: dict[tuple[int, str], Row]) -> None:
    """Write the measurements down, in the order of the table."""
    order = [WHOLE, AGAIN, ALONE, FLOOR, *(peer.name for peer in peers())]
    KEPT.parent.mkdir(exist_ok=True)
    with KEPT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[key] for key in sorted(rows, key=lambda key: (key[0], order.index(key[1]))))


def main() -> None:
    """Measure the sizes and builders asked for, keep that, and write the section from all that is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--builders", nargs="*", default=[])
    parser.add_argument("--rounds", type=int)
    options = parser.parse_args()
    rows = kept()
    for projects in options.sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            prepare = [sys.executable, str(HERE / "prepare.py"), name, str(projects)]
            subprocess.run(prepare, check=True, stdout=subprocess.DEVNULL)
            wanted = options.builders or list(commands(folder))
            for peer in peers():
                if peer.version and peer.name in wanted:
                    fill(peer, folder)
            rounds = options.rounds or (3 if projects < 1_000 else 2 if projects < 10_000 else 1)
            for row in measured(folder, projects, wanted, rounds):
                rows[projects, row["builder"]] = row
                keep(rows)
    from report import text  # noqa: PLC0415

    put(text(rows, machine()))
    ours = (WHOLE, ALONE, FLOOR)
    names = [name for name in dict.fromkeys(name for _, name in rows) if name in ours or name not in (AGAIN,)]
    lines = {
        name: [(n, float(row["cpu"])) for (n, of), row in rows.items() if of == name and row["cpu"]]
        for name in names
    }
    drawn = {name: sorted(points) for name, points in lines.items() if points}
    CHART.write_text(chart("CPU seconds against number of projects", drawn), encoding="utf-8")


def machine() -> str:
    """What the numbers were measured on, and with which versions."""
    versions = ", ".join(f"{peer.name} {peer.version or 'not installed'}" for peer in peers())
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; {versions}"


if __name__ == "__main__":
    main()
