"""What screens many texts at once never passes what a close look at each of them finds."""

import csv
import io
import json
import random
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from html import escape

import pyarrow as pa
import pytest
from conftest import FULL, ROOT
from disclosure.quality.scan.scan import scan
from pyarrow import parquet

SIGNS = "\u00a0\u2003\u200b\u200d\u2060\u3000\ufeff \t-‐–—−－・·．."
INLINE = (
    "<b>",
    "</b>",
    '<a href="x?y=1,2">',
    "</span>",
    "<!-- x -->",
    "<!-- > -->",
    "<br>",
    "<em\nid=a>",
)
HALF = {ord("０") + number: str(number) for number in range(10)}
SPACE = ' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:x="urn:x"'
ODD_TEXTS = (
    "办公电话 值班 13-800-138-000",
    "Account main 80000000000000002",
    "救助孤儿 3 名",
    "两名精神障碍患者",
    "姓名：王某某",
    "全文 li.wei@mail.cn",
    "tel13800138000",
    "+86 138 0013 8000",
    "008613800138000",
    "00８６13800138000",
    "4401 1319 0102 0301 12",
    "4111 1111 1111 1111",
    "622202 4000000000001",
    "机密",
    "13800138000,5",
    "编号138.0013.8000",
)


def corpus() -> list[str]:
    with (ROOT / "tests" / "scan" / "hits.csv").open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)] + list(ODD_TEXTS)


def disguised(text: str, chance: random.Random) -> str:
    """The text as somebody may have written it: other widths, signs, tags and entities within it."""
    many = chance.choice((0.0, 0.05, 0.3, 1.0))
    made = []
    for sign in text:
        if chance.random() < many:
            way = chance.randrange(5)
            wide = chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign
            put = (wide, f"&#{ord(sign)};", f"&#x{ord(sign):x};", f"{sign}{chance.choice(SIGNS)}", "")[way]
            made.append(put or chance.choice(INLINE) + sign)
        else:
            made.append(sign)
    return "".join(made)


