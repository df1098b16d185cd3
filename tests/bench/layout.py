"""The layout of `peers/blocks.html` put together by hand: as little work as Python can do."""

from html import escape

from facts import Facts

_NAMES = ("id", "scope", "headers", "colspan", "rowspan", "class")


def project(blocks: list[Facts]) -> str:
    """The content of a page."""
    return f'<div class="project">{"".join(map(_block, blocks))}</div>'


def _block(block: Facts) -> str:
    kind = block["kind"]
    if kind == "table":
        rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in block["rows"])
        start = f'<table class="{block["class"]}"><caption>{escape(block["caption"])}</caption>'
        return f'<div class="wide">{start}<tbody>{rows}</tbody></table></div>'
    if kind == "dl":
        terms = "".join(_tagged("dt" if term["head"] else "dd", term["says"]) for term in block["terms"])
        return f'<dl class="{block["class"]}">{terms}</dl>'
    if kind == "anchor":
        return f'<a class="ev" id="{block["id"]}"></a>'
    if kind in ("h1", "h2", "h3"):
        return _tagged(kind, block["says"], "" if kind == "h2" else f' class="{block["class"]}"')
    return _tagged("div", block["says"], f' class="{kind} {block["class"]}"')


def _tagged(tag: str, says: list[Facts], attributes: str = "") -> str:
    return f"<{tag}{attributes}>{''.join(map(_piece, says))}</{tag}>"


def _cell(cell: Facts) -> str:
    attributes = "".join(f' {name}="{cell[name]}"' for name in _NAMES if cell[name])
    return _tagged("th" if cell["head"] else "td", cell["says"], attributes)


def _piece(piece: Facts) -> str:
    text = escape(piece["text"])
    if piece["kind"] == "text":
        return text
    if piece["kind"] == "span":
        return f'<span class="{piece["class"]}">{text}</span>'
    if piece["value"]:
        text = f'<data value="{piece["value"]}">{text}</data>'
    return f'<a class="{piece["class"]}" href="{escape(piece["href"])}">{text}</a>'
