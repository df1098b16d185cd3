"""What verbs share: exit codes, how problems are printed, progress on a terminal."""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from errno import errorcode
from pathlib import Path
from typing import TypeVar

from disclosure.cli.spoken import spoken
from disclosure.model import DisclosureError, Package, Problem
from disclosure.package.shipped import language, shipped

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
    parser.add_argument("--on", type=day, default=date.today(), metavar="DATE")


def day(text: str) -> date:
    """A day that an option names."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            spoken("{} is no day; a day is written as 2026-12-01").format(text)
        ) from None


def words(said: str) -> str:
    """What an option says and a package is to hold: text, and not the bytes of another encoding."""
    try:
        said.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError(spoken("{} is no text in UTF-8").format(ascii(said))) from None
    return said


def between(least: int, most: int) -> Callable[[str], int]:
    """What reads a number that an option names, from the least to the most."""

    def whole(text: str) -> int:
        if not text.isascii() or not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(
                spoken("{} is no number from {} to {}").format(text, least, most)
            )
        return int(text)

    return whole


def report(problems: Sequence[Problem], root: Path, form: str, package: Package) -> int:
    """Print what was found, in one of FORMATS; whether something of it blocks is the exit code."""
    from disclosure.quality import formats, messages
    from disclosure.quality.hidden import hidden
    from disclosure.quality.report import blocking

    problems = hidden(problems, package)  # what a check found is so already; what was only read is not
    tongue = language(os.environ)
    if form == "json":
        print(formats.as_json(problems))
    elif form == "github":
        print(formats.as_annotations(problems, root, tongue))
    elif form == "html":
        from disclosure.website.findings import page

        print(page(problems, package))
    else:
        print(messages.text(problems, tongue, package))
    return PROBLEMS if blocking(problems) else CLEAN


def told(error: Exception) -> str:
    """Why a command could not run, in one line, in the language of the locale."""
    known = isinstance(error, DisclosureError)
    what = " ".join((type(error).__doc__ or "").split()) if known else getattr(error, "strerror", None)
    where = error if known else getattr(error, "filename", None)
    if language(os.environ) == "zh":
        reasons = {line["error"]: line["zh"] for line in shipped("cli", "reasons")}
        number = errorcode.get(getattr(error, "errno", None) or 0, "")
        what = reasons.get(type(error).__name__) or reasons.get(number) or what
    return (f"{what} ({where})" if where is not None else what) if what else str(error)


def progress(steps: Sequence[Step]) -> Iterable[Step]:
    """The steps, with a bar on a terminal's standard error; nothing is shown elsewhere."""
    if not sys.stderr.isatty():
        return steps
    from rich.console import Console
    from rich.progress import track

    return track(steps, description="", console=Console(stderr=True), transient=True)
