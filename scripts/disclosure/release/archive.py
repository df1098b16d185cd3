"""The package as one zip and the list of checksums: fixed order, fixed dates, the same bytes each time."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from disclosure.model import Package
from disclosure.release.citing import citation, readme

_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold; the package's own date is in its descriptor


def zipped(files: Mapping[str, bytes], folder: str) -> bytes:
    """The files below one folder, in order of their paths."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for path in sorted(files):
            entry = ZipInfo(f"{folder}/{path}", _DATE)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[path], compresslevel=6)
    return buffer.getvalue()


def contents(package: Package) -> dict[str, bytes]:
    """What the archive holds: the files of the package as they were read, README and citation."""
    texts = {"README.md": readme(package), "CITATION.cff": citation(package)}
    return {**package.files, **{path: text.encode("utf-8") for path, text in texts.items()}}


def checksums(files: Iterable[tuple[str, bytes]]) -> str:
    """The text of a SHA256SUMS file, as `sha256sum -c` reads it, in order of the paths."""
    lines = sorted((path, sha256(data).hexdigest()) for path, data in files)
    return "".join(f"{digest}  {path}\n" for path, digest in lines)
