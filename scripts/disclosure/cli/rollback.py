"""`disclosure rollback`."""

import argparse
import os
from pathlib import Path

from disclosure.cli.report import CLEAN


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where the site is."""
    parser.add_argument("--site", type=Path, default=Path("site"), metavar="DIR")


def run(options: argparse.Namespace) -> int:
    """Change the live site and the one before it; told in one line."""
    from disclosure.package.shipped import language
    from disclosure.quality.messages import of_site
    from disclosure.website.live import rollback

    said = "rolled_back" if rollback(options.site) else "brought_back"
    print(of_site(said, options.site, language(os.environ)))
    return CLEAN
