"""`disclosure new`."""

import argparse
import tempfile
from pathlib import Path

from disclosure.cli.report import CLEAN, report
from disclosure.model import DisclosureError

HELP = "make an empty package, and the site around it, for a department"


class NotEmpty(DisclosureError):
    """The folder is there and is not empty; nothing was written."""


class NoName(DisclosureError):
    """A department has a name."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and whose."""
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--department", required=True, metavar="NAME", help="the department's full name")
    parser.add_argument("--year", type=int, required=True, metavar="Y", help="the fiscal year to begin with")


def run(options: argparse.Namespace) -> int:
    """Write beside DIR, check by every rule, and move into place what nothing stands against."""
    from disclosure.quality.checks import check
    from disclosure.quality.report import blocking

    if not options.department.strip():
        raise NoName(repr(options.department))
    target: Path = options.folder.resolve()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise NotEmpty(str(options.folder))
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as beside:
        fresh = Path(beside) / "new"
        for path, content in _files(options.department, options.year).items():
            file = fresh / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        package, problems = check(fresh / "datapackage")
        if blocking(problems):
            return report(problems, Path("datapackage"), "text", package)
        fresh.replace(target)
    print(f"{options.folder}: {package.descriptor['title']} {options.year}")
    return CLEAN


def _files(department: str, year: int) -> dict[str, bytes]:
    from disclosure.package.blank import blank
    from disclosure.package.descriptor import DESCRIPTOR
    from disclosure.package.load import load
    from disclosure.quality.rules import RULES_FILE, rules_bytes
    from disclosure.release.seal import sealed
    from disclosure.website.publish import configuration, package_root
    from disclosure.website.starter import CONFIG, origin, starter, terms_explained

    config = configuration(origin() / CONFIG, hooks=[], watch=[])  # read only; nothing is built from it
    package, _ = load(package_root(config))
    made = blank(package, department, year, terms_explained(config))
    made[RULES_FILE] = rules_bytes()
    made[DESCRIPTOR] = sealed(Path(), made[DESCRIPTOR], made).encode()
    return {**dict(starter(config, department)), **{f"datapackage/{path}": made[path] for path in made}}
