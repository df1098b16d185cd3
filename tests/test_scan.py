"""What must not go out is found in every kind of file and named without its value; all else passes."""

import csv
import gzip
import io
import json
import os
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from random import Random
from socket import AF_UNIX, socket

import openpyxl
import pyarrow as pa
import pytest
from books import National, before_the_file, docx, laid_out, ods, of_another_kind, spoiled
from conftest import FULL, PACKAGES, ROOT
from disclosure.cli import main
from disclosure.model import Problem
from disclosure.package.load import load
from disclosure.quality.rules import rules
from disclosure.quality.scan.detectors import detect
from disclosure.quality.scan.scan import scan, scan_folder, scan_paths
from disclosure.quality.scan.settings import BadSettings, defaults, settings_of
from disclosure.release.downloads import downloads
from openpyxl.comments import Comment
from PIL import Image
from pyarrow import parquet
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

SETTINGS = defaults()
# Nobody's: born in 1900 or 1901, a carrier's own service number, a card network's test card.
IDENTITY, MOBILE, CARD = "440113190102030112", "13800138000", "4111111111111111"


def corpus(name: str) -> list[dict[str, str]]:
    with (ROOT / "tests" / "scan" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kinds(text: str) -> set[str]:
    return {hit.kind for hit in detect(text, SETTINGS)}


def found(name: str, data: bytes, full: str = "") -> set[tuple[str, str]]:
    """Place and rule of each problem; the full value stands in none."""
    problems = scan([(name, data)])
    assert not full or full not in repr(problems)
    return {(problem.column, problem.rule) for problem in problems}


def test_precision_and_recall_over_the_corpus(record_property: Callable[[str, object], None]) -> None:
    """What is recorded stands at the end of the run's output."""
    hits, misses = corpus("hits"), corpus("misses")
    assert len({hit["text"] for hit in hits}) >= 200
    assert len({miss["text"] for miss in misses}) >= 200
    caught = Counter(hit["kind"] for hit in hits if hit["kind"] in kinds(hit["text"]))
    wanted = Counter(hit["kind"] for hit in hits)
    wrong = Counter(kind for miss in misses for kind in kinds(miss["text"]))
    record_property("corpus of the scan", f"{len(hits)} hits, {len(misses)} near misses")
    for kind, many in wanted.items():
        recall, precision = caught[kind] / many, caught[kind] / max(1, caught[kind] + wrong[kind])
        record_property(kind, f"hits {many:3}  precision {precision:.3f}  recall {recall:.3f}")
        assert precision >= 0.99, [miss for miss in misses if kind in kinds(miss["text"])]
        if rules()[kind].severity == "error":
            assert recall == 1.0, [
                hit for hit in hits if hit["kind"] == kind and kind not in kinds(hit["text"])
            ]


def test_every_rule_of_the_stage_is_tripped() -> None:
    tripped = {kind for hit in corpus("hits") for kind in kinds(hit["text"])}
    tripped |= {problem.rule for problem in scan([("a.bin", b"\0\1\2\3")])}
    assert tripped == {name for name, rule in rules().items() if rule.stage == "personal"}


def test_no_hit_of_the_corpus_is_ever_shown() -> None:
    for hit in corpus("hits"):
        if hit["kind"] in ("no-id-number", "no-mobile-number", "no-bank-card"):
            for problem in scan([("a.txt", hit["text"].encode())]):
                shown = "".join(filter(str.isdigit, problem.found))
                assert len(shown) <= 6, (hit, problem)


def test_digests_never_look_like_a_number() -> None:
    text = "\n".join(sha256(str(number).encode()).hexdigest() for number in range(20_000))
    assert kinds(text) == set()


def test_a_csv_names_line_and_column() -> None:
    data = f"项目,负责人\n甲,某某\n乙,某某 {MOBILE}\n".encode()
    (problem,) = scan([("a.csv", data)])
    assert problem == Problem("a.csv", 3, "负责人", "no-mobile-number", "138******00", "")
    assert found("a.csv", "项目,电话\n甲,13800138000\n".encode("gb18030")) == {("电话", "no-mobile-number")}


@pytest.mark.parametrize(
    "name", ["姓名", "学生姓名", "身份证号码", "家庭住址", "监护人", "联系电话", "bank_account"]
)
def test_a_marked_column_counts_once_it_holds_a_value(name: str) -> None:
    blank, filled = f"项目,{name}\n甲,\n乙,NA\n".encode(), f"项目,{name}\n甲,\n乙,某\n".encode()
    assert found("a.csv", blank) == set()
    assert (name, "no-personal-column") in found("a.csv", filled)


@pytest.mark.parametrize("name", ["监护人人数", "身份证办理数量", "项目名称", "是否有监护人", "联系电话数量"])
def test_a_column_that_counts_is_not_marked(name: str) -> None:
    assert found("a.csv", f"项目,{name}\n甲,12\n".encode()) == set()


def test_a_small_count_in_a_table_is_a_warning() -> None:
    assert found("a.csv", "对象,人数\n孤儿,3\n党员,3\n".encode()) == {("人数", "small-count")}
    assert found("a.csv", "对象,人数\n孤儿,12\n".encode()) == set()


def workbook(path: Path) -> bytes:
    book = openpyxl.Workbook()
    book.properties.creator = "张某某"
    sheet = book.active
    assert sheet is not None
    sheet.append(["项目", "金额"])
    sheet.append(["甲", 12.5])
    sheet.append(["乙", int(MOBILE)])
    sheet.row_dimensions[3].hidden = True
    note = book.create_sheet("备注")
    note["B2"] = "说明"
    note["B2"].comment = Comment(f"核对 {IDENTITY}", "李某")
    secret = book.create_sheet("隐藏")
    secret.sheet_state = "veryHidden"
    secret["C7"] = CARD
    secret.append(["填表人", "王某"])
    book.save(path)
    return path.read_bytes()


def test_a_workbook_is_read_to_its_hidden_corners(tmp_path: Path) -> None:
    made = found("a.xlsx", workbook(tmp_path / "a.xlsx"), MOBILE)
    assert ("sheet Sheet B3 (hidden)", "no-mobile-number") in made
    assert ("comment B2", "no-id-number") in made
    assert ("author of a comment", "no-personal-column") in made
    assert ("sheet 隐藏 (hidden) C7", "no-bank-card") in made
    assert ("sheet 隐藏 (hidden) A8", "no-personal-column") in made
    assert any(place.startswith("docProps/core.xml") for place, rule in made if rule == "no-personal-column")


def test_our_own_downloads_are_clean() -> None:
    package, _ = load(ROOT / "datapackage")
    assert scan((item.path, item.content) for item in downloads(package)) == []


def test_packages_and_rules_are_clean() -> None:
    assert scan_paths([ROOT / "datapackage"]) == []
    assert scan_paths([PACKAGES / "good"]) == []


def pdf(text: str, **options: str) -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode())
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    held = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    fonts = DictionaryObject({NameObject("/F1"): held})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({"/Author": options.get("author", ""), "/Subject": options.get("subject", "")})
    if "attached" in options:
        writer.add_attachment("list.csv", options["attached"].encode())
    if "password" in options:
        writer.encrypt(options["password"], algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_pdf_is_read_with_its_metadata_and_attachments() -> None:
    assert found("a.pdf", pdf("No. 138 0013 8000"), MOBILE) == {("page 1", "no-mobile-number")}
    assert found("a.pdf", pdf("text", author="张某某")) == {("metadata Author", "no-personal-column")}
    assert found("a.pdf", pdf("text", subject=IDENTITY), IDENTITY) == {("metadata Subject", "no-id-number")}
    (problem,) = scan([("a.pdf", pdf("text", attached=f"a,b\n1,{MOBILE}\n"))])
    assert (problem.file, problem.row, problem.column) == ("a.pdf!attachment list.csv", 2, "b")
    assert found("a.pdf", pdf("12,345.67")) == set()


def test_a_database_is_read_table_by_table(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE people (项目 TEXT, 监护人 TEXT, phone INTEGER)")
    base.execute("INSERT INTO people VALUES ('甲', '某某', ?)", (int(MOBILE),))
    base.commit()
    made = found("a.db", path.read_bytes(), MOBILE)
    assert made >= {("people.phone", "no-mobile-number"), ("people.监护人", "no-personal-column")}
    base.execute("DROP TABLE people")
    base.commit()
    base.close()
    assert found("a.db", path.read_bytes()) == {("", "scan-readable")}  # what was deleted may still be there


def test_an_amount_in_whole_ten_thousandths_is_no_telephone(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as base:
        base.execute(
            "CREATE TABLE funds (budget_e4 INTEGER, budget REAL AS (budget_e4 / 10000.0), phone_e4 INTEGER)"
        )
        base.execute("INSERT INTO funds VALUES (?, ?)", (int(MOBILE), int(MOBILE)))
        base.execute("CREATE TABLE lies (sum_e4 INTEGER, sum REAL AS (sum_e4 * 0))")
        base.execute("INSERT INTO lies VALUES (?)", (int(MOBILE),))
        base.commit()
    made = {("funds.phone_e4", "no-mobile-number"), ("lies.sum_e4", "no-mobile-number")}
    assert found("a.db", path.read_bytes(), MOBILE) == made


def test_a_picture_is_read_for_its_metadata() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Zhang San"
    exif[0x010E] = f"contact {MOBILE}"
    exif.get_ifd(0x8825)[2] = (23.0, 3.0, 0.0)
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "JPEG", exif=exif)
    assert found("a.jpg", buffer.getvalue(), MOBILE) == {
        ("EXIF Artist", "no-personal-column"),
        ("EXIF ImageDescription", "no-mobile-number"),
        ("EXIF", "no-personal-column"),
    }
    bare = io.BytesIO()
    Image.new("RGB", (8, 8)).save(bare, "PNG")
    assert found("a.png", bare.getvalue()) == set()


def test_a_feed_is_read_with_its_authors() -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><author><name>张某某</name></author>'
        f'<entry><content type="html">&lt;p&gt;138&lt;b&gt;0013&lt;/b&gt;8000&lt;/p&gt;</content>'
        f'<link href="https://example.org/?id={IDENTITY}"/></entry></feed>'
    )
    assert found("feed.xml", feed.encode(), IDENTITY) == {
        ("author/name", "no-personal-column"),
        ("entry/content", "no-mobile-number"),
        ("entry/link", "no-id-number"),
    }


def test_a_search_index_is_read_string_by_string() -> None:
    index = {
        "docs": [{"text": "<p>无</p>"}, {"text": f"<p>电话 {MOBILE}</p>"}],
        "a": {"联系电话": "020-00000000"},
    }
    for text in (json.dumps(index), json.dumps(index, ensure_ascii=False)):
        assert found("search_index.json", text.encode(), MOBILE) == {
            ("docs[1].text", "no-mobile-number"),
            ("a.联系电话", "no-personal-column"),
        }
    assert found("a.json", f'{{"a": "{MOBILE}", "a": ""}}'.encode()) == {("a", "no-mobile-number")}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (f"[{MOBILE},123]", "no-mobile-number"),  # not the beginning of 13,800,138,000,123
        ('{"a": "x", "personName": 1, ":姓 名": "某某"}', "no-personal-column"),
        ('{"full_name": "某某"}', "no-personal-column"),
        ('{"a": "1380013\\u0038000"}', "no-mobile-number"),
        ('{"a": "<p>138<b>0013</b>8000</p>"}', "no-mobile-number"),
        ('{"a": "一行\\n机密\\n一行"}', "no-secrecy-mark"),
    ],
)
def test_what_screens_a_json_file_sees_what_its_strings_hold(text: str, rule: str) -> None:
    assert {problem.rule for problem in scan([("a.json", text.encode())])} == {rule}


