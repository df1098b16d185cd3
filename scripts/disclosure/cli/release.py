"""`disclosure release`."""

import argparse

from disclosure.cli.report import CLEAN, package_argument, progress, report


def arguments(parser: argparse.ArgumentParser) -> None:
    """The package."""
    package_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Check; where nothing blocks, write archive and manifest, over nothing that is there."""
    from disclosure.quality.checks import check
    from disclosure.quality.report import blocking
    from disclosure.quality.scan.scan import scan
    from disclosure.quality.scan.settings import settings_of
    from disclosure.release.publication import keep, published

    package, problems = check(options.package, progress)
    if not blocking(problems):
        problems += scan(package.files.items(), settings_of(package.descriptor))
    if blocking(problems):
        return report(problems, options.package, "text", package)
    files = published(package)
    keep(options.package.resolve(), files, package.files)
    print("\n".join(str(options.package / path) for path in files))
    return CLEAN
