"""How a page of the data is cited: a line of Chinese in the manner of GB/T 7714, and an entry of BibTeX."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from disclosure.release.address import publisher
from disclosure.website.desk import Desk

_SPECIAL = re.compile(r"[\\{}%&#$_~^]")


@dataclass(frozen=True, slots=True)
class Cite:
    """Both ways to cite one page of the data; a figure on it adds its anchor to the address."""

    url: str
    line: str
    bibtex: str


def cite(desk: Desk, documents: Iterable[str], what: str, url: str) -> Cite:
    """A page of the data, the documents that it rests on, its address."""
    descriptor = desk.package.descriptor
    title, version, date = (str(descriptor.get(name, "")) for name in ("title", "version", "created"))
    author, full = publisher(desk.package, desk.site.address), f"{desk.site.address.base}{url}"
    named, rests = f"{title}：{what}[DS/OL]", "；".join(dict.fromkeys(documents))
    parts = (author, named, f"{version} 版", date[:10], f"原文：{rests}" if rests else "", full)
    fields = {
        "author": f"{{{_plain(author)}}}",
        "title": _plain(f"{title}：{what}"),
        "year": date[:4],
        "version": _plain(version),
        "note": _plain(rests),
        "url": full,
    }
    entry = ", ".join(f"{name} = {{{value}}}" for name, value in fields.items() if value)
    key = re.sub(r"[^a-z0-9]+", "-", f"{descriptor.get('name', '')}-{url}".lower()).strip("-")
    return Cite(full, ". ".join(part for part in parts if part), f"@misc{{{key}, {entry}}}")


def _plain(text: str) -> str:
    """Words that BibTeX reads as they are."""
    return _SPECIAL.sub(lambda sign: f"\\{sign.group()}" if sign.group() in "{}%&#$_" else " ", text)
