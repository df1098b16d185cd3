"""A version as it is published for good: the archive of the package and the manifest of its hashes."""

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from disclosure.model import DisclosureError, Package
from disclosure.package.descriptor import DESCRIPTOR
from disclosure.package.releases import FOLDER, entry, members
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
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    return {f"{FOLDER}/{archive}": data, f"{FOLDER}/{version}.json": text.encode("utf-8")}


def addresses(package: Package) -> Iterator[tuple[str, bytes]]:
    """What every published version keeps on the site: its files unpacked, and its archive, by path."""
    current = str(package.descriptor["version"])
    for version, data in package.releases.items():
        files = members(data)
        for path, content in files.items():
            yield f"{DATA}/{version}/{path}", content
        if version != current:  # the current one's is among the downloads
            yield f"{DATA}/{parsed(files[DESCRIPTOR])['name']}-{version}.zip", data


def keep(root: Path, files: dict[str, bytes]) -> None:
    """Write files that are never overwritten, each whole or not at all. Raises AlreadyReleased."""
    for path, content in files.items():
        if (root / path).exists() and (root / path).read_bytes() != content:
            raise AlreadyReleased(path)
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        if not (root / path).exists():
            _write(root / path, content)


def _write(target: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".release-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)
