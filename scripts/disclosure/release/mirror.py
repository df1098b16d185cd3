"""A copy of the site, proven with nothing but its list of checksums: what is missing, changed, or besides."""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from disclosure.model import DisclosureError, Problem

SUMS = "SHA256SUMS"
MAX_SUMS_BYTES = 256 * 1024 * 1024  # some two million files
_LINE = re.compile(r"([0-9a-f]{64})  ([^\\\x00-\x1f\x7f]+)")
_RULE = "mirror-as-published"
_NO_FILE = "not a file of its own"


class NoSums(DisclosureError):
    """The folder has no list of checksums that can be trusted to name its own files only."""


def compare(site: Path) -> list[Problem]:
    """A problem for every file that is not as SHA256SUMS lists it, sorted by path. Raises NoSums."""
    listed, there, more = _both(site)
    problems = [Problem(path, 0, "", _RULE, "", listed[path]) for path in listed.keys() - there]
    problems += [Problem(path, 0, "", _RULE, _sum(site / path), "") for path in more]
    for path in listed.keys() & there:
        found = _sum(site / path)
        if found != listed[path]:
            problems.append(Problem(path, 0, "", _RULE, found, listed[path]))
    return sorted(problems)


def besides(site: Path) -> list[str]:
    """The paths of files that SHA256SUMS does not list, sorted: somebody else's. Raises NoSums."""
    return sorted(_both(site)[2])


def _both(site: Path) -> tuple[dict[str, str], set[str], set[str]]:
    """What is listed, what is there, and what is there and not listed."""
    listed, there = _listed(site), set(_files(site)) - {SUMS}
    return listed, there, there - listed.keys()


def _listed(site: Path) -> dict[str, str]:
    file = site / SUMS
    if not file.is_file() or file.is_symlink() or file.stat().st_size > MAX_SUMS_BYTES:
        raise NoSums(SUMS)
    found: dict[str, str] = {}
    for number, line in enumerate(file.read_bytes().decode("utf-8", "replace").split("\n"), start=1):
        if not line:
            continue
        parts = _LINE.fullmatch(line)
        if parts is None or not _is_inside(parts[2]) or parts[2] in found:
            raise NoSums(f"{SUMS}:{number}")
        found[parts[2]] = parts[1]
    if not found:
        raise NoSums(SUMS)
    return found


def _is_inside(path: str) -> bool:
    return (
        path != SUMS
        and not set(path.split("/")) & {"", ".", ".."}
        and ":" not in path.split("/", maxsplit=1)[0]
    )


def _files(folder: Path, below: str = "") -> Iterator[str]:
    """Paths of all that is no folder; a link counts as what it is, never as what it leads to."""
    for item in os.scandir(folder):
        if item.is_dir(follow_symlinks=False):
            yield from _files(Path(item.path), f"{below}{item.name}/")
        else:
            yield f"{below}{item.name}"


def _sum(file: Path) -> str:
    if file.is_symlink() or not file.is_file():
        return _NO_FILE
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
