"""`disclosure withhold`."""

import argparse
import shutil
import tempfile
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
    from disclosure.quality.checks import check
    from disclosure.quality.report import blocking
    from disclosure.release.seal import sealed
    from disclosure.release.withhold import TABLE, Decision, row_of, withheld
    from disclosure.website.exchange import exchange

    package, unreadable = load(options.package)
    if unreadable:
        return report(unreadable, options.package, "text", package)
    row = row_of(package, options.project_id, options.year)
    decision = Decision(options.ground, options.decided_by, options.decided_on, options.review_on)
    content = withheld(package, row, decision)
    path, root = package.tables[TABLE].path, options.package.resolve()
    with tempfile.TemporaryDirectory(prefix=f".{root.name}-", dir=root.parent) as name:
        fresh = Path(name) / "package"
        shutil.copytree(root, fresh, symlinks=True)
        (fresh / path).write_bytes(content)
        text = sealed(fresh, (fresh / DESCRIPTOR).read_bytes(), {})
        (fresh / DESCRIPTOR).write_text(text, encoding="utf-8")
        changed, problems = check(fresh)
        about = [problem for problem in problems if (problem.file, problem.row) == (path, row.line)]
        if blocking(problems):
            return report(problems, options.package, "text", changed)
        if content != package.files[path]:
            exchange(root, fresh)
    report(about, options.package, "text", changed)
    return CLEAN
