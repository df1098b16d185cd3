"""Strict link check of a built site: every address and fragment is there, nothing loads from outside."""

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from disclosure.model import Problem

# Bytes, for few of them are read as text; each begins with letters that are found fast among many tags.
_ID, _HREF, _SRC = (re.compile(rb' %b="([^"]*)"' % name) for name in (b"id", b"href", b"src"))
# A page is named by its whole address, its own and that in another language; nothing of it is loaded.
_LOADING = re.compile(
    rb'<(?!link rel="(?:canonical|alternate)" )(script|link|img|iframe|source|object|embed|video|audio) '
    rb'(?:[^>]* )?(?:href|src)="([^"]*)"'
)


def below(folder: Path) -> list[str]:
    """The files below a folder by their paths in it, in order."""
    start = len(f"{folder}/")
    return sorted(f"{where}/{name}"[start:] for where, _, names in os.walk(folder) for name in names)


def check_links(site: Path) -> list[Problem]:
    """A problem for each dead link, dead fragment, repeated id and outside resource below a folder."""
    ids = dict.fromkeys(below(site), "")  # of each page in one text, between NULs: many sets need much memory
    # Links by tag and by where they lead from, each with the first page that has it.
    links: defaultdict[tuple[str, bytes], dict[bytes, str]] = defaultdict(dict)
    problems: set[Problem] = set()
    for page in (path for path in ids if path.endswith(".html")):
        html = (site / page).read_bytes().replace(b"\n", b" ")
        names = Counter(_ID.findall(html))
        ids[page] = _text(b"\0".join((b"", *names, b"")))
        twice = (_text(name) for name in names if names[name] > 1)
        problems.update(Problem(page, 0, name, "id-unique", name, "") for name in twice)
        root = b"../" * page.count("/")
        loaded = set(_LOADING.findall(html))
        followed = {*_HREF.findall(html), *_SRC.findall(html)}.difference(
            links[_text(root), b"a"],  # the first is looked into, the others are gone through
            (link for _, link in loaded),
            map(b"#%b".__mod__, names),
        )
        for tag, link in (*loaded, *((b"a", link) for link in followed)):
            # One that leads by the root means the same on every page so deep.
            where = _text(root) if root and link.startswith(root) else page
            links[where, tag].setdefault(link, page)
    for (where, tag), found in links.items():
        for link, page in ((_text(raw), page) for raw, page in found.items()):
            if where == page or not _is_there(link.removeprefix(where), ids):
                problems.update(_problems(page, _text(tag), link, ids))
    return sorted(problems)


def _text(html: bytes) -> str:
    return unescape(html.decode("utf-8"))


def _is_there(link: str, ids: Mapping[str, str]) -> bool:
    """Whether one of our own plain links, from the root, leads to a page and to a name on it."""
    path, _, fragment = link.partition("#")
    page = path if path in ids else f"{path}index.html"
    return page in ids and (not fragment or f"\0{fragment}\0" in ids[page])


def _problems(page: str, tag: str, link: str, ids: Mapping[str, str]) -> Iterator[Problem]:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        if tag != "a":
            yield Problem(page, 0, tag, "resource-local", link, "")
        elif parts.scheme not in ("https", "mailto"):
            yield Problem(page, 0, tag, "link-safe", link, "https:")
        return
    if link.startswith("/"):
        if page != "404.html":  # served from any address, it alone must name its files from the root
            yield Problem(page, 0, tag, "link-found", link, "relative")
        return
    target = page if not parts.path else normpath(join(dirname(page), unquote(parts.path)))
    if parts.path.endswith("/") or target == "." or target + "/index.html" in ids:
        target = normpath(join(target, "index.html"))
    if target not in ids:
        yield Problem(page, 0, tag, "link-found", link, target)
    elif parts.fragment and f"\0{unquote(parts.fragment)}\0" not in ids[target]:
        yield Problem(page, 0, tag, "link-found", link, f"#{parts.fragment}")
