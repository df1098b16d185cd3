"""Fill one plate, a page that MkDocs rendered with tokens in it, for every page made from a record."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from markupsafe import escape

from disclosure.website.records import PressedPage

PLATE = "plate.md"
PLATE_URL = "projects/plate/plate/"
_DEPTH = PLATE_URL.count("/")
_TOKEN = re.compile(r"@@(TITLE|DESCRIPTION|COLUMN|URL|INDEX|CRUMBS|BODY)@@")
_ARTICLE = re.compile(r"<!--article-->(.*?)<!--/article-->", re.DOTALL)  # what a page of a list has not


def press(plate: str, pages: Iterable[PressedPage]) -> Iterator[tuple[str, str]]:
    """Address and HTML of each page. The plate's links lead up from PLATE_URL; others get their own depth."""

    @cache
    def parts(depth: int, is_list: bool) -> list[str]:
        filled = _ARTICLE.sub("" if is_list else r"\1", plate)
        return _TOKEN.split(filled.replace("/".join([".."] * _DEPTH), "/".join([".."] * depth)))

    for page in pages:
        depth = page.url.count("/")
        values = {
            "TITLE": str(escape(page.title)),
            "DESCRIPTION": str(escape(page.description)),
            "COLUMN": str(escape(page.crumbs[1][0])),
            "URL": str(escape(page.url)),
            "INDEX": _index(page),
            "CRUMBS": _crumbs(page, "../" * depth),
            "BODY": page.body,
        }
        cut = enumerate(parts(depth, page.is_list))
        yield page.url, "".join(values[part] if odd % 2 else part for odd, part in cut)


def _crumbs(page: PressedPage, root: str) -> str:
    return "".join(
        f'<li><a href="{root}{escape(url)}">{escape(label)}</a></li>' for label, url in page.crumbs
    )


def _index(page: PressedPage) -> str:
    return f"<div><dt>索引号</dt><dd>{escape(page.index)}</dd></div>" if page.index else ""
