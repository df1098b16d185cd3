"""Every rule has a fault that trips it, every fault is named by file, row and column."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import PACKAGES, ROOT
from disclosure.cli import main
from disclosure.model import Problem
from disclosure.package.descriptor import MAX_FILE_BYTES
from disclosure.package.load import load
from disclosure.quality import checks
from disclosure.quality.messages import as_json, language, text
from disclosure.quality.report import blocking, results
from disclosure.quality.rules import rules

EXPECTED = PACKAGES / "everything_wrong.expected"
SITE_STAGE = {"link-found", "id-unique", "resource-local", "link-safe"}  # tests/test_website.py
PERSONAL_STAGE = {  # tests/test_scan.py
    "no-id-number",
    "no-mobile-number",
    "no-bank-card",
    "no-personal-column",
    "no-secrecy-mark",
    "small-count",
    "personal-email",
    "scan-readable",
}
VERIFY_STAGE = {"source-as-recorded", "quote-in-source"}  # below


def lines(problems: list[Problem]) -> list[str]:
    return [
        " | ".join(
            (problem.file, str(problem.row), problem.column, problem.rule, problem.found, problem.expected)
        )
        for problem in problems
    ]


def rules_met(root: Path) -> set[str]:
    return {problem.rule for problem in checks.check(root)[1]}


def test_everything_wrong_is_found_and_nothing_else() -> None:
    _, problems = checks.check(PACKAGES / "everything_wrong")
    assert lines(problems) == EXPECTED.read_text(encoding="utf-8").splitlines()


def test_the_good_package_has_no_fault_but_a_residual(good: Path) -> None:
    assert rules_met(good) == {"fund-residual"}


def test_the_published_package_has_no_error() -> None:
    _, problems = checks.check(ROOT / "datapackage")
    assert blocking(problems) == []
    assert {problem.rule for problem in problems} == {"fund-residual", "doubled-phrase"}


# Faults that a package full of other faults cannot show, each alone in an otherwise good one.
ALONE = [
    ("path-inside-package", "datapackage.json", '"data/staff.csv"', '"../staff.csv"'),
    ("path-inside-package", "datapackage.json", '"data/staff.csv"', '"https://example.org/staff.csv"'),
    ("file-exists", "datapackage.json", '"data/staff.csv"', '"data/nowhere.csv"'),
    ("json-grammar", "schemas/staff.json", '"primaryKey"', '"fields"'),
    ("json-grammar", "schemas/staff.json", '"minimum": 0', '"minimum": NaN'),
    ("descriptor-shape", "schemas/staff.json", '"type": "year"', '"type": "yearmonth"'),
    ("file-line-ends", "data/staff.csv", "总人数,30", "总人数,30\r"),
    ("csv-grammar", "data/staff.csv", "总人数,30", '"总人\n数",30'),
    ("csv-grammar", "data/staff.csv", "总人数,30", '"总人"数,30'),
    ("cell-characters", "data/staff.csv", "总人数", "总\xa0人数"),
    ("cell-type", "data/staff.csv", ",30,", ",1e400,"),
    ("cell-type", "data/staff.csv", ",30,", ",3_0,"),
    ("reference-found", "data/staff.csv", "staff-total", "staff-totals"),
    ("key-unique", "data/glossary.csv", "预算执行率", "预算"),
    (
        "frictionless-valid",
        "schemas/glossary.json",
        '"type": "string"',
        '"type": "string", "format": "email"',
    ),
]


@pytest.mark.parametrize(("rule", "file", "old", "new"), ALONE)
def test_a_fault_alone_is_named_by_its_rule(good: Path, rule: str, file: str, old: str, new: str) -> None:
    path = good / file
    before = path.read_text(encoding="utf-8")
    path.write_bytes(before.replace(old, new, 1).encode("utf-8"))
    main(["seal", str(good)])
    assert rule in rules_met(good)


def test_size_and_rows_are_bounded_before_anything_is_parsed(
    good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MAX_FILE_BYTES == 64 * 1024 * 1024
    monkeypatch.setattr("disclosure.package.descriptor.MAX_FILE_BYTES", 100)
    assert {problem.rule for problem in load(good)[1]} == {"file-size"}
    monkeypatch.undo()
    monkeypatch.setattr("disclosure.package.reader.MAX_ROWS", 2)
    assert {problem.rule for problem in load(good)[1]} == {"row-count"}


def test_every_rule_is_tripped_by_a_fault() -> None:
    wrong = {line.split(" | ")[3] for line in EXPECTED.read_text(encoding="utf-8").splitlines()}
    alone = {fault[0] for fault in ALONE} | {"file-size", "row-count", "citation-used"}
    assert wrong | alone | SITE_STAGE | PERSONAL_STAGE | VERIFY_STAGE == set(rules())


def test_an_unused_citation_is_a_warning(change: Callable[[str, str, str], Path]) -> None:
    package = change("data/corrections.csv", "录入错误,2024-05-06,staff-established", "录入错误,2024-05-06,")
    assert "citation-used" not in rules_met(package)  # the staff row still cites it
    package = change("data/objectives.csv", ",objective-2", ",objective-1")
    assert {"citation-used", "text-in-quote"} <= rules_met(package)


def test_code_and_table_of_rules_agree() -> None:
    """A check is the function that bears its rule's name."""
    named = {check.__name__.replace("_", "-") for check in checks.CHECKS}
    apart = ("file", "site", "personal", "verify")
    elsewhere = {name for name, rule in rules().items() if rule.stage in apart}
    cells = {"descriptor-shape", "header-as-schema", "row-width", "frictionless-valid"}
    cells |= {name for name in rules() if name.startswith("cell-")}
    assert named | elsewhere | cells == set(rules())
    assert not named & elsewhere


