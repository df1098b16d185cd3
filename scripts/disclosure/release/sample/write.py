"""A sample's files, written row by row, so that memory does not grow with the number of projects."""

import csv
import json
from collections.abc import Iterable
from contextlib import ExitStack
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

from disclosure.model import Table
from disclosure.package.shipped import json_of
from disclosure.package.text import normalised
from disclosure.release.sample.department import TITLE, department, sums
from disclosure.release.sample.outline import Order, outlines
from disclosure.release.sample.rows import SOURCE, project
from disclosure.release.sample.vocabulary import DEPARTMENT, YEAR

TEXT = "source.txt"  # the fictional report that every row cites
NAME = "fictional-sample"
MAX_ROWS = 1_000_000


def write(root: Path, tables: Iterable[Table], order: Order, listed: bool) -> None:
    """Add the sample's rows to the files of an empty package, and the report beside them.

    Projects are among them where they are listed; else they are known by the report's sums alone.
    """
    plan = tuple(outlines(order))
    projects = (project(one, order) for one in plan if listed)
    rows = chain(department(sums(plan)), chain.from_iterable(projects))
    with ExitStack() as open_files:
        text = open_files.enter_context((root / TEXT).open("w", encoding="utf-8"))
        report = _Report(text)
        report.say(TITLE)
        writers = {table.name: _writer(open_files, root, table) for table in tables}
        for table, row in rows:
            writers[table].writerow(row)
            if table == "citations":
                report.say(str(row["quote"]))
        writers["sources"].writerow(
            {"source_id": SOURCE, "fiscal_year": YEAR, "title": TITLE, "publisher": DEPARTMENT,
             "kind": "self_evaluation", "sha256": report.digest.hexdigest(), "where_available": "NA",
             "note": "虚构的报告，只为演示和测试。"}
        )  # fmt: skip


def named(descriptor: bytes) -> bytes:
    """The descriptor of an empty package as that of a sample: its name, its title, room for its rows."""
    value: dict[str, Any] = json.loads(descriptor)
    value["name"], value["title"] = NAME, f"{DEPARTMENT}预算绩效数据包（虚构样例）"
    value["description"] = "全部内容由程序虚构，只为演示和测试，不对应任何真实的机构、项目和金额。"
    value["description_en"] = "Invented by a program for demonstrations and tests; nothing in it is real."
    value["settings"] = {"max_rows": MAX_ROWS}
    return json_of(value)


class _Report:
    """The report's text and the sha256 of it without white space, line by line."""

    def __init__(self, file: TextIO) -> None:
        self.file, self.digest = file, sha256()

    def say(self, line: str) -> None:
        self.file.write(f"{line}\n")
        self.digest.update(normalised(line).encode("utf-8"))


def _writer(open_files: ExitStack, root: Path, table: Table) -> "csv.DictWriter[str]":
    """Adds rows to a table's file; a column that a row does not have stays empty."""
    file = open_files.enter_context((root / table.path).open("a", encoding="utf-8", newline=""))
    return csv.DictWriter(file, [field.name for field in table.fields], lineterminator="\n")
