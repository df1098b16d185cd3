"""Hostile and broken files are refused by name, within seconds and half a gigabyte, before any parser."""

import io
import json
import os
import random
import re
import struct
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import books
import pytest
import xlwt
from books import Grid, National, laid_out
from conftest import FULL, PACKAGES, ROOT
from disclosure.cli import main
from disclosure.forms import guard, reading
from disclosure.forms.files import MAX_ZIP
from disclosure.forms.files import books as opened
from disclosure.forms.grid import Refused
from disclosure.forms.layout import of_package
from disclosure.forms.reading import sheets
from forms_read import forms, told
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


def with_a_broken_picture() -> bytes:
    """A part that says nothing to us, with one bit of it changed."""
    name = b"docProps/thumbnail.jpeg"
    packed = bytearray(with_part(DOCX, name.decode(), bytes(range(256))))
    packed[packed.index(name) + len(name) + 100] ^= 1
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
STYLES = (
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts>'
    b'<numFmt numFmtId="200" formatCode="%s"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>'
)


def in_a_cell(text: bytes) -> bytes:
    cell = b'<row r="30"><c r="K30" t="inlineStr"><is><t>%s</t></is></c></row></sheetData>' % text
    return part(FORM, SHEET, b"</sheetData>", cell)


HOSTILE: dict[str, tuple[bytes, str]] = {
    "zip-bomb": (with_part(FORM, "xl/bomb.xml", b"<a>" + b" " * BOMB), "form-safe"),
    "zip-bomb-that-lies": (lying_size(), "form-safe"),
    "zip-bomb-in-a-docx": (with_part(DOCX, "docProps/thumbnail.jpeg", b"\0" * BOMB), "form-safe"),
    "a-part-before-the-file": (books.before_the_file(ODS), "form-readable"),
    "a-broken-picture-in-a-docx": (with_a_broken_picture(), "form-safe"),
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
    "a-zip-of-a-kind-that-nobody-knows": (books.of_another_kind(FORM), "form-readable"),
    "a-web-page-called-xls": (b"<html><table></table></html>", "form-readable"),
    "nothing": (b"", "form-readable"),
    "broken-xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4_000, "form-readable"),
    "encrypted-with-a-password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4_000 + "EncryptedPackage".encode("utf-16-le"),
        "form-readable",
    ),
    "tags-without-end": (with_part(FORM, SHEET, b"<worksheet>" + b"<c/>" * 2_000_000), "form-safe"),
    "nested-without-end": (
        part(ODS, "content.xml", b"<text:p>", b"<text:p>" + b"<text:span>" * 100_000), "form-readable",
    ),
    "nested-to-the-end": (
        part(ODS, "content.xml", b"<text:p>",
             b"<text:p>" + b"<text:span>" * 100_000 + b"</text:span>" * 100_000), "form-safe",
    ),
    "a-string-of-thirty-megabytes": (
        part(FORM, SHEET, b"</sheetData>", b'<row r="30"><c r="K30" t="str"><v>%s</v></c></row></sheetData>'
             % (b"a" * 30 * 2**20)),
        "form-safe",
    ),
    "merged-ranges-that-overlap": (
        part(FORM, SHEET, b"</mergeCells>", b'<mergeCell ref="A1:XFD9999"/></mergeCells>'), "form-safe",
    ),
    "a-wide-xls": (books.xls("表", {(0, 0): 1, (65_535, 255): 1}, []), "form-safe"),
    "a-sheet-without-a-part": (part(FORM, "xl/workbook.xml", b' r:id="', b' id="'), "form-readable"),
    "a-part-of-another-name": (
        DOCX.replace(b"docProps/core.xml", b"docProps/core.xmk", 1), "form-readable",
    ),
    "broken-xml": (with_part(FORM, SHEET, b"<worksheet><sheetData><row><c"), "form-readable"),
    "docx-with-tracked-changes": (
        part(DOCX, "word/document.xml", b"<w:body>", b'<w:body><w:p><w:ins w:id="1"/></w:p>'), "form-hidden",
    ),
    "relationships-without-end": (
        with_part(FORM, "xl/worksheets/_rels/sheet1.xml.rels",
                  b'<Relationship TargetMode="External" ' * 400_000),
        "form-readable",
    ),
    "sheet-data-again-and-again": (
        with_part(FORM, SHEET, b"<worksheet x>" + b"<sheetData></sheetData>" * 40_000), "form-readable",
    ),
    "three-million-spaces": (in_a_cell(b" " * 3_000_000 + b"a"), "form-cell-unknown"),
    "three-million-digits": (in_a_cell(b"1" * 3_000_000), "form-safe"),
    "six-thousand-digits-of-a-year": (
        part(FORM, SHEET, "≥50个".encode("ascii", "xmlcharrefreplace"),
             b"1" * 6_000 + "年".encode("ascii", "xmlcharrefreplace")), "cell-length",
    ),
    "merged-ranges-by-the-thousand": (
        part(part(FORM, SHEET, b"</sheetData>", b'<row r="999"><c r="ALL999"><v>1</v></c></row></sheetData>'),
             SHEET, b"</mergeCells>",
             b"".join(b'<mergeCell ref="AA%d:ALL999"/>' % row for row in range(100, 900))
             + b"</mergeCells>"),
        "form-safe",
    ),
    "a-format-without-end": (
        with_part(FORM, "xl/styles.xml", STYLES % (b"[" * 3_000_000)), "form-hidden",
    ),
    "a-docx-of-nine-hundred-million-columns": (
        part(DOCX, "word/document.xml", b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="900000000"/>'), "form-safe",
    ),
    "a-docx-that-begins-far-off": (
        part(DOCX, "word/document.xml", b"<w:tr>",
             b'<w:tr><w:trPr><w:gridBefore w:val="900000000"/></w:trPr>'), "form-safe",
    ),
    "a-docx-of-one-long-word": (
        part(DOCX, "word/document.xml", b"<w:body>",
             b"<w:body><w:p><w:r><w:t>" + b"20" * 8_000_000 + b"</w:t></w:r></w:p>"), "form-readable",
    ),
    "no-form": (books.xlsx([("名册", {(0, 0): "序号", (0, 1): "数量"}, [])]), "form-none"),
}  # fmt: skip


