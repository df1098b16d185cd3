"""`disclosure new`."""

import argparse
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from disclosure.cli.report import CLEAN, between, on_option, report, words
from disclosure.model import DisclosureError
from disclosure.package.head import YEARS


class NotEmpty(DisclosureError):
    """The folder is there and is not empty; nothing was written."""


class NoName(DisclosureError):
    """A department has a name."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and whose."""
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--department", required=True, type=words, metavar="NAME")
    parser.add_argument("--year", type=between(*YEARS), required=True, metavar="Y")
    on_option(parser)


def run(options: argparse.Namespace) -> int:
    """Write beside DIR, check by every rule, and move into place what nothing stands against."""
    from disclosure.quality.checks import check
    from disclosure.quality.report import blocking

    if not options.department.strip():
        raise NoName(repr(options.department))
    with beside(options.folder) as fresh:
        put(fresh, _around(options.department))
        put(fresh / "datapackage", blank_files(options.department, options.year, options.on))
        package, problems = check(fresh / "datapackage")
        if blocking(problems):
            shutil.rmtree(fresh)
            return report(problems, Path("datapackage"), "text", package)
    print(f"{options.folder}: {package.descriptor['title']} {options.year}")
    return CLEAN


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """A folder to write into, moved into place at the end unless it is gone by then. Raises NotEmpty."""
    target = folder.resolve()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise NotEmpty(str(folder))
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as name:
        fresh = Path(name) / "new"
        fresh.mkdir()
        yield fresh
        if fresh.exists():
            fresh.replace(target)


def put(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files by path below a folder."""
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def blank_files(department: str, year: int, on: date) -> dict[str, bytes]:
    """The files of an empty package of that day, sealed."""
    from disclosure.package.blank import blank
    from disclosure.package.descriptor import DESCRIPTOR
    from disclosure.package.load import load
    from disclosure.quality.rules import RULES_FILE, rules_bytes
    from disclosure.release.seal import sealed
    from disclosure.website.publish import package_root
    from disclosure.website.starter import terms_explained

    config = _origin()
    package, _ = load(package_root(config))
    made = blank(package, department, year, terms_explained(config), on)
    made[RULES_FILE] = rules_bytes()
    made[DESCRIPTOR] = sealed(Path(), made[DESCRIPTOR], made).encode()
    return made


def _around(department: str) -> dict[str, bytes]:
    from disclosure.website.starter import starter

    return dict(starter(_origin(), department))


def _origin() -> Any:
    """The configuration that pages and tables are taken from; read only, nothing is built from it."""
    from disclosure.website.publish import configuration
    from disclosure.website.starter import CONFIG, origin

    return configuration(origin() / CONFIG, hooks=[], watch=[])
