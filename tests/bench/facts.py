"""What a page of a project says, as plain data: read off our own pages, so that every peer shows the same."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree, html

Facts = dict[str, Any]
_INLINE = {"a", "b", "span", "small", "data", "code", "mark", "q", "strong", "em", "time", "abbr", "br"}


def facts(page: str) -> Facts:
    """A page's address-independent content: title, description, and its blocks in their order."""
    tree = html.fromstring(page)
    return {
        "title": str(tree.xpath("string(//li[@aria-current='page'])")),
        "description": str(tree.xpath("string(//meta[@name='description']/@content)")),
        "blocks": list(_blocks(_body(tree))),
    }


def words(page: str) -> str:
    """All that a reader reads in the content of a page, without white space."""
    return _words(_body(html.fromstring(page))).replace(" ", "")


def _body(tree: html.HtmlElement) -> etree._Element:
    (body,) = (item for item in tree.iter("div") if item.get("class") == "project")
    assert isinstance(body, etree._Element)
    return body


def _words(node: etree._Element) -> str:
    return " ".join("".join(map(str, node.itertext())).split())


def _blocks(node: etree._Element) -> Iterator[Facts]:
    """Blocks are paragraphs, lists of terms, tables and panels; what only groups them is passed through."""
    for child in node.iterchildren(etree.Element):
        tag, kind = str(child.tag), child.get("class", "")
        if tag == "table":
            rows = [[_cell(cell) for cell in row] for row in child.iter("tr")]
            caption = " ".join(_words(item) for item in child.iter("caption"))
            yield {"kind": "table", "class": kind, "caption": caption, "rows": rows}
        elif tag == "dl":
            items = [(_inline(item), item.tag == "dt") for item in child.iter("dt", "dd")]
            yield {
                "kind": "dl",
                "class": kind,
                "terms": [{"head": head, "says": part} for part, head in items],
            }
        elif all(item.tag in _INLINE for item in child.iterdescendants(etree.Element)):
            yield {"kind": tag, "class": kind, "id": child.get("id", ""), "says": _inline(child)}
        else:
            if "ev" in kind.split():
                yield {"kind": "anchor", "id": child.get("id", "")}
            yield from _blocks(child)


def _cell(cell: etree._Element) -> Facts:
    names = ("id", "scope", "headers", "colspan", "rowspan", "class")
    return {"head": cell.tag == "th", **{name: cell.get(name, "") for name in names}, "says": _inline(cell)}


def _inline(node: etree._Element) -> list[Facts]:
    """Pieces of a line: words, links with the value behind a figure, and words in an element."""
    pieces = [{"kind": "text", "text": node.text}] if node.text else []
    for child in node.iterchildren(etree.Element):
        if child.tag == "a":
            value = "".join(str(item.get("value")) for item in child.iter("data"))
            link = {"href": child.get("href", ""), "class": child.get("class", ""), "value": value}
            pieces.append({"kind": "link", "text": _words(child), **link})
        elif len(child):
            pieces += _inline(child)
        elif child.text:
            pieces.append({"kind": "span", "class": child.get("class") or str(child.tag), "text": child.text})
        if child.tail:
            pieces.append({"kind": "text", "text": child.tail})
    return pieces


def read(file: Path) -> Iterator[Facts]:
    """The facts of every page, one a line."""
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
