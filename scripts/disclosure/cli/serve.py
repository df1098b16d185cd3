"""`disclosure serve`."""

import argparse
from pathlib import Path

from disclosure.cli.report import CLEAN, between


def arguments(parser: argparse.ArgumentParser) -> None:
    """The port, and whose site."""
    parser.add_argument("--port", type=between(0, 65_535), default=8000, metavar="N")
    parser.add_argument("--config", type=Path, default=Path("mkdocs.yml"), metavar="FILE")


def run(options: argparse.Namespace) -> int:
    """Serve until stopped."""
    from tempfile import TemporaryDirectory
    from threading import Thread

    from disclosure.website.serving import Serving, server

    with TemporaryDirectory() as folder:
        serving = Serving(options.config, Path(folder), print)
        Thread(target=serving.watch, daemon=True).start()
        with server(serving, options.port) as served:
            print(f"http://127.0.0.1:{served.server_port}/")
            try:
                served.serve_forever()
            except KeyboardInterrupt:
                serving.ended.set()
    return CLEAN
