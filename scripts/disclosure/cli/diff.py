"""`disclosure diff`."""

import argparse
import os
from pathlib import Path

from disclosure.cli.report import CLEAN, PROBLEMS


def arguments(parser: argparse.ArgumentParser) -> None:
    """The two packages, and how to tell the difference."""
    parser.add_argument("old", type=Path, metavar="OLD")
    parser.add_argument("new", type=Path, metavar="NEW")
    parser.add_argument("--format", choices=("text", "json", "html"), default="text")


def run(options: argparse.Namespace) -> int:
    """Every change; whether the version has moved as far as it must is the exit code."""
    from disclosure.package.difference import difference
    from disclosure.package.load import files_of
    from disclosure.package.shipped import language
    from disclosure.release.changes import as_json, as_text

    found = difference(files_of(options.old), files_of(options.new))
    if options.format == "json":
        print(as_json(found))
    elif options.format == "html":
        from disclosure.website.versions import difference_page

        print(difference_page(found))
    else:
        print(as_text(found, language(os.environ)))
    return CLEAN if found.is_enough else PROBLEMS
