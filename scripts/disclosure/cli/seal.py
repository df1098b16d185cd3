"""`disclosure seal`."""

import argparse
import json
from pathlib import Path

from disclosure.cli.report import CLEAN, on_option, package_argument
from disclosure.cli.spoken import spoken


def arguments(parser: argparse.ArgumentParser) -> None:
    """The package, and the day that a new version bears."""
    package_argument(parser)
    on_option(parser)


def run(options: argparse.Namespace) -> int:
    """Write the current rules, the version that changes since a release demand, the seals of all files.

    All in one step. Raises Unsealable, NotComparable, InUse, ChangedMeanwhile, OSError.
    """
    from disclosure.package.corrected import moved, since_release
    from disclosure.package.descriptor import DESCRIPTOR
    from disclosure.package.load import load
    from disclosure.package.releases import FOLDER
    from disclosure.package.replace import beside, put, recover
    from disclosure.quality.rules import RULES_FILE, rules_bytes
    from disclosure.release.seal import sealed

    root: Path = options.package.resolve()
    recover(root)
    data, written = (options.package / DESCRIPTOR).read_bytes(), {RULES_FILE: rules_bytes()}
    before = {DESCRIPTOR: data}
    if (root / FOLDER).is_dir():  # else there is nothing to compare with, and nothing is read
        found = since_release(load(root)[0], written)
        data = data if found is None or found.is_enough else moved(data, found, options.on)
    text = sealed(root, data, written)
    with beside(root, {**written, DESCRIPTOR: text.encode("utf-8")}, before) as fresh:
        put(fresh, root)
    value = json.loads(text)
    said = spoken("sizes and checksums of {} tables are recorded; version {}")
    print(said.format(len(value["resources"]), value.get("version", "")))
    return CLEAN
