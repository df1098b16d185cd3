"""`disclosure explain`."""

import argparse
import os

from disclosure.cli.report import CLEAN


def arguments(parser: argparse.ArgumentParser) -> None:
    """The rule, if one is meant."""
    parser.add_argument("rule", nargs="?", metavar="RULE")


def run(options: argparse.Namespace) -> int:
    """One rule, or the list of all."""
    from disclosure.package.shipped import language
    from disclosure.quality.explain import explained, listed

    print(explained(options.rule, language(os.environ)) if options.rule else listed(language(os.environ)))
    return CLEAN
