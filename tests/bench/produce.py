"""Three ways to the pages of the projects, each a process of its own: ours, a floor by hand and by Jinja."""

import csv
import gc
import sys
from collections.abc import Callable
from itertools import dropwhile, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from disclosure.website.records import PressedPage


def ours(package: Path, plate: Path, out: Path) -> None:
    """Page production alone: the package in, the pages of its projects out, as the build makes them."""
    from disclosure.cli import COLLECT_AFTER  # noqa: PLC0415
    from disclosure.package.computed import computed  # noqa: PLC0415
    from disclosure.package.load import load  # noqa: PLC0415
    from disclosure.website.edition import Site, year_shown  # noqa: PLC0415
    from disclosure.website.identity import identity  # noqa: PLC0415
    from disclosure.website.press import press  # noqa: PLC0415
    from disclosure.website.records import pages  # noqa: PLC0415

    gc.set_threshold(COLLECT_AFTER)
    found, _ = load(package)
    year = year_shown(found)
    site = Site(found, year, computed(found, year), (), (), identity(None))
    of_projects = takewhile(_of_project, dropwhile(lambda page: not _of_project(page), pages(site)))
    for url, page in press(plate.read_text(encoding="utf-8"), of_projects):
        _write(out / url / "index.html", page)


def _of_project(page: "PressedPage") -> bool:
    return page.url.startswith("projects/") and page.url.count("/") == 3


def floor(package: Path, plate: Path, out: Path, said: Path) -> None:
    """The floor, put between tags by hand."""
    from layout import project  # noqa: PLC0415

    _floor(package, plate, out, said, project)


def jinja(package: Path, plate: Path, out: Path, said: Path) -> None:
    """The floor, rendered by the template that MkDocs and Material are given."""
    from jinja2 import Environment, FileSystemLoader  # noqa: PLC0415

    folder = Path(__file__).with_name("peers")
    made = Environment(loader=FileSystemLoader(folder), autoescape=True).get_template("blocks.html").module
    _floor(package, plate, out, said, made.project)  # type: ignore[attr-defined]


def _floor(package: Path, plate: Path, out: Path, said: Path, project: Callable[..., str]) -> None:
    """Every CSV read; what is to be said handed over ready; rendered; written. Nothing else."""
    from facts import read  # noqa: PLC0415

    for table in sorted((package / "data").glob("*.csv")):
        with table.open(encoding="utf-8", newline="") as file:
            list(csv.reader(file))
    head, foot = plate.read_text(encoding="utf-8").split("@@BODY@@")
    for page in read(said):
        _write(out / page["url"] / "index.html", head + project(page["blocks"]) + foot)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    made = {"ours": ours, "floor": floor, "jinja": jinja}[sys.argv[1]]
    made(*map(Path, sys.argv[2:]))  # type: ignore[operator]