def test_a_number_that_comments_part_in_a_document_is_one() -> None:
    parted = f"<feed><title>{MOBILE[:3]}<!-- x -->{MOBILE[3:7]}<?x y?>{MOBILE[7:]}</title></feed>"
    assert {problem.rule for problem in scan([("a.xml", parted.encode())])} == {"no-mobile-number"}
    foreign = b'<!DOCTYPE html PUBLIC "x" "y"><a>138&b;00138000</a>'
    assert {problem.rule for problem in scan([("a.svg", foreign)])} == {"scan-readable"}


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        (f"<p>{MOBILE}</p>", "no-mobile-number"),
        ("<p>138<b>0013</b>8000</p>", "no-mobile-number"),
        ("<p>138<!-- x -->00138000</p>", "no-mobile-number"),
        ("<p>&#49;3800138000</p>", "no-mobile-number"),
        (f'<a href="tel:{MOBILE}">x</a>', "no-mobile-number"),
        (f"<!-- {IDENTITY} -->", "no-id-number"),
        (f'<script type="application/json">{{"a":"{CARD}"}}</script>', "no-bank-card"),
        ("<table><tr><th>项目<th>姓名</tr><tr><td>甲<td>某某</tr></table>", "no-personal-column"),
        ("<table><tr><th scope='row'>填表人</th><td>王某</td></tr></table>", "no-personal-column"),
        ("<p><span>填表人</span>：王某</p>", "no-personal-column"),
        ("<h1>某某办法（征求意见稿）</h1>", "no-secrecy-mark"),
        ("<table><tr><td>甲</td><td>机密</td></tr></table>", "no-secrecy-mark"),
        ("<p>救助<b>孤儿</b> 3 名</p>", "small-count"),
    ],
)
def test_a_page_is_read_as_written_and_as_seen(html: str, rule: str) -> None:
    assert {problem.rule for problem in scan([("a.html", html.encode())])} == {rule}


