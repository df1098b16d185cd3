"""Everything by which others find the data: catalogue records and feeds, as paths below the site's root."""

from collections.abc import Iterator, Sequence

from disclosure.model import Package
from disclosure.package.shipped import json_of
from disclosure.release import csvw, dcat, feeds, open_data
from disclosure.release.address import Address
from disclosure.release.downloads import FOLDER, Download

CATALOGUE = "catalog"


def catalogue(package: Package, downloads: Sequence[Download], where: Address) -> Iterator[tuple[str, bytes]]:
    """The records of DCAT-AP, of Chinese catalogues and of CSVW, and the feeds."""
    graph = dcat.record(package, downloads, where)
    yield f"{CATALOGUE}/dcat.ttl", dcat.turtle(graph)
    yield f"{CATALOGUE}/dcat.jsonld", dcat.json_ld(graph)
    yield f"{CATALOGUE}/open-data.csv", open_data.table(package, downloads, where)
    yield f"{FOLDER}/csv-metadata.json", json_of(csvw.table_group(package))
    yield from feeds.feeds(package, where)
