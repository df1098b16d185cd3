"""What the pages of a site look up again and again, counted once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from disclosure.model import Package, Row, Table
from disclosure.package.computed import figure
from disclosure.package.figures import Figure, cell_figure
from disclosure.package.text import normalised
from disclosure.website.checked import Checked, checked
from disclosure.website.edition import Site


@dataclass(frozen=True)
class Desk:
    """A site with its look-up tables: terms by name, rules passed by table, overlaps by project.

    `counts` are the counts a source states, each with its sentence without white space; `corrected` the
    corrections of a cell by table, key and column.
    """

    site: Site
    package: Package
    terms: Mapping[str, str]
    checked: Checked
    corrected: Mapping[tuple[str, str, str], tuple[Row, ...]]
    overlaps: Mapping[str, tuple[str, Figure]]
    all_spent: bool
    counts: tuple[tuple[str, Figure], ...]
    project_files: tuple[tuple[str, str], ...]

    @property
    def year(self) -> int:
        """The fiscal year shown."""
        return self.site.year

    def rows(self, table: str) -> tuple[Row, ...]:
        """Rows of a table in the year shown."""
        return self.package.rows(table, self.year)

    def table(self, name: str) -> Table:
        """A table by name."""
        return self.package.tables[name]

    def stated(self, table: str, row: Row, column: str) -> Figure:
        """The figure of one cell."""
        found = self.table(table)
        return cell_figure(self.package, found, row, found.columns[column])

    def keyed(self, table: str, key: str, column: str) -> Figure:
        """The figure of one cell of the year shown, by the rest of its key."""
        return figure(
            self.package, table, (str(self.year), *key.split(".")) if key else (str(self.year),), column
        )

    def computed(self, name: str) -> Figure:
        """A computed figure of the year shown; KeyError where there is none."""
        return self.site.computed[f"computed.{self.year}.{name}"]

    def maybe(self, name: str) -> Figure | None:
        """A computed figure of the year shown, where there is one."""
        return self.site.computed.get(f"computed.{self.year}.{name}")

    def label(self, table: str, row: Row, column: str) -> str:
        """The words for an enumerated cell."""
        value = row.text(column)
        return self.table(table).columns[column].labels.get(value, value)


def desk(site: Site) -> Desk:
    """The desk of a site."""
    projects = site.package.rows("projects", site.year)
    return Desk(
        site=site,
        package=site.package,
        terms={row.text("term"): row.text("term_id") for row in site.package.rows("glossary")},
        checked=checked(site.package, site.results),
        corrected=_corrected(site.package),
        overlaps=_overlaps(site),
        all_spent=all(row["budget_wan"] == row["expenditure_wan"] for row in projects),
        counts=tuple(_counts(site)),
        project_files=_files(site, f"/{site.package.tables['projects'].path}", ".xlsx", ".zip"),
    )


def _corrected(package: Package) -> Mapping[tuple[str, str, str], tuple[Row, ...]]:
    found: dict[tuple[str, str, str], tuple[Row, ...]] = {}
    for row in sorted(package.rows("corrections"), key=lambda row: row.text("corrected_on")):
        place = row.text("resource"), row.text("row_key"), row.text("field")
        found[place] = (*found.get(place, ()), row)
    return found


def _overlaps(site: Site) -> Mapping[str, tuple[str, Figure]]:
    """By project id, the number of the overall goal that recurs most in its goal, and how much of it."""
    start = f"computed.{site.year}.recurrence."
    found: dict[str, tuple[str, Figure]] = {}
    for name, share in site.computed.items():
        if name.startswith(start) and (
            share.label not in found or found[share.label][1].number < share.number
        ):
            found[share.label] = name.removeprefix(start), share
    return found


def _counts(site: Site) -> Iterator[tuple[str, Figure]]:
    """The counts of the year under their own names."""
    table = site.package.tables["counts"]
    for row in site.package.rows("counts", site.year):
        figure = cell_figure(site.package, table, row, table.columns["value"])
        if figure.citation:
            yield normalised(figure.citation.quote), replace(figure, label=row.text("name"))


def _files(site: Site, *ends: str) -> tuple[tuple[str, str], ...]:
    """What there is to download under these endings: title and path below the root."""
    found = {end: file for file in site.downloads for end in ends if file.path.endswith(end)}
    return tuple((found[end].title, found[end].path) for end in ends if end in found)
