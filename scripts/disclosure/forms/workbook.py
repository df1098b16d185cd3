"""Workbooks of the .xlsx kind, read once from their own XML: what is looked at is what is read.

calamine tells no formats, formulas, errors or hidden rows; each file would have to be read twice, and two
readings may differ.
"""

from functools import lru_cache
from posixpath import normpath

from disclosure.forms.grid import Refused, Sheet
from disclosure.forms.guard import parsed, parts
from disclosure.forms.stored import Known, style_of
from disclosure.forms.worksheet import strings, worksheet

_YES = ("1", "true")
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_FAULTS = (ValueError, KeyError, IndexError, TypeError, OverflowError, RecursionError)


def xlsx(data: bytes) -> list[Sheet]:
    """The sheets of an .xlsx, a hidden one without its cells; raises Refused."""
    try:
        return _sheets(parts(data, "xl/"))
    except _FAULTS as error:
        raise Refused("form-readable", "", f"{type(error).__name__}: {error}"[:120]) from error


def _sheets(found: dict[str, bytes]) -> list[Sheet]:
    space, late, listed, others = _book(found[_WORKBOOK], found[_RELATIONS])
    texts, styles = (found[others[kind]] if kind in others else b"" for kind in ("sharedStrings", "styles"))
    known, shared = _known(space, styles, late), strings(texts, space) if texts else []
    return [
        worksheet(title, found[path], known, shared) if path else Sheet(title, hidden=True)
        for title, path in listed
    ]


# Forms of one office are made by one program from one file: these parts are the same in all of them.
@lru_cache(maxsize=64)
def _book(workbook: bytes, relations: bytes) -> tuple[str, bool, list[tuple[str, str]], dict[str, str]]:
    """The namespace, whether days count from 1904, title and path (none if hidden) of sheets, other parts."""
    book = parsed(_WORKBOOK, workbook)
    space = book.tag.removesuffix("workbook")
    rels = _related(relations)
    late = any(item.get("date1904") in _YES for item in book.iter(f"{space}workbookPr"))
    listed = []
    for item in book.iter(f"{space}sheet"):
        kind, path = rels[next((text for key, text in item.items() if key.endswith("}id")), "")]
        shown = item.get("state", "visible") == "visible"
        if kind == "worksheet" or not shown:
            listed.append((item.get("name", ""), path if shown else ""))
    return space, late, listed, dict(rels.values())


@lru_cache(maxsize=64)
def _known(space: str, styles: bytes, late: bool) -> Known:
    """What each style of a cell makes of a number."""
    if not styles:
        return Known(space, [], late)
    root = parsed("styles", styles)
    codes = {item.get("numFmtId", ""): item.get("formatCode", "") for item in root.iter(f"{space}numFmt")}
    struck = {
        str(number)
        for number, font in enumerate(root.iterfind(f"{space}fonts/{space}font"))
        if any(line.get("val", "1") in _YES for line in font.iter(f"{space}strike"))
    }
    formats = ((item, item.get("numFmtId", "0")) for item in root.iterfind(f"{space}cellXfs/{space}xf"))
    found = [style_of(int(it), codes.get(it, ""), item.get("fontId") in struck) for item, it in formats]
    return Known(space, found, late)


@lru_cache(maxsize=64)
def _related(part: bytes) -> dict[str | None, tuple[str, str]]:
    """By id: the kind of a relationship, and the part that it names."""
    found = {}
    for item in parsed(_RELATIONS, part):
        target = item.get("Target", "")
        path = target[1:] if target.startswith("/") else normpath(f"xl/{target}")
        found[item.get("Id")] = item.get("Type", "").rpartition("/")[2], path
    return found
