"""What a page says of itself to machines: schema.org's WebPage with its breadcrumb, as JSON-LD."""

from collections.abc import Sequence

from disclosure.release.address import language, publisher
from disclosure.website.edition import Site
from disclosure.website.render import for_machines

DATA = "data/"  # the page of the dataset that every page shows a part of


def linked_data(site: Site, description: str, crumbs: Sequence[tuple[str, str]], lang: str = "") -> str:
    """The record of a page as an element of HTML: `crumbs` lead to it and end with it (title, address)."""
    title, url = crumbs[-1]
    depth = url.count("/")
    record = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": title,
        "description": description,
        "inLanguage": lang or language(site.package),
        "url": site.address.to(url, depth),
        "datePublished": site.published[:10],
        "publisher": {"@type": "Organization", "name": publisher(site.package, site.address)},
        "isPartOf": {"@type": "Dataset", "url": site.address.to(DATA, depth)},
        "breadcrumb": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": at, "name": label, "item": site.address.to(place, depth)}
                for at, (label, place) in enumerate(crumbs, start=1)
            ],
        },
    }
    return for_machines(record)
