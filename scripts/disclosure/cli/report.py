"""What verbs share: exit codes, how problems are printed, progress on a terminal."""

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from disclosure.model import DisclosureError, Package, Problem

CLEAN, PROBLEMS, COULD_NOT_RUN = 0, 1, 2
FORMATS = ("text", "json", "github", "html")
Step = TypeVar("Step")


def package_argument(parser: argparse.ArgumentParser) -> None:
    """The package a verb works on."""
    parser.add_argument("package", nargs="?", type=Path, default=Path("datapackage"))


def format_option(parser: argparse.ArgumentParser) -> None:
    """How problems are told."""
    parser.add_argument("--format", choices=FORMATS, default="text")


def on_option(parser: argparse.ArgumentParser) -> None:
    """The day that corrections of published cells, a new package and a new version bear."""
    parser.add_argument("--on", type=date.fromisoformat, default=date.today(), metavar="DATE", help="today")


def report(problems: Sequence[Problem], root: Path, form: str, package: Package) -> int:
    """Print what was found, in one of FORMATS; whether something of it blocks is the exit code."""
    from disclosure.quality import formats, messages
    from disclosure.quality.report import blocking

    spoken = messages.language(os.environ)
    if form == "json":
        print(formats.as_json(problems))
    elif form == "github":
        print(formats.as_annotations(problems, root, spoken))
    elif form == "html":
        from disclosure.website.findings import page

        print(page(problems, package))
    else:
        print(messages.text(problems, spoken, package))
    return PROBLEMS if blocking(problems) else CLEAN


def told(error: Exception) -> str:
    """Why a command could not run, in one line."""
    return f"{type(error).__doc__} ({error})" if isinstance(error, DisclosureError) else str(error)


def progress(steps: Sequence[Step]) -> Iterable[Step]:
    """The steps, with a bar on a terminal's standard error; nothing is shown elsewhere."""
    if not sys.stderr.isatty():
        return steps
    from rich.console import Console
    from rich.progress import track

    return track(steps, description="", console=Console(stderr=True), transient=True)
