"""A version as it is published for good: the archive of the package and the manifest of its hashes."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from disclosure.model import DisclosureError, Package
from disclosure.package.descriptor import DESCRIPTOR
from disclosure.package.releases import FOLDER, entry, members
from disclosure.package.replace import beside, put
from disclosure.package.shipped import json_of
from disclosure.package.strict_json import parsed
from disclosure.release.archive import contents, zipped
from disclosure.release.downloads import FOLDER as DATA
from disclosure.release.downloads import stem


class AlreadyReleased(DisclosureError):
    """A file of that version is there with other bytes; what was published is never overwritten."""


def published(package: Package) -> dict[str, bytes]:
    """The archive and the manifest of the package's version, by path inside the package, in that order."""
    version, archive = str(package.descriptor["version"]), f"{stem(package)}.zip"
    data = zipped(contents(package), stem(package))
    files = members(data)
    manifest = {
        "version": version,
        "archive": entry(archive, data),
        "files": [entry(path, content) for path, content in sorted(files.items())],
    }
    return {f"{FOLDER}/{archive}": data, f"{FOLDER}/{version}.json": json_of(manifest)}


def addresses(package: Package) -> Iterator[tuple[str, bytes]]:
    """What every published version keeps on the site: its files unpacked, and its archive, by path."""
    current = str(package.descriptor["version"])
    for version, data in package.releases.items():
        files = members(data)
        for path, content in files.items():
            yield f"{DATA}/{version}/{path}", content
        if version != current:  # the current one's is among the downloads
            yield f"{DATA}/{parsed(files[DESCRIPTOR])['name']}-{version}.zip", data


def keep(root: Path, files: Mapping[str, bytes], read: Mapping[str, bytes]) -> None:
    """Put files into the package, as it was read, that are never overwritten: all, or none.

    Raises AlreadyReleased, InUse, ChangedMeanwhile.
    """
    fresh = {path: content for path, content in files.items() if not (root / path).exists()}
    for path in files.keys() - fresh.keys():
        if (root / path).read_bytes() != files[path]:
            raise AlreadyReleased(path)
    if fresh:
        with beside(root, fresh, read) as whole:
            put(whole, root)
