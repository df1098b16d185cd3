"""What a check finds and says: every fault by file, row and column. Each rule alone is in test_faults."""

import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import PACKAGES, ROOT
from disclosure.cli import main
from disclosure.model import Problem
from disclosure.package.descriptor import MAX_FILE_BYTES
from disclosure.package.load import load
from disclosure.package.shipped import language
from disclosure.package.text import states
from disclosure.quality import checks
from disclosure.quality.formats import as_json
from disclosure.quality.messages import text
from disclosure.quality.report import blocking, results
from disclosure.quality.rules import rules

EXPECTED = PACKAGES / "everything_wrong.expected"


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


def test_the_good_package_has_no_fault_but_what_its_source_leaves_out(good: Path) -> None:
    assert rules_met(good) == {"fund-residual", "targets-unlisted"}


def test_the_published_package_has_no_error() -> None:
    _, problems = checks.check(ROOT / "datapackage")
    assert blocking(problems) == []
    said = {(problem.rule, problem.found) for problem in problems if problem.rule != "goal-measurable"}
    assert said == {
        ("fund-residual", "163.27"),
        ("targets-unlisted", "230 − 3 = 227"),
        ("doubled-phrase", "户外广告户外广告"),
        ("goal-repeated", "95%"),
        ("goal-repeated", "71%"),
        ("exact-execution", "2022: 3 / 3 = 100.00%"),
    }
    assert [problem.row for problem in problems if problem.rule == "goal-measurable"] == [2, 4]


@pytest.mark.parametrize(
    "goal", ["绿化 500 平方米。", "清淤 3609 立方米。", "维修路灯 120 盏。", "办案 30 宗。"]
)
def test_a_number_with_a_unit_of_every_day_makes_a_goal_measurable(good: Path, goal: str) -> None:
    for name in ("projects", "citations"):
        file = good / "data" / f"{name}.csv"
        file.write_text(
            file.read_text(encoding="utf-8").replace("每天清运垃圾 2 次。", goal), encoding="utf-8"
        )
    assert "goal-measurable" not in rules_met(good)


def test_words_that_only_look_like_a_number_make_no_goal_measurable(good: Path) -> None:
    for name in ("projects", "citations"):
        file = good / "data" / f"{name}.csv"
        text = file.read_text(encoding="utf-8").replace("每天清运垃圾 2 次。", "街面十分整洁。")
        file.write_text(text, encoding="utf-8")
    assert "goal-measurable" in rules_met(good)


def test_size_and_rows_are_bounded_before_anything_is_parsed(
    good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MAX_FILE_BYTES == 64 * 1024 * 1024
    monkeypatch.setattr("disclosure.package.descriptor.MAX_FILE_BYTES", 100)
    assert {problem.rule for problem in load(good)[1]} == {"file-size"}
    monkeypatch.undo()
    monkeypatch.setattr("disclosure.package.reader.MAX_ROWS", 2)
    assert {problem.rule for problem in load(good)[1]} == {"row-count"}


def test_an_unused_citation_is_a_warning(change: Callable[[str, str, str], Path]) -> None:
    package = change("data/corrections.csv", "录入错误,2024-05-06,staff-established", "录入错误,2024-05-06,")
    assert "citation-used" not in rules_met(package)  # the staff row still cites it
    package = change("data/objectives.csv", ",objective-2", ",objective-1")
    assert {"citation-used", "text-in-quote"} <= rules_met(package)


def test_code_and_table_of_rules_agree() -> None:
    """A check is the function that bears its rule's name."""
    named = {check.__name__.replace("_", "-") for check in checks.CHECKS}
    named.remove("since-release")  # it compares two packages once, for both of its rules
    apart = ("file", "form", "version", "site", "personal", "verify")
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
    assert status["output-present"] == "not_applicable"  # there are no indicators
    assert status["duty-in-time"] == "not_applicable"  # there is no as-of date
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


def test_a_document_is_text_with_or_without_the_mark_of_windows(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, file = (PACKAGES / "good-source.txt").read_text(encoding="utf-8"), tmp_path / "document.txt"
    file.write_text(text, encoding="utf-8-sig")
    assert main(["verify", str(good), "--source", str(file)]) == 0
    file.write_text(text, encoding="gb18030")
    assert main(["verify", str(good), "--source", str(file)]) == 2
    assert capsys.readouterr().err == (
        f"disclosure: The document is not UTF-8 text; save it as plain text in UTF-8 first. ({file})\n"
    )


def test_the_sum_of_a_document_that_is_not_recorded_yet_is_told(
    good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is a sum of the normalised text, which nothing else tells whoever has to enter it."""
    file, source = good / "data" / "sources.csv", PACKAGES / "good-source.txt"
    ((name, row),) = [item for item in load(good)[0].sources.items() if item[1].text("sha256")]
    recorded = row.text("sha256")
    file.write_text(file.read_text(encoding="utf-8").replace(recorded, "NA"), encoding="utf-8")
    capsys.readouterr()
    assert main(["verify", str(good), "--source", str(source), "--as", name]) == 0
    said = capsys.readouterr().out
    assert f"sha256 {recorded}\nthis sha256 is not recorded in sources.csv yet\n" in said
    assert main(["verify", str(good), "--source", str(source)]) == 2
    assert f"or name the source: verify --as. ({recorded})" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["verify PACKAGE --source PIPE", "scan PIPE", "diff PACKAGE PIPE"])
def test_a_pipe_is_not_waited_for(
    good: Path, tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert main(command.replace("PACKAGE", str(good)).replace("PIPE", str(pipe)).split()) == 2
    told = "a pipe or a device, which may never end; save what comes out of it as a file first."
    assert capsys.readouterr().err == f"disclosure: That is {told} ({pipe})\n"


@pytest.mark.parametrize(
    ("sentence", "value", "is_stated"),
    [
        ("≥-5%", "-5", True),
        ("同比增长 -1,205.2 万元", "-1205.2", True),
        ("气温－5度", "-5", True),
        ("50-60 人", "-60", False),
        ("5月-6月", "-6", False),
        ("A区-5号，B-7", "-7", False),
        ("5 个", "-5", False),
    ],
)
def test_a_number_below_nil_stands_behind_its_sign(sentence: str, value: str, is_stated: bool) -> None:
    assert states(sentence, Decimal(value)) is is_stated


def test_verify_needs_to_know_which_document_it_holds(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(good), "--source", str(PACKAGES / "good-source.txt"), "--as", "no-such"]) == 2
    assert "no-such" in capsys.readouterr().err
