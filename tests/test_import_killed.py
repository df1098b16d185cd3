"""An import that is killed at any moment leaves the old package or the new one, and the next goes through."""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from books import National, national
from disclosure.cli import main
from disclosure.cli.importing import rewritten
from disclosure.package import replace
from disclosure.package.load import load
from test_publishing import without_privilege

FULL = os.environ.get("DISCLOSURE_PROFILE") == "full"
KILLS = 60 if FULL else 10
# Runs the command and dies of a real SIGKILL at the n-th call that touches the disk.
DYING = """
import os, signal, sys
from disclosure.cli import main
from disclosure.cli.importing import rewritten
from disclosure.package import exchange, replace
import shutil
left = int(sys.argv[1])
def dying(call):
    def wrapped(*arguments, **named):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        found = call(*arguments, **named)
        if left == 1:
            left = 0
            os.kill(os.getpid(), signal.SIGKILL)
        return found
    return wrapped
for module, name in ((os, "link"), (os, "unlink"), (os, "fsync"), (replace, "exchange"), (os, "rmdir")):
    setattr(module, name, dying(getattr(module, name)))
sys.exit(main(sys.argv[2:]))
"""

# Adds one to a number in the package as often as nobody else is at it, and says how often that was.
RACING = """
import sys
from pathlib import Path
from disclosure.package import replace
root, times = Path(sys.argv[1]), 0
for _ in range(60):
    try:
        with replace._alone(root):
            count = root / "count"
            number = int(count.read_text()) if count.exists() else 0
            count.write_text(str(number + 1))
            times += 1
    except replace.InUse:
        pass
print(times)
"""


def sums(root: Path) -> dict[str, str]:
    found = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found
    }


@pytest.fixture
def form(tmp_path: Path) -> Path:
    file = tmp_path / "form.xlsx"
    file.write_bytes(national(National()))
    return file


@pytest.fixture
def new(good: Path, form: Path, tmp_path: Path) -> dict[str, str]:
    """What the package holds after an import that nobody kills."""
    copy = tmp_path / "copy" / "good"
    shutil.copytree(good, copy)
    assert main(["import", str(form), "--package", str(copy)]) == 0
    return sums(copy)


def killed(good: Path, form: Path, after: int) -> int:
    command = [sys.executable, "-c", DYING, str(after), "import", str(form), "--package", str(good)]
    return subprocess.run(command, check=False, capture_output=True).returncode


def test_killed_at_every_step_on_the_disk(good: Path, form: Path, new: dict[str, str]) -> None:
    old = sums(good)
    steps = range(1, 200, 2) if FULL else (1, 2, 20, 40, 41, 43, 45, 47, 49, 51, 53)
    ends = set()
    for step in steps:
        code = killed(good, form, step)
        found = sums(good)
        assert found in (old, new), step
        ends.add(found == new)
        if code == 0 or found == new:
            break
    assert main(["import", str(form), "--package", str(good)]) == 0
    assert sums(good) == new
    assert load(good)[1] == []
    assert not list(good.parent.glob(".good.*"))


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_killed_at_any_moment(good: Path, form: Path, new: dict[str, str], sign: signal.Signals) -> None:
    old = sums(good)
    chance = random.Random(4)
    for _ in range(KILLS):
        command = [sys.executable, "-m", "disclosure.cli", "import", str(form), "--package", str(good)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.2, 1.6))
        process.send_signal(sign)
        process.wait()
        assert sums(good) in (old, new)
    assert main(["import", str(form), "--package", str(good)]) == 0
    assert sums(good) == new


def test_two_imports_at_once_are_one_after_the_other_or_refused(good: Path, form: Path) -> None:
    with replace.beside(good, {}, {}), pytest.raises(replace.InUse), replace.beside(good, {}, {}):
        pass
    assert main(["import", str(form), "--package", str(good)]) == 0


def test_imports_into_packages_side_by_side_do_not_stand_in_each_other_s_way(good: Path, form: Path) -> None:
    other = Path(shutil.copytree(good, good.with_name("other")))
    with replace.beside(good, {}, {}):
        assert main(["import", str(form), "--package", str(other)]) == 0
        assert main(["import", str(form), "--package", str(good)]) == 2
    assert sorted(path.name for path in good.parent.iterdir() if path.is_dir()) == ["good", "other"]


def test_of_many_imports_at_once_one_goes_through_and_no_two(good: Path, form: Path) -> None:
    """Also where a lock that was opened is taken away before it is held."""
    command = [sys.executable, "-c", RACING, str(good)]
    racing = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    rounds = sum(int(process.communicate()[0]) for process in racing)
    assert [process.returncode for process in racing] == [0, 0, 0, 0]
    assert int((good / "count").read_text()) == rounds > 0
    assert not list(good.parent.glob(".good.*"))


def test_the_links_of_the_folder_beside_never_reach_the_package(good: Path) -> None:
    before = sums(good)
    with replace.beside(good, {"data/units.csv": b"changed\n"}, {}) as fresh:
        assert (fresh / "data" / "units.csv").read_bytes() == b"changed\n"
        assert sums(good) == before
    assert sums(good) == before


def test_what_another_has_changed_meanwhile_is_not_written_over(good: Path, form: Path) -> None:
    """The second import was read while the first one was not yet in place."""
    package, _ = load(good)
    assert main(["import", str(form), "--package", str(good)]) == 0
    after = sums(good)
    with pytest.raises(replace.ChangedMeanwhile):
        rewritten(good, package, {"data/units.csv": package.files["data/units.csv"] + b"\n"})
    assert sums(good) == after
    assert [path.name for path in good.parent.iterdir() if path.name.startswith(".")] == []


def test_a_package_whose_folders_are_read_only_is_left_alone_and_nothing_beside_it(
    good: Path, form: Path
) -> None:
    folders = [path for path in (good, *good.rglob("*")) if path.is_dir()]
    for folder in folders:
        folder.chmod(0o555)
    command = [sys.executable, "-m", "disclosure.cli", "import", str(form), "--package", str(good)]
    ended = subprocess.run(command, preexec_fn=without_privilege, capture_output=True, check=False)
    left = [path.name for path in good.parent.iterdir()]
    for folder in folders:
        folder.chmod(0o755)
    assert (ended.returncode, ended.stderr.startswith(b"disclosure: Permission denied (")) == (2, True)
    assert not any("import" in name for name in left)
    assert main(["import", str(form), "--package", str(good)]) == 0


def test_a_seal_is_the_old_one_or_the_new_one(good: Path) -> None:
    """Also where the disk is full: no file may grow beyond eight blocks of 512 bytes."""
    (good / "rules.csv").write_bytes(b"rule_id\n")
    before = sums(good)
    small = ["sh", "-c", 'ulimit -f 8; exec "$@"', "sh", sys.executable, "-m", "disclosure.cli", "seal"]
    ended = subprocess.run([*small, str(good)], capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (2, b"disclosure: File too large\n")
    assert sums(good) == before
    assert [path.name for path in good.parent.iterdir() if path.name.startswith(".")] == []
    assert main(["seal", str(good)]) == 0
    assert sums(good) != before
