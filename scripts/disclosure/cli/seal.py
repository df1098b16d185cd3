"""`disclosure seal`."""

import argparse
import json

from disclosure.cli.report import CLEAN, on_option, package_argument
from disclosure.cli.spoken import spoken


def arguments(parser: argparse.ArgumentParser) -> None:
    """The package, and the day that a new version bears."""
    package_argument(parser)
    on_option(parser)


def run(options: argparse.Namespace) -> int:
    """Write the current rules, the version that changes since a release demand, the seals of all files."""
    from disclosure.package.corrected import moved, since_release
    from disclosure.package.descriptor import DESCRIPTOR
    from disclosure.package.load import load
    from disclosure.package.releases import FOLDER
    from disclosure.quality.rules import RULES_FILE, rules_bytes
    from disclosure.release.seal import sealed

    descriptor = options.package / DESCRIPTOR
    data, written = descriptor.read_bytes(), {RULES_FILE: rules_bytes()}
    if (options.package / FOLDER).is_dir():  # else there is nothing to compare with, and nothing is read
        found = since_release(load(options.package)[0], written)
        data = data if found is None or found.is_enough else moved(data, found, options.on)
    text = sealed(options.package, data, written)
    (options.package / RULES_FILE).write_bytes(rules_bytes())
    descriptor.write_text(text, encoding="utf-8")
    value = json.loads(text)
    said = spoken("sizes and checksums of {} tables are recorded; version {}")
    print(said.format(len(value["resources"]), value.get("version", "")))
    return CLEAN
