"""How long `disclosure serve` takes to show an edit: of a cell of the package, and of a page."""

import os
import platform
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from disclosure.cli import main
from prepare import configured
from section import put

PROJECTS, ROUNDS, PATIENCE = 230, 3, 300
TEXT = """## An edit

What passes between an edit and the moment when `disclosure serve` shows it, with {projects} projects: the
median of {rounds} edits of a cell (its package sealed again, which counts), and of a page ({machine}).

| edit | seconds |
|---|---:|
| a cell of `citations.csv` | {cell:.2f} |
| a line of a page | {page:.2f} |

Goal: 1 second.
"""


def shown(address: str, words: str) -> float:
    """Ask for a page until it holds the words; how long that took."""
    begun = time.monotonic()
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < begun + PATIENCE:
        try:
            with opener.open(address, timeout=PATIENCE) as answer:
                if words in answer.read().decode("utf-8"):
                    return time.monotonic() - begun
        except OSError:
            pass
        time.sleep(0.02)
    raise SystemExit(f"{address}: nothing of {words}")


def cell(folder: Path, words: str) -> None:
    """The note of a citation of the first project, which its page shows."""
    file = folder / "datapackage" / "data" / "citations.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(place for place, line in enumerate(lines) if line.startswith("p1,"))
    lines[place] = f"{lines[place].rpartition(',')[0]},{words}\n"
    file.write_text("".join(lines), encoding="utf-8")
    main(["seal", str(folder / "datapackage")])


def page(folder: Path, words: str) -> None:
    """A line at the end of a page."""
    with (folder / "docs" / "about.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{words}\n")


def measured(folder: Path) -> tuple[float, float]:
    """The medians of an edit of a cell and of a page."""
    main(["sample", str(folder / "datapackage"), "--projects", str(PROJECTS), "--full"])
    configured(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "disclosure.cli", "serve", "--port", str(port)]
    command += ["--config", str(folder / "mkdocs.yml")]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True)
    site, found = f"http://127.0.0.1:{port}/", {cell: [0.0], page: [0.0]}
    try:
        shown(f"{site}projects/2024/p1/", "</html>")
        for number in range(ROUNDS):
            for edit, url in ((cell, "projects/2024/p1/"), (page, "about/")):
                begun = time.monotonic()
                edit(folder, f"第{number}次改动")
                shown(site + url, f"第{number}次改动")
                found[edit].append(time.monotonic() - begun)
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
    return sorted(found[cell])[ROUNDS // 2 + 1], sorted(found[page])[ROUNDS // 2 + 1]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        of_cell, of_page = measured(Path(name))
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    said = {"projects": PROJECTS, "rounds": ROUNDS, "machine": machine, "cell": of_cell, "page": of_page}
    put(TEXT.format_map(said))
