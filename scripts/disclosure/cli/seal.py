"""`disclosure seal`."""

import argparse
import json
import os

from disclosure.cli.report import CLEAN, on_option, package_argument

_WORDS = {
    "zh": "已记下 {files} 个表的大小和校验值；数据包版本 {version}",
    "en": "sizes and checksums of {files} tables are recorded; version {version}",
}


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
    from disclosure.package.shipped import language
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
    told = {"files": len(value["resources"]), "version": value.get("version", "")}
    print(_WORDS[language(os.environ)].format(**told))
    return CLEAN
