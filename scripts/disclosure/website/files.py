"""The page of downloads: the whole package, each table's files, code to read them; and the dictionary."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from disclosure.model import Field, Missing, Row, Table
from disclosure.package.figures import Figure, cell_figure
from disclosure.release.address import licence, words
from disclosure.release.dataset import dataset
from disclosure.release.dictionary import entries, head
from disclosure.release.downloads import FOLDER, Download, named
from disclosure.release.mirror import SUMS
from disclosure.website.desk import Desk
from disclosure.website.render import environment

DICTIONARY = f"{FOLDER}/dictionary/"
PREVIEW = 3
CHOICES = ("xlsx", "zip", "sqlite", "dictionary")
CODES = ("project_id", "project_code", "unit_id")
OTHERS = ("CITATION.cff", "datapackage.json")
SAMPLED = "projects"
# What it is called, its template, its language.
SAMPLES = (
    ("pandas", "pandas.py", "python"),
    ("DuckDB", "duckdb.py", "python"),
    ("SQLite", "sqlite.py", "python"),
    ("frictionless", "frictionless.py", "python"),
    ("R", "r.R", "r"),
    ("curl", "curl.sh", "sh"),
    ("Datasette", "datasette.sh", "sh"),
)


@dataclass(frozen=True, slots=True)
class Resource:
    """A table as the page of downloads shows it, with its first rows."""

    table: Table
    preview: tuple[tuple[str | Figure, ...], ...]
    files: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """The package as a whole: what most people want, what describes it, the checksums.

    `is_kept`: the version was released; until then files of its number may change.
    """

    title: str
    title_en: str
    version: str
    is_kept: bool
    licence: str
    choices: tuple[Download, ...]
    others: tuple[Download, ...]
    sums: str


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Every column of every table, the file that says the same, and the record for search engines."""

    tables: tuple[tuple[Table, tuple[Mapping[str, str], ...]], ...]
    file: str
    dataset: Mapping[str, Any]


def whole_package(desk: Desk) -> Whole:
    """The package as one file, and the checksums of all downloads."""
    title, english, version = (words(desk.package, name) for name in ("title", "title_en", "version"))
    short = str(licence(desk.package).get("name", "")).replace("CC-BY-", "CC BY ")
    choices = tuple(file for kind in CHOICES for file in desk.site.downloads if file.format == kind)
    others = tuple(file for name in OTHERS for file in desk.site.downloads if file.path == f"{FOLDER}/{name}")
    is_kept = version in desk.package.releases
    return Whole(title, english, version, is_kept, short, choices, others, SUMS)


def resources(desk: Desk) -> tuple[Resource, ...]:
    """Each table: what a row is, its files, its first rows."""
    files: dict[str, list[Download]] = {}
    for item in desk.site.downloads:
        if item.format != "package":
            files.setdefault(item.table, []).append(item)
    return tuple(
        Resource(
            table,
            tuple(tuple(_cell(desk, table, row, of) for of in table.fields) for row in table.rows[:PREVIEW]),
            tuple(files.get(name, ())),
        )
        for name, table in desk.package.tables.items()
    )


def code_samples(desk: Desk) -> tuple[tuple[str, str, str], ...]:
    """Code that reads a table from here, for the tools that people use: title, language, code."""
    database = named(desk.package, "sqlite")
    # Readers of CSV take a code for a number: they cut leading zeros, and round what has many digits.
    codes = [field.name for field in desk.package.tables[SAMPLED].fields if field.name in CODES]
    base = desk.site.address.base + FOLDER
    known = {"base": base, "name": SAMPLED, "sqlite": database, "codes": codes}
    made = ((*sample, environment().get_template(f"samples/{sample[1]}.jinja")) for sample in SAMPLES)
    return tuple((title, language, found.render(known).strip()) for title, _, language, found in made)


def dictionary(desk: Desk) -> Dictionary:
    """The data dictionary as a page, table by table."""
    names = [name for name, _ in head()]
    lines: dict[str, list[Mapping[str, str]]] = {}
    for entry in entries(desk.package):
        lines.setdefault(entry[0], []).append(dict(zip(names, entry, strict=True)))
    tables = ((table, tuple(lines[name])) for name, table in desk.package.tables.items())
    told = dataset(desk.package, desk.site.downloads, desk.site.address, DICTIONARY)
    return Dictionary(tuple(tables), f"{FOLDER}/{named(desk.package, 'dictionary')}", told)


def _cell(desk: Desk, table: Table, row: Row, field: Field) -> str | Figure:
    value = row[field.name]
    if isinstance(value, Missing):
        return value.value
    return cell_figure(desk.package, table, row, field) if field.is_figure else str(value)