@pytest.mark.parametrize(
    "html",
    [
        "<p>个人信息：姓名、身份证号、住址、联系电话。</p>",
        "<dl><dt>机密</dt><dd>密级的一种</dd></dl>",
        "<p>国家秘密分为<strong>绝密</strong>、<strong>机密</strong>、<strong>秘密</strong>三级</p>",
        "<table><tr><th>姓名</th><th>监护人</th></tr></table>",
        "<table><tr><th scope='row'>姓名</th><td>能认出一个人的名称，不公开</td></tr></table>",
        f"<code>{sha256(b'x').hexdigest()}</code><td>51000021R000000019951</td><td>1,380,013</td><td>8000</td>",
        "<td>138</td><td>0013</td><td>8000</td>",
    ],
)
def test_prose_about_personal_data_passes(html: str) -> None:
    assert scan([("a.html", html.encode())]) == []


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_an_archive_is_opened_one_level_deep(tmp_path: Path) -> None:
    inner = {"a.csv": f"x\n{MOBILE}\n".encode(), "b.xlsx": workbook(tmp_path / "b.xlsx")}
    problems = scan([("p.zip", zipped(**inner))])
    assert ("p.zip!a.csv", 2) in {(problem.file, problem.row) for problem in problems}
    assert any(problem.file == "p.zip!b.xlsx" for problem in problems)
    (problem,) = scan([("p.zip", zipped(**{"q.zip": zipped(**inner)}))])
    assert (problem.file, problem.rule) == ("p.zip!q.zip", "scan-readable")
    (problem,) = scan([("sitemap.txt.gz", gzip.compress(MOBILE.encode()))])
    assert problem.rule == "no-mobile-number"


