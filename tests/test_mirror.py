"""A mirror is proven, or what is wrong with it is named; a list that reaches outside is not followed."""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from disclosure.cli import main
from disclosure.model import Problem
from disclosure.release.archive import checksums
from disclosure.release.mirror import NoSums, compare

FILES = {"index.html": b"<p>", "data/a.csv": b"a\n1\n", "data/名称 b.csv": b"b\n2\n"}
ZERO = "0" * 64


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    """A copy of a small site with its checksums."""
    for path, data in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    (tmp_path / "SHA256SUMS").write_text(checksums(FILES.items()), encoding="utf-8")
    return tmp_path


def test_a_true_copy_is_proven(mirror: Path) -> None:
    assert compare(mirror) == []
    assert main(["verify-site", str(mirror)]) == 0


def told(path: str, found: str, expected: str) -> Problem:
    return Problem(path, 0, "", "mirror-as-published", found, expected)


def test_what_is_missing_changed_or_besides_is_named(
    mirror: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (mirror / "index.html").unlink()
    (mirror / "data" / "a.csv").write_bytes(b"a\n2\n")
    (mirror / "data" / ".hidden").write_bytes(b"more")
    assert compare(mirror) == [
        told("data/.hidden", digest(b"more"), ""),
        told("data/a.csv", digest(b"a\n2\n"), digest(FILES["data/a.csv"])),
        told("index.html", "", digest(FILES["index.html"])),
    ]
    assert main(["verify-site", str(mirror)]) == 1
    assert "data/.hidden" in capsys.readouterr().out


def test_a_link_is_not_the_file_it_leads_to(mirror: Path) -> None:
    (mirror / "data" / "a.csv").rename(mirror.parent / "elsewhere.csv")
    (mirror / "data" / "a.csv").symlink_to(mirror.parent / "elsewhere.csv")
    (mirror / "loop").symlink_to(mirror, target_is_directory=True)
    assert [problem.file for problem in compare(mirror)] == ["data/a.csv", "loop"]


def test_what_is_no_file_is_not_read(mirror: Path) -> None:
    (mirror / "data" / "a.csv").unlink()
    os.mkfifo(mirror / "data" / "a.csv")
    assert [problem.file for problem in compare(mirror)] == ["data/a.csv"]


HOSTILE = (
    "../outside.csv", "/etc/passwd", "data/../../outside.csv", "data//a.csv", "./index.html", "a\\b.csv",
    "c:/windows", "data/\x1b[31m.csv", "SHA256SUMS", "", "index.html",
)  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE)
def test_a_list_that_reaches_outside_or_names_a_file_twice_is_refused(mirror: Path, path: str) -> None:
    with (mirror / "SHA256SUMS").open("a", encoding="utf-8") as sums:
        sums.write(f"{ZERO}  {path}\n")
    assert main(["verify-site", str(mirror)]) == 2


def linked(file: Path) -> None:
    """The list is a link to one elsewhere."""
    file.symlink_to(file.rename(file.parent.parent / "sums"))


LISTS: dict[str, Callable[[Path], object]] = {
    "none": lambda file: file.unlink(),
    "empty": lambda file: file.write_bytes(b""),
    "md5": lambda file: file.write_text("d41d8cd98f00b204e9800998ecf8427e  index.html\n"),
    "not text": lambda file: file.write_bytes(b"\xff\xfe\x00"),
    "a link": linked,
}


@pytest.mark.parametrize("made", LISTS)
def test_without_a_list_nothing_is_proven(mirror: Path, made: str) -> None:
    LISTS[made](mirror / "SHA256SUMS")
    with pytest.raises(NoSums):
        compare(mirror)
