"""`disclosure scan`."""

import argparse
from pathlib import Path

from disclosure.cli.report import format_option, report


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to look through, and how to tell what is found."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    format_option(parser)


def run(options: argparse.Namespace) -> int:
    """Scan files and folders."""
    from disclosure.model import Package
    from disclosure.quality.scan.scan import scan_paths

    return report(scan_paths(options.paths), Path(), options.format, Package({}, {}, {}))