def parquet_of(text: bytes) -> bytes:
    """One cell of text, whatever its bytes are."""
    held = pa.py_buffer(text)
    ends = pa.py_buffer(b"".join(size.to_bytes(4, "little") for size in (0, len(text))))
    file = io.BytesIO()
    parquet.write_table(pa.table({"a": pa.StringArray.from_buffers(1, ends, held)}), file)
    return file.getvalue()


BOMB = zipped(**{"[Content_Types].xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * 8_000_000})
ENTITY = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.bin", b"\0\1\2\3"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.xlsx", b"not a workbook"),
        ("a.xlsx", BOMB),
        ("a.xlsx", zipped(**{"[Content_Types].xml": b"<a/>", "xl/workbook.xml": ENTITY})),
        ("a.xlsm", zipped(**{"[Content_Types].xml": b"<a/>", "xl/vbaProject.bin": b"x"})),
        ("a.xml", ENTITY),
        ("a.svg", ENTITY),
        ("a.json", b"{"),
        ("a.zip", b"PK\3\4broken"),
        ("a.zip", of_another_kind(zipped(a=b"x"))),
        ("a.zip", before_the_file(zipped(a=b"x"))),
        ("a.ods", zipped(α=b"x").replace("α".encode(), b"\xff\xff")),
        ("a.parquet", parquet_of(b"\xff")),
        ("a.gz", b"\x1f\x8bbroken"),
        ("a.pdf", b"%PDF-1.7\nbroken"),
        ("a.pdf", pdf("text", password="x")),
        ("a.png", b"\x89PNG\r\n\x1a\nbroken"),
        ("a.db", b"SQLite format 3\0broken"),
        ("a.txt", b"\xff" * 20),
    ],
)
def test_what_cannot_be_looked_into_is_said(name: str, data: bytes) -> None:
    assert [problem.rule for problem in scan([(name, data)])] == ["scan-readable"]


