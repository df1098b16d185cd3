"""Strict link check of a built site: every address and fragment is there, nothing loads from outside."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from disclosure.model import Problem

# Each begins with letters that are found fast; a page has thousands of tags.
_ID, _HREF, _SRC = (re.compile(rf' {name}="([^"]*)"') for name in ("id", "href", "src"))
# A page is named by its whole address, its own and that in another language; nothing of it is loaded.
_LOADING = re.compile(
    r'<(?!link rel="(?:canonical|alternate)" )(script|link|img|iframe|source|object|embed|video|audio) '
    r'(?:[^>]* )?(?:href|src)="([^"]*)"'
)


def check_links(site: Path) -> list[Problem]:
    """A problem for each dead link, dead fragment, repeated id and outside resource below a folder."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    ids: dict[str, str] = {}  # of each page in one text, between NULs: sets of many pages need much memory
    links: dict[tuple[str, str, str], str] = {}  # where, tag and address, with the first page that has it
    problems: set[Problem] = set()
    for page in sorted(path for path in files if path.endswith(".html")):
        html = (site / page).read_text(encoding="utf-8").replace("\n", " ")
        names = Counter(_ID.findall(html))
        ids[page] = "\0".join(("", *map(unescape, names), ""))
        problems |= {Problem(page, 0, name, "id-unique", name, "") for name in names if names[name] > 1}
        root = "../" * page.count("/")
        loaded = _LOADING.findall(html)
        followed = {*_HREF.findall(html), *_SRC.findall(html)}.difference(link for _, link in loaded)
        for tag, link in (*loaded, *(("a", link) for link in followed)):
            # One that leads by the root means the same on every page so deep.
            where = root if root and link.startswith(root) else page
            if not (link.startswith("#") and link[1:] in names):
                links.setdefault((where, tag, unescape(link)), page)
    for (_, tag, link), page in links.items():
        problems.update(_problems(page, tag, link, files, ids))
    return sorted(problems)


def _problems(page: str, tag: str, link: str, files: set[str], ids: dict[str, str]) -> Iterator[Problem]:
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
    if parts.path.endswith("/") or target == "." or target + "/index.html" in files:
        target = normpath(join(target, "index.html"))
    if target not in files:
        yield Problem(page, 0, tag, "link-found", link, target)
    elif parts.fragment and f"\0{unquote(parts.fragment)}\0" not in ids.get(target, ""):
        yield Problem(page, 0, tag, "link-found", link, f"#{parts.fragment}")
