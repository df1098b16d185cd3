"""The command line: its verbs; the only place that prints, and that turns results into exit codes."""

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from disclosure.model import DisclosureError, Package, Problem
from disclosure.quality.messages import language

CLEAN, PROBLEMS, COULD_NOT_RUN = 0, 1, 2
Step = TypeVar("Step")
FORMATS = ("text", "json", "github", "html")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 clean, 1 problems, 2 could not run."""
    options = _parser().parse_args(arguments)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")  # Material's notice; mkdocs<2 is pinned
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the output has had enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT_RUN
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
    check.add_argument("--format", choices=FORMATS, default="text")
    check.set_defaults(run=_check)

    explain = verbs.add_parser(
        "explain", help="explain a rule, with an example of right and wrong; or list all"
    )
    explain.add_argument("rule", nargs="?", metavar="RULE")
    explain.set_defaults(run=_explain)

    verify = verbs.add_parser("verify", help="find every quote in the source and every number in its quote")
    verify.add_argument("package", nargs="?", type=Path, default=Path("datapackage"))
    verify.add_argument(
        "--source", type=Path, required=True, metavar="FILE", help="the document as UTF-8 text"
    )
    verify.add_argument(
        "--as", dest="source_id", metavar="SOURCE_ID", help="which source of the package it is"
    )
    verify.add_argument("--format", choices=FORMATS, default="text")
    verify.set_defaults(run=_verify)

    build = verbs.add_parser("build", help="build the checked site and put it in place")
    build.add_argument("--site", type=Path, default=Path("site"), metavar="DIR")
    build.add_argument("--config", type=Path, default=Path("mkdocs.yml"), metavar="FILE")
    build.add_argument("--source", type=Path, metavar="FILE", help="verify against the document, too")
    build.set_defaults(run=_build)

    serve = verbs.add_parser("serve", help="serve the site here, rebuilding it on every change")
    serve.add_argument("--port", type=int, default=8000, metavar="N")
    serve.add_argument("--config", type=Path, default=Path("mkdocs.yml"), metavar="FILE")
    serve.set_defaults(run=_serve)

    scan = verbs.add_parser("scan", help="look for personal data and secrecy marks in files")
    scan.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file, or a folder")
    scan.add_argument("--format", choices=FORMATS, default="text")
    scan.set_defaults(run=_scan)

    seal = verbs.add_parser("seal", help="record sizes and checksums after an edit of the package")
    seal.add_argument("package", nargs="?", type=Path, default=Path("datapackage"))
    seal.set_defaults(run=_seal)
    return parser


def _check(options: argparse.Namespace) -> int:
    from disclosure.quality.checks import check  # noqa: PLC0415  `--help` pays for no library

    package, problems = check(options.package, _progress)
    return _report(problems, options, package)


def _explain(options: argparse.Namespace) -> int:
    from disclosure.quality.explain import explained, listed  # noqa: PLC0415

    print(explained(options.rule, language(os.environ)) if options.rule else listed(language(os.environ)))
    return CLEAN


def _verify(options: argparse.Namespace) -> int:
    from disclosure.package.load import load  # noqa: PLC0415
    from disclosure.quality.checks import source_of, verify  # noqa: PLC0415

    package, unreadable = load(options.package)
    if unreadable:
        return _report(unreadable, options, package)
    text = options.source.read_text(encoding="utf-8")
    source_id = source_of(package, text, options.source_id)
    code = _report(verify(package, source_id, text), options, package)
    if options.format == "text":
        quotes = sum(row.text("source_id") == source_id for row in package.rows("citations"))
        print(f"{source_id}: {quotes} quotes, sha256 {package.sources[source_id].text('sha256')}")
    return code


def _build(options: argparse.Namespace) -> int:
    from disclosure.quality.checks import check, source_of, verify  # noqa: PLC0415
    from disclosure.quality.messages import published  # noqa: PLC0415
    from disclosure.quality.report import blocking, results  # noqa: PLC0415
    from disclosure.quality.scan.scan import scan  # noqa: PLC0415
    from disclosure.quality.scan.settings import settings_of  # noqa: PLC0415
    from disclosure.website.publish import configuration, package_root, publish  # noqa: PLC0415

    config = configuration(options.config)
    options.package, options.format = package_root(config), "text"
    package, problems = check(options.package, _progress)
    if not blocking(problems):  # what its cells hold; the finished folder is scanned as a whole
        problems += scan(package.files.items(), settings_of(package.descriptor))
    if options.source and not blocking(problems):
        text = options.source.read_text(encoding="utf-8")
        problems += verify(package, source_of(package, text), text)
    if blocking(problems):
        return _report(problems, options, package)
    site = publish(config, package, results(package, problems, bool(options.source)), options.site)
    print(published(problems, len(site.downloads), options.site, language(os.environ)))
    return CLEAN


def _serve(options: argparse.Namespace) -> int:
    from disclosure.website.publish import serve  # noqa: PLC0415

    serve(options.config, options.port)
    return CLEAN


def _scan(options: argparse.Namespace) -> int:
    from disclosure.quality.scan.scan import scan_paths  # noqa: PLC0415

    options.package = Path()
    return _report(scan_paths(options.paths), options, Package({}, {}, {}))


def _seal(options: argparse.Namespace) -> int:
    from disclosure.package.descriptor import DESCRIPTOR  # noqa: PLC0415
    from disclosure.quality.rules import RULES_FILE, rules_bytes  # noqa: PLC0415
    from disclosure.release.seal import sealed  # noqa: PLC0415

    descriptor = options.package / DESCRIPTOR
    text = sealed(options.package, descriptor.read_bytes(), {RULES_FILE: rules_bytes()})
    (options.package / RULES_FILE).write_bytes(rules_bytes())
    descriptor.write_text(text, encoding="utf-8")
    return CLEAN


def _report(problems: Sequence[Problem], options: argparse.Namespace, package: Package) -> int:
    from disclosure.quality import formats, messages  # noqa: PLC0415
    from disclosure.quality.report import blocking  # noqa: PLC0415

    if options.format == "json":
        print(formats.as_json(problems))
    elif options.format == "github":
        print(formats.as_annotations(problems, options.package, language(os.environ)))
    elif options.format == "html":
        from disclosure.website.findings import page  # noqa: PLC0415

        print(page(problems, package))
    else:
        print(messages.text(problems, language(os.environ), package))
    return PROBLEMS if blocking(problems) else CLEAN


def _progress(steps: Sequence[Step]) -> Iterable[Step]:
    """The steps, with a bar on a terminal's standard error; nothing is shown elsewhere."""
    if not sys.stderr.isatty():
        return steps
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import track  # noqa: PLC0415

    return track(steps, description="", console=Console(stderr=True), transient=True)


if __name__ == "__main__":
    sys.exit(main())