def test_no_bytes_that_go_out_end_in_a_traceback(good: Path) -> None:
    """Every kind of file that is published, and workbooks and documents, with bytes of it spoiled."""
    chance, grid = Random(3), laid_out(National())
    kinds = {Path(item.path).suffix: item.content for item in downloads(load(good)[0])}
    kinds |= {".docx": docx(*grid), ".ods": ods("表", *grid), ".pdf": pdf("text")}
    assert len(kinds) > 9
    seen = set()
    for _ in range(5_000 if FULL else 500):
        suffix = chance.choice(sorted(kinds))
        seen |= {problem.rule for problem in scan([(f"a{suffix}", spoiled(kinds[suffix], chance))])}
    assert "scan-readable" in seen


def test_a_file_too_large_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("disclosure.quality.scan.scan.MAX_BYTES", 10)
    (tmp_path / "a.txt").write_bytes(b"x" * 11)
    assert [problem.rule for problem in scan_paths([tmp_path])] == ["scan-readable"]


def test_what_is_no_file_inside_a_folder_is_told_and_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    os.mkfifo(folder / "datapackage.json")  # nor is the pipe waited for where settings are looked for
    os.mkfifo(folder / "sub" / f"{MOBILE}.csv")
    (folder / "linked").symlink_to(tmp_path / "other")
    (folder / "lost.csv").symlink_to(tmp_path / "nowhere")
    (folder / "seen.txt").symlink_to(folder / "sub" / "a.txt")
    (folder / "sub" / "a.txt").write_text("水", encoding="utf-8")
    monkeypatch.chdir(folder)  # an address of a socket is short
    with socket(AF_UNIX) as listening:
        listening.bind("live")
        problems = scan_paths([folder])
    assert {problem.rule for problem in problems} == {"scan-readable"}
    told = [problem.file for problem in problems]
    assert told[:4] == ["datapackage.json", "linked", "live", "lost.csv"] and len(told) == 5
    assert MOBILE not in repr(problems)
    parts = [item for part in (0, 1) for item in scan_folder(folder, defaults(), part, 2)]
    assert sorted(parts) == problems
    twin = tmp_path / "twin"
    twin.mkdir()
    (twin / "lost.csv").write_text(f"{IDENTITY}\n", encoding="utf-8")
    assert "no-id-number" in {problem.rule for problem in scan_paths([folder, twin])}


def test_a_folder_that_cannot_be_opened_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()

    def refused(path: str) -> Iterator[os.DirEntry[str]]:
        if str(path).endswith("closed"):
            raise PermissionError(path)
        return opened(path)

    opened = os.scandir
    monkeypatch.setattr("os.scandir", refused)  # who tests may be root, whom nothing is refused
    with pytest.raises(PermissionError):
        scan_paths([tmp_path])


