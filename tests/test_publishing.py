"""Publishing cannot break the live site: it is whole at any moment, whatever is killed, full or locked."""

import ctypes
import http.server
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from conftest import sums
from disclosure.cli import main
from disclosure.package import exchange as exchanging
from disclosure.website import live
from test_website import project

FULL = os.environ.get("DISCLOSURE_PROFILE") == "full"
KILLS = 50 if FULL else 8
SWAPS = 20
DIED, FAILED = 9, 1


def whole(site: Path) -> str:
    """The text of SHA256SUMS, once every file of a site is in it and is what it says."""
    text = (site / "SHA256SUMS").read_text(encoding="utf-8")
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    del files["SHA256SUMS"]
    assert sums(text) == {name: sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    return text


def beside(site: Path) -> list[str]:
    return sorted(path.name for path in (site.parent / f".{site.name}-builds").iterdir())


def little(root: Path, name: str) -> Path:
    """A whole little site that says its name on its page, in its style and in a file."""
    style = f"assets/site.{sha256(name.encode()).hexdigest()[:12]}.css"
    files = {"index.html": f'<link href="{style}">{name}', style: name, "data/name.txt": name}
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    lines = (f"{sha256(text.encode()).hexdigest()}  {path}\n" for path, text in sorted(files.items()))
    (root / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")
    return root


def name_of(site: Path) -> str:
    return (site / "data" / "name.txt").read_text(encoding="utf-8")


def publish_little(target: Path, name: str) -> None:
    with live.alone(target) as builds, live.assembling(builds) as fresh:
        live.put(little(fresh, name), target, builds)


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Do the work in a child that dies at its nth access to a file or folder; whether it did."""
    child = os.fork()
    if not child:
        left = iter(range(step))

        def watch(event: str, _: object) -> None:
            if event.startswith(("os.", "open", "shutil.")) and next(left, None) is None:
                os._exit(DIED)  # as by SIGKILL: nothing is cleared away

        sys.addaudithook(watch)
        try:
            work()
            os._exit(0)
        finally:
            os._exit(FAILED)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code != FAILED
    return code == DIED


@pytest.fixture(params=["in one step", "in three"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Folders change places in one step, or the system cannot do that."""
    if request.param == "in three":
        monkeypatch.setattr(exchanging, "_at_once", lambda *_: False)
    return str(request.param)


@pytest.mark.parametrize("verb", ["publish", "rollback"])
def test_a_kill_at_any_step_leaves_a_whole_site_and_the_next_build_clears_up(
    tmp_path: Path, way: str, verb: str
) -> None:
    seen = set()
    for step in range(1_000):
        target = tmp_path / f"{step}" / "site"
        for name in ("one", "two"):
            publish_little(target, name)
        work = partial(live.rollback, target)
        died = killed_at(step, work if verb == "rollback" else partial(publish_little, target, "three"))
        if way == "in three":  # there is a moment without a site: the next command ends it
            with live.alone(target):
                pass
        whole(target)
        seen.add(name_of(target))
        publish_little(target, "four")
        whole(target)
        whole(target.parent / ".site-builds" / "previous")
        assert beside(target) == ["lock", "previous"]
        live.rollback(target)
        assert name_of(target) in seen
        if not died:
            break
    assert 10 < step < 999
    assert seen == ({"two", "three"} if verb == "publish" else {"one", "two"})


def test_a_rollback_goes_back_and_forth(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "site"
    publish_little(target, "one")
    back = ["rollback", "--site", str(target)]
    assert main(back) == 2
    assert "no earlier site" in capsys.readouterr().err
    publish_little(target, "two")
    for name in ("one", "two", "one"):
        assert main(back) == 0
        assert name_of(target) == name
        whole(target)
    assert main(["rollback", "--site", str(tmp_path / "nowhere")]) == 2


def test_a_kill_while_a_site_is_made_once_more_keeps_the_way_back(tmp_path: Path, way: str) -> None:
    for step in range(1_000):
        target = tmp_path / f"{step}" / "site"
        for name in ("one", "two"):
            publish_little(target, name)
        died = killed_at(step, partial(publish_little, target, "two"))
        with live.alone(target):
            pass
        assert name_of(target) == "two"
        whole(target)
        assert beside(target) == ["lock", "previous"]
        assert name_of(target.parent / ".site-builds" / "previous") == "one"
        if not died:
            break
    assert 10 < step < 999


def test_styles_of_the_site_before_stay_for_its_readers_and_no_longer(tmp_path: Path) -> None:
    target = tmp_path / "site"
    for name in ("one", "two", "three"):
        publish_little(target, name)
    styles = {path.read_text(encoding="utf-8") for path in (target / "assets").iterdir()}
    assert styles == {"two", "three"}
    whole(target)


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The folder of the live site behind a real server."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = partial(Handler, directory=str(tmp_path / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_reader_meets_no_error_and_no_mixed_page_while_sites_change(tmp_path: Path, address: str) -> None:
    """A page and the style it names are of one build; so is every file between two equal lists of sums."""
    target, done, pages, files = tmp_path / "site", threading.Event(), set(), 0
    publish_little(target, "0")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def got(path: str) -> str:
        with opener.open(address + path, timeout=30) as answer:
            return str(answer.read().decode("utf-8"))

    def change() -> None:
        for number in range(1, SWAPS + 1):
            time.sleep(0.02)
            if number % 5:
                publish_little(target, str(number))
            else:
                live.rollback(target)
        done.set()

    thread = threading.Thread(target=change)
    thread.start()
    while not done.is_set():
        style, _, name = got("index.html").removeprefix('<link href="').partition('">')
        assert got(style) == name
        pages.add(name)
        before, text, after = got("SHA256SUMS"), got("data/name.txt"), got("SHA256SUMS")
        if before == after:
            assert sha256(text.encode()).hexdigest() == sums(before)["data/name.txt"]
            files += 1
    thread.join()
    assert len(pages) > 3
    assert files > 3


def command(config: Path, site: Path) -> list[str]:
    return [
        sys.executable,
        "-m",
        "disclosure.cli",
        "build",
        "--config",
        str(config),
        "--site",
        str(site),
        "--jobs",
        "2",
    ]


def started(config: Path, site: Path) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command(config, site), stdout=quiet, stderr=quiet, start_new_session=True)


def edit(good: Path, number: int) -> None:
    """Another edition of the package, so that each build makes another site."""
    descriptor = good / "datapackage.json"
    text = descriptor.read_text(encoding="utf-8")
    old = text.partition('"version": "')[2].partition('"')[0]
    descriptor.write_text(text.replace(f'"{old}"', f'"1.0.{number}"'), encoding="utf-8")


def test_builds_killed_at_random_moments_never_touch_the_live_site(tmp_path: Path, good: Path) -> None:
    """The command itself, with its workers, beside other work of the machine."""
    config, site, chance = project(tmp_path, good), tmp_path / "site", random.Random(7)
    load = subprocess.Popen([sys.executable, "-c", "while True: pass"]) if FULL else None
    begun = time.monotonic()
    assert started(config, site).wait() == 0
    lasts = time.monotonic() - begun
    known, killed = {whole(site)}, 0
    for number in range(KILLS):
        edit(good, number)
        build = started(config, site)
        time.sleep(chance.uniform(0, lasts * 1.1))
        if chance.random() < 0.5:
            os.killpg(build.pid, signal.SIGKILL)
        else:
            build.kill()  # the command alone: what it started must not get in the way
        killed += build.wait() == -signal.SIGKILL
        known.add(whole(site))
    if load:
        load.kill()
        load.wait()
    assert killed > KILLS / 2
    edit(good, KILLS)
    assert started(config, site).wait() == 0
    assert whole(site) not in known
    assert beside(site) == ["lock", "made-from.json", "previous"]


def test_two_builds_at_once_one_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = tmp_path / "site"
    publish_little(site, "one")
    with live.alone(site):
        assert main(["build", "--site", str(site)]) == 2
        assert "Another build into this folder is running" in capsys.readouterr().err
        assert main(["rollback", "--site", str(site)]) == 2
    assert name_of(site) == "one"


def test_a_site_that_somebody_has_removed_is_brought_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    publish_little(site, "one")
    publish_little(site, "two")
    shutil.rmtree(site)
    assert main(["rollback", "--site", str(site)]) == 0
    assert capsys.readouterr().out.endswith("/ was gone; it is the site of before again\n")
    assert name_of(site) == "one"
    assert main(["rollback", "--site", str(site)]) == 2


@pytest.mark.parametrize("theirs", [".git/config", "CNAME"])
def test_what_somebody_else_has_laid_into_the_folder_of_a_site_is_never_deleted(
    tmp_path: Path, theirs: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Moved away with one build, it would be deleted with the next."""
    site = tmp_path / "site"
    publish_little(site, "one")
    publish_little(site, "two")
    (site / theirs).parent.mkdir(exist_ok=True)
    (site / theirs).write_text("theirs", encoding="utf-8")
    with pytest.raises(live.NotASite, match=theirs):
        publish_little(site, "three")
    assert main(["rollback", "--site", str(site)]) == 2
    assert f"move it away first. (site: {theirs})" in capsys.readouterr().err
    assert (name_of(site), (site / theirs).read_text()) == ("two", "theirs")
    (site / theirs).unlink()
    assert main(["rollback", "--site", str(site)]) == 0
    assert name_of(site) == "one"


@pytest.mark.parametrize("left", [".DS_Store", "Thumbs.db"])
def test_what_a_look_at_the_folder_leaves_there_stops_no_build(tmp_path: Path, left: str) -> None:
    """Finder and Explorer write such files wherever somebody has looked."""
    site = tmp_path / "site"
    publish_little(site, "one")
    (site / left).write_bytes(b"\0")
    publish_little(site, "two")
    assert name_of(site) == "two"
    assert not (site / left).exists()


def test_a_folder_of_other_downloads_with_checksums_of_theirs_is_no_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "SHA256SUMS").write_text(f"{'0' * 64}  disk.iso\n", encoding="utf-8")
    (site / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(live.NotASite):
        publish_little(site, "one")
    assert sorted(path.name for path in site.iterdir()) == ["SHA256SUMS", "thesis.txt"]


@pytest.mark.parametrize("blocks", [0, 64])
def test_a_full_disk_leaves_the_live_site(tmp_path: Path, good: Path, blocks: int) -> None:
    """No file may grow beyond so many blocks of 512 bytes: writing fails as on a full disk."""
    config, site = project(tmp_path, good), tmp_path / "site"
    publish_little(site, "one")
    before = whole(site)
    limited = ["sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh", *command(config, site)]
    ended = subprocess.run(limited, capture_output=True, check=False)
    assert ended.returncode == 2
    assert b"Traceback" not in ended.stderr
    assert b"File too large" in ended.stderr
    assert whole(site) == before
    assert beside(site) == ["lock"]


def without_privilege() -> None:
    """Root, too, is held to the permissions of folders: CAP_DAC_OVERRIDE leaves what a program may get."""
    ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)


def test_a_read_only_target_is_told_and_left_alone(tmp_path: Path, good: Path) -> None:
    config, folder = project(tmp_path, good), tmp_path / "locked"
    publish_little(folder / "site", "one")
    shutil.rmtree(folder / ".site-builds")
    folder.chmod(0o555)
    ended = subprocess.run(
        command(config, folder / "site"),
        preexec_fn=without_privilege,
        capture_output=True,
        check=False,
    )
    folder.chmod(0o755)
    assert ended.returncode == 2
    assert b"Permission denied" in ended.stderr
    assert b"Traceback" not in ended.stderr
    assert [path.name for path in folder.iterdir()] == ["site"]
    whole(folder / "site")
