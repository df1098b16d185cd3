"""Each format, opened by a reader of its own, holds the same cells as the package, or none is made."""

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
import python_calamine
import yaml
from conftest import PACKAGES, ROOT
from disclosure.model import Field, Missing, Package, Row, Table, Value
from disclosure.package.computed import figure
from disclosure.package.earned import is_met
from disclosure.package.figures import stated
from disclosure.package.load import load
from disclosure.quality.scan.scan import scan
from disclosure.release import database, excel_csv, parquet, rows_json, workbook
from disclosure.release.dictionary import entries, head
from disclosure.release.downloads import Download, downloads, formats
from disclosure.release.exact import CannotHold
from openpyxl.utils.escape import unescape
from pyarrow import parquet as reader

NA, EMPTY = Missing.NOT_STATED, Missing.NOT_APPLICABLE
FIELDS = tuple(
    Field(name, kind, name) for name, kind in
    (("id", "string"), ("text", "string"), ("amount", "number"), ("count", "integer"), ("day", "date"))
)  # fmt: skip
ODD: tuple[tuple[Value, ...], ...] = (
    ("001", "=cmd|' /C calc'!A0", Decimal("1.10"), 0, date(1899, 12, 31)),
    ("1e5", "-2+3", Decimal("1.1"), 999_999_999_999, date(1900, 2, 28)),
    ("007.0", "@SUM(A1)", Decimal("999999999999.9999"), -1, date(1900, 3, 1)),
    ("2023-1", "+86", Decimal("-123456789012.3456"), NA, date(2023, 1, 31)),
    ("1/2", "'已有撇号", NA, EMPTY, NA),
    ("true", "长" * 32_767, EMPTY, 7, EMPTY),
    ("110101199001011234", '一行里有 " 和 , 的字', Decimal("0.0001"), 1, date(1, 1, 1)),
    ("a_x0041_b", "<&>", Decimal("-0.5"), 2, date(9999, 12, 31)),
    ("x", NA, Decimal("123456789012.3400"), 3, date(1900, 1, 1)),
    ("y", EMPTY, Decimal("0"), 4, date(1970, 1, 1)),
)


def table_of(rows: tuple[tuple[Value, ...], ...]) -> Table:
    places = {field.name: place for place, field in enumerate(FIELDS)}
    lines = tuple(Row(number, values, places, "data/odd.csv") for number, values in enumerate(rows, start=2))
    return Table("odd", "怪值", "格式放不下的值", "data/odd.csv", FIELDS, ("id",), rows=lines)


def packages() -> Iterator[Package]:
    for root in (ROOT / "datapackage", PACKAGES / "good"):
        yield load(root)[0]
    good = load(PACKAGES / "good")[0]
    yield replace(good, tables={**good.tables, "odd": table_of(ODD)})


@pytest.fixture(params=packages(), ids=("published", "good", "odd"))
def package(request: pytest.FixtureRequest) -> Package:
    found: Package = request.param
    return found


def cells(table: Table) -> list[list[Value]]:
    return [list(row.values) for row in table.rows]


def typed(field: Field, value: object, silent: list[str]) -> Value:
    """A value as a reader gave it, as a cell of its column."""
    if value is None:
        return NA if field.name in silent else EMPTY
    if field.type == "number":
        return Decimal(str(value))
    return date.fromisoformat(value) if field.type == "date" and isinstance(value, str) else value  # type: ignore[return-value]


def test_json_lines_hold_every_cell(package: Package) -> None:
    for table in package.tables.values():
        found = [json.loads(line) for some in rows_json.lines(table) for line in some.split("\n")]
        assert [
            [typed(field, row[field.name], row["_not_stated"]) for field in table.fields] for row in found
        ] == cells(table)


def test_json_keeps_the_digits_of_the_csv() -> None:
    first, second, third, *_ = "\n".join(rows_json.lines(table_of(ODD))).split("\n")
    assert '"amount": 1.10,' in first and '"amount": 1.1,' in second
    assert '"amount": "999999999999.9999"' in third  # no double holds it