def test_names_of_files_sheets_and_columns_are_looked_at_and_masked(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet(f"某{IDENTITY}")["A1"] = CARD
    book.save(tmp_path / f"名单{MOBILE}.xlsx")
    (tmp_path / "a.csv").write_text(f"{IDENTITY}\n{CARD}\n", encoding="utf-8")
    problems = scan_paths([tmp_path])
    assert {"file name", "name of a sheet"} <= {problem.column for problem in problems}
    shown = repr(problems)
    assert not any(value in shown for value in (IDENTITY, MOBILE, CARD))


def test_settings_come_from_the_descriptor(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"联系电话：{MOBILE} a@office.example.cn 孤儿6名", encoding="utf-8")
    assert {problem.rule for problem in scan_paths([tmp_path])} == {
        "no-mobile-number",
        "no-personal-column",
        "personal-email",
    }
    own = {"official_numbers": [MOBILE], "official_domains": ["office.example.cn"], "small_count": 6}
    (tmp_path / "datapackage.json").write_text(json.dumps({"settings": {"scan": own}}), encoding="utf-8")
    assert {problem.rule for problem in scan_paths([tmp_path])} == {"small-count"}
    unsettable: list[object] = [{"official": []}, {"small_count": "4"}, {"official_numbers": MOBILE}, []]
    for wrong in unsettable:
        with pytest.raises(BadSettings):
            settings_of({"settings": {"scan": wrong}})


def test_the_command_walks_folders_and_blocks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "out" / "deep"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("someone@qq.com", encoding="utf-8")
    assert main(["scan", str(tmp_path)]) == 0  # a warning is said and does not block
    assert "personal-email" in capsys.readouterr().out
    (folder / "b.txt").write_text(MOBILE, encoding="utf-8")
    assert main(["scan", str(tmp_path), "--format", "json"]) == 1
    printed = capsys.readouterr().out
    assert '"file": "out/deep/b.txt"' in printed
    assert MOBILE not in printed
    assert main(["scan", str(tmp_path / "nowhere")]) == 2


def test_settings_of_the_scan_are_lawful_settings(good: Path) -> None:
    descriptor = good / "datapackage.json"
    text = descriptor.read_text(encoding="utf-8")
    own = '"language": "zh", "settings": {"scan": {"official_numbers": ["02012345678"], "small_count": 9}},'
    descriptor.write_text(text.replace('"language": "zh",', own), encoding="utf-8")
    assert main(["check", str(good)]) == 0


SPLIT = {
    "no-mobile-number": ["办公电话", "值班", "13-800-138-000"],
    "no-bank-card": ["Account", "main", "80000000000000002"],
}


def as_csv(row: list[str], quoting: int) -> bytes:
    text = io.StringIO()
    csv.writer(text, quoting=quoting, lineterminator="\n").writerows([["甲", "乙", "丙"], row])  # type: ignore[arg-type]
    return text.getvalue().encode("utf-8")


def as_sheet(row: list[str]) -> bytes:
    book = openpyxl.Workbook()
    for cells in (["甲", "乙", "丙"], row):
        book.worksheets[0].append(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_database(folder: Path, row: list[str]) -> bytes:
    with sqlite3.connect(folder / "a.sqlite") as base:
        base.execute("CREATE TABLE t (a TEXT, b TEXT, c TEXT)")
        base.execute("INSERT INTO t VALUES (?, ?, ?)", row)
    base.close()
    return (folder / "a.sqlite").read_bytes()


@pytest.mark.parametrize("kind", SPLIT)
def test_a_label_two_cells_from_its_number_counts_in_every_kind_of_table(tmp_path: Path, kind: str) -> None:
    """What screens a row before it is looked at sees the same words beside each other as the look itself."""
    row = SPLIT[kind]
    files = {
        "plain.csv": as_csv(row, csv.QUOTE_MINIMAL),
        "quoted.csv": as_csv(row, csv.QUOTE_ALL),
        "broken-lines.csv": as_csv([row[0], f"{row[1]}\n处", row[2]], csv.QUOTE_MINIMAL),
        "a.xlsx": as_sheet(row),
        "a.sqlite": as_database(tmp_path, row),
    }
    for name, data in files.items():
        assert kind in {problem.rule for problem in scan([(name, data)])}, name


def test_what_is_found_in_a_text_is_found_in_a_cell_of_a_table() -> None:
    """Every hit of the corpus that blocks, between two other cells, quoted and not; a tab parts cells."""
    for hit in corpus("hits"):
        if rules()[hit["kind"]].severity == "error" and hit["kind"] != "no-personal-column":
            for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL):
                told = {
                    problem.rule
                    for problem in scan([("a.csv", as_csv(["一", *hit["text"].split("\t"), "二"], quoting))])
                }
                assert hit["kind"] in told, hit


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", '<p>li.wei<b>@</b>mail<i>.cn</i></p> <script>{"@type": "WebPage"}</script>'),
        ("a.html", "<p>li.wei&#64;<span>mail.cn</span></p>"),
        ("a.html", "<pre>@misc{it}</pre><p>li.wei＠mail.cn</p>"),
        ("a.json", '{"less": "<5", "said": "a \\"word\\"\\nli.wei@mail.cn"}'),
        ("a.json", '{"less": "<5", "said": "< li.wei&#64;mail.cn"}'),
        ("a.json", '{"rows": [{"li.wei@mail.cn": 1}]}'),
    ],
)
def test_an_address_is_found_however_it_is_written(name: str, text: str) -> None:
    met = scan([(name, text.encode("utf-8"))])
    assert {problem.rule for problem in met} == {"personal-email"}
    assert not scan([(name, text.replace("li.wei", "li.wei ").encode("utf-8"))])
