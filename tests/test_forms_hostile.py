"""Hostile and broken files are refused by name, within seconds and half a gigabyte, before any parser."""

import io
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import books
import pytest
from books import National, laid_out
from conftest import PACKAGES
from disclosure.cli import main
from disclosure.forms.opened import MAX_ZIP, sheets
from disclosure.forms.refusal import Refused
from openpyxl import load_workbook

SECONDS, MEGABYTES = 10, 512
FORM = books.national(National())
ODS = books.ods("表", *laid_out(National()))
DOCX = books.docx(*laid_out(National()))
BOMB = 80 * 2**20
SHEET = "xl/worksheets/sheet1.xml"


def repacked(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        parts = {name: pack.read(name) for name in pack.namelist()}
    change(parts)
    return books.zipped(parts)


def part(data: bytes, path: str, old: bytes, new: bytes) -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[path], path
        parts[path] = parts[path].replace(old, new, 1)

    return repacked(data, change)


def with_part(data: bytes, path: str, content: bytes) -> bytes:
    return repacked(data, lambda parts: parts.update({path: content}))


def lying_size() -> bytes:
    """A bomb whose directory says that it is small."""
    packed = bytearray(with_part(FORM, "xl/bomb.xml", b"<a>" + b" " * BOMB))
    place = packed.rindex(b"PK\1\2")
    struct.pack_into("<I", packed, place + 24, 100)
    return bytes(packed)


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">%s]><a>&z;</a>""" % b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(98, 123)
)
FAR = b'<c r="A1"/><c r="XFD1048576"><v>1</v></c>'
CELL = b"<table:table-cell"
WIDE = CELL + b' table:number-columns-repeated="200000"><text:p>a</text:p></table:table-cell>'
ROW = b"<table:table-row>"
MANY = b'<table:table-row table:number-rows-repeated="9999999">'
DIMENSION = b'<dimension ref="'
UTF16 = LAUGHS.decode().encode("utf-16")
HOSTILE: dict[str, tuple[bytes, str]] = {
    "zip-bomb": (with_part(FORM, "xl/bomb.xml", b"<a>" + b" " * BOMB), "form-safe"),
    "zip-bomb-that-lies": (lying_size(), "form-safe"),
    "billion-laughs": (with_part(FORM, "xl/sharedStrings.xml", LAUGHS), "form-safe"),
    "billion-laughs-ods": (with_part(ODS, "content.xml", LAUGHS), "form-safe"),
    "billion-laughs-docx": (with_part(DOCX, "word/document.xml", LAUGHS), "form-safe"),
    "entities-in-utf-16": (with_part(FORM, "xl/sharedStrings.xml", UTF16), "form-safe"),
    "lying-dimension": (part(FORM, SHEET, DIMENSION, DIMENSION + b'A1:XFD1048576" x="'), "form-safe"),
    "far-cell": (part(FORM, SHEET, b"<sheetData>", b'<sheetData><row r="1">%s</row>' % FAR), "form-safe"),
    "cells-without-places": (
        part(FORM, SHEET, b"<sheetData>", b"<sheetData><row>" + b"<c/>" * 200_000 + b"</row>"), "form-safe",
    ),
    "two-hundred-thousand-columns": (part(ODS, "content.xml", CELL, WIDE + CELL), "form-safe"),
    "a-million-repeated-rows": (
        part(ODS, "content.xml", ROW, MANY),
        "form-safe",
    ),
    "macros": (with_part(FORM, "xl/vbaProject.bin", b"macro"), "form-safe"),
    "macros-in-an-ods": (with_part(ODS, "Basic/Standard/Module1.xml", b"<a/>"), "form-safe"),
    "macros-in-an-xls": (
        books.xls("表", *laid_out(National())) + "_VBA_PROJECT_CUR".encode("utf-16-le"), "form-safe",
    ),
    "external-link": (with_part(FORM, "xl/externalLinks/externalLink1.xml", b"<a/>"), "form-safe"),
    "outside-relationship": (
        with_part(FORM, "xl/worksheets/_rels/sheet1.xml.rels",
                  b'<Relationships><Relationship Id="a" Type="http://x/oleObject" Target="file:///x" '
                  b'TargetMode="External"/></Relationships>'), "form-safe",
    ),
    "too-large": (b"PK\3\4" + b"\0" * (17 * 2**20), "form-safe"),
    "too-many-parts": (
        repacked(FORM, lambda parts: parts.update({f"x/{n}": b"" for n in range(2_100)})), "form-safe",
    ),
    "cut-short": (FORM[: len(FORM) // 2], "form-readable"),
    "a-web-page-called-xls": (b"<html><table></table></html>", "form-readable"),
    "nothing": (b"", "form-readable"),
    "broken-xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4_000, "form-readable"),
    "broken-xml": (with_part(FORM, SHEET, b"<worksheet><sheetData><row><c"), "form-readable"),
    "docx-with-tracked-changes": (
        part(DOCX, "word/document.xml", b"<w:body>", b'<w:body><w:p><w:ins w:id="1"/></w:p>'), "form-hidden",
    ),
    "no-form": (books.xlsx([("名册", {(0, 0): "序号", (0, 1): "数量"}, [])]), "form-none"),
}  # fmt: skip


# What the process itself has held at most: a child's ru_maxrss begins with what its parent held.
MEASURED = """
import sys
from disclosure.cli import main
code = main(sys.argv[1:])
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
sys.stderr.write(f"peak {peak}")
sys.exit(code)
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_by_name_in_time_and_memory(tmp_path: Path, name: str) -> None:
    data, rule = HOSTILE[name]
    file = tmp_path / "form.xlsx"
    file.write_bytes(data)
    options = ["--package", str(PACKAGES / "good"), "--dry-run", "--format", "json"]
    command = [sys.executable, "-c", MEASURED, "import", str(file), *options]
    done = subprocess.run(command, capture_output=True, check=False, timeout=SECONDS)
    assert done.returncode == 1, done.stderr.decode()
    assert f'"rule": "{rule}"'.encode() in done.stdout
    assert int(done.stderr.rpartition(b"peak ")[2]) < MEGABYTES * 1024


def test_a_form_with_a_password_is_refused() -> None:
    packed = bytearray(FORM)
    place = packed.rindex(b"PK\1\2")
    packed[place + 8] |= 1
    with pytest.raises(Refused) as refused:
        sheets(bytes(packed))
    assert (refused.value.rule, refused.value.found) == ("form-readable", "encrypted")


def test_a_broken_file_in_a_folder_does_not_hide_the_others(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "forms"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(b"nothing")
    (folder / "b.xlsx").write_bytes(FORM)
    (folder / "c.zip").write_bytes(b"PK\3\4nothing")
    assert main(["import", str(folder), "--package", str(good), "--keep-going"]) == 1
    shown = capsys.readouterr().out
    assert "a.xlsx" in shown
    assert "c.zip" in shown
    assert "委托业务项目" in (good / "data" / "projects.csv").read_text(encoding="utf-8")
    assert MAX_ZIP > 0


@pytest.mark.parametrize("broken", ["field,block\n", "block,field,spellings,needed,note\nhead,name,,,\n"])
def test_a_layout_of_the_package_s_own_has_to_be_usable(broken: str) -> None:
    from disclosure.forms.layout import of_package  # noqa: PLC0415

    with pytest.raises(Refused) as refused:
        of_package(broken.encode())
    assert refused.value.rule == "form-layout"


def test_the_packages_own_spellings_win() -> None:
    from disclosure.forms.find import form_in  # noqa: PLC0415
    from disclosure.forms.layout import layout_bytes, of_package  # noqa: PLC0415

    book = load_workbook(io.BytesIO(FORM))
    book["Sheet1"]["A4"] = "归口部门"
    data = io.BytesIO()
    book.save(data)
    (sheet,) = sheets(data.getvalue())
    with pytest.raises(Refused, match="form-cell-unknown"):
        form_in(sheet, of_package(None))
    own = layout_bytes().decode("utf-8").replace("主管部门|主管预算部门", "归口部门|主管预算部门")
    form = form_in(sheet, of_package(own.encode("utf-8")))
    assert form is not None
    assert form.project["department"].text == "101-样例区样例街道办事处"
