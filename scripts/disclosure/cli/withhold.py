"""`disclosure withhold`."""

import argparse
from pathlib import Path

from disclosure.cli.importing import rewritten
from disclosure.cli.report import CLEAN, day, on_option, report, words
from disclosure.cli.spoken import spoken
from disclosure.model import DisclosureError


class NoReview(DisclosureError):
    """What is withheld is looked at again on a day (--review-on); what is lifted is not."""


class NotYetDecided(DisclosureError):
    """A decision is recorded once it was made: it lies after the day that --on names, or after today."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which project, on which ground or on none any more, and the decision behind it."""
    parser.add_argument("project_id", metavar="PROJECT_ID")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--ground", type=words, metavar="GROUND")
    what.add_argument("--lift", action="store_true")
    parser.add_argument("--decided-by", required=True, type=words, metavar="NAME")
    parser.add_argument("--decided-on", required=True, type=day, metavar="DATE")
    parser.add_argument("--review-on", type=day, metavar="DATE")
    on_option(parser)
    parser.add_argument("--year", type=int, metavar="Y")
    parser.add_argument("--package", type=Path, default=Path("datapackage"), metavar="DIR")


def run(options: argparse.Namespace) -> int:
    """Change the row in a copy, check the copy by every rule, and put it in place where nothing blocks."""
    from disclosure.package.contract import DECISION
    from disclosure.package.corrected import told_of
    from disclosure.package.load import load
    from disclosure.package.replace import recover
    from disclosure.quality.report import blocking
    from disclosure.quality.rules import RULES_FILE, with_rules
    from disclosure.release.official import row_of
    from disclosure.release.withhold import TABLE, lifted, reasons, withheld

    root = options.package.resolve()
    recover(root)
    package, unreadable = load(root)
    if unreadable:
        return report(unreadable, root, "text", package)
    if options.decided_on > options.on:
        raise NotYetDecided(f"{options.decided_on} > {options.on}")
    if options.lift == bool(options.review_on):
        raise NoReview(options.project_id)
    row = row_of(package, options.project_id, options.year)
    said = options.ground or "", options.decided_by, str(options.decided_on), str(options.review_on or "")
    decision = dict(zip(DECISION, said, strict=True))
    path = package.tables[TABLE].path
    made = lifted(package, row) if options.lift else withheld(package, row, decision)
    files = with_rules(package, {path: made})
    told = told_of(package, files, reasons(package, row, decision), options.on)
    changed, problems, written = rewritten(root, package, told.files)
    about = [item for item in problems if blocking([item]) or (item.file, item.row) == (path, row.line)]
    code = report(about, root, "text", changed)
    if code == CLEAN and RULES_FILE in files:
        print(spoken("the table of rules is now that of this software"))
    if code == CLEAN:
        done = "recorded as withheld: {} {}" if written else "nothing to change: {} {} is withheld as it was"
        done = "no longer withheld: {} {}" if options.lift else done
        print(spoken(done).format(*package.tables[TABLE].key_of(row)))
    return code
