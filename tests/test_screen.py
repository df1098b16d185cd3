"""What screens many texts at once never passes what a close look at each of them finds."""

import csv
import io
import json
import random
import re
import zipfile
from collections.abc import Iterator
from html import escape

import pytest
from conftest import FULL, ROOT
from disclosure.quality.scan.scan import scan

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


def sometimes(text: str, chance: random.Random) -> str:
    """What XML can hold of the text, disguised or not."""
    return "".join(filter(str.isprintable, chance.choice((text, disguised(text, chance)))))


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
    monkeypatch.setattr("disclosure.quality.scan.screen._FEW", 0)
    screened = scan(made)
    for module in ("scan", "tabular"):
        monkeypatch.setattr(f"disclosure.quality.scan.{module}.screen", look_at_all)
    assert screened == scan(made)
    assert len({problem.file for problem in screened}) > len(made) / 4
