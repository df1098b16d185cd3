"""Generated packages: whatever stands in the files, no check ends in a traceback, no figure is nan or inf."""

import csv
import io
import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from inspect import signature
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from conftest import PACKAGES
from disclosure.model import Field, Missing, Package, Problem, Value
from disclosure.package.cells import fault_of_text, reader_of
from disclosure.package.computed import computed
from disclosure.package.figures import stated
from disclosure.package.load import load
from disclosure.package.pattern import Unsafe, compiled
from disclosure.quality import checks, schema
from disclosure.quality.formats import as_json
from disclosure.quality.messages import text
from disclosure.quality.report import blocking, results
from disclosure.release import workbook
from disclosure.release.frames import frame
from disclosure.website.desk import desk
from disclosure.website.edition import Site
from disclosure.website.macros import SECTIONS
from disclosure.website.records import pages
from disclosure.website.render import render
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

FULL = os.environ.get("DISCLOSURE_PROFILE") == "full"
PROFILE = settings(
    max_examples=10_000 if FULL else 200,
    deadline=None,
    derandomize=not FULL,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
GOOD = PACKAGES / "good"
TABLES = {
    resource["name"]: (resource["path"], json.loads((GOOD / resource["schema"]).read_bytes()))
    for resource in json.loads((GOOD / "datapackage.json").read_bytes())["resources"]
    if resource["name"] != "rules"
}
Cells = list[list[str]]


def rows_of(name: str) -> Cells:
    with (GOOD / TABLES[name][0]).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


KNOWN = {name: rows_of(name) for name in TABLES}
NASTY = (
    "NaN", "inf", "-inf", "1e400", "1e3", "1_000", "1,000", "１２", "٣", "+5", ".5", "5.", "0x1F", "-0",
    "1" * 13, "2024-02-30", "0000", "{{ x }}", "<b>", "=cmd|' /C calc'!A0", "a\nb", 'a"b', "a\rb", "\0",
    "\u202e", "..", " x ",
)  # fmt: skip


def numbers_as_text(places: int) -> st.SearchStrategy[str]:
    largest = 10 ** (12 + places) - 1
    whole = st.one_of(st.integers(0, 1000), st.integers(-largest, largest))
    return whole.map(
        lambda number: f"{number / 10**places:.{places}f}" if abs(number) < 1e12 else str(number)[:12]
    )


PLAIN = {
    "string": st.one_of(st.text(max_size=12), st.sampled_from(("收入", "≥100 吨", "五年", "a-b", "总人数"))),
    "integer": st.integers(-(10**12) + 1, 10**12 - 1).map(str),
    "number": st.one_of(numbers_as_text(0), numbers_as_text(2), numbers_as_text(4)),
    "year": st.sampled_from(("2022", "2023", "2024", "1999")),
    "date": st.dates().map(str),
}


def cell(spec: dict[str, Any], known: list[str]) -> st.SearchStrategy[str]:
    """A cell of that column: mostly one that is there already, then one of its type, then anything."""
    kept = st.sampled_from(sorted(set(known)) or [""])
    limits = spec.get("constraints", {})
    lawful = st.sampled_from(limits["enum"]) if "enum" in limits else PLAIN[spec["type"]]
    odd = st.one_of(st.sampled_from(("", "NA")), st.sampled_from(NASTY), st.text(max_size=6))
    return st.integers(0, 19).flatmap(lambda n: kept if n < 14 else lawful if n < 19 else odd)


@st.composite
def tables(draw: st.DrawFn) -> dict[str, bytes]:
    """The files of one to three tables: rows of the good package, changed, lost, doubled and made up."""
    made = {}
    for name in draw(st.lists(st.sampled_from(sorted(TABLES)), min_size=1, max_size=3, unique=True)):
        path, spec = TABLES[name]
        columns = [[row[place] for row in KNOWN[name]] for place in range(len(spec["fields"]))]
        row = st.tuples(*(cell(field, known) for field, known in zip(spec["fields"], columns, strict=True)))
        kept = st.sampled_from(KNOWN[name]) if KNOWN[name] else row.map(list)
        rows = draw(st.lists(st.one_of(kept, row.map(list)), max_size=5))
        made[path] = as_csv([[field["name"] for field in spec["fields"]], *rows])
    return made


def as_csv(rows: Cells) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue().encode("utf-8")


@st.composite
def amounts(draw: st.DrawFn) -> dict[str, bytes]:
    """A package without a fault: other amounts, staff and words, each with the sentence that states it."""
    made, quotes = {}, {row[0]: row for row in KNOWN["citations"]}
    rest, fund = draw(st.integers(10**5, 10**11)), draw(st.integers(0, 10**11))
    whole = rest + fund + draw(st.integers(0, 10**9))
    rows = [list(row) for row in KNOWN["appropriations"]]
    for row, hundredths, name in zip(rows, (whole, rest, fund), ("total", "general", "fund"), strict=True):
        places = draw(st.sampled_from((2, 4)))
        shown = f"{hundredths // 100}.{hundredths % 100:02d}{'00' if places == 4 else ''}"
        row[4], row[6] = shown, shown
        row[5] = shown if row[5] != "NA" else "NA"
        for citation in (f"budget-{name}", f"final-{name}", f"adjusted-{name}"):
            if citation in quotes:
                quotes[citation] = [*quotes[citation][:3], f"{row[3]} 数 {shown} 万元", ""]
    made["data/appropriations.csv"] = as_csv([head("appropriations"), *rows])
    established, others = draw(st.integers(0, 10**9)), draw(st.integers(0, 10**9))
    staff = [list(row) for row in KNOWN["staff"]]
    for row, number in zip(staff, (established + others, established, others), strict=True):
        row[4] = str(number)
        quotes[row[5]] = [*quotes[row[5]][:3], f"{row[3]} {number} 人", ""]
    made["data/staff.csv"] = as_csv([head("staff"), *staff])
    clean = st.text(st.characters(exclude_categories=("C", "Z", "M")), min_size=1, max_size=30).filter(
        is_clean
    )
    glossary = [
        ["budget", "预算" + draw(clean), draw(clean), "budget", ""],
        ["other", "决算" + draw(clean), draw(clean), "other", ""],
    ]
    made["data/glossary.csv"] = as_csv([head("glossary"), *glossary])
    made["data/citations.csv"] = as_csv([head("citations"), *quotes.values()])
    return made


def is_clean(word: str) -> bool:
    return not fault_of_text(word) and word != "NA"


def head(name: str) -> list[str]:
    return [field["name"] for field in TABLES[name][1]["fields"]]


_NO_NUMBER = re.compile(r"<data value=\"[^\"]*(?:nan|inf)|<data[^>]*>[^<]*(?:nan|inf)", re.IGNORECASE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path_factory.mktemp("generated") / "package"))


