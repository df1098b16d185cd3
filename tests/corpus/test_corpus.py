"""Each bad file ends as its row of cases.csv declares; each of its valid look-alikes in controls.csv passes.

The outer layers (the official profile and frictionless) take nearly all the time of a check, so a normal
run has them look at one case in eight; DISCLOSURE_PROFILE=full at all of them.
"""

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import PACKAGES
from disclosure.cli import main
from disclosure.quality import schema
from edits import Case, apply, cases

FULL = os.environ.get("DISCLOSURE_PROFILE") == "full"
OUTER = {"frictionless-valid", "official-profile"}
BAD, GOOD = cases("cases.csv"), cases("controls.csv")
SECONDS, BYTES = 10, 512 * 1024 * 1024
LARGEST = ("64-mib-and-one", "one-line-of-60-mib", "60-million-line-feeds", "100000-rows-of-faults")
# One case of every kind that a build meets: the file, the line, the cell, the row, the descriptor, the path.
BUILT = [case for case in BAD if case.family != "big"][::34]


def ids(case: Case) -> str:
    return case.id


def without_outer_layers(case: Case, place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = OUTER & {case.rule, *case.also.split()}
    if not FULL and place % 8 and not wanted:
        monkeypatch.setattr(schema, "frictionless_valid", lambda *_: ())
        monkeypatch.setattr("disclosure.quality.checks.CHECKS", _inner())


def _inner() -> tuple[object, ...]:
    from disclosure.quality.checks import CHECKS  # noqa: PLC0415

    return tuple(check for check in CHECKS if check is not schema.official_profile)


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def test_the_corpus_is_large_and_named_once() -> None:
    assert len(BAD) >= 90
    assert len(GOOD) >= 25
    assert len({case.id for case in BAD}) == len(BAD)
    assert len({case.id for case in GOOD}) == len(GOOD)


@pytest.mark.parametrize("place", range(len(BAD)), ids=[case.id for case in BAD])
def test_a_bad_file_ends_as_declared(
    good: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    case = BAD[place]
    apply(case, good)
    without_outer_layers(case, place, monkeypatch)
    capsys.readouterr()
    before, started = peak(), time.monotonic()
    code = main(["check", str(good), "--format", "json"])
    assert time.monotonic() - started < SECONDS
    assert peak() - before < BYTES
    printed = capsys.readouterr()
    if case.rule == "could-not-run":
        assert code == 2
        assert printed.out == ""
        return
    assert code == 1
    problems = [found for found in json.loads(printed.out)["problems"] if found["severity"] == "error"]
    places = {(found["rule"], found["file"], found["row"], found["column"]) for found in problems}
    assert (case.rule, case.at, int(case.row) or None, case.column or None) in places
    assert {found["rule"] for found in problems} == {case.rule, *case.also.split()}


@pytest.mark.parametrize("place", range(len(GOOD)), ids=[case.id for case in GOOD])
def test_a_valid_look_alike_passes(
    good: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    apply(GOOD[place], good)
    without_outer_layers(GOOD[place], place, monkeypatch)
    assert main(["check", str(good)]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_files_are_refused_within_512_mib(good: Path, name: str) -> None:
    """In a process of its own that cannot have more address space, so that no allocation escapes."""
    apply(next(case for case in BAD if case.name == name), good)
    ended = subprocess.run(
        [sys.executable, "-m", "disclosure.cli", "check", str(good), "--format", "json"],
        capture_output=True,
        check=False,
        timeout=6 * SECONDS,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES)),
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )
    assert ended.returncode == 1, ended.stderr.decode()[-2000:]
    assert b"Traceback" not in ended.stderr


@pytest.mark.parametrize("case", BUILT, ids=ids)
def test_a_bad_file_leaves_the_last_good_site_alone(tmp_path: Path, good: Path, case: Case) -> None:
    website = pytest.importorskip("test_website")
    live = tmp_path / "site"
    live.mkdir()
    (live / "SHA256SUMS").write_text("the last good one", encoding="utf-8")
    config = website.project(tmp_path, good)
    apply(case, good)
    assert main(["build", "--config", str(config), "--site", str(live)]) in (1, 2)
    assert website.snapshot(live) == {"SHA256SUMS": b"the last good one"}
    assert [path.name for path in tmp_path.glob(".site-*/*") if path.name != "lock"] == []


def test_the_good_package_itself_has_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(PACKAGES / "good")]) == 0, capsys.readouterr().out
