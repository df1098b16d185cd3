"""Every page of the site: for search engines as a list and leave to read it, for people on the site map."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from disclosure.release.address import Address
from disclosure.website.records import PressedPage
from disclosure.website.render import render

MAP = "sitemap/"
PAGES = "@@PAGES@@"  # on the site map, where the pages of records go
_RANGE = 50  # pages told by their first and last where there are more

_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST = 50_000  # addresses a sitemap may hold


def sitemap(pages: Iterator[str], where: Address) -> Iterator[tuple[str, bytes]]:
    """robots.txt, and the sitemap where the site has an address: it lists full addresses or nothing."""
    if not where.base:
        yield "robots.txt", b"User-agent: *\nAllow: /\n# No sitemap: site_url is not set in mkdocs.yml.\n"
        return
    yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {where.base}sitemap.xml\n".encode()
    root = ET.Element("urlset", {"xmlns": _SCHEMA})
    for page in sorted(pages)[:_MOST]:
        address = page.removesuffix("index.html")
        ET.SubElement(ET.SubElement(root, "url"), "loc").text = where.to(address)
    ET.indent(root)
    yield "sitemap.xml", ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def site_map(root: Path, listed: Iterable[PressedPage]) -> Iterator[tuple[str, bytes]]:
    """The site map with the pages of records on it, where the site has one."""
    path = f"{MAP}index.html"
    if (root / path).is_file():
        yield path, (root / path).read_text(encoding="utf-8").replace(PAGES, ranges(listed)).encode("utf-8")


def ranges(listed: Iterable[PressedPage]) -> str:
    """The pages of records by what leads to them: each one, or where there are many, the ends of ranges."""
    groups: dict[tuple[str, str], list[PressedPage]] = {}
    for page in listed:
        groups.setdefault(page.crumbs[1], []).append(page)
    return render("ranges", [(*place, parts(pages)) for place, pages in groups.items()], "../", {})


def parts(pages: Sequence[PressedPage]) -> list[Sequence[PressedPage]]:
    """As many pages together as are told by their ends; where they are fewer, there is one part."""
    return [pages[start : start + _RANGE] for start in range(0, len(pages), _RANGE)]
