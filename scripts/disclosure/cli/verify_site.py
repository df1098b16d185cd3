"""`disclosure verify-site`."""

import argparse
from pathlib import Path

from disclosure.cli.report import format_option, report


def arguments(parser: argparse.ArgumentParser) -> None:
    """The copy, and how to tell what is found."""
    parser.add_argument("site", type=Path, metavar="DIR")
    format_option(parser)


def run(options: argparse.Namespace) -> int:
    """Every file that is missing, changed or besides."""
    from disclosure.model import Package
    from disclosure.release.mirror import compare

    return report(compare(options.site), options.site, options.format, Package({}, {}, {}))
