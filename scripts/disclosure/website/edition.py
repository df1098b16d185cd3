"""What a site is made from: a checked package, its computed figures, its checks' results, its downloads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from disclosure.model import DisclosureError, Package, Row
from disclosure.package.computed import computed
from disclosure.package.figures import REPORT, WORKBOOK, Figure
from disclosure.quality.report import Result
from disclosure.release.address import Address
from disclosure.release.downloads import Download
from disclosure.website import identity as channel


class NoYear(DisclosureError):
    """No row of the package belongs to the fiscal year to be shown, and its descriptor does not have it."""


def year_shown(package: Package, wanted: object = None) -> int:
    """The fiscal year that the front pages show: the one wanted, else the latest. Raises NoYear."""
    years = [year for year in package.years if wanted in (None, year, str(year))]
    if not years:
        raise NoYear(str(wanted or package.descriptor.get("name", "")))
    return years[-1]


@dataclass(
    frozen=True, repr=False
)  # mkdocs-macros prints what stands in `extra`: it would be the whole package
class Site:
    """Everything a page may show; identity and 索引号 are configured.

    `year` is the fiscal year shown; `front` the one of the front pages where they show another.
    """

    package: Package
    year: int
    computed: Mapping[str, Figure]
    results: tuple[Result, ...]
    downloads: tuple[Download, ...]
    identity: Mapping[str, str]
    index_numbers: Mapping[str, str] = field(default_factory=dict)
    address: Address = field(default_factory=Address)
    front: int = 0

    @cached_property
    def others(self) -> "tuple[Site, ...]":
        """The site in front in each other year of the package, latest first: its records keep their pages."""
        years = self.other_years
        return tuple(
            replace(self, year=year, computed=computed(self.package, year), front=self.year) for year in years
        )

    @property
    def other_years(self) -> tuple[int, ...]:
        """Every other year of the package, latest first."""
        return tuple(year for year in reversed(self.package.years) if year != self.year)

    @property
    def is_front(self) -> bool:
        """Whether the front pages show the year."""
        return not self.front

    def of(self, year: object) -> "Site":
        """The site in one of its other years; in its own where it has none such."""
        return next((site for site in self.others if site.year == year), self)

    def at(self, url: str, year: int = 0) -> str:
        """Where a page of a year stands, its own or another one, whose address in front is `url`."""
        shown = year or self.year
        return url if shown == (self.front or self.year) else f"{url}{shown}/"

    @property
    def publisher(self) -> Mapping[str, str]:
        """The publisher's names as its descriptor gives them."""
        found = self.package.descriptor.get("publisher", {})
        return found if isinstance(found, Mapping) else {}

    @property
    def documents(self) -> tuple[str, ...]:
        """What kinds of documents of the year everything is taken from; none where there is nothing yet."""
        return self._kinds(self.package.rows("sources", self.year))

    @property
    def consulted(self) -> tuple[str, ...]:
        """What kinds of documents the package quotes beside those of the year, such as laws."""
        found = self._kinds(self.package.tables["sources"].rows)
        return tuple(kind for kind in found if kind not in self.documents)

    @property
    def has_report(self) -> bool:
        """Whether there is a report of the year, and not filled forms alone."""
        return any(row["kind"] == REPORT for row in self.package.rows("sources", self.year))

    def _kinds(self, rows: Iterable[Row]) -> tuple[str, ...]:
        labels = self.package.tables["sources"].columns["kind"].labels
        return tuple(dict.fromkeys(labels.get(row.text("kind"), row.text("kind")) for row in rows))

    @property
    def origins(self) -> tuple[str, ...]:
        """What a figure of the year is from: documents by their titles, filled forms by their number."""
        return self._named(self.package.rows("sources", self.year))

    @property
    def all_origins(self) -> tuple[str, ...]:
        """What the foot of a page names: the same of every year."""
        return self._named([row for row in self.package.rows("sources") if row.text("fiscal_year")])

    def _named(self, rows: Sequence[Row]) -> tuple[str, ...]:
        titles = [row.text("title") for row in rows if row["kind"] != WORKBOOK]
        forms = len(rows) - len(titles)
        label = self.package.tables["sources"].columns["kind"].labels.get(WORKBOOK, "")
        return (*titles, f"{label} {forms} 份") if forms else tuple(titles)

    @property
    def is_official(self) -> bool:
        """Whether this is an official channel; otherwise every page says that it is a preview."""
        return channel.is_official(self.identity)

    @property
    def published(self) -> str:
        """The date and time of the package as page tags write them; never those of the build."""
        return channel.published(self.package.descriptor.get("created", ""))
