"""The command line: its verbs; the only place that prints, and that turns results into exit codes."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from disclosure.model import DisclosureError

CLEAN, PROBLEMS, COULD_NOT_RUN = 0, 1, 2


class UnknownSource(DisclosureError):
    """No source of the package is recorded with the sha256 of that document; name it with --as."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 clean, 1 problems, 2 could not run."""
    options = _parser().parse_args(arguments)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")  # Material's notice; mkdocs<2 is pinned
    try:
        code: int = options.run(options)
    except (DisclosureError, OSError, UnicodeDecodeError) as error:
        told = f"{type(error).__doc__} ({error})" if isinstance(error, DisclosureError) else str(error)
        print(f"disclosure: {told}", file=sys.stderr)
        return COULD_NOT_RUN
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="disclosure", description=sys.modules["disclosure"].__doc__)
    verbs = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    check = verbs.add_parser("check", help="check a package by every rule")
    check.add_argument("package", nargs="?", type=Path, default=Path("datapackage"))
    check.add_argument("--format", choices=("text", "json"), default="text")
    check.set_defaults(run=_check)

    verify = verbs.add_parser("verify", help="find every quote in the source and every number in its quote")
    verify.add_argument("package", nargs="?", type=Path, default=Path("datapackage"))
    verify.add_argument(
        "--source", type=Path, required=True, metavar="FILE", help="the document as UTF-8 text"
    )
    verify.add_argument(
        "--as", dest="source_id", metavar="SOURCE_ID", help="which source of the package it is"
    )
    verify.add_argument("--format", choices=("text", "json"), default="text")
    verify.set_defaults(run=_verify)

    build = verbs.add_parser("build", help="build the checked site and put it in place")
    build.add_argument("--site", type=Path, default=Path("site"), metavar="DIR")
    build.add_argument("--config", type=Path, default=Path("mkdocs.yml"), metavar="FILE")
    build.set_defaults(run=_build)

    serve = verbs.add_parser("serve", help="serve the site here, rebuilding it on every change")
    serve.add_argument("--port", type=int, default=8000, metavar="N")
    serve.add_argument("--config", type=Path, default=Path("mkdocs.yml"), metavar="FILE")
    serve.set_defaults(run=_serve)

    scan = verbs.add_parser("scan", help="look for personal data and secrecy marks in files")
    scan.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file, or a folder")
    scan.add_argument("--format", choices=("text", "json"), default="text")
    scan.set_defaults(run=_scan)

    seal = verbs.add_parser("seal", help="record sizes and checksums after an edit of the package")
    seal.add_argument("package", nargs="?", type=Path, default=Path("datapackage"))
    seal.set_defaults(run=_seal)
    return parser


def _check(options: argparse.Namespace) -> int:
    from disclosure.quality.checks import check  # noqa: PLC0415  `--help` pays for no library

    _, problems = check(options.package)
    return _report(problems, options.format)


def _verify(options: argparse.Namespace) -> int:
    from disclosure.package.load import load  # noqa: PLC0415
    from disclosure.package.text import fingerprint  # noqa: PLC0415
    from disclosure.quality.checks import verify  # noqa: PLC0415

    package, unreadable = load(options.package)
    if unreadable:
        return _report(unreadable, options.format)
    source = options.source.read_text(encoding="utf-8")
    print_of = fingerprint(source)
    hashed = [name for name, row in package.sources.items() if row.text("sha256")]
    matching = [name for name in hashed if package.sources[name].text("sha256") == print_of]
    # A document that was changed matches none; where only one is recorded, it is the one that was meant.
    source_id: str = options.source_id or next(iter(matching or hashed if len(hashed) == 1 else matching), "")
    if source_id not in package.sources:
        raise UnknownSource(options.source_id or options.source.name)
    code = _report(verify(package, source_id, source), options.format)
    if options.format == "text":
        quotes = sum(row.text("source_id") == source_id for row in package.rows("citations"))
        print(f"{source_id}: {quotes} quotes, sha256 {print_of}")
    return code


def _build(options: argparse.Namespace) -> int:
    from disclosure.quality.checks import check  # noqa: PLC0415
    from disclosure.quality.messages import language, published  # noqa: PLC0415
    from disclosure.quality.report import blocking  # noqa: PLC0415
    from disclosure.website.publish import configuration, package_root, publish  # noqa: PLC0415

    config = configuration(options.config)
    package, problems = check(package_root(config))
    if blocking(problems):
        return _report(problems, "text")
    site = publish(config, package, problems, options.site)
    print(published(problems, len(site.downloads), options.site, language(os.environ)))
    return CLEAN


def _serve(options: argparse.Namespace) -> int:
    from disclosure.website.publish import serve  # noqa: PLC0415

    serve(options.config, options.port)
    return CLEAN


def _scan(options: argparse.Namespace) -> int:
    from disclosure.quality.scan.scan import scan_paths  # noqa: PLC0415

    return _report(scan_paths(options.paths), options.format)


def _seal(options: argparse.Namespace) -> int:
    from disclosure.package.descriptor import DESCRIPTOR  # noqa: PLC0415
    from disclosure.quality.rules import RULES_FILE, rules_bytes  # noqa: PLC0415
    from disclosure.release.seal import sealed  # noqa: PLC0415

    descriptor = options.package / DESCRIPTOR
    text = sealed(options.package, descriptor.read_bytes(), {RULES_FILE: rules_bytes()})
    (options.package / RULES_FILE).write_bytes(rules_bytes())
    descriptor.write_text(text, encoding="utf-8")
    return CLEAN


def _report(problems: Sequence, form: str) -> int:  # type: ignore[type-arg]
    from disclosure.quality.messages import as_json, language, text  # noqa: PLC0415
    from disclosure.quality.report import blocking  # noqa: PLC0415

    print(as_json(problems) if form == "json" else text(problems, language(os.environ)))
    return PROBLEMS if blocking(problems) else CLEAN


if __name__ == "__main__":
    sys.exit(main())
