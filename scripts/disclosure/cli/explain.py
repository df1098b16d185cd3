"""`disclosure explain`."""

import argparse
import os

from disclosure.cli.report import CLEAN

HELP = "explain a rule, with an example of right and wrong; or list all"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The rule, if one is meant."""
    parser.add_argument("rule", nargs="?", metavar="RULE")


def run(options: argparse.Namespace) -> int:
    """One rule, or the list of all."""
    from disclosure.quality.explain import explained, listed
    from disclosure.quality.messages import language

    print(explained(options.rule, language(os.environ)) if options.rule else listed(language(os.environ)))
    return CLEAN
