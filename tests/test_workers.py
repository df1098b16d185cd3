"""Pages are pressed and files looked at by as many processes as pay; their number changes no byte."""

import os
import signal
from pathlib import Path

import pytest
from conftest import sums
from disclosure.cli import main
from disclosure.website import hooks, live, records
from disclosure.website.project import project as real
from disclosure.website.workers import PAGES_A_WORKER, WorkerLost, in_parts, workers
from test_publishing import beside, little, whole
from test_website import project


def built(tmp_path: Path, good: Path, name: str, jobs: int) -> int:
    config = project(tmp_path, good)
    return main(["build", "--config", str(config), "--site", str(tmp_path / name), "--jobs", str(jobs)])


def test_the_number_of_workers_changes_no_byte(tmp_path: Path, good: Path) -> None:
    texts = []
    for jobs in (1, 2, 3):
        assert built(tmp_path, good, f"site-{jobs}", jobs) == 0
        texts.append(whole(tmp_path / f"site-{jobs}"))
    assert len(sums(texts[0])) > 50
    assert texts[0] == texts[1] == texts[2]


def test_a_worker_that_is_killed_is_told_and_nothing_is_published(
    tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build = os.getpid()

    def killed(*given: object) -> object:
        assert os.getpid() != build
        os.kill(os.getpid(), signal.SIGKILL)
        return real(*given)  # type: ignore[arg-type]

    with live.alone(tmp_path / "site") as builds, live.assembling(builds) as fresh:
        live.put(little(fresh, "one"), tmp_path / "site", builds)
    before = whole(tmp_path / "site")
    monkeypatch.setattr(records, "project", killed)
    assert built(tmp_path, good, "site", 2) == 2
    assert "A worker of the build ended" in capsys.readouterr().err
    assert whole(tmp_path / "site") == before
    assert beside(tmp_path / "site") == ["lock"]


def test_a_folder_that_another_worker_makes_first_is_taken_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Path.mkdir

    def second(folder: Path, *given: object, **named: object) -> None:
        made(folder, parents=True, exist_ok=True)
        made(folder, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "mkdir", second)
    hooks._write(tmp_path / "evidence" / "objectives" / "index.html", b"<p>")
    assert (tmp_path / "evidence" / "objectives" / "index.html").read_bytes() == b"<p>"


def test_what_a_worker_raises_is_raised_and_its_results_come_in_order() -> None:
    assert in_parts(lambda part, parts: (part, parts, os.getpid()), 1) == [(0, 1, os.getpid())]
    made = in_parts(lambda part, parts: (part, parts, os.getpid()), 3)
    assert [(part, parts) for part, parts, _ in made] == [(0, 3), (1, 3), (2, 3)]
    assert len({process for _, _, process in made} | {os.getpid()}) == 4
    with pytest.raises(ZeroDivisionError):
        in_parts(lambda part, _: 1 // part, 2)
    with pytest.raises(WorkerLost):
        in_parts(lambda part, _: os._exit(0) if part else None, 2)


def test_a_small_site_stays_in_one_process() -> None:
    assert workers(0, PAGES_A_WORKER - 1) == 1
    assert workers(0, 10 * PAGES_A_WORKER) == min(10, os.cpu_count() or 1)
    assert workers(5, 3) == 5
