"""The one reader of CSV: pinned encoding and dialect, typed cells, and a problem for all it refuses."""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from disclosure.model import Field, Missing, Problem, Row, Table, Value

MAX_ROWS = 100_000
MAX_CELL = 2_000
# Faults after which nothing in the file can be told apart.
WHOLE_FILE = frozenset({"file-encoding", "file-line-ends", "csv-grammar", "header-as-schema", "row-count"})
Fault = tuple[str, str, str]  # rule, found, expected
_MISSING = {
    Missing.NOT_APPLICABLE.value: Missing.NOT_APPLICABLE,
    Missing.NOT_STATED.value: Missing.NOT_STATED,
}
_SHAPES: dict[str, tuple[re.Pattern[str], Callable[[str], Value]]] = {
    "string": (re.compile(r".*"), str),
    "integer": (re.compile(r"-?[0-9]{1,12}"), int),
    "number": (re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,4})?"), Decimal),
    "year": (re.compile(r"[12][0-9]{3}"), int),
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), date.fromisoformat),
}
# Anything that a browser, a template engine or a Markdown renderer would act upon.
_MARKUP = re.compile(r"<[a-zA-Z/!?]|\{\{|\{%|\{#|\]\(|(?:javascript|vbscript|data)\s*:", re.IGNORECASE)
_PLAIN = re.compile(r"[\u4e00-\u9fff，。、；：（）“”！？\x20-\x3b\x3d-\x5c\x5e-\x7a]*")
_BAD_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp", "Zs"})


def read(table: Table, data: bytes, most: int = MAX_ROWS) -> tuple[tuple[Row, ...], list[Problem]]:
    """Typed rows of one CSV file and every problem met in it; a refused cell reads as UNREADABLE.

    `most` bounds the rows. Where one of WHOLE_FILE is among the problems, the rows are not the table's.
    """
    problems: list[Problem] = []
    rows = tuple(_rows(table, data, most, problems))
    return rows, problems


def _rows(table: Table, data: bytes, most: int, problems: list[Problem]) -> Iterator[Row]:
    text = _decode(table.path, data, problems)
    if text is None:
        return
    lines = csv.reader(text.split("\n"), strict=True)
    names = [field.name for field in table.fields]
    try:
        for number, cells in enumerate(lines, start=1):
            if lines.line_num != number:
                raise csv.Error("line break in a cell")
            if number == 1:
                if cells != names:
                    found, expected = ",".join(cells)[:200], ",".join(names)
                    problems.append(Problem(table.path, 1, "", "header-as-schema", found, expected))
                    return
            elif number > most + 1:
                problems.append(Problem(table.path, number, "", "row-count", f"> {most}", f"<= {most}"))
                return
            elif len(cells) != len(names):
                if cells or number <= text.count("\n"):  # the last line ends in a line feed
                    found, expected = str(len(cells)), str(len(names))
                    problems.append(Problem(table.path, number, "", "row-width", found, expected))
            else:
                values = map(_cell, table.fields, cells)
                yield Row(
                    number,
                    {n: _kept(v, table, number, n, problems) for n, v in zip(names, values, strict=True)},
                )
    except csv.Error as error:
        problems.append(Problem(table.path, lines.line_num, "", "csv-grammar", str(error), "RFC 4180"))


def _decode(path: str, data: bytes, problems: list[Problem]) -> str | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.append(Problem(path, line, "", "file-encoding", f"0x{data[error.start]:02x}", "UTF-8"))
        return None
    for rule, sign, name in (("file-encoding", "\ufeff", "BOM"), ("file-line-ends", "\r", "CR")):
        if sign in text:
            line = text.count("\n", 0, text.index(sign)) + 1
            problems.append(Problem(path, line, "", rule, name, {"BOM": "UTF-8", "CR": "LF"}[name]))
            return None
    if not text.endswith("\n"):
        problems.append(Problem(path, text.count("\n") + 1, "", "file-line-ends", "EOF", "LF"))
        return None
    return text


def _kept(value: Value | Fault, table: Table, line: int, name: str, problems: list[Problem]) -> Value:
    if isinstance(value, tuple):
        problems.append(Problem(table.path, line, name, *value))
        return Missing.UNREADABLE
    return value


def _cell(field: Field, cell: str) -> Value | Fault:
    """The typed value of a cell, or the rule it breaks with what was found and expected."""
    if cell in _MISSING:
        return ("cell-required", cell, field.type) if field.required else _MISSING[cell]
    return _fault_of_text(field, cell) or _typed(field, cell)


def _fault_of_text(field: Field, cell: str) -> Fault | None:
    longest = field.constraints.get("maxLength", MAX_CELL)  # a text column may set its own bound
    if len(cell) > longest:  # type: ignore[operator]
        return "cell-length", str(len(cell)), f"<= {longest}"
    if not _PLAIN.fullmatch(cell) and (sign := _odd_sign(cell)):
        return "cell-characters", sign, ""
    if match := _MARKUP.search(cell):
        return "cell-plain-text", match.group(), ""
    return ("cell-characters", "U+0020", cell.strip()) if cell != cell.strip() else None


def _typed(field: Field, cell: str) -> Value | Fault:
    shape, make = _SHAPES[field.type]
    try:
        value = make(cell) if shape.fullmatch(cell) else None
    except ValueError:
        value = None
    if value is None:
        return "cell-type", cell[:80], field.type
    broken = next(_broken(field, cell, value), None)
    return ("cell-constraint", cell[:80], broken) if broken else value


def _odd_sign(cell: str) -> str:
    odd = (sign for sign in cell if sign == "\ufffd" or unicodedata.category(sign) in _BAD_CATEGORIES)
    return next((f"U+{ord(sign):04X}" for sign in odd if sign != " "), "")


def _broken(field: Field, cell: str, value: Any) -> Iterator[str]:
    limits = field.constraints
    if "enum" in limits and cell not in map(str, limits["enum"]):  # type: ignore[call-overload]
        yield " | ".join(map(str, limits["enum"]))  # type: ignore[call-overload]
    if "pattern" in limits and not re.fullmatch(str(limits["pattern"]), cell):
        yield str(limits["pattern"])
    for name, sign, fails in (("minimum", ">=", value.__lt__), ("maximum", "<=", value.__gt__)):
        if name in limits and fails(type(value)(str(limits[name]))) is True:
            yield f"{sign} {limits[name]}"
