"""`disclosure check`."""

import argparse

from disclosure.cli.report import format_option, package_argument, progress, report


def arguments(parser: argparse.ArgumentParser) -> None:
    """The package, and how to tell what is found."""
    package_argument(parser)
    format_option(parser)


def run(options: argparse.Namespace) -> int:
    """Every check of a package."""
    from disclosure.quality.checks import check

    package, problems = check(options.package, progress)
    return report(problems, options.package, options.format, package)
