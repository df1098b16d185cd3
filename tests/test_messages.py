"""What people and machines read of a problem, in every format, and rules explained by proven examples."""

import argparse
import builtins
import csv
import errno
import importlib
import inspect
import io
import json
import pkgutil
from pathlib import Path
from string import Formatter

import disclosure
import examples
import jsonschema_rs
import pytest
from books import National, national
from conftest import PACKAGES, ROOT
from disclosure.cli import COMMANDS, main
from disclosure.cli.report import COULD_NOT_RUN
from disclosure.model import DisclosureError, Problem
from disclosure.package.shipped import shipped
from disclosure.quality.checks import check
from disclosure.quality.explain import UnknownRule, explained, listed
from disclosure.quality.formats import as_annotations
from disclosure.quality.messages import text
from disclosure.quality.rules import rules

WRONG = PACKAGES / "everything_wrong"
SCHEMA = ROOT / "scripts" / "disclosure" / "quality" / "problems.schema.json"


def test_json_keeps_to_its_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(WRONG), "--format", "json"]) == 1
    printed = json.loads(capsys.readouterr().out)
    validator = jsonschema_rs.validator_for(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert list(validator.iter_errors(printed)) == []
    assert sum(printed["tally"].values()) == len(printed["problems"]) > 40
    printed["problems"][0]["row"] = "2"
    assert not validator.is_valid(printed)


def test_annotations_stand_on_their_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(WRONG), "--format", "github"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(check(WRONG)[1])
    place = f"file={WRONG.as_posix()}/data/staff.csv,title=staff-adds-up,line=2"
    assert any(line.startswith(f"::error {place}::") for line in lines)
    assert any(line.startswith("::warning ") for line in lines)
    assert any(line.startswith("::notice ") for line in lines)


def test_an_annotation_cannot_smuggle_another() -> None:
    problem = Problem("data/a,b.csv", 2, "x", "cell-type", "1\n::error::forged %0A", "number")
    (line,) = as_annotations([problem], Path("pkg"), "en").split("\n")
    assert "data/a%2Cb.csv" in line
    assert "1%0A::error::forged %250A" in line


def test_the_page_of_findings_is_whole_and_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(WRONG), "--format", "html"]) == 1
    page = capsys.readouterr().out
    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    for problem in check(WRONG)[1]:
        assert f'<section id="{problem.rule}">' in page

    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("form", ["text", "json", "github", "html"])
def test_no_number_of_a_person_is_printed_beside_what_another_rule_found(
    form: str, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    staff = good / "data" / "staff.csv"
    lines = staff.read_text(encoding="utf-8")
    for label, count in (("总人数", "many"), ("总人数 13800138000", "many"), ("总人数", "many 13800138000")):
        staff.write_text(lines.replace("总人数,30", f"{label},{count}"), encoding="utf-8")
        assert main(["check", str(good), "--format", form]) == 1
        printed = capsys.readouterr().out
        assert "cell-type" in printed
        assert "many" in printed or "man***" in printed
        assert "138001" not in printed
        if form in ("text", "html"):
            assert (",,总人数,many," in printed) is ("138" not in label + count)


def test_cases_are_grouped_three_shown_and_the_rest_counted() -> None:
    problems = [
        Problem("data/staff.csv", row, "headcount", "cell-type", "x", "integer") for row in range(2, 9)
    ]
    package = check(PACKAGES / "good")[0]
    told = text(problems, "en", package).splitlines()
    assert told[0].startswith("error [cell-type]")
    assert [line for line in told if line.startswith("  data/staff.csv")] == [
        f"  data/staff.csv, row {row}, column Headcount / headcount" for row in (2, 3, 4)
    ]
    assert "    | 2023,total,,总人数,30,staff-total" in told
    assert "  and 4 more: 5, 6, 7, 8" in told
    assert "列 “人数”headcount" in text(problems, "zh", package)


def test_nothing_in_a_message_acts_on_a_terminal() -> None:
    problem = Problem("data/staff.csv", 2, "name", "cell-characters", "a\x1b[2Jb\u202ec", "")
    told = text([problem], "en")
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert r"a\u001b[2Jb\u202ec" in told


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_can_be_explained_with_right_and_wrong(language: str) -> None:
    for name, rule in rules().items():
        told = explained(name, language)
        assert rule.holds(language) in told
        assert rule.mend(language) in told
        assert ("对: " if language == "zh" else "right: ") in told
    assert len(listed(language).splitlines()) == len(rules())


def test_an_unknown_rule_is_a_refusal(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UnknownRule):
        explained("no-such-rule", "en")
    assert main(["explain", "no-such-rule"]) == 2
    assert "no-such-rule" in capsys.readouterr().err


def test_the_examples_are_those_that_the_tests_prove() -> None:
    message = "mend it with: PYTHONPATH=tests .venv/bin/python tests/examples.py"
    assert examples.FILE.read_text(encoding="utf-8") == examples.table(), message


def test_progress_is_shown_on_a_terminal_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(PACKAGES / "good")]) == 0
    assert capsys.readouterr().err == ""