def excel(table: Table) -> str:
    return "".join(excel_csv.pieces(table))


def test_csv_for_excel_holds_every_cell(package: Package) -> None:
    for table in package.tables.values():
        text = excel(table)
        assert text.encode("utf-8").startswith(b"\xef\xbb\xbf")
        head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
        assert head == [field.name for field in table.fields]
        plain = [[value.value if isinstance(value, Missing) else str(value) for value in row]
                 for row in cells(table)]  # fmt: skip
        assert [[cell.removeprefix("'") for cell in row] for row in rows] == [
            # Our own sign stands before a text that begins with one.
            [
                cell.removeprefix("'") if "'" + cell not in shown else cell
                for cell, shown in zip(row, out, strict=True)
            ]
            for row, out in zip(plain, rows, strict=True)
        ]


def test_excel_finds_no_formula_date_or_number_in_a_text_of_the_csv() -> None:
    _, *rows = csv.reader(io.StringIO(excel(table_of(ODD))))
    assert [row[0] for row in rows] == [
        "'001", "'1e5", "'007.0", "'2023-1", "'1/2", "'true", "'110101199001011234", "a_x0041_b", "x", "y",
    ]  # fmt: skip
    assert all(row[1].startswith("'") for row in rows[:5])
    assert rows[4][1] == "''已有撇号"
    assert rows[2][2] == "'999999999999.9999"


@pytest.mark.parametrize(
    "text",
    ["＝HYPERLINK(A1)", "＋86", "－2", "＠SUM", "(1)", "(1,000.5)", ".5", "%5", "$100", "￥1,000", "¥1,000",
     "1.5%", "may-1", "Dec 31", "sept2024", "1-Jan", "5 March 2024",
     "2024年6月", "12月31日", "2024 年 6 月 30 日", "9时30分"],
)  # fmt: skip
def test_what_spreadsheets_take_for_something_else_is_kept_a_text_and_comes_back(text: str) -> None:
    mixed = ((text, NA, NA, NA, NA), ("x", text, NA, NA, NA))
    _, *rows = csv.reader(io.StringIO(excel(table_of(mixed))))
    assert rows[0][0] == rows[1][1] == f"'{text}"


@pytest.mark.parametrize(
    "text",
    ["＜5%", "（1）", "(一)", "(1) 清运", ".x", "may", "mayor-1", "maintenance-2", "septic-tank-2", "100 吨",
     "12月31日前", "2024 年度", "9 条指标", "5 marches",
     "form-2024-a1", "￥", "¥", "£5", "street-7", "decided-3", "1 月份"],
)  # fmt: skip
def test_what_they_leave_as_it_is_bears_no_sign(text: str) -> None:
    _, row = csv.reader(io.StringIO(excel(table_of(((text, text, NA, NA, NA),)))))
    assert row[:2] == [text, text]


def sheet_value(field: Field, value: object) -> Value:
    if value is None:
        return EMPTY
    if value == "NA":
        return NA
    if hasattr(value, "date"):
        return value.date()  # type: ignore[no-any-return]
    if field.type == "date" and isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(value, str):
        value = unescape(value)  # as Excel does; openpyxl leaves it to us in strings that stand in the cell
    return Decimal(str(value)) if field.type == "number" else value  # type: ignore[return-value]


def test_the_workbook_holds_every_cell(package: Package) -> None:
    file = io.BytesIO()
    workbook.write(package, file)
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["封面", "数据字典", *package.tables]
    for table in package.tables.values():
        sheet = book[table.name]
        head, *rows = list(sheet.iter_rows(values_only=True))
        assert list(head) == [field.name for field in table.fields]
        found = [
            [sheet_value(field, value) for field, value in zip(table.fields, row, strict=True)]
            for row in rows
        ]
        assert found == cells(table)
        assert str(sheet.freeze_panes).startswith(chr(ord("A") + len(table.key)))
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    (_, *lines) = list(book["数据字典"].iter_rows(values_only=True))
    assert [tuple(cell or "" for cell in line) for line in lines] == list(entries(package))


