"""`disclosure serve`."""

import argparse
from pathlib import Path

from disclosure.cli.report import CLEAN

HELP = "serve the site here, rebuilding it on every change"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The port, and whose site."""
    parser.add_argument("--port", type=int, default=8000, metavar="N")
    parser.add_argument("--config", type=Path, default=Path("mkdocs.yml"), metavar="FILE")


def run(options: argparse.Namespace) -> int:
    """Serve until stopped."""
    from disclosure.website.publish import serve

    serve(options.config, options.port)
    return CLEAN
