"""Write the examples of `disclosure explain` from the faults that tests prove: python tests/examples.py"""

import csv
import io
from pathlib import Path

from conftest import PACKAGES, ROOT
from disclosure.quality.rules import rules
from faults import FAULTS, MOVED, Edit, Fault

FILE = ROOT / "scripts" / "disclosure" / "quality" / "examples.csv"
LONGEST = 160
# Rules of files, sites and documents: no cell of a package shows them.
SHOWN = {
    "file-size": ("data/indicators.csv", "1,204,551 bytes", "81,000,000 bytes"),
    "source-as-recorded": ("report.txt", "the report as it was published", "the report with a word changed"),
    "quote-in-source": ("data/citations.csv", "总人数共 30 人", "全部人员 30 人"),
    "release-as-recorded": (
        "releases/1.0.0.json",
        "the archive as it was published",
        "the archive with one byte changed",
    ),
    "version-moved": ("datapackage.json", '"version": "1.1.0" (a row was added)', '"version": "1.0.0"'),
    "correction-recorded": ("data/staff.csv", "2023,total,,总人数,30 (not changed)", "2023,total,,总人数,31"),
    "mirror-as-published": ("data/data/staff.csv", "the file that was published", "another file"),
    "link-found": ("about/index.html", '<a href="../glossary/#term-budget">', '<a href="../nowhere/">'),
    "id-unique": ("about/index.html", '<h2 id="a"> <h2 id="b">', '<h2 id="a"> <h2 id="a">'),
    "resource-local": (
        "about/index.html",
        '<img src="../assets/a.svg">',
        '<img src="https://example.org/a.svg">',
    ),
    "link-safe": ("about/index.html", '<a href="https://example.org/">', '<a href="javascript:alert(1)">'),
    "no-id-number": ("a.csv", "440000 **** 身份证号码已删去", "11010119000101" + "0014"),
    "no-mobile-number": ("a.csv", "020-12345678", "1380013" + "8000"),
    "no-bank-card": ("a.csv", "账号已删去", "账号 62220212345678" + "94"),
    "no-personal-column": ("a.csv", "人数,金额", "姓名,金额"),
    "no-secrecy-mark": ("a.html", "本页公开", "机密★"),
    "small-count": ("a.csv", "低保 12 人", "低保 2 人"),
    "personal-email": ("a.html", "office@example.gov.cn", "someone@example.com"),
    "scan-readable": ("a.pdf", "a PDF that opens", "a PDF with a password"),
}


def visible(text: str) -> str:
    """One line, with what an editor would not show written out."""
    shown = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in shown)[:LONGEST]


def line(path: str, edit: Edit, root: Path = PACKAGES / "good") -> tuple[str, str]:
    """The line of a file that an edit changes, before and after."""
    _, old, new = edit
    text = (root / path).read_text(encoding="utf-8") if (root / path).is_file() else old
    start = text.index(old) if old in text else 0
    begin = text.rfind("\n", 0, start) + 1
    before = text[begin:].split("\n", 1)[0]
    after = text[begin:start] + new + text[start + len(old) :]
    return before, after.split("\n", 1)[0] if "\n" not in new else after[: len(before) + len(new)]


def example(fault: Fault) -> tuple[str, str, str]:
    """File, right, wrong."""
    path, old, new = edit = fault.fault[0]
    if old == MOVED:
        return path, path, new
    before, after = line(path, edit)
    return path, visible(before), visible(after)


def table() -> str:
    """The whole table as CSV."""
    shown = {fault.rule: example(fault) for fault in FAULTS} | SHOWN
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("rule_id", "file", "right", "wrong"))
    writer.writerows((name, *shown[name]) for name in rules())
    return text.getvalue()


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")