def test_progress_is_shown_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    assert main(["check", str(PACKAGES / "good")]) == 0
    told = capsys.readouterr()
    assert "%" in told.err
    assert "%" not in told.out.splitlines()[-1]


def test_what_a_form_is_refused_for_is_told_in_the_words_of_a_clerk() -> None:
    """Nothing that is told stays English, an error says what is wanted, and a cell is no column."""
    for rule, found, expected, words in (
        ("form-formula", "formula without a value", "", "现为: 公式没有算出的结果\n    应为: 公式算出的数"),
        ("form-indicator", "项目数量", "target", "现为: 项目数量\n    应为: 同一行还要填年度指标值"),
        ("form-amount", "五十万", "digits", "现为: 五十万\n    应为: 阿拉伯数字，如 150、"),
        ("form-amount", "约 9", "", "现为: 约 9\n    应为: 如 150、1,234.50、"),
        ("form-safe", "2000 columns", "<= 1024", "现为: 2000 列\n    应为: <= 1024"),
        ("form-level", "target", "", "现为: target\n"),
        ("cell-type", "abc", "number", "现为: abc\n    应为: 数\n"),
        ("cell-required", "", "date", "应为: 日期，如 2026-12-01\n"),
    ):
        told = text([Problem("a.xlsx", 0, "Sheet1!E6", rule, found, expected)], "zh")
        assert "a.xlsx，位置 Sheet1!E6" in told
        assert words in told
        assert found in text([Problem("a.xlsx", 0, "Sheet1!E6", rule, found, expected)], "en")


def test_each_word_of_a_check_that_is_put_into_chinese_is_one_that_a_check_says() -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for part in ("forms", "package")
        for path in (ROOT / "scripts/disclosure" / part).glob("*.py")
    )
    for line in shipped("quality", "said"):
        assert line["rule"] in rules()
        assert None not in line, "a comma in a cell wants quotes"
        assert f'"{line["said"]}"' in code or f'}} {line["said"]}"' in code, line["said"]