# A process that may take 512 MB of address space above what the interpreter has, and no more than 10 s.
# All that an import loads is loaded before, so that the limit is the file's.
LIMITED = """
import resource, sys
from disclosure.cli import main
from disclosure.forms import reading
from disclosure.quality import checks, formats
from disclosure.quality.scan import scan
size = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
limit = size + int(sys.argv[1]) * 2**20
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_by_name_in_time_and_memory(tmp_path: Path, name: str) -> None:
    data, rule = HOSTILE[name]
    file = tmp_path / "form.xlsx"
    file.write_bytes(data)
    options = ["--package", str(PACKAGES / "good"), "--dry-run", "--format", "json"]
    command = [sys.executable, "-c", LIMITED, str(MEGABYTES), "import", str(file), *options]
    done = subprocess.run(command, capture_output=True, check=False, timeout=SECONDS)
    assert done.returncode == 1, done.stderr.decode()
    told = [item for item in json.loads(done.stdout)["problems"] if item["severity"] == "error"]
    assert {item["rule"] for item in told} == {rule}
    assert told[0]["file"] == file.name
    assert told[0]["mend"]


def test_no_bytes_of_a_form_end_in_a_traceback(tmp_path: Path) -> None:
    """Whatever its kind and whatever of it is spoiled, a file is read or refused."""
    chance, layout = random.Random(7), of_package()
    grid, merges = laid_out(National())
    whole = [FORM, ODS, DOCX, books.shared(grid, merges), books.xls("表", grid, merges)]
    ends: Counter[str] = Counter()
    for _ in range(20_000 if FULL else 800):
        (tmp_path / "form.xlsx").write_bytes(books.spoiled(chance.choice(whole), chance))
        (book,) = opened([tmp_path / "form.xlsx"])
        found, problems = reading.read(book, layout)
        ends[problems[0].rule if problems and not found else "read"] += 1
    assert min(ends["read"], ends["form-readable"]) > 200, ends


def heads(number: int) -> bytes:
    grid, merges = laid_out(National())
    more = {(100 + row, 0): "三级指标" for row in range(number)}
    more |= {(100 + row, 1): "年度指标值" for row in range(number)}
    return books.xlsx([("表", grid | more, merges)])


def under_each_other(number: int) -> bytes:
    grid: Grid = {}
    for at in range(number):
        form, _ = laid_out(National(name=f"项目{at}"))
        grid |= {(row + 25 * at, column): text for (row, column), text in form.items()}
    return books.xlsx([("表", grid, [])])


@pytest.mark.parametrize("data", [heads(20_000), under_each_other(1_200)], ids=["heads", "forms"])
def test_a_sheet_of_many_heads_or_forms_is_read_within_seconds(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "form.xlsx").write_bytes(data)
    (book,) = opened([tmp_path / "form.xlsx"])
    begin = time.process_time()
    assert reading.read(book, of_package())[0]
    assert time.process_time() - begin < SECONDS


def test_a_part_of_a_document_that_lacks_what_it_needs_is_refused() -> None:
    for one, other in ((b' w:val="2"', b""), (b' w:val="2"', b' w:val="two"')):
        with zipfile.ZipFile(io.BytesIO(DOCX)) as packed:
            parts = {name: packed.read(name) for name in packed.namelist()}
        assert b'<w:gridSpan w:val="2"/>' in parts["word/document.xml"]
        parts["word/document.xml"] = parts["word/document.xml"].replace(
            b"<w:gridSpan" + one, b"<w:gridSpan" + other
        )
        with pytest.raises(Refused) as refused:
            sheets(books.zipped(parts))
        assert refused.value.rule == "form-readable"


def test_what_has_no_end_is_no_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "endless.xlsx").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.xlsx")
    for name in ("endless.xlsx", "pipe.xlsx"):
        assert main(["import", str(tmp_path / name), "--package", str(PACKAGES / "good")]) == 2
        assert f"No such file or directory ({tmp_path / name})" in capsys.readouterr().err
    assert main(["import", str(tmp_path), "--package", str(PACKAGES / "good")]) == 2
    assert "no workbook or document" in capsys.readouterr().err


def test_a_directory_that_is_read_as_plain_is_read_as_zipfile_reads_it() -> None:
    """Whatever stands in it: bytes changed, cut, put before or behind; most of what is odd is left to it."""
    chance = random.Random(5)
    whole = [FORM, *(path.read_bytes() for path in sorted((ROOT / "tests" / "forms").glob("*.xlsx")))]
    plain = 0
    for turn in range(20_000 if FULL else 3_000):
        data = bytearray(chance.choice(whole))
        start = int.from_bytes(data[data.rindex(b"PK\5\6") + 16 :][:4], "little")
        for _ in range(chance.randrange(4)):
            data[chance.randrange(start - 5, len(data))] = chance.choice(
                (0, 1, 8, 45, 46, 255, chance.randrange(256))
            )
        cut = data[: chance.randrange(start, len(data))] if turn % 7 == 0 else data
        odd = b"x" * (turn % 13 == 0) + bytes(cut) + b"x" * (turn % 11 == 0)
        found = guard._plain(odd)
        if found and len({item.filename for item in found}) == len(found):
            plain += 1
            told = guard.listing(io.BytesIO(odd))
            assert [tuple(getattr(item, name) for name in guard.Part._fields) for item in told] == found
    assert plain > turn / 5


def prefixed(data: bytes) -> bytes:
    """The same workbook as the Open XML SDK writes it, every tag with a prefix."""

    def change(parts: dict[str, bytes]) -> None:
        for path in (SHEET, "xl/workbook.xml", "xl/styles.xml"):
            tagged = re.sub(rb"<(/?)(\w+)(?=[\s/>])", rb"<\1x:\2", parts[path])
            parts[path] = tagged.replace(b"xmlns=", b"xmlns:x=")

    return repacked(data, change)


def cell(place: str, xml: str) -> Callable[[bytes], bytes]:
    """The sheet's XML with this in the place of a cell."""
    return lambda sheet: re.sub(
        rf'<c r="{place}"[^>]*?(?:/>|>.*?</c>)'.encode(), xml.encode(), sheet, count=1
    )


