"""`disclosure withhold`."""

import argparse
from pathlib import Path

from disclosure.cli.importing import rewritten
from disclosure.cli.report import CLEAN, day, on_option, report, words
from disclosure.cli.spoken import spoken
from disclosure.model import DisclosureError


class NotYetDecided(DisclosureError):
    """A decision is recorded once it was made: it lies after the day that --on names, or after today."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which project, on which ground, and the decision behind it."""
    parser.add_argument("project_id", metavar="PROJECT_ID")
    parser.add_argument("--ground", required=True, metavar="GROUND")
    parser.add_argument("--decided-by", required=True, type=words, metavar="NAME")
    parser.add_argument("--decided-on", required=True, type=day, metavar="DATE")
    parser.add_argument("--review-on", required=True, type=day, metavar="DATE")
    on_option(parser)
    parser.add_argument("--year", type=int, metavar="Y")
    parser.add_argument("--package", type=Path, default=Path("datapackage"), metavar="DIR")


def run(options: argparse.Namespace) -> int:
    """Change the row in a copy, check the copy by every rule, and put it in place where nothing blocks."""
    from disclosure.package.corrected import told_of
    from disclosure.package.load import load
    from disclosure.package.replace import recover
    from disclosure.quality.report import blocking
    from disclosure.quality.rules import RULES_FILE, with_rules
    from disclosure.release.official import row_of
    from disclosure.release.withhold import TABLE, reasons, withheld

    root = options.package.resolve()
    recover(root)
    package, unreadable = load(root)
    if unreadable:
        return report(unreadable, root, "text", package)
    if options.decided_on > options.on:
        raise NotYetDecided(f"{options.decided_on} > {options.on}")
    row = row_of(package, options.project_id, options.year)
    decision = {
        "withhold_ground": options.ground,
        "decided_by": options.decided_by,
        "decided_on": options.decided_on.isoformat(),
        "next_review_on": options.review_on.isoformat(),
    }
    path = package.tables[TABLE].path
    files = with_rules(package, {path: withheld(package, row, decision)})
    told = told_of(package, files, reasons(package, row, decision), options.on)
    changed, problems, written = rewritten(root, package, told.files)
    about = [item for item in problems if blocking([item]) or (item.file, item.row) == (path, row.line)]
    code = report(about, root, "text", changed)
    if code == CLEAN and RULES_FILE in files:
        print(spoken("the table of rules is now that of this software"))
    if code == CLEAN:
        said = "recorded as withheld: {} {}" if written else "nothing to change: {} {} is withheld as it was"
        print(spoken(said).format(*package.tables[TABLE].key_of(row)))
    return code
