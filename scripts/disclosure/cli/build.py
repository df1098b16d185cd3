"""`disclosure build`."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from disclosure.cli.report import CLEAN, between, progress, report
from disclosure.cli.verify import document
from disclosure.model import Package, Problem

if TYPE_CHECKING:
    from disclosure.website.edition import Site


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where the site goes, whose it is, and the source document where it is at hand."""
    parser.add_argument("--site", type=Path, default=Path("site"), metavar="DIR")
    parser.add_argument("--config", type=Path, default=Path("mkdocs.yml"), metavar="FILE")
    parser.add_argument("--source", type=Path, metavar="FILE")
    parser.add_argument("--force", action="store_true")
    parser.add_argument("--jobs", type=between(0, 1_000), default=0, metavar="N")


def run(options: argparse.Namespace) -> int:
    """Build, and say what was published, or what stands against it."""
    from disclosure.package.shipped import language
    from disclosure.quality.messages import of_site, published
    from disclosure.website.made_from import is_current

    if not options.force and is_current(options.site, (options.config, options.source)):
        print(of_site("unchanged", options.site, language(os.environ)))
        return CLEAN
    package, problems, site = built(options.config, options.site, options.source, progress, options.jobs)
    if site is None:
        return report(problems, options.config.parent, "text", package)
    print(published(problems, len(site.downloads), options.site, language(os.environ)))
    return CLEAN


def built(
    config_file: Path,
    target: Path,
    source: Path | None = None,
    watch: Callable[..., Any] = iter,
    jobs: int = 1,
) -> "tuple[Package, list[Problem], Site | None]":
    """Check, scan, verify; publish where nothing blocks: package, problems, and the site unless one does."""
    from disclosure.quality.checks import check, source_of, verify
    from disclosure.quality.report import blocking, results
    from disclosure.quality.scan.scan import scan
    from disclosure.quality.scan.settings import settings_of
    from disclosure.website.made_from import made_from, remember
    from disclosure.website.publish import configuration, package_root, publish, read_by

    config = configuration(config_file)
    config.extra["jobs"] = jobs
    made = made_from((config_file, source), (*read_by(config), *((source,) if source else ())))
    package, problems = check(package_root(config), watch)
    if not blocking(problems):  # what its cells hold; the finished folder is scanned as a whole
        problems += scan(package.files.items(), settings_of(package.descriptor))
    if source and not blocking(problems):
        text = document(source)
        problems += verify(package, source_of(package, text), text)
    if blocking(problems):
        return package, problems, None
    site = publish(config, package, results(package, problems, bool(source)), target)
    remember(made, target)
    return package, problems, site
