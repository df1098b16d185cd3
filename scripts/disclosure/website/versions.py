"""Published versions: a list, a page for each with what it changed, and the page of any difference."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from disclosure.model import Package
from disclosure.package.alteration import Change
from disclosure.package.descriptor import DESCRIPTOR
from disclosure.package.difference import Difference, difference
from disclosure.package.releases import members
from disclosure.package.strict_json import parsed
from disclosure.release import changes
from disclosure.release.dataset import dataset
from disclosure.release.downloads import FOLDER, Download, formats
from disclosure.website.desk import Desk
from disclosure.website.render import render


@dataclass(frozen=True, slots=True)
class Changes:
    """What a version changed of the one before it: by title, with the number of those not written out."""

    old: str
    new: str
    verdict: str
    groups: tuple[tuple[str, tuple[Change, ...], int], ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A published version: where it lies, what it changed, what took its place (nothing did: empty).

    `successor` is the address of the version that took its place; empty while that is not published.
    """

    version: str
    date: str
    url: str
    archive: str
    size: int
    superseded_by: str
    successor: str
    files: tuple[str, ...]
    changes: Changes | None
    dataset: Mapping[str, Any]


def versions(desk: Desk) -> tuple[Version, ...]:
    """Every published version, newest first."""
    return tuple(reversed(tuple(_versions(desk))))


def _versions(desk: Desk) -> Iterator[Version]:
    releases, current = desk.package.releases, str(desk.package.descriptor["version"])
    contents = [members(data) for data in releases.values()]
    steps = [None, *(shown(difference(old, new)) for old, new in pairwise(contents))]
    following = [*list(releases)[1:], "" if current in releases else current]
    for version, files, step, successor in zip(releases, contents, steps, following, strict=False):
        descriptor = parsed(files[DESCRIPTOR])
        url, archive = f"{FOLDER}/{version}/", f"{FOLDER}/{descriptor['name']}-{version}.zip"
        whole = Download(archive, formats()["zip"].title, releases[version], "zip")
        released = Package(descriptor, {}, {}, {version: releases[version]})
        yield Version(
            version=version,
            date=str(descriptor["created"]).partition("T")[0],
            url=url,
            archive=archive,
            size=len(releases[version]),
            superseded_by=successor,
            successor=f"{FOLDER}/{successor}/" if successor in releases else "",
            files=tuple(sorted(files)),
            changes=step,
            dataset=dataset(released, (whole,), desk.site.address, url),
        )


def shown(found: Difference) -> Changes:
    """A difference as pages show it."""
    called = changes.words_in("zh")
    groups = ((called[kind], some, others) for kind, some, others in changes.grouped(found))
    return Changes(found.old, found.new, changes.verdict(found, "zh"), tuple(groups))


def difference_page(found: Difference) -> str:
    """A whole page that needs no other file."""
    return "<!doctype html>\n" + render("difference", shown(found), "", {})
