"""How others find the data: what the page of data says to search engines, catalogues and readers of feeds."""

from dataclasses import dataclass
from typing import Any

from disclosure.release import feeds, open_data
from disclosure.release.dataset import dataset
from disclosure.release.downloads import FOLDER
from disclosure.website.desk import Desk


@dataclass(frozen=True, slots=True)
class Found:
    """The schema.org record, the fields of Chinese catalogues, the feeds (path, title)."""

    dataset: dict[str, Any]
    fields: tuple[tuple[str, str], ...]
    feeds: tuple[tuple[str, str], ...]


def dataset_record(desk: Desk) -> Found:
    """The data set as catalogues and search engines describe it, and the feeds."""
    package, downloads = desk.package, desk.site.downloads
    return Found(
        dataset(package, downloads, desk.site.address, f"{FOLDER}/"),
        open_data.fields(package, downloads, desk.site.address),
        tuple((feeds.path(name), title) for name, title in feeds.FEEDS.items()),
    )
