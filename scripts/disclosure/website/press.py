"""Fill one plate, a page that MkDocs rendered with tokens in it, for every page made from a record."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from markupsafe import escape

from disclosure.website.records import PressedPage

PLATE = "plate.md"
PLATE_URL = "projects/plate/plate/"
_DEPTH = PLATE_URL.count("/")
_TOKEN = re.compile(r"@@(TITLE|DESCRIPTION|COLUMN|URL|INDEX|CRUMBS|BODY|LINKED|(?:BEFORE|AFTER)(?:_URL)?)@@")
# What not every page has: tags of an article, and the page before or after it.
_PART = re.compile(r"<!--(article|turn|before|after)-->(.*?)<!--/\1-->", re.DOTALL)


def press(plate: str, pages: Iterable[PressedPage]) -> Iterator[tuple[str, str]]:
    """Address and HTML of each page. The plate's links lead up from PLATE_URL; others get their own depth."""

    @cache
    def parts(depth: int, has: tuple[str, ...]) -> list[str]:
        filled = plate
        for _ in range(2):  # the pages before and after stand in what turns to them
            filled = _PART.sub(lambda part: part[2] if part[1] in has else "", filled)
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
            "LINKED": page.linked(),
        }
        beside = (("before", page.before), ("after", page.after))
        for name, other in beside:
            if other:
                values |= {
                    name.upper(): str(escape(other.title)),
                    f"{name.upper()}_URL": str(escape(other.url)),
                }
        turns = [name for name, other in beside if other]
        has = (*(() if page.is_list else ("article",)), *turns, *(("turn",) if turns else ()))
        cut = enumerate(parts(depth, has))
        yield page.url, "".join(values[part] if odd % 2 else part for odd, part in cut)


def _crumbs(page: PressedPage, root: str) -> str:
    return "".join(
        f'<li><a href="{root}{escape(url)}">{escape(label)}</a></li>' for label, url in page.crumbs
    )


def _index(page: PressedPage) -> str:
    return f"<div><dt>索引号</dt><dd>{escape(page.index)}</dd></div>" if page.index else ""
