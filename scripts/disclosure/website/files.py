"""The page of downloads: of each table what a row is, its columns, first rows, files, and code to read it."""

from collections.abc import Mapping
from dataclasses import dataclass

from disclosure.model import Field, Missing, Row, Table
from disclosure.package.figures import Figure, cell_figure
from disclosure.website.desk import Desk
from disclosure.website.render import environment

FOLDER = "data"
SUMS = "SHA256SUMS"
PREVIEW = 3
SAMPLES = (
    ("pandas", "pandas.py", "python"),
    ("frictionless", "frictionless.py", "python"),
    ("R", "r.R", "r"),
)


@dataclass(frozen=True, slots=True)
class File:
    """A file to download."""

    path: str
    name: str
    title: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Sample:
    """Code that reads a table."""

    title: str
    language: str
    code: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table as the page explains it."""

    name: str
    title: str
    type: str
    unit: str
    required: bool
    description: str
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Resource:
    """A table as the page of downloads shows it."""

    name: str
    title: str
    title_en: str
    description: str
    row_count: int
    columns: tuple[Column, ...]
    preview: tuple[tuple[str | Figure, ...], ...]
    files: tuple[File, ...]
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """The package as a whole: workbook, zip, descriptor, checksums."""

    title: str
    version: str
    licence: str
    files: tuple[File, ...]
    sums: str


def whole_package(desk: Desk) -> Whole:
    """The package as one file, and the checksums of all downloads."""
    descriptor = desk.package.descriptor
    ends = (".xlsx", ".zip", ".sqlite", "-dictionary.csv", "/CITATION.cff", "/datapackage.json")
    found = tuple(file for end in ends for file in _files(desk) if file.path.endswith(end))
    title, version = (str(descriptor.get(name, "")) for name in ("title", "version"))
    return Whole(title, version, licence(desk), found, SUMS)


def licence(desk: Desk) -> str:
    """The licence's short name."""
    licences = desk.package.descriptor.get("licenses")
    first = licences[0] if isinstance(licences, list) and licences else {}
    return str(first.get("name", "")).replace("CC-BY-", "CC BY ")


def resources(desk: Desk) -> tuple[Resource, ...]:
    """Each table: what a row is, its columns, first rows and files, code for pandas, frictionless and R."""
    files = {file.path: file for file in _files(desk)}
    return tuple(_resource(desk, table, files) for table in desk.package.tables.values())


def _resource(desk: Desk, table: Table, files: Mapping[str, File]) -> Resource:
    made = (
        item.path for item in desk.site.downloads if item.table == table.name and item.format != "package"
    )
    paths = (*made, f"{FOLDER}/{_schema(desk, table)}")
    return Resource(
        name=table.name,
        title=table.title,
        title_en=table.title_en,
        description=table.description,
        row_count=len(table.rows),
        columns=tuple(_column(field) for field in table.fields),
        preview=tuple(_preview(desk, table, row) for row in table.rows[:PREVIEW]),
        files=tuple(files[path] for path in paths if path in files),
        samples=tuple(Sample(title, language, sample(name, table)) for title, name, language in SAMPLES),
    )


def sample(name: str, table: Table) -> str:
    """Code that reads a table; `BASE` at its top is the unpacked package or its address on the web."""
    found = environment().get_template(f"samples/{name}.jinja")
    return found.render(name=table.name, path=table.path).strip()


def _schema(desk: Desk, table: Table) -> str:
    listed = desk.package.descriptor.get("resources")
    for resource in listed if isinstance(listed, list) else ():
        if resource.get("name") == table.name and isinstance(resource.get("schema"), str):
            return str(resource["schema"])
    return ""


def _column(field: Field) -> Column:
    return Column(
        field.name, field.title, field.type, field.unit, field.required, field.description, field.labels
    )


def _preview(desk: Desk, table: Table, row: Row) -> tuple[str | Figure, ...]:
    return tuple(_first(desk, table, row, field) for field in table.fields)


def _first(desk: Desk, table: Table, row: Row, field: Field) -> str | Figure:
    value = row[field.name]
    if isinstance(value, Missing):
        return value.value
    return cell_figure(desk.package, table, row, field) if field.is_figure else str(value)


def _files(desk: Desk) -> tuple[File, ...]:
    return tuple(
        File(file.path, file.path.rsplit("/", 1)[-1], file.title, len(file.content), file.sha256)
        for file in desk.site.downloads
    )
