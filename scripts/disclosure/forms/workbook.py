"""Workbooks of the .xlsx kind, read once from their own XML: what is looked at is what is read.

calamine tells no formats, formulas, errors or hidden rows; each file would have to be read twice, and two
readings may differ.
"""

from posixpath import normpath
from xml.etree.ElementTree import Element

from disclosure.forms.grid import Sheet
from disclosure.forms.guard import parts, tree
from disclosure.forms.refusal import Refused
from disclosure.forms.stored import style_of
from disclosure.forms.worksheet import Known, text_of, worksheet

_YES = ("1", "true")
_FAULTS = (ValueError, KeyError, IndexError, TypeError, OverflowError, RecursionError)


def xlsx(data: bytes) -> list[Sheet]:
    """The sheets of an .xlsx, a hidden one without its cells; raises Refused."""
    try:
        return _sheets(parts(data))
    except _FAULTS as error:
        raise Refused("form-readable", "", f"{type(error).__name__}: {error}"[:120]) from error


def _sheets(found: dict[str, bytes]) -> list[Sheet]:
    book = tree(found, "xl/workbook.xml")
    space = book.tag.removesuffix("workbook")
    rels = {item.get("Id"): _target(item) for item in tree(found, "xl/_rels/workbook.xml.rels")}
    shared = {kind: tree(found, path) for kind, path in rels.values() if kind in ("sharedStrings", "styles")}
    known = Known(
        space,
        [text_of(item, space) for item in shared.get("sharedStrings", ())],
        _styles(shared["styles"], space) if "styles" in shared else [],
        any(item.get("date1904") in _YES for item in book.iter(f"{space}workbookPr")),
    )
    sheets = []
    for item in book.iter(f"{space}sheet"):
        kind, path = rels[next(text for key, text in item.items() if key.endswith("}id"))]
        title = item.get("name", "")
        if item.get("state", "visible") != "visible":
            sheets.append(Sheet(title, (), hidden=True))
        elif kind == "worksheet":
            sheets.append(worksheet(title, tree(found, path), known))
    return sheets


def _target(item: Element) -> tuple[str, str]:
    """The kind of a relationship, and the part that it names."""
    target = item.get("Target", "")
    path = target[1:] if target.startswith("/") else normpath(f"xl/{target}")
    return item.get("Type", "").rpartition("/")[2], path


def _styles(root: Element, space: str) -> list[str]:
    """What each style of a cell makes of a number."""
    codes = {item.get("numFmtId", ""): item.get("formatCode", "") for item in root.iter(f"{space}numFmt")}
    formats = root.find(f"{space}cellXfs")
    numbers = [item.get("numFmtId", "0") for item in ([] if formats is None else formats)]
    return [style_of(int(number), codes.get(number, "")) for number in numbers]
