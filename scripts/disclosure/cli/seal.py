"""`disclosure seal`."""

import argparse

from disclosure.cli.report import CLEAN, package_argument

HELP = "record sizes and checksums after an edit of the package"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The package."""
    package_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Write the current rules and the seals of all files."""
    from disclosure.package.descriptor import DESCRIPTOR
    from disclosure.quality.rules import RULES_FILE, rules_bytes
    from disclosure.release.seal import sealed

    descriptor = options.package / DESCRIPTOR
    text = sealed(options.package, descriptor.read_bytes(), {RULES_FILE: rules_bytes()})
    (options.package / RULES_FILE).write_bytes(rules_bytes())
    descriptor.write_text(text, encoding="utf-8")
    return CLEAN
