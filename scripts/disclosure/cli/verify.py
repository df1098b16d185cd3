"""`disclosure verify`."""

import argparse
from pathlib import Path

from disclosure.cli.report import format_option, package_argument, report
from disclosure.cli.spoken import spoken
from disclosure.model import DisclosureError


class NotText(DisclosureError):
    """The document is not UTF-8 text; save it as plain text in UTF-8 first."""


def document(file: Path) -> str:
    """The text of a document, without the mark that Windows begins it with.

    Raises NotText, NotAFile, OSError.
    """
    from disclosure.package.load import ordinary

    try:
        return ordinary(file).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText(str(file)) from error


def arguments(parser: argparse.ArgumentParser) -> None:
    """The package, and the document it is proved against."""
    package_argument(parser)
    parser.add_argument("--source", type=Path, required=True, metavar="FILE")
    parser.add_argument("--as", dest="source_id", metavar="SOURCE_ID")
    format_option(parser)


def run(options: argparse.Namespace) -> int:
    """The package against the document."""
    from disclosure.package.load import load
    from disclosure.package.text import fingerprint
    from disclosure.quality.checks import source_of, verify

    package, unreadable = load(options.package)
    if unreadable:
        return report(unreadable, options.package, options.format, package)
    text = document(options.source)
    source_id = source_of(package, text, options.source_id)
    code = report(verify(package, source_id, text), options.package, options.format, package)
    if options.format == "text":
        quotes = sum(row.text("source_id") == source_id for row in package.rows("citations"))
        print(spoken("{}: {} quotes, sha256 {}").format(source_id, quotes, fingerprint(text)))
        if not package.sources[source_id].text("sha256"):
            print(spoken("this sha256 is not recorded in sources.csv yet"))
    return code
