"""`disclosure batch`."""

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent
from threading import Lock

from disclosure.cli.build import built
from disclosure.cli.report import CLEAN, COULD_NOT_RUN, PROBLEMS, between, told
from disclosure.model import DisclosureError, Problem

CONFIG = "mkdocs.yml"
_ALONE = Lock()  # MkDocs counts the warnings of a whole process: one build in it at a time


class SameFolder(DisclosureError):
    """Every site needs a folder of its own: packages of one name, or whose name begins with a dot."""


@dataclass(frozen=True, slots=True)
class Job:
    """A folder with a package or a site, and where its site goes; None where it is only checked."""

    folder: Path
    site: Path | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: its exit code, its problems, and why it could not run."""

    code: int
    problems: tuple[Problem, ...] = ()
    why: str = ""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which packages, on which machines."""
    parser.add_argument("verb", choices=("check", "build"))
    parser.add_argument("packages", nargs="+", type=Path, metavar="PACKAGE")
    parser.add_argument("--site", type=Path, metavar="DIR")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--scheduler", metavar="ADDRESS")
    where.add_argument("--workers", type=between(1, 1_000), metavar="N")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> int:
    """Every package, however the others end; one report, in the order given."""
    from disclosure.cli.cluster import spread
    from disclosure.package.reader import visible

    jobs = jobs_of(options.packages, options.site, options.verb == "build")
    outcomes = spread(one, jobs, options.scheduler, options.workers)
    names = [visible(str(path)) for path in options.packages]
    print((_json if options.format == "json" else _text)(names, outcomes))
    return max(outcome.code for outcome in outcomes)


def jobs_of(packages: Sequence[Path], site: Path | None, build: bool) -> list[Job]:
    """A job a package, by paths that mean the same to every worker. Raises SameFolder."""
    from disclosure.package.reader import visible

    folders = [path.resolve() for path in packages]
    if not build:
        return [Job(folder, None) for folder in folders]
    targets = [site.resolve() / folder.name if site else folder / "site" for folder in folders]
    wrong = [
        str(path)
        for path, folder, target in zip(packages, folders, targets, strict=True)
        if targets.count(target) > 1 or folder.name[:1] in ("", ".")
    ]
    if wrong:
        raise SameFolder(", ".join(map(visible, wrong)))
    return [Job(folder, target) for folder, target in zip(folders, targets, strict=True)]


def one(job: Job) -> Outcome:
    """Do a job where a worker is; whatever is wrong with the package is in the outcome."""
    from disclosure.quality.report import blocking

    try:
        with _ALONE:
            problems = built(job.folder / CONFIG, job.site)[1] if job.site else _checked(job.folder)
    except (DisclosureError, OSError, UnicodeDecodeError) as error:
        return Outcome(COULD_NOT_RUN, why=told(error))
    return Outcome(PROBLEMS if blocking(problems) else CLEAN, tuple(problems))


def _checked(folder: Path) -> list[Problem]:
    from disclosure.quality.checks import check

    if (folder / CONFIG).is_file():
        from disclosure.website.publish import configuration, package_root

        folder = package_root(configuration(folder / CONFIG, hooks=[], watch=[]))
    return check(folder)[1]


def _text(names: Sequence[str], outcomes: Sequence[Outcome]) -> str:
    from disclosure.package.shipped import language
    from disclosure.quality import messages

    tongue = language(os.environ)
    lines = []
    for name, outcome in zip(names, outcomes, strict=True):
        said = _shown(outcome.why) or messages.text(outcome.problems, tongue)
        lines.append(f"{name}\n{indent(said, '  ')}")
    return "\n".join([*lines, messages.counted([outcome.code for outcome in outcomes], tongue)])


def _json(names: Sequence[str], outcomes: Sequence[Outcome]) -> str:
    from disclosure.quality.formats import as_object

    found = [
        {"package": name, "code": outcome.code, "why": _shown(outcome.why), **as_object(outcome.problems)}
        for name, outcome in zip(names, outcomes, strict=True)
    ]
    return json.dumps({"packages": found}, ensure_ascii=False, indent=2)


def _shown(why: str) -> str:
    """Words that may hold any path, harmless on a terminal; their lines stay lines."""
    from disclosure.package.reader import visible

    return "\n".join(map(visible, why.split("\n")))
