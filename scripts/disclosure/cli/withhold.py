"""`disclosure withhold`."""

import argparse
from datetime import date
from pathlib import Path

from disclosure.cli.report import CLEAN, report

HELP = "record a lawful exception: a target that is not disclosed, on which ground, by whose decision"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which project, on which ground, and the decision behind it."""
    parser.add_argument("project_id", metavar="PROJECT_ID")
    parser.add_argument("--ground", required=True, metavar="GROUND", help="one of the closed list of the law")
    parser.add_argument("--decided-by", required=True, metavar="NAME", help="the body that decided")
    parser.add_argument("--decided-on", required=True, type=date.fromisoformat, metavar="DATE")
    parser.add_argument("--review-on", required=True, type=date.fromisoformat, metavar="DATE")
    parser.add_argument("--year", type=int, metavar="Y", help="the latest unless given")
    parser.add_argument("--package", type=Path, default=Path("datapackage"), metavar="DIR")


def run(options: argparse.Namespace) -> int:
    """Change the row in a copy, check the copy by every rule, and put it in place where nothing blocks."""
    from disclosure.package.descriptor import DESCRIPTOR
    from disclosure.package.load import load
    from disclosure.package.replace import beside, put, recover
    from disclosure.quality.checks import check
    from disclosure.quality.report import blocking
    from disclosure.release.seal import sealed
    from disclosure.release.withhold import TABLE, Decision, row_of, withheld

    recover(options.package.resolve())
    package, unreadable = load(options.package)
    if unreadable:
        return report(unreadable, options.package, "text", package)
    row = row_of(package, options.project_id, options.year)
    decision = Decision(options.ground, options.decided_by, options.decided_on, options.review_on)
    content = withheld(package, row, decision)
    path, root = package.tables[TABLE].path, options.package.resolve()
    text = sealed(root, package.files[DESCRIPTOR], {path: content})
    with beside(root, {path: content, DESCRIPTOR: text.encode("utf-8")}) as fresh:
        changed, problems = check(fresh)
        about = [problem for problem in problems if (problem.file, problem.row) == (path, row.line)]
        if blocking(problems):
            return report(problems, options.package, "text", changed)
        if content != package.files[path]:
            put(fresh, root)
    report(about, options.package, "text", changed)
    return CLEAN
