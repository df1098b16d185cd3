"""A folder with a datapackage.json in; a Package out, with every problem that reading it met."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from disclosure.model import DisclosureError, Package, Problem, Table
from disclosure.package import reader
from disclosure.package.descriptor import DESCRIPTOR, NoPackage, Unreadable, read_json, tables
from disclosure.package.head import max_rows
from disclosure.package.releases import archived, releases


class NotAFile(DisclosureError):
    """That is a pipe or a device, which may never end; save what comes out of it as a file first."""


def ordinary(path: Path) -> Path:
    """The path, unless a pipe or a device is there, waited for without end. Raises NotAFile."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise NotAFile(str(path))
    return path


def load(root: Path) -> tuple[Package, list[Problem]]:
    """The package in a folder and the problems of reading it.

    A table that cannot be had is left out of the package, a cell that cannot be read is UNREADABLE, so the
    other rules still say what else is wrong; whoever publishes looks at the problems first. Raises NoPackage.
    """
    if not (root / DESCRIPTOR).is_file():
        raise NoPackage(str(root))
    files: dict[str, bytes] = {}
    try:
        descriptor = read_json(root, DESCRIPTOR, files)
    except Unreadable as error:
        return Package({}, {}, files), [error.problem]
    found: dict[str, Table] = {}
    most = max_rows(descriptor)
    problems: list[Problem] = []
    for item in tables(root, descriptor, files):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            rows, faults = reader.read(item, files[item.path], most)
            problems.extend(faults)
            broken = reader.WHOLE_FILE & {problem.rule for problem in faults}
            if not broken and len(faults) < reader.MAX_FAULTS:
                found[item.name] = replace(item, rows=rows)
    published, faults = releases(root)
    return Package(descriptor, found, files, published), problems + faults


def files_of(place: Path) -> Mapping[str, bytes]:
    """The files by path of a package in a folder or an archive. Raises NoPackage, NotAnArchive, NotAFile."""
    return load(place)[0].files if place.is_dir() else archived(ordinary(place))
