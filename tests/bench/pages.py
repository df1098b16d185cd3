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
from peers import peers
from report import AGAIN, ALONE, FLOOR, JINJA, WHOLE, text
from section import ROOT, put
from tree import NotFinished, Run, run

SIZES = (230, 2_300, 23_000)
SECONDS, MEGABYTES = 1_200.0, 12_000.0  # of one run
HERE = Path(__file__).resolve().parent
KEPT = ROOT / "docs" / "benchmarks" / "pages.csv"
CHART = KEPT.with_suffix(".svg")
COLUMNS = ("projects", "builder", "cpu", "wall", "megabytes", "bytes", "runs", "why", "date")
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
    by_jinja = (python, produce, "jinja", package, plate, str(folder / "jinja"), said)
    found[JINJA] = (folder, by_jinja, folder / "jinja")
    for peer in peers():
        if peer.version:
            found[peer.name] = (folder / peer.name, peer.command, folder / peer.name / peer.out)
    return found


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
    """After each run of each builder, in alternation: the least so far, or why it did not finish."""
    made = {name: found for name, found in commands(folder).items() if name in wanted}
    runs: dict[str, list[Run]] = {name: [] for name in made}
    for _ in range(rounds):
        for name, (where, command, out) in list(made.items()):
            if name != AGAIN:
                shutil.rmtree(out, ignore_errors=True)
            try:
                runs[name].append(run(command, where, SECONDS, MEGABYTES))
            except NotFinished as error:
                del made[name]
                yield _row(projects, name, [], 0, str(error))
                continue
            print(projects, name, runs[name][-1], file=sys.stderr)  # noqa: T201
            yield _row(projects, name, runs[name], proven(folder, out))
            if name != WHOLE:
                shutil.rmtree(out)


def _row(projects: int, name: str, runs: list[Run], size: int, why: str = "") -> Row:
    least = [f"{min(getattr(item, column) for item in runs):.2f}" if runs else "" for column in COLUMNS[2:5]]
    day = datetime.now(UTC).date().isoformat()
    return dict(zip(COLUMNS, (str(projects), name, *least, str(size), str(len(runs)), why, day), strict=True))


def kept() -> dict[tuple[int, str], Row]:
    """What was measured so far, by projects and builder."""
    if not KEPT.exists():
        return {}
    with KEPT.open(encoding="utf-8", newline="") as file:
        return {(int(row["projects"]), row["builder"]): row for row in csv.DictReader(file)}


def keep(rows: dict[tuple[int, str], Row]) -> None:
    """Write the measurements down, in the order of the table."""
    order = [WHOLE, AGAIN, ALONE, FLOOR, JINJA, *(peer.name for peer in peers())]
    KEPT.parent.mkdir(exist_ok=True)
    with KEPT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[key] for key in sorted(rows, key=lambda key: (key[0], order.index(key[1]))))


def main() -> None:
    """Measure the sizes and builders asked for; keep and tell each measurement at once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--builders", nargs="*", default=[])
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--folder", type=Path, help="where the content is kept, to be measured again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        for projects in options.sizes:
            folder = (options.folder or Path(name)) / str(projects)
            prepared(folder, projects)
            wanted = options.builders or list(commands(folder))
            rounds = options.rounds or (3 if projects < 1_000 else 2 if projects < 10_000 else 1)
            for row in measured(folder, projects, wanted, rounds):
                told(kept() | {(projects, row["builder"]): row})


def prepared(folder: Path, projects: int) -> None:
    """The content, and each installed peer's form of it, unless they are there."""
    if not (folder / "facts.jsonl").exists():
        folder.mkdir(parents=True)
        prepare = [sys.executable, str(HERE / "prepare.py"), str(folder), str(projects)]
        subprocess.run(prepare, check=True, stdout=subprocess.DEVNULL)
    plate = (folder / "plate.html").read_text(encoding="utf-8")
    for peer in peers():
        if peer.version and not (folder / peer.name).exists():
            (folder / peer.name).mkdir()
            peer.fill(folder / peer.name, folder / "facts.jsonl", plate)


def told(rows: dict[tuple[int, str], Row]) -> None:
    """Everything measured as a table of data, as a section of the page, and as a chart."""
    keep(rows)
    put(text(kept(), machine()))
    lines: dict[str, list[tuple[float, float]]] = {}
    for (projects, name), row in kept().items():
        if row["cpu"] and name != AGAIN:
            lines.setdefault(name, []).append((projects, float(row["cpu"])))
    if lines:
        CHART.write_text(chart("CPU seconds against number of projects", lines), encoding="utf-8")


def machine() -> str:
    """What the numbers were measured on, and with which versions."""
    versions = ", ".join(f"{peer.name} {peer.version or 'not installed'}" for peer in peers())
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; {versions}"


if __name__ == "__main__":
    main()
