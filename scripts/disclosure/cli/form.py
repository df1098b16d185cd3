"""`disclosure form`."""

import argparse
from pathlib import Path

from disclosure.cli.report import CLEAN, report
from disclosure.model import DisclosureError

HELP = "write the official form of a project as a workbook"


class NoSuchProject(DisclosureError):
    """The package has no such project; with several of that id, name the year with --year."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The project, which form of it, and the file to write."""
    parser.add_argument("project", metavar="PROJECT_ID")
    parser.add_argument("--kind", choices=("target", "evaluation"))
    parser.add_argument("--year", metavar="Y")
    parser.add_argument("--package", type=Path, default=Path("datapackage"), metavar="DIR")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.xlsx")


def run(options: argparse.Namespace) -> int:
    """Write the form; without --kind, the one that says all that is stated. Raises NoSuchProject."""
    from disclosure.package.load import load
    from disclosure.release.form import form
    from disclosure.release.official import official

    package, problems = load(options.package)
    if problems:
        return report(problems, options.package, "text", package)
    found = [
        row
        for row in package.rows("projects")
        if row.text("project_id") == options.project and options.year in (None, row.text("fiscal_year"))
    ]
    if len(found) != 1:
        raise NoSuchProject(f"{options.project}: {len(found)}")
    options.output.write_bytes(form(official(package, found[0], options.kind or "")))
    return CLEAN
