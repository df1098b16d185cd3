"""What search engines ask a site for: every page of it, and leave to read them all."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from disclosure.release.address import Address

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