def test_a_second_reader_sees_the_same_workbook(tmp_path: Path) -> None:
    package = load(PACKAGES / "good")[0]
    workbook.write(package, tmp_path / "a.xlsx")
    book = python_calamine.CalamineWorkbook.from_path(tmp_path / "a.xlsx")
    for table in package.tables.values():
        rows = book.get_sheet_by_name(table.name).to_python()[1:]
        texts = [
            [row.text(name) if row[name] is not NA else "NA" for name in table.key] for row in table.rows
        ]
        found = [
            [f"{cell:g}" if isinstance(cell, float) else cell for cell in row[: len(table.key)]]
            for row in rows
        ]
        assert found == texts


def test_numbers_in_the_workbook_are_numbers_with_a_format(tmp_path: Path) -> None:
    package = load(PACKAGES / "good")[0]
    package = replace(package, tables={**package.tables, "odd": table_of(ODD)})
    workbook.write(package, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["odd"]
    assert (sheet["C2"].data_type, sheet["C2"].number_format) == ("n", "#,##0.00##")
    assert (sheet["C4"].data_type, sheet["C4"].value) == ("s", "999999999999.9999")
    assert (sheet["E2"].data_type, sheet["E4"].number_format) == ("s", "yyyy-mm-dd")
    assert sheet["A2"].number_format == "@"


def test_a_text_too_long_for_excel_is_refused(tmp_path: Path) -> None:
    package = load(PACKAGES / "good")[0]
    long = table_of((("a", "长" * 32_768, NA, NA, NA),))
    with pytest.raises(CannotHold, match=r"data/odd\.csv:2, text"):
        workbook.write(replace(package, tables={**package.tables, "odd": long}), tmp_path / "a.xlsx")


def test_parquet_holds_every_cell(package: Package, tmp_path: Path) -> None:
    for table in package.tables.values():
        parquet.write(package, table, tmp_path / "a.parquet")
        made = reader.read_table(tmp_path / "a.parquet")
        found = [
            [typed(field, row[field.name], row["_not_stated"]) for field in table.fields]
            for row in made.to_pylist()
        ]
        assert found == cells(table)


def test_parquet_says_what_a_column_is(tmp_path: Path) -> None:
    package = load(PACKAGES / "good")[0]
    table = package.tables["projects"]
    parquet.write(package, table, tmp_path / "a.parquet")
    schema = reader.read_schema(tmp_path / "a.parquet")
    budget = schema.field("budget_wan")
    assert (str(budget.type), str(schema.field("decided_on").type)) == ("decimal128(16, 4)", "date32[day]")
    assert budget.metadata[b"title"].decode() == table.columns["budget_wan"].title
    assert json.loads(budget.metadata[b"missing"])["NA"]
    assert json.loads(schema.metadata[b"datapackage"])["version"] == package.descriptor["version"]


def test_a_number_that_parquet_or_sqlite_cannot_hold_is_refused(tmp_path: Path) -> None:
    package = load(PACKAGES / "good")[0]
    fine = table_of((("a", "b", Decimal("0.00001"), 1, NA),))
    with pytest.raises(CannotHold, match=r"data/odd\.csv, amount"):
        parquet.write(package, fine, tmp_path / "a.parquet")
    with pytest.raises(CannotHold, match=r"data/odd\.csv, amount"):
        database.write(replace(package, tables={**package.tables, "odd": fine}), tmp_path / "a.sqlite")


@pytest.fixture
def base(package: Package, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    database.write(package, tmp_path / "a.sqlite")
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as opened:
        opened.row_factory = sqlite3.Row
        opened.execute("PRAGMA foreign_keys = ON")
        yield opened


def test_sqlite_holds_every_cell(package: Package, base: sqlite3.Connection) -> None:
    for table in package.tables.values():
        rows = base.execute(f'SELECT * FROM "{table.name}" ORDER BY rowid').fetchall()
        found = [
            [stored(field, row) for field in table.fields]
            for row in rows
        ]  # fmt: skip
        assert found == cells(table)


def test_what_the_database_holds_meets_its_own_constraints(base: sqlite3.Connection) -> None:
    """They are not looked at while it is filled: the reader has held each cell to them."""
    assert [tuple(row) for row in base.execute("PRAGMA integrity_check")] == [("ok",)]
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []


def stored(field: Field, row: sqlite3.Row) -> Value:
    silent = json.loads(row["_not_stated"])
    if field.type != "number":
        return typed(field, row[field.name], silent)
    exact = row[f"{field.name}_e4"]
    if exact is not None and abs(exact) < 10**15:
        assert Decimal(str(row[field.name])) == Decimal(exact) / 10_000
    return typed(field, None if exact is None else Decimal(exact).scaleb(-4), silent)


@pytest.fixture
def good_base(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    database.write(load(PACKAGES / "good")[0], tmp_path / "a.sqlite")
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as opened:
        opened.execute("PRAGMA foreign_keys = ON")
        yield opened


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO citations (citation_id, source_id, section, quote) VALUES ('x', 'nobody', '一', '句')",
        "INSERT INTO staff SELECT * FROM staff LIMIT 1",
        "UPDATE projects SET disclosure_state = 'half'",
        "UPDATE projects SET budget_wan_e4 = '八十四'",
        "UPDATE projects SET name = NULL",
        "UPDATE projects SET _not_stated = 'NA'",
    ],
)
def test_the_database_refuses_what_the_schema_forbids(good_base: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        good_base.execute(statement)


def test_figures_in_the_database_are_those_of_the_package_with_their_sentence(
    package: Package, base: sqlite3.Connection
) -> None:
    found = {row["figure_id"]: row for row in base.execute("SELECT * FROM figures")}
    ours = {f.id: f for table in package.tables.values() if "citation_id" in table.columns
            for f in stated(package, table)}  # fmt: skip
    assert found.keys() == ours.keys()
    for name, row in found.items():
        cited = ours[name].citation
        assert row["quote"] == (cited.quote if cited else None)
        assert row["unit"] == (ours[name].unit or None)
        value = ours[name].value
        assert row["value"] == (None if isinstance(value, Missing) else float(value))


def test_views_answer_the_common_questions(package: Package, base: sqlite3.Connection) -> None:
    projects = package.rows("projects")
    missed = [row for row in package.rows("indicators") if is_met(row) is False]
    rows = base.execute("SELECT project_id, indicator_no FROM indicators_missed").fetchall()
    assert [tuple(row) for row in rows] == [(row["project_id"], row["indicator_no"]) for row in missed]
    states = dict(base.execute("SELECT disclosure_state, sum(projects) FROM targets_by_state GROUP BY 1"))
    assert sum(states.values()) == len(projects)
    done = base.execute("SELECT project_id, execution_pct FROM execution_by_project").fetchall()
    assert len(done) == len(projects)


def test_missed_indicators_are_told_by_their_direction(good_base: sqlite3.Connection) -> None:
    for direction, met, missed in (
        ("ge", 10, 9),
        ("gt", 11, 10),
        ("le", 10, 11),
        ("lt", 9, 10),
        ("eq", 10, 9),
    ):
        for actual, count in ((met, 0), (missed, 1)):
            good_base.execute(
                "UPDATE indicators SET direction = ?, target_value_e4 = 100000, actual_value_e4 = ?",
                (direction, actual * 10_000),
            )
            (found,) = good_base.execute("SELECT count(*) FROM indicators_missed").fetchone()
            assert found == count * good_base.execute("SELECT count(*) FROM indicators").fetchone()[0]


def test_sums_in_the_database_are_exact(good_base: sqlite3.Connection) -> None:
    package = load(PACKAGES / "good")[0]
    (total,) = good_base.execute("SELECT sum(budget_wan_e4) FROM projects").fetchone()
    assert Decimal(total) / 10_000 == sum(row.amount("budget_wan") or 0 for row in package.rows("projects"))


def test_words_of_two_signs_and_more_are_found_in_the_database(good_base: sqlite3.Connection) -> None:
    quote = figure(load(PACKAGES / "good")[0], "coverage", ("2023",), "declared_count").citation
    assert quote is not None
    three = good_base.execute("SELECT text FROM texts WHERE texts MATCH '申报绩'").fetchall()
    two = good_base.execute("SELECT text FROM texts WHERE instr(text, '申报')").fetchall()
    assert any(quote.quote in text for (text,) in three)
    assert any(quote.quote in text for (text,) in two)
    assert good_base.execute("SELECT count(*) FROM texts WHERE texts MATCH '没有这句话'").fetchone() == (0,)


def test_duckdb_reads_parquet_with_exact_types(tmp_path: Path) -> None:
    package = load(PACKAGES / "good")[0]
    parquet.write(package, package.tables["projects"], tmp_path / "a.parquet")
    (found,) = duckdb.execute(
        f"SELECT sum(budget_wan), typeof(any_value(budget_wan)) FROM '{tmp_path / 'a.parquet'}'"
    ).fetchall()
    assert found == (
        sum(row.amount("budget_wan") or 0 for row in package.rows("projects")), "DECIMAL(16,4)",
    )  # fmt: skip


def made(package: Package) -> dict[str, Download]:
    return {item.path: item for item in downloads(package)}


def test_every_table_has_every_format_and_a_media_type() -> None:
    package = load(PACKAGES / "good")[0]
    found = made(package)
    for table in package.tables:
        for name in ("csv", "excel_csv", "jsonl", "parquet"):
            item = found[f"data/{table}{formats()[name].suffix}"]
            assert (item.table, item.kind) == (table, formats()[name])
        assert found[f"data/{table}.csv"].content == package.files[package.tables[table].path]
    assert all("/" in item.kind.mediatype and item.size == len(item.content) for item in found.values())


def test_the_archive_is_the_package_with_readme_and_citation() -> None:
    package = load(ROOT / "datapackage")[0]
    (item,) = (item for item in downloads(package) if item.format == "zip")
    with zipfile.ZipFile(io.BytesIO(item.content)) as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        held = {name.partition("/")[2]: archive.read(name) for name in names}
    cited: Any = yaml.safe_load(held.pop("CITATION.cff"))
    assert cited["cff-version"] == "1.2.0" and cited["type"] == "dataset" and cited["authors"]
    assert cited["version"] == package.descriptor["version"]
    assert str(package.descriptor["title"]) in held.pop("README.md").decode()
    assert held == package.files


def test_the_dictionary_explains_every_column() -> None:
    package = load(ROOT / "datapackage")[0]
    (item,) = (item for item in downloads(package) if item.format == "dictionary")
    lines = list(csv.DictReader(io.StringIO(item.content.decode("utf-8"))))
    assert list(lines[0]) == [name for name, _ in head()]
    assert [(line["table"], line["column"]) for line in lines] == [
        (table.name, field.name) for table in package.tables.values() for field in table.fields
    ]
    assert all(line["title"] and line["type"] and line["description"] for line in lines)


def test_the_same_package_gives_the_same_bytes_in_any_folder(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    one, two = (downloads(load(PACKAGES / "good")[0], tmp_path / name) for name in ("one", "two"))
    assert [(item.path, item.sha256) for item in one] == [(item.path, item.sha256) for item in two]
    assert {item.path: item.content for item in one} == {
        path: item.content for path, item in made(load(PACKAGES / "good")[0]).items()
    }


def test_everything_that_goes_out_can_be_scanned(change: Callable[[str, str, str], Path]) -> None:
    found = downloads(load(PACKAGES / "good")[0])
    assert scan((item.path, item.content) for item in found) == []
    leaking = change("data/results.csv", "清运的垃圾", "清运的垃圾 13812345678")
    hit = {problem.file.rpartition(".")[2] for problem in
           scan((item.path, item.content) for item in downloads(load(leaking)[0]))}  # fmt: skip
    assert {"parquet", "sqlite", "jsonl", "csv"} <= hit
