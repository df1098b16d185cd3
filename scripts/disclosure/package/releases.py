"""Versions that were published: a manifest of hashes each, and the archive it names, read against each other.

`releases/1.0.0.json` lists size and sha256 of the archive beside it and of every file in it. Nothing is
unpacked but what the manifest lists, at the size that it lists.
"""

import re
import zlib
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from disclosure.model import DisclosureError, Problem
from disclosure.package import head, version
from disclosure.package.descriptor import DESCRIPTOR, Unreadable
from disclosure.package.reader import shown
from disclosure.package.strict_json import MAX_JSON_BYTES, Refused, parsed

FOLDER = "releases"
MAX_BYTES = 256 * 1024 * 1024  # of an archive, and of all that is in it
_NAME = re.compile(r"[a-z0-9-]{1,100}-\d+\.\d+\.\d+\.zip")
_PATH = re.compile(r"(?=.{1,120}\Z)[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*(?:\.[a-z]{1,5})?")
_SUM = re.compile(r"sha256:[0-9a-f]{64}")
_BROKEN = (BadZipFile, zlib.error, RuntimeError, EOFError, ValueError)


class NotAnArchive(DisclosureError):
    """That is neither a package's folder nor the archive of one."""


class Differs(Unreadable):
    """A release is not as its manifest records it: the file, the place in it, found, expected."""

    def __init__(self, file: str, *told: str) -> None:
        where, found, expected = map(shown, told)
        super().__init__(Problem(file, 0, where, "release-as-recorded", found, expected))


def releases(root: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The archives of the published versions, oldest first, and what is wrong with any of them."""
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for manifest in sorted((root / FOLDER).glob("*.json")):
        try:
            found[manifest.stem] = _release(manifest)
        except Differs as fault:
            problems.append(fault.problem)
    return {name: found[name] for name in sorted(found, key=version.order)}, problems


def members(data: bytes) -> dict[str, bytes]:
    """The files of a trusted archive by path below its one folder."""
    with ZipFile(BytesIO(data)) as archive:
        return {path: archive.read(info) for path, info in _members(archive).items()}


def archived(file: Path) -> dict[str, bytes]:
    """The files of any archive of a package, by path, within bounds. Raises NotAnArchive."""
    try:
        with ZipFile(file) as archive:
            members = _members(archive)
            if sum(info.file_size for info in members.values()) > MAX_BYTES:
                raise NotAnArchive(f"{file.name}: > {MAX_BYTES}")
            return {path: archive.read(info) for path, info in members.items()}
    except (OSError, *_BROKEN) as error:
        raise NotAnArchive(file.name) from error


def entry(path: str, data: bytes) -> dict[str, object]:
    """What a manifest, or the descriptor, says of a file."""
    return {"path": path, "bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}"}


def _release(manifest: Path) -> bytes:
    name = f"{FOLDER}/{manifest.name}"
    listed = _manifest(manifest, name)
    data = _archive(manifest.parent, listed["archive"], name)
    _prove(data, listed, f"{FOLDER}/{listed['archive']['path']}")
    return data


def _manifest(file: Path, name: str) -> dict[str, Any]:
    if file.stat().st_size > MAX_JSON_BYTES:
        raise Differs(name, "", str(file.stat().st_size), f"<= {MAX_JSON_BYTES}")
    try:
        listed = parsed(file.read_bytes())
    except Refused as error:
        raise Differs(name, error.where, error.found, error.expected) from error
    if listed.get("version") != file.stem or version.parsed(file.stem) is None:
        raise Differs(name, "version", str(listed.get("version")), file.stem)
    if not _is_entry(listed.get("archive"), _NAME):
        raise Differs(name, "archive", str(listed.get("archive")), "path, bytes, hash")
    files = listed.get("files")
    if not isinstance(files, list) or not files or not all(_is_entry(item, _PATH) for item in files):
        raise Differs(name, "files", type(files).__name__, "path, bytes, hash")
    if sum(item["bytes"] for item in files) > MAX_BYTES:
        raise Differs(name, "files", str(sum(item["bytes"] for item in files)), f"<= {MAX_BYTES}")
    return listed


def _is_entry(item: object, path: re.Pattern[str]) -> bool:
    if not isinstance(item, Mapping) or not isinstance(item.get("bytes"), int):
        return False
    names = (str(item.get("path")), path), (str(item.get("hash")), _SUM)
    return all(pattern.fullmatch(text) for text, pattern in names) and 0 <= item["bytes"] <= MAX_BYTES


def _archive(folder: Path, listed: Mapping[str, Any], manifest: str) -> bytes:
    file = folder / listed["path"]
    if not file.is_file() or file.is_symlink():
        raise Differs(manifest, "archive", "", listed["path"])
    if file.stat().st_size != listed["bytes"]:
        raise Differs(f"{FOLDER}/{listed['path']}", "bytes", str(file.stat().st_size), str(listed["bytes"]))
    data: bytes = file.read_bytes()
    _as_listed(f"{FOLDER}/{listed['path']}", "", data, listed)
    return data


def _prove(data: bytes, listed: Mapping[str, Any], name: str) -> None:
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = _members(archive)
            files = {item["path"]: item for item in listed["files"]}
            if members.keys() != files.keys() or DESCRIPTOR not in files:
                found, expected = (
                    sorted(members.keys() - files),
                    sorted({*files, DESCRIPTOR} - members.keys()),
                )
                raise Differs(name, "files", ", ".join(found), ", ".join(expected))
            for path, item in files.items():
                with archive.open(members[path]) as stream:
                    _as_listed(name, path, content := stream.read(item["bytes"] + 1), item)
                if path == DESCRIPTOR:
                    _describes(name, content, listed["version"])
    except _BROKEN as error:
        raise Differs(name, "", type(error).__name__, "zip") from error


def _describes(name: str, data: bytes, version: str) -> None:
    """The descriptor in an archive is that version's, with all that a page of it has to say."""
    try:
        told = parsed(data)
    except Refused as error:
        raise Differs(name, error.where, error.found, error.expected) from error
    for where, found, expected in (*head.faults(told), ("version", str(told.get("version")), version)):
        if found != expected:
            raise Differs(name, where, found, expected)


def _members(archive: ZipFile) -> dict[str, ZipInfo]:
    """What an archive holds, by path below its one folder."""
    return {info.filename.partition("/")[2]: info for info in archive.infolist()}


def _as_listed(file: str, where: str, data: bytes, listed: Mapping[str, Any]) -> None:
    found = f"sha256:{sha256(data).hexdigest()}"
    if found != listed["hash"]:
        raise Differs(file, where, found, listed["hash"])
