"""Everything people download, as paths below the site's root and bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from disclosure.model import Package
from disclosure.release.archive import zipped
from disclosure.release.workbook import workbook

FOLDER = "data"
SUMS = "SHA256SUMS"


@dataclass(frozen=True)
class Download:
    """A file that people download: its path below the site's root, what it is, and its bytes."""

    path: str
    title: str
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """Hexadecimal sha256 of the content."""
        return sha256(self.content).hexdigest()


def downloads(package: Package) -> tuple[Download, ...]:
    """The package unpacked, as a workbook and as one zip, in that order."""
    return tuple(_downloads(package))


def _downloads(package: Package) -> Iterator[Download]:
    titles = {table.path: table.title for table in package.tables.values()}
    for path, content in package.files.items():
        yield Download(f"{FOLDER}/{path}", titles.get(path, path), content)
    name = f"{package.descriptor['name']}-{package.descriptor['version']}"
    yield Download(f"{FOLDER}/{name}.xlsx", "工作簿（Excel）", workbook(package))
    yield Download(f"{FOLDER}/{name}.zip", "完整数据包", zipped(package.files, name))