def test_why_a_command_could_not_run_is_told_in_both_languages() -> None:
    for found in pkgutil.walk_packages(disclosure.__path__, "disclosure."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    kinds = {
        kind.__name__
        for kind in DisclosureError.__subclasses__()
        if kind.__module__.startswith("disclosure.")
    }
    with (ROOT / "scripts/disclosure/cli/reasons.csv").open(encoding="utf-8", newline="") as file:
        names = [line["error"] for line in csv.DictReader(file)]
    of_the_system = {name for name in names if isinstance(getattr(builtins, name, None), type)}
    assert kinds == {*names} - of_the_system - {*errno.errorcode.values()}
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("C", "sizes and checksums of {} tables are recorded; version {}"),
        ("zh_CN.UTF-8", "已记下 {} 个表的大小和校验值；数据包版本 {}"),
    ],
)
def test_a_seal_says_what_it_recorded(
    good: Path, locale: str, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert main(["seal", str(good)]) == 0
    value = json.loads((good / "datapackage.json").read_bytes())
    assert capsys.readouterr().out == f"{words.format(len(value['resources']), value['version'])}\n"


def test_what_the_system_refuses_is_told_in_the_language_of_the_locale(
    good: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where it names no file, as a disk does that is full."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    for locale, words in (("C", "No space left on device"), ("zh_CN.UTF-8", "磁盘满了")):
        monkeypatch.setenv("LC_ALL", locale)
        assert main(["seal", str(good)]) == COULD_NOT_RUN
        assert capsys.readouterr().err == f"disclosure: {words}\n"


def test_each_command_and_each_option_is_explained_in_both_languages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = {("", ""), ("", "help")} | {(name, "") for name in COMMANDS}
    told = {(line["command"], line["option"]): line for line in shipped("cli", "help")}
    for name, command in COMMANDS.items():
        parser = argparse.ArgumentParser()
        command.arguments(parser)
        options = {action.dest for action in parser._actions} - {"help"}
        wanted |= {(name if (name, option) in told else "", option) for option in options}
        for locale, column in (("C", "en"), ("zh_CN.UTF-8", "zh")):
            monkeypatch.setenv("LC_ALL", locale)
            with pytest.raises(SystemExit):
                main([name, "--help"])
            shown = "".join(capsys.readouterr().out.split())
            for option in options:
                text = (told.get((name, option)) or told["", option])[column].partition("%")[0]
                assert "".join(text.split()) in shown
    assert wanted == told.keys()


def test_what_is_wrong_with_a_command_is_told_in_chinese(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    for arguments, words in (
        ("", "disclosure：还缺：COMMAND\n"),
        ("nix", "disclosure：COMMAND：没有 'nix' 这一项，可选："),
        ("form", "disclosure form：还缺：PROJECT_ID, -o/--output\n"),
        ("form x -o", "-o/--output：后面要写一个值\n"),
        ("import", "还缺：PATH\n"),
        ("import . --year x", "--year：'x' 不能用在这里\n"),
        ("import . --new", "不认识：--new\n"),
        ("import . --dry-run=1", "--dry-run：后面不能带 '1'\n"),
        ("build --s x", "--s 不明确，可以是 --site, --source\n"),
        ("batch check . --workers 1 --scheduler x", "--scheduler：不能和 --workers 一起用\n"),
        ("seal --on x", "--on：x 不是日期；日期写成 2026-12-01\n"),
        ("serve --port 99999", "--port：99999 不是 0 到 65535 之间的数\n"),
    ):
        with pytest.raises(SystemExit):
            main(arguments.split())
        assert words in capsys.readouterr().err
    source = inspect.getsource(argparse) + "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "scripts/disclosure/cli").glob("*.py")
    )
    for line in shipped("cli", "words"):
        assert repr(line["said"])[1:-1] in source, "nobody says that"


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (
            "check nowhere",
            "no datapackage.json in that folder. (nowhere)",
            "没有 datapackage.json，不是数据包 (nowhere)",
        ),
        ("seal nowhere", "No such file or directory (nowhere/", "没有这个文件或文件夹 (nowhere/"),
        ("scan nowhere", "No such file or directory (nowhere)", "没有这个文件或文件夹 (nowhere)"),
        ("import . --package good", "no workbook or document", "这里没有工作簿，也没有文档 (.)"),
        ("verify good --source .", "Is a directory (.)", "这里要的是文件，给的是文件夹 (.)"),
    ],
)
def test_a_path_that_is_not_there_is_named_in_the_language_of_the_locale(
    good: Path,
    arguments: str,
    english: str,
    chinese: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(good.parent)
    for locale, words in (("C", english), ("zh_CN.UTF-8", chinese)):
        monkeypatch.setenv("LC_ALL", locale)
        assert main(arguments.split()) == COULD_NOT_RUN
        told = capsys.readouterr().err
        assert words in told and "Errno" not in told


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("serve --port 99999", "99999 is no number from 0 to 65535"),
        ("batch check good --workers 0", "0 is no number from 1 to 1000"),
        ("sample out --projects -1", "-1 is no number from 1 to"),
        ("new out --department x --year 0", "0 is no number from 1949 to 2999"),
        ("new out --department \udccd\udcc8 --year 2024", r"'\udccd\udcc8' is no text in UTF-8"),
        ("build --jobs two", "two is no number from 0 to"),
        ("seal --on 2026-13-40", "2026-13-40 is no day; a day is written as 2026-12-01"),
    ],
)
def test_a_value_that_an_option_cannot_take_is_told_with_what_it_takes(
    arguments: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments.split())
    assert ended.value.code == COULD_NOT_RUN
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8"])
def test_a_sign_that_a_terminal_does_not_have_is_spelled_out(
    good: Path, tmp_path: Path, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Chinese Windows console has no emoji, and the name of a file may be bytes that are no text."""
    form = tmp_path / "𠮷🙂\udcff.xlsx"
    form.write_bytes(national(National()))
    printed = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr("sys.stdout", printed)
    assert main(["import", str(form), "--package", str(good), "--dry-run", "--format", "json"]) == 1
    assert main(["new", str(tmp_path / "🙂"), "--department", "𠮷区", "--year", "2024"]) == 0
    printed.seek(0)
    told, end = json.JSONDecoder().raw_decode(text := printed.read())
    assert any(problem["file"].startswith("𠮷🙂") for problem in told["problems"])
    assert ("\\ud83d\\ude42" in text[end:]) is (encoding != "utf-8")


@pytest.mark.parametrize(
    ("part", "name"), [("quality", "messages"), ("release", "changes"), ("cli", "imported")]
)
def test_a_phrase_says_the_same_in_both_languages(part: str, name: str) -> None:
    for line in shipped(part, name):
        zh, en = (sorted(field for _, field, *_ in Formatter().parse(line[of]) if field is not None)
                  for of in ("zh", "en"))  # fmt: skip
        assert line["zh"] and line["en"] and zh == en
