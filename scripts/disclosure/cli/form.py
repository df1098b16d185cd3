"""`disclosure form`."""

import argparse
from pathlib import Path

from disclosure.cli.report import CLEAN, report
from disclosure.cli.spoken import spoken


def arguments(parser: argparse.ArgumentParser) -> None:
    """The project, which form of it, and the file to write."""
    parser.add_argument("project", metavar="PROJECT_ID")
    parser.add_argument("--kind", choices=("target", "evaluation"))
    parser.add_argument("--year", type=int, metavar="Y")
    parser.add_argument("--package", type=Path, default=Path("datapackage"), metavar="DIR")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.xlsx")


def run(options: argparse.Namespace) -> int:
    """Write the form; without --kind, the one that says all that is stated. Raises UnknownProject."""
    from disclosure.package.load import load
    from disclosure.release.form import form
    from disclosure.release.official import official, row_of

    package, problems = load(options.package)
    if problems:
        return report(problems, options.package, "text", package)
    row = row_of(package, options.project, options.year)
    options.output.write_bytes(form(official(package, row, options.kind or "")))
    print(spoken("written: {}").format(options.output))
    return CLEAN
