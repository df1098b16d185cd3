"""Atom feeds: what was released, what was corrected, what is disclosed. RFC 4287, from the package alone."""

from collections.abc import Iterable, Iterator
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from disclosure.model import Package
from disclosure.release import happened
from disclosure.release.address import Address, language, publisher, words
from disclosure.release.happened import Entry

ATOM = "http://www.w3.org/2005/Atom"
MOST = 200  # entries of a feed, the newest: readers of feeds fetch the whole file each time
FEEDS = {"releases": "数据更新", "corrections": "更正", "states": "公开状态"}


def path(name: str) -> str:
    """Where a feed lies below the site's root."""
    return f"feeds/{name}.xml"


def feeds(package: Package, where: Address) -> Iterator[tuple[str, bytes]]:
    """Every feed, by path."""
    entries = {"releases": happened.releases, "corrections": happened.corrections, "states": happened.states}
    for name, title in FEEDS.items():
        yield path(name), _feed(package, where, name, title, entries[name](package))


def _feed(package: Package, where: Address, name: str, title: str, entries: Iterable[Entry]) -> bytes:
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": language(package)})
    newest = sorted(entries, key=lambda entry: (entry.when, entry.key), reverse=True)[:MOST]
    _text(root, "id", _id(package, name))
    _text(root, "title", f"{title}：{words(package, 'title')}")
    _text(root, "updated", newest[0].when if newest else words(package, "created"))
    _text(ET.SubElement(root, "author"), "name", publisher(package, where))
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": where.to(path(name))})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": where.to("")})
    for entry in newest:
        item = ET.SubElement(root, "entry")
        _text(item, "id", _id(package, f"{name}/{entry.key}"))
        _text(item, "title", entry.title)
        _text(item, "updated", entry.when)
        ET.SubElement(item, "link", {"rel": "alternate", "type": "text/html", "href": where.to(entry.path)})
        _text(item, "summary", entry.summary)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text


def _id(package: Package, key: str) -> str:
    """A name that stays the same wherever the site stands."""
    return uuid5(NAMESPACE_URL, f"{words(package, 'name')}/{key}").urn
