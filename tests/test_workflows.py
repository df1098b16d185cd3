"""The workflows: actions pinned by hash, no right that a job does not need, commands that there are."""

import os
import re
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT, served
from disclosure.cli import main

FOLDER = ROOT / ".github" / "workflows"
NAMES = sorted(file.name for file in FOLDER.glob("*.yml"))
# What may be written, by workflow and job; everything else reads.
WRITES = {
    ("publish.yml", "build"): {"id-token", "attestations"},
    ("publish.yml", "deploy"): {"pages", "id-token"},
}


def read(name: str) -> dict[str, Any]:
    # `on` is a truth value to YAML 1.1.
    found: dict[str, Any] = yaml.load((FOLDER / name).read_text(encoding="utf-8"), yaml.BaseLoader)
    return found


def steps(name: str) -> Iterator[dict[str, Any]]:
    for job in read(name)["jobs"].values():
        yield from job["steps"]


def script(title: str) -> str:
    (found,) = (step["run"] for name in NAMES for step in steps(name) if step.get("name") == title)
    return str(found)


def test_there_is_one_workflow_for_changes_one_for_main_and_one_that_builds_again() -> None:
    assert {name: set(read(name)["on"]) for name in NAMES} == {
        "check.yml": {"push", "pull_request"},
        "publish.yml": {"push"},
        "rebuild.yml": {"schedule", "workflow_dispatch"},
    }
    assert read("publish.yml")["on"]["push"] == {"branches": ["main"]}


@pytest.mark.parametrize("name", NAMES)
def test_every_action_is_pinned_by_a_whole_hash_with_its_version_beside_it(name: str) -> None:
    used = [step["uses"] for step in steps(name) if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", use) for use in used), used
    told = re.findall(
        r"uses: (\S+) # v\d+\.\d+\.\d+$", (FOLDER / name).read_text(encoding="utf-8"), re.MULTILINE
    )
    assert told == used


@pytest.mark.parametrize("name", NAMES)
def test_no_job_may_do_more_than_it_must(name: str) -> None:
    said = read(name)
    assert said["permissions"] in ({}, {"contents": "read"})
    for job_name, job in said["jobs"].items():
        rights = job.get("permissions", said["permissions"])
        writes = {right for right, kind in rights.items() if kind == "write"}
        assert writes == WRITES.get((name, job_name), set()), job_name
        assert set(rights) <= {"contents", *writes}
        assert int(job["timeout-minutes"]) <= 30
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] == "false"
            # What others write reaches a script by its environment only, never as its text.
            assert "${{" not in step.get("run", "")
    assert "secrets." not in (FOLDER / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_command_of_a_workflow_is_there(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    scripts = "\n".join(step["run"] for step in steps(name) if "run" in step)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^\s*make (?:-C \S+ )?(\S+)", scripts, re.MULTILINE):
        assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE), target
    for verb, rest in re.findall(r"bin/disclosure ([a-z-]+)([^|;\n]*)", scripts):
        with pytest.raises(SystemExit) as ended:
            main([verb, "--help"])
        assert ended.value.code == 0
        assert set(re.findall(r"--[a-z-]+", rest)) <= set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    for file in re.findall(r"^\s*(\.[\w/-]+)$", scripts, re.MULTILINE):
        assert os.access(ROOT / file, os.X_OK), file


def test_hooks_before_a_commit_run_targets_that_are_there() -> None:
    said = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = [hook for repo in said["repos"] for hook in repo["hooks"]]
    assert {repo["repo"] for repo in said["repos"]} == {"local"}  # nothing is fetched
    assert [hook["entry"] for hook in hooks] == ["make format", "make check"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(re.search(rf"^{hook['entry'].split()[1]}:", makefile, re.MULTILINE) for hook in hooks)


SAME = "The same bytes"


@pytest.mark.parametrize("changed", ["", "index.html", "SHA256SUMS"])
def test_the_weekly_build_fails_where_a_byte_differs(tmp_path: Path, changed: str) -> None:
    for place in ("one/site", "another/place/site"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "index.html").write_bytes(b"<p>")
        listed = f"{sha256(b'<p>').hexdigest()}  index.html\n"
        (tmp_path / place / "SHA256SUMS").write_text(listed, encoding="utf-8")
    if changed:
        (tmp_path / place / changed).write_bytes(b"</p>")
    command = ("bash", "-e", "-o", "pipefail", "-c", script(SAME))
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode == 0) is not bool(changed)


def test_the_archive_is_attested_before_it_is_published() -> None:
    names = [step.get("uses", "").partition("@")[0] for step in steps("publish.yml")]
    assert names.index("actions/attest-build-provenance") < names.index("actions/upload-pages-artifact")
    (attested,) = (step for step in steps("publish.yml") if "attest" in step.get("uses", ""))
    assert attested["with"]["subject-path"].split() == ["site/SHA256SUMS", "site/data/*.zip"]


ARCHIVE = "site/data/a-1.0.0.zip"
COMPARED = "A released archive is the one that was kept, and the one that is public already"


@pytest.mark.parametrize(
    ("kept", "made", "live", "code"),
    [
        (b"a", b"a", b"a", 0),
        (b"a", b"a", None, 0),
        (b"a", b"b", None, 1),
        (b"a", b"a", b"b", 1),
        (None, b"b", b"a", 0),
    ],
)
def test_an_archive_that_is_public_is_never_replaced(
    tmp_path: Path, kept: bytes | None, made: bytes, live: bytes | None, code: int
) -> None:
    public = tmp_path / "public" / "a-1.0.0.zip"
    files = {tmp_path / "datapackage/releases/a-1.0.0.zip": kept, tmp_path / ARCHIVE: made, public: live}
    for file, content in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        if content is not None:
            file.write_bytes(content)
    with served(public.parent) as address:
        given = {
            "PATH": os.environ["PATH"],
            "LIVE": address.rstrip("/"),
            "RUNNER_TEMP": str(public.parent.parent),
        }
        command = ("bash", "-e", "-o", "pipefail", "-c", script(COMPARED))
        done = subprocess.run(command, cwd=tmp_path, env=given, capture_output=True, check=False)
    assert done.returncode == code, done.stderr.decode()
