"""Everything people download, as paths below the site's root, what each is, and its bytes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from disclosure.model import Package, Table
from disclosure.package.shipped import shipped
from disclosure.release import api, database, excel_csv, rows_json, workbook
from disclosure.release.address import words
from disclosure.release.archive import contents, zipped
from disclosure.release.citing import citation
from disclosure.release.dictionary import dictionary
from disclosure.release.openapi import openapi

FOLDER = "data"


@dataclass(frozen=True, slots=True)
class Format:
    """A row of formats.csv: how its files' names end, media type, name in the European list of types, use."""

    format: str
    suffix: str
    mediatype: str
    file_type: str
    title: str
    use: str


@dataclass(frozen=True)
class Download:
    """A file that people download: its path below the site's root, what it is, its bytes or where they lie.

    `table` is the table it holds; empty where it holds the whole package or describes it.
    """

    path: str
    title: str
    source: bytes | Path
    format: str
    table: str = ""

    @property
    def kind(self) -> Format:
        """Its format as people and catalogues are told of it."""
        return formats()[self.format]

    @property
    def content(self) -> bytes:
        """The bytes."""
        return self.source if isinstance(self.source, bytes) else self.source.read_bytes()

    @cached_property
    def size(self) -> int:
        """Bytes."""
        return len(self.source) if isinstance(self.source, bytes) else self.source.stat().st_size

    @cached_property
    def sha256(self) -> str:
        """Hexadecimal sha256 of the content."""
        return sha256(self.content).hexdigest()


@cache
def formats() -> Mapping[str, Format]:
    """The formats by name, in the order in which people are shown them."""
    return {line["format"]: Format(**line) for line in shipped("release", "formats")}


def stem(package: Package) -> str:
    """What the files of the whole package are called: its name and version."""
    return f"{package.descriptor['name']}-{package.descriptor['version']}"


def named(package: Package, kind: str) -> str:
    """The name of a file of the whole package, of one format."""
    return f"{stem(package)}{formats()[kind].suffix}"


def downloads(package: Package, folder: Path | None = None) -> tuple[Download, ...]:
    """The package unpacked, each table in each format, then the whole in one file of each kind.

    What has to be made is written into the folder, an empty one, and stays there; without one it is kept in
    memory. Raises CannotHold where a format cannot hold a value exactly.
    """
    if folder is not None:
        return tuple(_downloads(package, folder))
    with TemporaryDirectory() as made:
        return tuple(replace(item, source=item.content) for item in _downloads(package, Path(made)))


def _downloads(package: Package, folder: Path) -> Iterator[Download]:
    tables = {table.path: table for table in package.tables.values()}
    for path, content in package.files.items():
        table = tables.get(path)
        if table and path == f"{table.name}.csv":
            continue  # the table's own CSV lies there
        title, name = (table.title, table.name) if table else (path, "")
        kind = "description" if path.endswith(".json") else "package"
        yield Download(f"{FOLDER}/{path}", title, content, kind, name)
    for table in package.tables.values():
        yield from _of_table(package, table, folder)
    yield from _of_package(package, folder)


def _of_table(package: Package, table: Table, folder: Path) -> Iterator[Download]:
    def made(name: str, source: bytes | Path, below: str = FOLDER) -> Download:
        kind = formats()[name]
        path = f"{below}/{table.name}{kind.suffix}"
        return Download(path, f"{table.title}（{kind.title}）", source, name, table.name)

    yield made("csv", package.files[table.path])
    yield made("excel_csv", _written(folder / f"{table.name}-excel.csv", excel_csv.pieces(table)))
    lines = folder / f"{table.name}.jsonl"
    with lines.open("w", encoding="utf-8", newline="") as target:
        whole = api.resource(package, table, _noted(rows_json.lines(table), target))
        yield made("json", _written(folder / f"{table.name}.json", whole), f"{api.FOLDER}/resources")
    yield made("jsonl", lines)
    from disclosure.release import parquet  # noqa: PLC0415  who only asks what is offered pays for no Arrow

    file = folder / f"{table.name}.parquet"
    parquet.write(package, table, file)
    yield made("parquet", file)


def _of_package(package: Package, folder: Path) -> Iterator[Download]:
    def made(name: str, source: bytes | Path, path: str = "") -> Download:
        where = path or f"{FOLDER}/{named(package, name)}"
        return Download(where, formats()[name].title, source, name)

    yield made("dictionary", dictionary(package).encode("utf-8"))
    for name, write in (("xlsx", workbook.write), ("sqlite", database.write)):
        write(package, folder / name)
        yield made(name, folder / name)
    kept = package.releases.get(words(package, "version"))  # what was released stays, to the byte
    yield made("zip", kept or zipped(contents(package), stem(package)))
    yield made("cff", citation(package).encode("utf-8"), f"{FOLDER}/CITATION.cff")
    yield made("openapi", openapi(package), f"{api.FOLDER}/openapi.json")


def _noted(lines: Iterator[str], target: TextIO) -> Iterator[str]:
    """Lines, some at a time, that are written into a file as they are taken."""
    for some in lines:
        target.write(f"{some}\n")
        yield some


def _written(file: Path, pieces: Iterator[str]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as target:
        target.writelines(pieces)
    return file
