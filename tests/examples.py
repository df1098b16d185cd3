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
    "form-readable": ("form.xlsx", "a workbook that opens", "a workbook with a password"),
    "form-safe": ("form.xlsx", "xl/worksheets/sheet1.xml", "xl/vbaProject.bin"),
    "form-hidden": ("form.xlsx", '<row r="14">', '<row r="14" hidden="1">'),
    "form-formula": ("form.xlsx", "<f>SUM(H13:H23)</f><v>90</v>", "<f>SUM(H13:H23)</f>"),
    "form-cell-broken": ("form.xlsx", "H24 100", "H24 #REF!"),
    "form-layout": ("forms/project.csv", "head,name,项目名称,name,", "head,name,,name,"),
    "form-none": ("form.xlsx", "项目支出绩效自评表", "人员名册"),
    "form-sheet-passed": ("form.xlsx", "项目支出绩效自评表", "填表说明"),
    "form-file-passed": ("forms/", "某项目.xlsx", "某项目.et"),
    "form-labels": ("form.xlsx", "B12 一级指标 二级指标 三级指标 指标值", "B12 一级指标 二级指标 指标值"),
    "form-cell-unknown": ("form.xlsx", "A4 主管部门 某局", "A4 归口单位 某局"),
    "form-blank": ("form.xlsx", "A3 项目名称 某项目", "A3 项目名称"),
    "form-twice-said": ("form.xlsx", "A3 项目名称 甲", "A3 项目名称 甲 A9 项目名称 乙"),
    "form-year": ("form.xlsx", "（2022 年度）", "（    年度）"),
    "form-amount": ("form.xlsx", "E6 150 万元", "E6 约 150 万元"),
    "form-amount-unit": ("form.xlsx", "A5 项目资金（万元）", "A5 项目资金"),
    "form-amount-several": (
        "form.xlsx",
        "150 万元，其中：财政拨款 100 万元，其他资金 50 万元",
        "150 万元、100 万元",
    ),
    "form-number": ("form.xlsx", "I13 8", "I13 八分"),
    "form-percent": ("form.xls", "G14 95%", "G14 0.95"),
    "form-level": ("form.xlsx", "B13 产出指标", "B13 其它指标"),
    "form-indicator": ("form.xlsx", "D13 委托项目数 F13 ≥50个", "D13 委托项目数"),
    "form-department": ("form.xlsx", "A4 主管部门 本部门", "A4 主管部门 别的部门"),
    "form-unit": ("form.xlsx", "F4 实施单位 本部门本级", "F4 实施单位 没有列出的单位"),
    "form-unit-other": (
        "form.xlsx",
        "--unit office，F4 实施单位 本部门本级",
        "--unit office，F4 实施单位 中心幼儿园",
    ),
    "form-same-project": ("form.xlsx", "一个项目一张自评表", "一个项目两张不同的自评表"),
    "form-older": ("form.xlsx", "先目标表，后自评表", "先自评表，后目标表"),
    "form-says-less": ("form.xlsx", "B11 预期目标全文", "B11，数据里已有这个项目的目标"),
    "form-incomplete": ("form.xlsx", "B11 预期目标全文", "B11"),
    "form-person-left-out": ("form.xlsx", "A25", "A25 填表人：某某"),
    "form-passed": ("form.xlsx", "A25", "A25 审核意见 同意"),
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
