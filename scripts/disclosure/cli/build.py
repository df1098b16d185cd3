"""`disclosure build`."""

import argparse
import os
from pathlib import Path

from disclosure.cli.report import CLEAN, progress, report

HELP = "build the checked site and put it in place"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where the site goes, whose it is, and the source document where it is at hand."""
    parser.add_argument("--site", type=Path, default=Path("site"), metavar="DIR")
    parser.add_argument("--config", type=Path, default=Path("mkdocs.yml"), metavar="FILE")
    parser.add_argument("--source", type=Path, metavar="FILE", help="verify against the document, too")


def run(options: argparse.Namespace) -> int:
    """Check, scan, verify; publish where nothing blocks."""
    from disclosure.quality.checks import check, source_of, verify
    from disclosure.quality.messages import language, published
    from disclosure.quality.report import blocking, results
    from disclosure.quality.scan.scan import scan
    from disclosure.quality.scan.settings import settings_of
    from disclosure.website.publish import configuration, package_root, publish

    config = configuration(options.config)
    root = package_root(config)
    package, problems = check(root, progress)
    if not blocking(problems):  # what its cells hold; the finished folder is scanned as a whole
        problems += scan(package.files.items(), settings_of(package.descriptor))
    if options.source and not blocking(problems):
        text = options.source.read_text(encoding="utf-8")
        problems += verify(package, source_of(package, text), text)
    if blocking(problems):
        return report(problems, root, "text", package)
    site = publish(config, package, results(package, problems, bool(options.source)), options.site)
    print(published(problems, len(site.downloads), options.site, language(os.environ)))
    return CLEAN