def test_what_no_row_speaks_of_is_not_passed() -> None:
    package, problems = checks.check(ROOT / "datapackage")
    status = {result.rule.rule_id: result.status for result in results(package, problems)}
    assert status["fund-residual"] == "noted"
    assert status["staff-adds-up"] == "passed"
    assert status["quote-in-source"] == "not_run"
    package, problems = checks.check(PACKAGES / "everything_wrong")
    status = {result.rule.rule_id: result.status for result in results(package, problems)}
    assert status["staff-adds-up"] == "failed"
    bare = type(package)({}, {}, {})
    assert {result.status for result in results(bare, [])} == {"passed", "not_applicable", "not_run"}


def test_messages_say_where_what_and_how_to_mend() -> None:
    problem = Problem("data/staff.csv", 2, "headcount", "staff-adds-up", "31", "30")
    assert text([problem], "en").splitlines() == [
        "error [staff-adds-up] The staff of a category is the sum of its parts",
        "  data/staff.csv, row 2, column headcount",
        "    found: 31",
        "    expected: 30",
        "  to mend: Compare the numbers with the source",
        "1 errors, 0 warnings, 0 notes",
    ]
    assert "data/staff.csv，第 2 行，列 headcount" in text([problem], "zh")
    assert '"rule": "staff-adds-up"' in as_json([problem])


def test_the_locale_chooses_the_language() -> None:
    assert language({"LANG": "zh_CN.UTF-8"}) == "zh"
    assert language({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}) == "en"
    assert language({}) == "en"


def test_verify_names_each_miss(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = PACKAGES / "good-source.txt"
    assert main(["verify", str(good), "--source", str(source)]) == 0
    changed = good / "source.txt"
    changed.write_text(source.read_text(encoding="utf-8").replace("120 吨", "110 吨"), encoding="utf-8")
    assert main(["verify", str(good), "--source", str(changed), "--format", "json"]) == 1
    printed = capsys.readouterr().out
    assert '"rule": "source-as-recorded"' in printed
    assert printed.count('"rule": "quote-in-source"') == 2  # the result and the indicator


def test_verify_needs_to_know_which_document_it_holds(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(good), "--source", str(PACKAGES / "good-source.txt"), "--as", "no-such"]) == 2
    assert "no-such" in capsys.readouterr().err