def files(text: str, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """The text in every kind of file that is screened, between other words."""
    around = chance.choice(("", "a", "办公室 ", "。", "1", ", ", ">", "\n", "联系", "银行", "孤儿"))
    text = around + text + chance.choice(("", "x", "。", "2", " 3", "</b>", "\n"))
    yield "a.html", f"<p>{text}</p>".encode()
    yield "b.html", f"<td>{escape(text)}</td><th>姓 名</th><tr><td>某".encode()
    name = chance.choice(
        ("full_name", "full（x）_name", "<b>full</b>_<p>name", "（a） mobile", "項（a）目", "mobile*")
    )
    yield "c.html", f"<p>{text}</p><table><tr><th>{name}</th><tr><td>王某</td></tr></table>".encode()
    yield "a.txt", text.encode(chance.choice(("utf-8", "gb18030", "utf-16")), "replace")
    yield "a.jsonl", (json.dumps({"a": text}, ensure_ascii=False) + "\n").encode()
    for ascii_only in (True, False):
        yield "a.json", json.dumps({"a": [text], text[:30]: 1}, ensure_ascii=ascii_only).encode()


def table(texts: list[str], quoting: int) -> bytes:
    """The texts in cells, cut in two cells, and cut by a quotation mark."""
    held = io.StringIO()
    rows = [["甲", text, "3", text[: len(text) // 2], text[len(text) // 2 :]] for text in texts]
    csv.writer(held, quoting=quoting).writerows([["项目", "b", "人数", "c", "d"], *rows])  # type: ignore[arg-type]
    cut = [f'乙,"{text[:4]}"{text[4:]}' for text in texts if not {",", '"', "\n"} & set(text)]
    return (held.getvalue() + "\n".join(cut)).encode()


ODD_BOOKS = {
    "prefix": ("", ""),
    "runs": ("{0}{1}", "<r><t>{0}</t></r><r><rPr><b/></rPr><t>{1}</t></r>"),
    "two": ("<t>{0}{1}</t>", "<t>{0}</t>\n<t>{1}</t>"),
    "comment": ("{0}{1}", "{0}<!-- x -->{1}"),
    "section": ("{0}{1}", "{0}<![CDATA[{1}]]>"),
    "marked": ("项目", "姓 名"),
    "named": ("项目", "full（a）_name"),
    "noted": ("项目", "（a） mobile"),
    "English": ("项目", "mobile *"),
    "rounded": (".0</v>", '</v></c><c r="D2"><v>12999999999.9999999999</v>'),
    "around": ("<sheetData>", "<sheetData>13800138000"),
    "beyond rows": ("</sheetData>", "</sheetData><oddFooter>手机：13800138000</oddFooter>"),
    "unclosed": ("</row>", ""),
    "looks": ('<row r="2"', '<row r="2" spans="1:3" ht="3.5" customHeight="1"'),
    "twice": ('<row r="2"', '<row r="2" r="2"'),
    "sheets": ("</sheetData>", '</sheetData><sheetData><row r="9"></row></sheetData>'),
    "counted": ("项目", "人数"),
    "formula": ("<v>", "<f>A1</f><v>"),
    "beside": ("<is>", "<is>1 "),
    "author": ("<creator>", "<creator>王某"),
    "exponent": (".0</v>", "0.E-1</v>"),
    "label": ("单位", "手机"),
}


def book(text: str, chance: random.Random) -> bytes:
    """A plain workbook that holds the text, its digits as a number, and at most one odd thing."""
    digits = "".join(filter(str.isdigit, text.translate(HALF)))[:18] or "1"
    at = chance.randrange(len(text) + 1)
    first, second = text[:at], text[at:].replace("]", "")
    if chance.random() < 0.9:
        first = escape(first)
        second = "".join(f"&#{ord(sign)};" if sign in "1机" else escape(sign) for sign in second)
    cells = (
        '<c r="A2" t="s"><v>1</v></c>'
        if chance.random() < 0.5
        else '<c r="A2" t="inlineStr"><is><t>{0}{1}</t></is></c>'
    )
    sheet = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>项目</t></is></c></row>'
        f'<row r="2">{cells}<c r="B2"><v>3</v></c><c r="C2"><v>{digits}.0</v></c></row>'
    )
    parts = {
        "[Content_Types].xml": "<a/>",
        "xl/worksheets/sheet1.xml": f"<worksheet{SPACE}><sheetData>{sheet}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst{SPACE}><si><t>单位</t></si><si><t>{{0}}{{1}}</t></si></sst>",
        "docProps/core.xml": "<a><creator></creator></a>",
    }
    odd = chance.choice([*ODD_BOOKS, *[""] * len(ODD_BOOKS)])
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for part, data in parts.items():
            made = data.replace(*ODD_BOOKS[odd]) if odd else data
            made = re.sub(r"<(/?)(?=[a-z])", r"<\1x:", made) if odd == "prefix" else made
            made = made.replace("{0}", first).replace("{1}", second)
            archive.writestr(part, '<?xml version="1.0" encoding="UTF-8"?>\n' + made)
    return held.getvalue()


def among(texts: list[str], chance: random.Random) -> list[list[str]]:
    """Many rows of nothing below a head that marks nothing, with the texts in cells of some."""
    rows = [[f"甲{number}", "道路保洁 ≥88 %", str(number % 40), f"{number}.5"] for number in range(1_500)]
    for text in texts:
        at = chance.choice((*range(12), *range(1_480, 1_500), *[chance.randrange(1_500)] * 40))
        rows[at][chance.randrange(4)] = text
    return [["项目", "说明", "人数", "数额"], *rows]


def long_book(rows: list[list[str]], chance: random.Random) -> bytes:
    """Two sheets of the rows, in which texts stand in their cell or are shared, and some rows are odd."""
    shared: dict[str, int] = {"没有格子显示它：13800138000": 0}

    def cell(at: str, text: str, odd: str) -> str:
        if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text) and chance.random() < 0.8:
            return f'<c r="{at}" s="1"><v>{text}</v></c>'
        if chance.random() < 0.2:
            number = shared.setdefault(text, len(shared))
            return f'<c r="{at}" t="s"><v>{number}</v></c>'
        inner = (
            ODD_ROWS[odd]
            if odd and chance.random() < 0.01
            else '<c r="{0}" t="inlineStr"><is><t>{1}{2}</t></is></c>'
        )
        return inner.format(at, escape(text[:3]), escape(text[3:]))

    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", "<a/>")
        for sheet, some in enumerate((rows, rows[:1] + rows[:0:-1]), start=1):
            odd = chance.choice([*ODD_ROWS, *[""] * 6])
            made = ""
            for at, row in enumerate(some, start=1):
                cells = (cell(f"{'ABCD'[to]}{at}", text, odd) for to, text in enumerate(row))
                made += f'<row r="{at}">{"".join(cells)}</row>'
            data = f"<worksheet{SPACE}><sheetData>{made}</sheetData></worksheet>"
            archive.writestr(f"xl/worksheets/sheet{sheet}.xml", data)
        strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)
        archive.writestr("xl/sharedStrings.xml", f"<sst{SPACE}>{strings}</sst>")
    return held.getvalue()


ODD_ROWS = {
    "runs": '<c r="{0}" t="inlineStr"><is><r><t>{1}</t></r><r><t>{2}</t></r></is></c>',
    "comment": '<c r="{0}" t="inlineStr"><is><t>{1}<!-- x -->{2}</t></is></c>',
    "section": '<c r="{0}" t="inlineStr"><is><t>{1}<![CDATA[13800138000]]></t></is></c>',
    "row in it": '<c r="{0}" t="inlineStr"><is><t>13800</t><row r="1"><c r="A1" t="inlineStr"><is><t>138000'
    "</t></is></c></row></is></c>",
    "entity": '<c r="{0}" t="inlineStr"><is><t>1380013&#56;000</t></is></c>',
    "exponent": '<c r="{0}"><v>1.3800138E10</v></c>',
    "rounded": '<c r="{0}"><v>12999999999.9999999999</v></c>',
    "beyond": '<c r="E9" t="inlineStr"><is><t>人数</t></is></c>',
    "counted beyond": '<c r="E9"><v>3</v></c><c r="A9" t="inlineStr"><is><t>孤儿</t></is></c>',
    "formula": '<c r="{0}"><f>"13800138000"</f><v>1</v></c>',
}


def long_files(texts: list[str], chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """The texts among many rows that hold nothing, in every kind of file that holds rows."""
    rows = among(texts, chance)
    for end in ("\n", "\r\n"):
        for some in (rows, [[cell.replace("\n", " ") for cell in row] for row in rows]):
            held = io.StringIO()
            csv.writer(held, lineterminator=end).writerows(some)
            for turn in range(2):  # the second has a line that is cut by a quotation mark
                name = f"{len(end)}{some is rows}{turn}.csv"
                yield name, (held.getvalue() + '甲,1380"0138000\n乙,"13800"138000\n' * turn).encode()
    records = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    odd = [{"姓名（全称）": "某"}, {"full_name": "王某"}, {"a": [["孤儿 3 名"], {"b": 13800138000}]}]
    yield "a.jsonl", "\n".join(lines).encode()
    yield "lines.json", ("[\n" + ",\n".join([*map(json.dumps, odd), *lines]) + "\n]").encode()
    yield "indented.json", json.dumps([*records, *odd], ensure_ascii=False, indent=1).encode()
    yield "late.json", json.dumps([*odd, records], ensure_ascii=False, indent=1).replace(":", "\n :").encode()
    columns = list(zip(*rows[1:], strict=True))
    held_in = io.BytesIO()
    parquet.write_table(pa.table(dict(zip(rows[0], map(list, columns), strict=True))), held_in)
    yield "a.parquet", held_in.getvalue()
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("CREATE TABLE t (a, b, c, 人数)")
        values = [
            [float(cell) if re.fullmatch(r"[0-9]+(\.[0-9]+)?", cell) else cell for cell in row]
            for row in rows[1:]
        ]
        base.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", values)
        base.execute(
            "INSERT INTO t VALUES (CAST(X'FF3133383030313338303030' AS TEXT), 138.12345678, X'00', 3)"
        )
        base.commit()
        yield "a.sqlite", base.serialize()
    yield "long.xlsx", long_book([[printable(cell) for cell in row] for row in rows], chance)


def printable(text: str) -> str:
    return "".join(filter(str.isprintable, text))


def sometimes(text: str, chance: random.Random) -> str:
    """What XML can hold of the text, disguised or not."""
    return printable(chance.choice((text, disguised(text, chance))))


class Everything:
    """Holds whatever is asked for."""

    def __contains__(self, _: object) -> bool:
        return True


def look_at_all(texts: list[str], *_: object, **__: object) -> list[bool]:
    return [True] * len(texts)


@pytest.mark.parametrize("seed", range(40 if FULL else 4))
def test_a_screen_passes_nothing_that_a_close_look_finds(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    chance = random.Random(seed)
    made = [
        (f"{number}-{turn}/{name}", data)
        for number, text in enumerate(corpus())
        for turn in range(2)
        for name, data in files(disguised(text, chance), chance)
    ]
    texts = [disguised(text, chance) for text in corpus()]
    made += [("all.csv", table(texts, csv.QUOTE_MINIMAL)), ("quoted.csv", table(texts, csv.QUOTE_ALL))]
    made += [
        (f"{number}.xlsx", book(sometimes(text, chance), chance)) for number, text in enumerate(corpus())
    ]
    made += long_files([sometimes(text, chance) for text in corpus()], chance)
    for module in ("screen", "tabular", "sheets"):
        # Of every fourth seed each text is screened, however short it is; to make patterns ready takes long.
        monkeypatch.setattr(f"disclosure.quality.scan.{module}.FEW", 3_000 if seed % 4 else 0)
    screened = scan(made)
    for module in ("scan", "tabular", "extract", "jsonfile"):
        monkeypatch.setattr(f"disclosure.quality.scan.{module}.screen", look_at_all)
    monkeypatch.setattr("disclosure.quality.scan.scan.may_hold", look_at_all)
    monkeypatch.setattr("disclosure.quality.scan.jsonfile._worth", lambda *_: Everything())
    monkeypatch.setattr("disclosure.quality.scan.tabular._worth_lines", lambda *_: {})
    monkeypatch.setattr("disclosure.quality.scan.office.thinned", lambda data, *_: data)
    assert screened == scan(made)
    assert len({problem.file for problem in screened}) > len(made) / 4