def after(place: str, xml: str) -> Callable[[bytes], bytes]:
    """The sheet's XML with one more cell."""
    return lambda sheet: re.sub(rf'<c r="{place}".*?</c>'.encode(), rb"\g<0>" + xml.encode(), sheet, count=1)


def column(xml: str) -> Callable[[bytes], bytes]:
    return lambda sheet: sheet.replace(b"<sheetData>", f"<cols>{xml}</cols><sheetData>".encode())


def row(number: int, more: str) -> Callable[[bytes], bytes]:
    return lambda sheet: sheet.replace(f'<row r="{number}"'.encode(), f'<row r="{number}" {more}'.encode())


def nameless(sheet: bytes) -> bytes:
    """No row and no cell says where it stands; the fourteenth row is hidden."""
    hidden = sheet.replace(b'<row r="14"', b'<row hidden="1"')
    return re.sub(rb'(<(?:row|c)\b[^>]*?) r="\w+"', rb"\1", hidden)


SEEN: dict[str, tuple[Callable[[bytes], bytes], str, str]] = {
    "a hidden row": (row(14, 'hidden="1"'), "form-hidden", "C14"),
    "a hidden row, in a word": (row(14, "hidden = 'true'"), "form-hidden", "C14"),
    "a row of no height": (row(14, 'ht="0" customHeight="1"'), "form-hidden", "C14"),
    "rows hidden unless they say": (
        lambda sheet: sheet.replace(b"<sheetFormatPr", b'<sheetFormatPr zeroHeight="1"'), "form-hidden", "A1",
    ),
    "a hidden row that says nothing of its place": (nameless, "form-hidden", "A13"),
    "a hidden column": (column('<col min="7" max="7" hidden="1"/>'), "form-hidden", "G4"),
    "a column of no width": (column('<col min="6" max="7" width="0" customWidth="1"/>'), "form-hidden", "F4"),
    "a text under a merged cell": (after("A3", '<c r="B3" t="str"><v>别的</v></c>'), "form-hidden", "B3"),
    "a formula without a value": (cell("G6", '<c r="G6"><f>1+1</f></c>'), "form-formula", "G6"),
    "a formula with an empty value": (cell("G6", '<c r="G6"><f>1+1</f><v/></c>'), "form-formula", "G6"),
    "a formula of text without a value": (
        cell("C3", '<c r="C3" t="str"><f>A1</f></c>'), "form-formula", "C3",
    ),
    "an error": (cell("G6", '<c r="G6" t="e"><v>#REF!</v></c>'), "form-cell-broken", "G6"),
    "an error written as a text": (cell("G6", '<c r="G6" t="str"><v>#N/A</v></c>'), "form-cell-broken", "G6"),
    "a cell of another row": (cell("G6", '<c r="G9"><v>1</v></c>'), "form-safe", "G9"),
    "one place twice": (
        cell("G6", '<c r="G6"><v>1</v></c><c r="G6"><v>2</v></c>'), "form-hidden", "G6",
    ),
}  # fmt: skip