@pytest.fixture
def inner(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own layers only: the other two take a hundred times as long, and have tests of their own."""
    own = tuple(
        check for check in checks.CHECKS if check not in (schema.official_profile, schema.file_as_sealed)
    )
    monkeypatch.setattr(checks, "CHECKS", own)
    monkeypatch.setattr(schema, "frictionless_valid", lambda *_: ())


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for path, _ in TABLES.values():
        data = files.get(path) or (GOOD / path).read_bytes()
        (folder / path).write_bytes(data)
    return folder


def numbers(package: Package) -> Iterator[Value]:
    """Every value that a page or a download may show."""
    for table in package.tables.values():
        for row in table.rows:
            yield from row.values
        for figure in stated(package, table):
            yield figure.value
    for year in package.years:
        for figure in computed(package, year).values():
            yield figure.value


WORDS = {"blank_form": "target"}  # what a page hands to a section that takes a word


def shown(package: Package, problems: list[Problem]) -> Iterator[str]:
    """Every page that the package makes: those of records, and each section that a page of docs/ calls."""
    for year in package.years[-1:]:
        site = Site(package, year, computed(package, year), results(package, problems), (), {})
        yield from (page.body for page in pages(site))
        made = desk(site)
        for name, section in SECTIONS.items():
            words = [WORDS.get(name, "conclusion")] * (len(signature(section).parameters) - 1)
            yield render(name, section(made, *words), "", made.terms)


def ended(folder: Path, with_workbook: bool) -> bool:
    """Check a package to the end; if nothing forbids it, make what is published; whether that was so."""
    package, problems = checks.check(folder)
    assert text(problems, "zh")
    assert json.loads(as_json(problems))["tally"]
    if blocking(problems):
        return False
    assert len(results(package, problems)) > 0
    for value in numbers(package):
        assert value is not Missing.UNREADABLE
        assert isinstance(value, str | Missing) or not {"n", "i"} & set(str(value).lower())
    for table in package.tables.values():
        for name, column in frame(table).items():
            is_text = table.columns[str(name)].type == "string"
            assert is_text or not any(
                str(value).lower() in ("nan", "inf") for value in column if value is not None
            )
    for page in shown(package, problems):
        assert not _NO_NUMBER.search(page)
    if with_workbook:
        file = io.BytesIO()
        workbook.write(package, file)
        with ZipFile(file) as book:
            sheets = [book.read(name) for name in book.namelist() if "worksheets/sheet" in name]
        assert not any(
            word in sheet for sheet in sheets for word in (b"<v>nan", b"<v>inf", b"<v>-inf", b"#NUM!")
        )
    return True


@PROFILE
@given(files=tables())
def test_a_generated_package_never_ends_in_a_traceback(
    folder: Path, inner: None, files: dict[str, bytes]
) -> None:
    event("published" if ended(written(folder, files), False) else "refused")


@settings(PROFILE, max_examples=PROFILE.max_examples // 5)
@given(files=amounts(), turn=st.integers(0, 19))
def test_a_package_without_a_fault_shows_no_nan(
    folder: Path, inner: None, files: dict[str, bytes], turn: int
) -> None:
    root = written(folder, files)
    assert load(root)[1] == []
    assert ended(root, turn == 0)


@settings(PROFILE, max_examples=PROFILE.max_examples // 2)
@given(
    path=st.sampled_from([path for path, _ in TABLES.values()]),
    data=st.binary(max_size=80),
    at=st.integers(0, 400),
)
def test_no_bytes_end_in_a_traceback(folder: Path, inner: None, path: str, data: bytes, at: int) -> None:
    old = (GOOD / path).read_bytes()
    ended(written(folder, {path: old[:at] + data + old[at + len(data) // 2 :]}), False)


@settings(PROFILE, max_examples=400 if FULL else 10)
@given(files=amounts())
def test_the_layers_agree_on_what_is_without_a_fault(folder: Path, files: dict[str, bytes]) -> None:
    root = written(folder, files)
    package, problems = load(root)
    assert problems == []
    assert list(schema.frictionless_valid(root, package, [])) == []


@settings(PROFILE)
@given(kind=st.sampled_from(("integer", "number", "year", "date")), found=st.text(max_size=16))
def test_a_typed_cell_is_a_fault_or_says_the_same_again(kind: str, found: str) -> None:
    value = reader_of(Field("x", kind, "x"), False)(found)
    if not isinstance(value, tuple | Missing):
        assert found.isascii()
        assert str(value).lstrip("-0") == found.lstrip("-0") or kind == "integer"


@settings(PROFILE)
@given(st.text(st.sampled_from("ab|()*+?[]{}1,2-.^$\\"), max_size=12))
def test_a_pattern_is_refused_or_runs_in_linear_time(pattern: str) -> None:
    try:
        found = compiled(pattern)
    except Unsafe:
        return
    started = time.monotonic()
    for word in ("a" * 2000, "ab" * 1000, "b" * 1999 + "c", "a" * 1999 + "!"):
        found.fullmatch(word)
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    "pattern", ["[a-z0-9]+(-[a-z0-9]+)*", "[0-9a-f]{64}", "a{2,4}", "(a|bc)?d", "a\\.b", "x*"]
)
def test_a_pattern_in_use_is_lawful(pattern: str) -> None:
    assert compiled(pattern).pattern == pattern


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+",
        "(a*)*",
        "(a|a)b",
        "a*a",
        "(a?)*",
        "a{0}",
        "(?:a)",
        "\\d",
        "[^a]",
        "a**",
        "(",
        "[b-a]",
        "a{2,1}",
    ],
)
def test_a_pattern_that_may_run_on_is_refused(pattern: str) -> None:
    with pytest.raises(Unsafe):
        compiled(pattern)
