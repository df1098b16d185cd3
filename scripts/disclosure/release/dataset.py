"""The data as search engines for data sets read it: schema.org Dataset, as JSON-LD."""

from collections.abc import Sequence
from typing import Any

from disclosure.model import Package
from disclosure.release.address import Address, issued, language, licence, publisher, words
from disclosure.release.downloads import Download


def dataset(package: Package, downloads: Sequence[Download], where: Address, page: str) -> dict[str, Any]:
    """The record for a page of data; its links lead up from there where the site has no address."""
    depth, first = page.count("/"), issued(package)
    years = package.years if package.tables else ()  # of an old version only the files are there
    said = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": words(package, "title"),
        "alternateName": words(package, "title_en"),
        "description": words(package, "description"),
        "url": where.to(page, depth),
        "identifier": words(package, "name"),
        "version": words(package, "version"),
        "datePublished": first.partition("T")[0],
        "dateModified" if first else "dateCreated": words(package, "created").partition("T")[0],
        "inLanguage": language(package),
        "keywords": package.descriptor.get("keywords", []),
        "license": licence(package).get("path", ""),
        "isAccessibleForFree": True,
        "temporalCoverage": "/".join(map(str, (*years[:1], *years[1:][-1:]))),
        "creator": {"@type": "Organization", "name": publisher(package, where)},
        "isBasedOn": [row.text("title") for row in package.rows("sources") if row["kind"] != "law"],
        "distribution": [_distribution(item, where.to(item.path, depth)) for item in downloads],
    }
    return {name: value for name, value in said.items() if value}


def _distribution(item: Download, url: str) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": item.title,
        "contentUrl": url,
        "encodingFormat": item.kind.mediatype,
        "contentSize": f"{item.size} B",
        "sha256": item.sha256,
    }