@pytest.mark.parametrize("prefix", [False, True], ids=["plain", "prefixed"])
@pytest.mark.parametrize("name", SEEN)
def test_what_the_signer_did_not_see_is_refused_by_cell_however_it_is_written(
    name: str, prefix: bool
) -> None:
    change, rule, where = SEEN[name]

    def changed(parts: dict[str, bytes]) -> None:
        before = parts[SHEET]
        parts[SHEET] = change(before)
        assert parts[SHEET] != before

    data = repacked(FORM, changed)
    with pytest.raises(Refused) as refused:
        sheets(prefixed(data) if prefix else data)
    assert (refused.value.rule, refused.value.where) == (rule, f"Sheet1!{where}")


HARMLESS: dict[str, Callable[[bytes], bytes]] = {
    "prefixed": lambda sheet: sheet,
    "a hidden column with nothing in it": column('<col min="30" max="40" hidden="1"/>'),
    "a formula that gives no text": cell("J14", '<c r="J14" t="str"><f>IF(1,"")</f><v></v></c>'),
    "the same text under a merged cell": after("A3", '<c r="B3" t="str"><v>项目名称</v></c>'),
    "a text in runs": cell(
        "C3",
        '<c r="C3" t="inlineStr"><is><r><t>委托</t></r><r><t>业务项目</t></r><rPh><t>x</t></rPh></is></c>',
    ),
    "places nowhere": lambda sheet: re.sub(rb'(<row\b[^>]*?) r="\w+"', rb"\1", sheet),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_hides_nothing_reads_as_before(name: str) -> None:
    data = repacked(FORM, lambda parts: parts.update({SHEET: HARMLESS[name](parts[SHEET])}))
    expected = told(forms(FORM)[0])
    assert told(forms(data)[0]) == expected
    assert told(forms(prefixed(data))[0]) == expected


def old(change: Callable[[xlwt.Workbook, xlwt.Worksheet], None]) -> bytes:
    """The form as an .xls, changed."""
    return books.xls("Sheet1", *laid_out(National()), change)


OLD: dict[str, tuple[Callable[[xlwt.Workbook, xlwt.Worksheet], None], str, str]] = {
    "a hidden row": (lambda book, sheet: setattr(sheet.row(13), "hidden", True), "form-hidden", "C14"),
    "a hidden column": (lambda book, sheet: setattr(sheet.col(6), "hidden", True), "form-hidden", "G4"),
    "an error": (lambda book, sheet: sheet.row(20).set_cell_error(0, "#REF!"), "form-cell-broken", "A21"),
}


@pytest.mark.parametrize("name", OLD)
def test_an_old_workbook_hides_nothing_either(name: str) -> None:
    change, rule, where = OLD[name]
    with pytest.raises(Refused) as refused:
        sheets(old(change))
    assert (refused.value.rule, refused.value.where) == (rule, f"Sheet1!{where}")


def test_an_old_workbook_shows_percentages_and_says_which_sheets_it_hides() -> None:
    def change(book: xlwt.Workbook, sheet: xlwt.Worksheet) -> None:
        sheet.write(20, 0, 0.95, xlwt.easyxf(num_format_str="0%"))
        sheet.write(21, 0, 45_000, xlwt.easyxf(num_format_str="yyyy/m/d"))
        hidden = book.add_sheet("藏着的")
        hidden.visibility = 1
        hidden.write(0, 0, "x")

    seen, hidden = sheets(old(change))
    assert [item.text for item in seen.cells[-2:]] == ["95%", "2023-03-15"]
    assert (hidden.title, hidden.hidden, hidden.cells) == ("藏着的", True, ())


def test_a_hidden_sheet_is_named_by_the_import(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = load_workbook(io.BytesIO(FORM))
    book.create_sheet("藏着的")["A1"] = "x"
    book["藏着的"].sheet_state = "veryHidden"
    book.save(tmp_path / "form.xlsx")
    options = ["--package", str(PACKAGES / "good"), "--dry-run", "--any-department", "--format", "json"]
    assert main(["import", str(tmp_path / "form.xlsx"), *options]) == 0
    told = json.loads(capsys.readouterr().out)["problems"]
    (passed,) = [item for item in told if item["rule"] == "form-sheet-passed"]
    assert (passed["file"], passed["column"], passed["found"]) == ("form.xlsx", "藏着的", "hidden")


PARAGRAPH = b"<w:t>%s</w:t>" % "委托业务项目".encode()
UNSEEN = {
    "a text box": b"<w:txbxContent><w:p/></w:txbxContent>" + PARAGRAPH,
    "a tag of Word's own": b"<w:smartTag>" + PARAGRAPH + b"</w:smartTag>",
    "a field": b'<w:fldSimple w:instr="DATE">' + PARAGRAPH + b"</w:fldSimple>",
    "a hidden text": b"<w:rPr><w:vanish/></w:rPr>" + PARAGRAPH,
    "a revision": b"<w:ins>" + PARAGRAPH + b"</w:ins>",
}


@pytest.mark.parametrize("name", UNSEEN)
def test_what_a_document_would_pass_over_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refused:
        sheets(part(DOCX, "word/document.xml", PARAGRAPH, UNSEEN[name]))
    assert refused.value.rule == "form-hidden"


def test_a_text_under_a_merged_cell_of_a_document_or_an_ods_is_refused() -> None:
    covered = b"<table:covered-table-cell/>"
    text = b"<table:covered-table-cell><text:p>x</text:p></table:covered-table-cell>"
    with pytest.raises(Refused) as refused:
        sheets(part(ODS, "content.xml", covered, text))
    assert refused.value.rule == "form-hidden"
    under = re.compile(rb"(<w:vMerge/>.*?<w:p)/>", re.DOTALL)

    def change(parts: dict[str, bytes]) -> None:
        document = parts["word/document.xml"]
        parts["word/document.xml"] = under.sub(rb"\1><w:r><w:t>x</w:t></w:r></w:p>", document, count=1)
        assert parts["word/document.xml"] != document

    with pytest.raises(Refused) as refused:
        sheets(repacked(DOCX, change))
    assert (refused.value.rule, refused.value.found) == ("form-hidden", "x")


LISTED = b"""<dataValidations count="1"><dataValidation type="list" sqref="A1">
<formula1>"a,b"</formula1></dataValidation></dataValidations></worksheet>"""


def test_a_list_to_choose_from_is_no_formula() -> None:
    data = part(FORM, SHEET, b"</worksheet>", LISTED)
    assert told(forms(data)[0]) == told(forms(FORM)[0])


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
