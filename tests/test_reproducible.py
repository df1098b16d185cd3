"""The same tree gives the same bytes: in another folder, at another time, in another locale and time zone."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PACKAGES, ROOT, sums
from disclosure.cli import main

# A clock years ahead, for whoever asks Python for the time.
LATER = "import time\nnow = time.time\ntime.time = lambda: now() + 2e8\n"
HERE = {"LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "1", "LANG": "zh_CN.UTF-8"}
THERE = {
    "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "America/Los_Angeles",
    "PYTHONHASHSEED": "4294967295", "SOURCE_DATE_EPOCH": "86400",
}  # fmt: skip


def built(place: Path, package: Path, environment: dict[str, str]) -> Path:
    """The site of a copy of the tree with that package, built by a process of its own."""
    for name in ("docs", "scripts"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(package, place / package.name)
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    config = re.sub(r"\bdatapackage\b", package.name, config)
    (place / "mkdocs.yml").write_text(config, encoding="utf-8")
    if environment is THERE:
        (place / "sitecustomize.py").write_text(LATER, encoding="utf-8")
        for file in place.rglob("*"):
            os.utime(file, (1e9, 1e9))
    command = (
        sys.executable,
        "-m",
        "disclosure.cli",
        "build",
        "--site",
        "out/site",
        "--config",
        "mkdocs.yml",
    )
    rest = {"PATH": os.environ["PATH"], "NO_MKDOCS_2_WARNING": "true", "PYTHONPATH": str(place)}
    done = subprocess.run(command, cwd=place, env=rest | environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return place / "out" / "site"


def files(site: Path) -> dict[str, bytes]:
    return {
        file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()
    }


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("one"), PACKAGES / "good", HERE)


def same(one: Path, other: Path) -> None:
    left, right = files(one), files(other)
    assert left.keys() == right.keys()
    assert [path for path, content in left.items() if content != right[path]] == []


def test_a_small_site_is_the_same_in_every_circumstance(one: Path, tmp_path: Path) -> None:
    same(one, built(tmp_path / "another" / "place with a blank", PACKAGES / "good", THERE))


def test_the_published_site_is_the_same_in_every_circumstance(site: Path, tmp_path: Path) -> None:
    same(site, built(tmp_path / "elsewhere", ROOT / "datapackage", THERE))


def test_sha256sum_itself_accepts_the_sums_and_they_cover_every_file(one: Path, site: Path) -> None:
    for folder in (one, site):
        accepted(folder)


def accepted(folder: Path) -> None:
    command = ("sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    listed = sums((folder / "SHA256SUMS").read_text(encoding="utf-8"))
    assert listed.keys() == files(folder).keys() - {"SHA256SUMS"}


def test_a_mirror_of_the_site_is_proven_until_a_byte_of_it_changes(one: Path, tmp_path: Path) -> None:
    mirror = Path(shutil.copytree(one, tmp_path / "mirror"))
    assert main(["verify-site", str(mirror)]) == 0
    table = mirror / "data" / "projects.csv"
    table.write_bytes(table.read_bytes().replace(b"1", b"2", 1))
    assert main(["verify-site", str(mirror)]) == 1
    done = subprocess.run(
        ("sha256sum", "--check", "--quiet", "SHA256SUMS"), cwd=mirror, capture_output=True, check=False
    )
    assert done.returncode == 1
