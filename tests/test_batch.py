"""Many packages at once on real processes: whatever becomes of one, the others are as if alone."""

import contextlib
import io
import json
import os
import shutil
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import dask
import jsonschema_rs
import pytest
from conftest import PACKAGES, ROOT
from disclosure.cli import cluster as cluster_of
from disclosure.cli import main
from distributed import Client, LocalCluster, Nanny
from test_messages import SCHEMA
from test_publishing import beside, whole

# Code of a site's own: what too little memory does to a worker, once or every time.
DIES_ONCE = """
import os
if not os.path.exists(__file__ + ".deaths"):
    open(__file__ + ".deaths", "w").close()
    os.kill(os.getpid(), 9)
"""
DIES = (
    "import os\nwith open(__file__ + '.deaths', 'a') as file:\n    file.write('x')\nos.kill(os.getpid(), 9)\n"
)
HOSTILE = "\x1b[2J 恶意\n\udcff"
NAMES = ("dies", "well", "wrong", "once", "nowhere", "unconfigured", "crashes", HOSTILE)


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Two processes of this machine; a package is given up when a second one has died of it."""
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0") as started,
    ):
        yield started


def told(*arguments: str | Path) -> tuple[int, str]:
    """The exit code of a command and what it printed."""
    with redirect_stdout(io.StringIO()) as printed:
        code = main([str(argument) for argument in arguments])
    return code, printed.getvalue()


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sites of departments: one well, one that kills its worker once, one always, and broken ones."""
    root = tmp_path_factory.mktemp("district")
    assert told("new", root / "well", "--department", "样例街道办事处", "--year", "2023")[0] == 0
    for name in ("once", "dies", "wrong", "unconfigured", "crashes", HOSTILE):
        shutil.copytree(root / "well", root / name)
    with (root / "once" / "hooks.py").open("a") as hooks:
        hooks.write(DIES_ONCE)
    (root / "dies" / "hooks.py").write_text(DIES)
    (root / "crashes" / "hooks.py").write_text("1 / 0\n")
    (root / "unconfigured" / "mkdocs.yml").write_text("site_name: [\n")
    shutil.copytree(PACKAGES / "everything_wrong", root / "wrong" / "datapackage", dirs_exist_ok=True)
    shutil.rmtree(root / HOSTILE / "docs")
    return root


@pytest.fixture(scope="module")
def built(cluster: LocalCluster, district: Path) -> dict[str, Any]:
    """The report of one build of them all, by the name of the folder."""
    paths = [district / name for name in NAMES]
    code, printed = told(
        "batch", "build", *paths, "--scheduler", cluster.scheduler_address, "--format", "json"
    )
    assert code == 2
    found = json.loads(printed)["packages"]
    return dict(zip(NAMES, found, strict=True))


def test_what_is_well_is_published_as_if_it_were_alone(built: dict[str, Any], district: Path) -> None:
    """A worker was killed while it built one of them; the others next door were killed, broken, absent."""
    assert [name for name in NAMES if built[name]["code"] == 0] == ["well", "once"]
    assert (district / "once" / "hooks.py.deaths").exists()
    assert told("build", "--config", district / "well" / "mkdocs.yml", "--site", district / "alone")[0] == 0
    alone = whole(district / "alone")
    for name in ("well", "once"):
        assert whole(district / name / "site") == alone
        assert beside(district / name / "site") == ["lock", "made-from.json"]


def test_what_is_not_well_is_told_by_name_and_publishes_nothing(
    built: dict[str, Any], district: Path
) -> None:
    assert {name: built[name]["code"] for name in NAMES} == {
        "dies": 2, "well": 0, "wrong": 1, "once": 0, "nowhere": 2, "unconfigured": 2,
        "crashes": 2, HOSTILE: 2,
    }  # fmt: skip
    assert "configuration" in built["unconfigured"]["why"]
    assert "mkdocs.yml" in built["nowhere"]["why"]
    assert "ZeroDivisionError" in built["crashes"]["why"]
    assert built["wrong"]["tally"]["error"] > 30
    for name in ("dies", "wrong", "unconfigured", "crashes", HOSTILE):
        assert not (district / name / "site").exists()
    validator = jsonschema_rs.validator_for(json.loads(SCHEMA.read_text(encoding="utf-8")))
    for item in built.values():
        assert validator.is_valid({"tally": item["tally"], "problems": item["problems"]})


