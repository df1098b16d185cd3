"""How a case of cases.csv is made: one edit of the good package, sealed again afterwards.

`\\n`, `\\xe9` (a byte), `\\u202e` and `\\U0001f3f4` in the columns old and new stand for what they name.
"""

import csv
import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from disclosure.cli import main

HERE = Path(__file__).resolve().parent
_ESCAPE = re.compile(rb"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([ntr\\]))")
_SIGNS = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"\\": b"\\"}


@dataclass(frozen=True, slots=True)
class Case:
    """A row of cases.csv or controls.csv; `also` names the other rules that the fault trips."""

    family: str
    name: str
    op: str
    file: str
    old: str
    new: str
    rule: str = ""
    at: str = ""
    row: str = ""
    column: str = ""
    also: str = ""

    @property
    def id(self) -> str:
        """How pytest calls it."""
        return f"{self.family}-{self.name}"


def cases(name: str) -> list[Case]:
    """The rows of one of the two tables."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return [Case(**line) for line in csv.DictReader(file)]


def raw(text: str) -> bytes:
    """The bytes that an escaped text stands for."""

    def sign(found: re.Match[bytes]) -> bytes:
        byte, short, long, plain = found.groups()
        if byte:
            return bytes.fromhex(byte.decode())
        return _SIGNS[plain] if plain else chr(int(short or long, 16)).encode("utf-8")

    return _ESCAPE.sub(sign, text.encode("utf-8"))


def apply(case: Case, root: Path) -> None:
    """Break the package in that folder, or do what a control does, and seal it where that can be done."""
    OPS[case.op](case, root)
    if case.op != "make" and (case.op == "json" or case.file != "datapackage.json"):
        main(["seal", str(root)])


def _replace(case: Case, root: Path) -> None:
    file, old = root / case.file, raw(case.old)
    data = file.read_bytes()
    assert old in data, f"{case.old} is not in {case.file}"
    file.write_bytes(data.replace(old, raw(case.new), -1 if case.op == "replace-all" else 1))


def _whole(case: Case, root: Path) -> None:
    (root / case.file).write_bytes(raw(case.new))


def _encode(case: Case, root: Path) -> None:
    file = root / case.file
    file.write_bytes(file.read_text(encoding="utf-8").encode(case.new))


def _json(case: Case, root: Path) -> None:
    """Set the node at a path (`fields.4.type`) to a JSON text; nothing takes it away."""
    file = root / case.file
    value: Any = json.loads(file.read_bytes())
    *path, last = (int(part) if part.isdigit() else part for part in case.old.split("."))
    node = value
    for part in path:
        node = node[part]
    if case.new:
        node[last] = "\0here\0"
    else:
        del node[last]
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    file.write_text(text.replace('"\\u0000here\\u0000"', raw(case.new).decode("utf-8")), encoding="utf-8")


def _column(case: Case, root: Path) -> None:
    """Give the glossary a column of the type in `old`, with the cell in `new` in its first row."""
    schema = root / "schemas" / "glossary.json"
    value = json.loads(schema.read_bytes())
    value["fields"].append({"name": "extra", "type": case.old})
    schema.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    head, first, *rest = (root / case.file).read_bytes().splitlines()
    lines = [head + b",extra", first + b"," + raw(case.new), *(line + b"," for line in rest)]
    (root / case.file).write_bytes(b"\n".join(lines) + b"\n")


def _text(case: Case, root: Path) -> None:
    """Write the text in `new` (or `字*2001`) where the glossary explains its first term."""
    text = case.new
    if case.op == "text-times":
        sign, times = text.split("*")
        text = sign * int(times)
    quoted = b'"' + raw(text).replace(b'"', b'""') + b'"'
    old = "一年开始前定下的收支计划。".encode()
    data = (root / case.file).read_bytes()
    assert old in data
    (root / case.file).write_bytes(data.replace(old, quoted))


def _make(case: Case, root: Path) -> None:
    MADE[case.old](root / case.file)


def _gone(file: Path) -> None:
    file.unlink()


def _directory(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _link_out(file: Path) -> None:
    outside = file.parent.parent.parent / f"outside-{file.name}"
    shutil.move(file, outside)
    file.symlink_to(outside)


def _link_to_itself(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.name)


def _fifo(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _sparse(size: int) -> Callable[[Path], None]:
    def made(file: Path) -> None:
        with file.open("r+b") as opened:
            opened.truncate(size)

    return made


def _deep(file: Path) -> None:
    file.write_bytes(b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}")


def _rows(row: bytes, times: int) -> Callable[[Path], None]:
    def made(file: Path) -> None:
        head = file.read_bytes().split(b"\n", 1)[0]
        file.write_bytes(head + b"\n" + row * times)

    return made


def _commas(file: Path) -> None:
    file.write_bytes(b"," * 30_000_000 + b"\n")


ROW = "2023,total,,总人数,30,staff-total\n"
OPS: dict[str, Callable[[Case, Path], None]] = {
    "replace": _replace,
    "replace-all": _replace,
    "whole": _whole,
    "encode": _encode,
    "json": _json,
    "column": _column,
    "text": _text,
    "text-times": _text,
    "make": _make,
}
MADE: dict[str, Callable[[Path], None]] = {
    "gone": _gone,
    "directory": _directory,
    "link-out": _link_out,
    "link-to-itself": _link_to_itself,
    "fifo": _fifo,
    "sparse": _sparse(64 * 1024 * 1024 + 1),
    "sparse-json": _sparse(2 * 1024 * 1024 + 1),
    "deep": _deep,
    "commas": _commas,
    "long-line": _rows(ROW.replace("总人数", "人" * 20_000_000).encode(), 1),
    "line-feeds": _rows(b"\n", 60_000_000),
    "long-cell": _rows(ROW.replace("总人数", "人" * 200_000).encode(), 1),
    "many-rows": _rows(ROW.encode(), 100_001),
    "many-faults": _rows(ROW.replace("30", "x,y,z").replace("x,y,z", "x").encode(), 100_000),
}
