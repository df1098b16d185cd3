"""`disclosure form`."""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from disclosure.cli.report import CLEAN, report
from disclosure.cli.spoken import spoken
from disclosure.model import DisclosureError


class NotAWorkbook(DisclosureError):
    """The form is written as a workbook: its name ends with .xlsx."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The project, which form of it, and the file to write."""
    parser.add_argument("project", metavar="PROJECT_ID")
    parser.add_argument("--kind", choices=("target", "evaluation"))
    parser.add_argument("--year", type=int, metavar="Y")
    parser.add_argument("--package", type=Path, default=Path("datapackage"), metavar="DIR")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.xlsx")


def run(options: argparse.Namespace) -> int:
    """Write the form; without --kind, the one that says all that is stated.

    Raises UnknownProject, NotAWorkbook, OSError.
    """
    from disclosure.package.load import load
    from disclosure.release.form import form
    from disclosure.release.official import official, row_of

    if options.output.suffix.lower() != ".xlsx":
        raise NotAWorkbook(str(options.output))
    package, problems = load(options.package)
    if problems:
        return report(problems, options.package, "text", package)
    row = row_of(package, options.project, options.year)
    _written(options.output, form(official(package, row, options.kind or "")))
    print(spoken("written: {}").format(options.output))
    return CLEAN


def _written(file: Path, data: bytes) -> None:
    """The whole file or, where the disk is full, the one that was there."""
    file.parent.stat()
    with TemporaryDirectory(prefix=f".{file.stem}-", dir=file.parent) as beside:
        whole = Path(beside) / "form.xlsx"
        whole.write_bytes(data)
        whole.replace(file)