def test_a_package_that_kills_again_and_again_is_given_up(built: dict[str, Any], district: Path) -> None:
    assert "Every process that worked on this package died" in built["dies"]["why"]
    deaths = (district / "dies" / "hooks.py.deaths").read_text()
    assert deaths == "xxxx"  # twice among the others, who might have been to blame, and twice alone


def test_names_of_folders_cannot_act_on_a_terminal(built: dict[str, Any]) -> None:
    assert built[HOSTILE]["package"].endswith("/\\u001b[2J 恶意\\u000a\\udcff")
    assert not any(sign in built[HOSTILE]["why"] for sign in "\x1b\udcff")


def test_a_worker_killed_midway_is_replaced_and_its_package_checked(
    cluster: LocalCluster, tmp_path: Path
) -> None:
    assert told("sample", tmp_path / "large", "--projects", "230")[0] == 0
    paths = [tmp_path / "large", PACKAGES / "good", PACKAGES / "everything_wrong"]
    killed: list[str] = []

    def kill() -> None:
        with Client(cluster.scheduler_address, set_as_default=False) as client:
            workers = client.run(os.getpid)
            while not killed:
                for worker, tasks in client.processing().items():
                    if tasks and worker in workers and not killed:
                        os.kill(workers[worker], signal.SIGKILL)
                        killed.append(worker)
                time.sleep(0.02)

    thread = threading.Thread(target=kill)
    thread.start()
    code, printed = told("batch", "check", *paths, "--scheduler", cluster.scheduler_address)
    thread.join()
    assert killed
    one_worker = told("batch", "check", *paths, "--workers", "1")  # on a cluster of its own
    assert one_worker == (code, printed)
    assert code == 1
    assert [line for line in printed.splitlines() if line[0] == "/"] == [str(path) for path in paths]
    assert printed.endswith("\n3 packages: 2 without errors, 1 with errors, 0 could not run\n")


def test_a_package_does_not_wait_for_ever_when_no_process_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that dies while it starts is not started anew."""
    sites = tmp_path / "dies", tmp_path / "waits"
    for site in sites:
        assert told("new", site, "--department", "样例街道办事处", "--year", "2023")[0] == 0
        (site / "hooks.py").write_text(DIES)

    async def left_dead(nanny: Nanny, _: int) -> None:
        await nanny._unregister()

    monkeypatch.setattr(Nanny, "_on_worker_exit", left_dead)
    monkeypatch.setattr(cluster_of, "DESERTED", dict.fromkeys(cluster_of.DESERTED, "1s"))
    for locale, words in (("C", cluster_of.NOBODY), ("zh_CN.UTF-8", "没有进程可以处理这个数据包了")):
        monkeypatch.setenv("LC_ALL", locale)
        code, printed = told("batch", "build", *sites, "--workers", "1")
        assert (code, printed.count(words)) == (2, 2)


def test_sites_share_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of two packages with one name the second would take the first one's place; dots are for builds."""
    for one, other in (("a/x", "b/x"), ("a/x", "a/../a/x"), ("a/x", "a/.x-builds"), ("a/x", "/")):
        assert main(["batch", "build", str(tmp_path / one), str(tmp_path / other), "--site", "out"]) == 2
        assert "folder of its own" in capsys.readouterr().err
    assert main(["batch", "build", "甲/x", "乙/x", "丙/y", "--site", "out"]) == 2
    assert capsys.readouterr().err.endswith("begins with a dot. (甲/x, 乙/x)\n")


def test_no_cluster_at_that_address_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["batch", "check", str(ROOT / "datapackage"), "--scheduler", "nonsense://x"]) == 2
    assert "nonsense" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n" + b"x" * 99, "another program answers there"),
        (b"", "no answer in 1"),
    ],
)
def test_who_answers_there_and_is_no_scheduler_is_not_waited_for(
    answer: bytes, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A web server's answer was read as the length of a message, of 3 EiB; one that is silent had no end."""
    monkeypatch.setattr(cluster_of, "PATIENCE", 1)
    met: list[socket.socket] = []

    def serve(listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                met.append(listening.accept()[0])
                met[-1].sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, args=(listening,), daemon=True).start()
        address = f"tcp://127.0.0.1:{listening.getsockname()[1]}"
        begun = time.monotonic()
        assert main(["batch", "check", str(ROOT / "datapackage"), "--scheduler", address]) == 2
        assert time.monotonic() - begun < 10
        for one in met:
            one.close()
    assert f"({address}: {told}" in capsys.readouterr().err
