"""`disclosure import`."""

import argparse
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure.cli.report import CLEAN, PROBLEMS, on_option, progress, report
from disclosure.model import DisclosureError, Package, Problem

if TYPE_CHECKING:
    from disclosure.cli.imported import Outcome
    from disclosure.forms.intake import Intake, Wish
    from disclosure.forms.reading import Found

Part = tuple[str, str]  # file and sheet


class NoForms(DisclosureError):
    """There is no workbook or document at these paths."""


class UnknownUnit(DisclosureError):
    """There is no unit of that id in the package."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The files, whose and of which year they are, and what to do about those that are not in order."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--package", type=Path, default=Path("datapackage"), metavar="DIR")
    parser.add_argument("--year", type=int, metavar="Y")
    parser.add_argument("--unit", default="", metavar="ID")
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--keep-going", action="store_true")
    parser.add_argument("--any-department", action="store_true")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    on_option(parser)


def run(options: argparse.Namespace) -> int:
    """Read, place, check beside the package; put it in place where nothing blocks."""
    from disclosure.cli import imported
    from disclosure.forms.files import books, passed
    from disclosure.forms.intake import Wish
    from disclosure.forms.reading import read_all
    from disclosure.package.load import load
    from disclosure.package.replace import recover
    from disclosure.package.shipped import language
    from disclosure.quality.report import blocking

    root: Path = options.package.resolve()
    recover(root)
    package, broken = load(root)
    if broken:
        return report(broken, root, options.format, package)
    every = books(options.paths)
    if not every:
        raise NoForms(", ".join(map(str, options.paths)))
    wish = Wish(options.year, options.unit, options.any_department)
    if wish.unit and not any(row.text("unit_id") == wish.unit for row in package.rows("units")):
        raise UnknownUnit(wish.unit)
    found, told = read_all(package, every, progress)
    outcome = _settled(package, found, [*passed(options.paths), *told], wish, options)
    show = imported.as_json if options.format == "json" else imported.as_text
    print(show(outcome, options.dry_run, language(os.environ)))
    return PROBLEMS if blocking(outcome.problems) else CLEAN


def _settled(
    package: Package,
    found: "list[Found]",
    told: list[Problem],
    wish: "Wish",
    options: argparse.Namespace,
) -> "Outcome":
    """What came of it; with --keep-going, tried again without the forms that something stands against."""
    from disclosure.cli.imported import Outcome
    from disclosure.forms.intake import place
    from disclosure.package.corrected import Told, told_of
    from disclosure.quality.report import blocking
    from disclosure.quality.rules import with_rules

    root = options.package.resolve()
    without: frozenset[Part] = frozenset()
    kept: list[Problem] = []
    while True:
        intake = place(package, [item for item in found if item.part not in without], wish)
        mine = [*told, *kept, *intake.problems]
        if blocking(mine) and not options.keep_going:
            return Outcome(intake, sorted(set(mine)), Told(), False)
        corrected = told_of(package, with_rules(package, intake.changed), intake.why, options.on)
        _, problems, written = rewritten(root, package, corrected.files, options.dry_run)
        checked = list(_placed(intake, problems))
        wrong = {(problem.file, problem.column.partition("!")[0]) for problem in blocking(checked)}
        more = {item.part for item in found if {item.part, (item.file, "")} & wrong} - without
        if written or not (options.keep_going and more):
            return Outcome(intake, sorted({*mine, *checked}), corrected, written)
        without |= more
        kept += blocking(checked)


def rewritten(
    root: Path, package: Package, changed: Mapping[str, bytes], dry: bool = False
) -> tuple[Package, list[Problem], bool]:
    """The package with these files changed, what is wrong with it, and whether it took the other's place.

    It is checked beside it by every rule, and takes its place in one step where nothing blocks. Raises InUse,
    ChangedMeanwhile.
    """
    from disclosure.package.descriptor import DESCRIPTOR
    from disclosure.package.replace import beside, put
    from disclosure.quality.checks import check
    from disclosure.quality.report import blocking
    from disclosure.quality.scan.scan import scan
    from disclosure.quality.scan.settings import settings_of
    from disclosure.release.seal import sealed

    if all(package.files.get(path) == content for path, content in changed.items()):
        return package, [], False
    text = sealed(root, changed.get(DESCRIPTOR, package.files[DESCRIPTOR]), changed)
    with beside(root, {**changed, DESCRIPTOR: text.encode("utf-8")}, package.files) as fresh:
        fuller, problems = check(fresh, progress)
        problems = [*problems, *scan(changed.items(), settings_of(fuller.descriptor))]
        written = not dry and not blocking(problems)
        if written:
            put(fresh, root)
    return fuller, problems, written


def _placed(intake: "Intake", problems: Iterable[Problem]) -> Iterable[Problem]:
    """Problems of rows that a form brought name the file, the sheet and the cell.

    What is wrong with other rows is `disclosure check`'s to say, unless it blocks.
    """
    from disclosure.quality.report import blocking

    origins = intake.origins()
    for problem in problems:
        if cells := origins.get((problem.file, problem.row)):
            file, place = cells.get(problem.column) or [*cells.values()][-1]
            yield replace(problem, file=file, row=0, column=place)
        elif blocking([problem]):
            yield problem
