"""Strict link check of a built site: every address and fragment is there, nothing loads from outside."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from disclosure.model import Problem

_TAG = re.compile(r"<([a-z]+)\s([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"', re.IGNORECASE)
_LOADING = frozenset({"script", "link", "img", "iframe", "source", "object", "embed", "video", "audio"})


def check_links(site: Path) -> list[Problem]:
    """A problem for each dead link, dead fragment, repeated id and outside resource below a folder."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    ids: dict[str, frozenset[str]] = {}
    links: list[tuple[str, str, str]] = []
    problems: list[Problem] = []
    for page in sorted(path for path in files if path.endswith(".html")):
        found = list(_attributes((site / page).read_text(encoding="utf-8")))
        names = [value for _, name, value in found if name == "id"]
        ids[page] = frozenset(names)
        twice = {name for name in names if names.count(name) > 1} if len(ids[page]) < len(names) else set()
        problems.extend(Problem(page, 0, name, "id-unique", name, "") for name in sorted(twice))
        links.extend({(page, tag, value) for tag, name, value in found if name in ("href", "src")})
    for page, tag, link in links:
        problems.extend(_problems(page, tag, link, files, ids))
    return sorted(set(problems))


def _attributes(html: str) -> Iterator[tuple[str, str, str]]:
    for tag in _TAG.finditer(html):
        for name, value in _ATTRIBUTE.findall(tag.group(2)):
            yield tag.group(1).lower(), name.lower(), unescape(value)


def _problems(
    page: str, tag: str, link: str, files: set[str], ids: dict[str, frozenset[str]]
) -> Iterator[Problem]:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        if tag in _LOADING:
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
    elif parts.fragment and unquote(parts.fragment) not in ids.get(target, frozenset()):
        yield Problem(page, 0, tag, "link-found", link, f"#{parts.fragment}")
