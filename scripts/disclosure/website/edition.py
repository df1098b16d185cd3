"""What a site is made from: a checked package, its computed figures, its checks' results, its downloads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from disclosure.model import DisclosureError, Package, Row
from disclosure.package.figures import REPORT, WORKBOOK, Figure
from disclosure.quality.report import Result
from disclosure.release.address import Address
from disclosure.release.downloads import Download
from disclosure.website import identity as channel


class NoYear(DisclosureError):
    """No row of the package belongs to a fiscal year, and its descriptor has no fiscal_years."""


def year_shown(package: Package) -> int:
    """The fiscal year that pages show: the latest reported on. Raises NoYear."""
    if not package.years:
        raise NoYear(str(package.descriptor.get("name", "")))
    return package.years[-1]


@dataclass(
    frozen=True, repr=False
)  # mkdocs-macros prints what stands in `extra`: it would be the whole package
class Site:
    """Everything a page may show. `year` is the fiscal year shown; identity and 索引号 are configured."""

    package: Package
    year: int
    computed: Mapping[str, Figure]
    results: tuple[Result, ...]
    downloads: tuple[Download, ...]
    identity: Mapping[str, str]
    index_numbers: Mapping[str, str] = field(default_factory=dict)
    address: Address = field(default_factory=Address)

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
        """What the foot of a page names: documents by their titles, filled forms by their number."""
        rows = self.package.rows("sources", self.year)
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
