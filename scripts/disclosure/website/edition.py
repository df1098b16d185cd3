"""What a site is made from: a checked package, its computed figures, its checks' results, its downloads."""

from collections.abc import Mapping
from dataclasses import dataclass

from disclosure.model import Package
from disclosure.package.figures import Figure
from disclosure.quality.report import Result
from disclosure.release.downloads import Download


@dataclass(frozen=True)
class Site:
    """Everything a page may show. `year` is the fiscal year shown; `identity` comes from configuration."""

    package: Package
    year: int
    computed: Mapping[str, Figure]
    results: tuple[Result, ...]
    downloads: tuple[Download, ...]
    identity: Mapping[str, str]

    @property
    def publisher(self) -> Mapping[str, str]:
        """The publisher's names as its descriptor gives them."""
        found = self.package.descriptor.get("publisher", {})
        return found if isinstance(found, Mapping) else {}
