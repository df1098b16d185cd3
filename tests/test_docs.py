"""What the documents say is so: commands, macros, rules, the tree, and nothing of any one machine."""

import csv
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from disclosure.cli import main
from disclosure.quality.rules import rules
from disclosure.website import macros

READMES = ("README.md", "README.zh-CN.md")
GUIDES = (*READMES, "CONTRIBUTING.md")
# What is tracked; the list keeps the tests independent of git and of what lies beside it.
TRACKED = (
    *GUIDES, "CHANGELOG.md", "LICENSE", "Makefile", "mkdocs.yml", "mkdocs-demo.yml", "pyproject.toml",
    "requirements.txt", "requirements-dev.txt", "requirements-bench.txt", ".ci", ".editorconfig", ".github",
    ".gitignore", ".pre-commit-config.yaml", "datapackage", "docs", "scripts", "tests",
)  # fmt: skip


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def shell_lines(document: str) -> list[str]:
    """The commands of a document's ```sh blocks."""
    blocks = re.findall(r"^```sh\n(.*?)^```", read(document), re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines() if line and not line.startswith("#")]


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):.*## ", read("Makefile"), re.MULTILINE))


def named_commands(document: str) -> list[str]:
    """The commands of a document's tables, in order, without their arguments."""
    rows = re.findall(r"^\| `((?:make|disclosure) [a-z-]+)[^`]*` \|", read(document), re.MULTILINE)
    return [str(row) for row in rows]


def help_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


def verbs(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return re.findall(r"^ {4}([a-z-]+)\s", help_of(capsys), re.MULTILINE)


def test_every_command_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    commands = [f"disclosure {verb}" for verb in verbs(capsys)]
    assert commands
    for document in GUIDES:
        assert [name for name in named_commands(document) if name.startswith("disclosure")] == commands, (
            document
        )


def test_every_option_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    for verb in verbs(capsys):
        row = next(
            line for line in read("CONTRIBUTING.md").splitlines() if line.startswith(f"| `disclosure {verb}")
        )
        options = set(re.findall(r"--[a-z-]+", help_of(capsys, verb))) - {"--help"}
        assert set(re.findall(r"--[a-z-]+", row)) == options, verb


def test_every_make_target_is_documented_in_both_languages() -> None:
    for document in READMES:
        named = [name.removeprefix("make ") for name in named_commands(document) if name.startswith("make ")]
        assert set(named) == make_targets(), document


def test_both_readmes_list_the_same_commands_in_the_same_order() -> None:
    one, other = (named_commands(document) for document in READMES)
    assert one == other
    assert shell_lines(READMES[0]) == shell_lines(READMES[1]) != []


def test_commands_in_shell_blocks_exist(capsys: pytest.CaptureFixture[str]) -> None:
    known = {f"make {target}" for target in make_targets()}
    known |= {f".venv/bin/disclosure {verb}" for verb in verbs(capsys)}
    for document in GUIDES:
        for line in shell_lines(document):
            assert " ".join(line.split()[:2]) in known, f"{document}: {line}"


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_make_help_names_every_target() -> None:
    told = run("make", "help")
    assert told.returncode == 0, told.stderr
    assert set(re.findall(r"^make ([a-z-]+)", told.stdout, re.MULTILINE)) == make_targets()


def test_make_check_passes() -> None:
    told = run("make", "check")
    assert told.returncode == 0, told.stdout + told.stderr


def test_every_macro_is_documented_and_no_other() -> None:
    reference = read("CONTRIBUTING.md").partition("### Macros")[2]
    named = re.findall(r"^\| `([a-z_]+)` \| \S", reference, re.MULTILINE)
    assert named == [*macros.SECTIONS, "term", "years", "plate"]


def test_every_macro_is_called_by_some_page() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md"))
    for name in macros.SECTIONS:
        assert re.search(rf"{{{{ *{name}\(", pages), name


def test_every_rule_says_what_holds_and_how_to_mend_it_in_both_languages() -> None:
    chinese = re.compile(r"[\u4e00-\u9fff]")
    for rule in rules().values():
        assert all((rule.title, rule.basis, rule.since, rule.stage, rule.applies_to)), rule.rule_id
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.rule_id)
        assert rule.severity in ("error", "warning", "note"), rule.rule_id
        assert chinese.search(rule.holds_zh), rule.rule_id
        assert chinese.search(rule.mend_zh), rule.rule_id
        for english in (rule.holds_en, rule.mend_en):
            assert english, rule.rule_id
            assert not chinese.search(english), rule.rule_id


def test_no_rule_id_is_used_twice() -> None:
    ids = [
        row["rule_id"] for row in csv.DictReader(read("scripts/disclosure/quality/rules.csv").splitlines())
    ]
    assert len(ids) == len(set(ids)) == len(rules())


def documents() -> Iterator[Path]:
    yield from (ROOT / name for name in GUIDES)
    yield ROOT / "CHANGELOG.md"
    yield from sorted((ROOT / "docs" / "decisions").glob("*.md"))


def test_files_and_folders_that_documents_link_to_are_there() -> None:
    for document in documents():
        links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8"))
        for link in links:
            if not link.startswith("https://"):
                assert (document.parent / link).exists(), f"{document.name}: {link}"


def test_files_and_folders_that_documents_name_are_there() -> None:
    paths = re.compile(r"`((?:datapackage|docs|scripts|tests|\.ci|\.github)/[\w./-]*)`")
    for document in documents():
        named = paths.findall(document.read_text(encoding="utf-8"))
        for path in named:
            assert (ROOT / path).exists(), f"{document.name}: {path}"


def test_the_readmes_name_every_stage_of_the_pipeline() -> None:
    folders = sorted(
        path.name for path in (ROOT / "scripts" / "disclosure").iterdir() if (path / "__init__.py").exists()
    )
    for document in READMES:
        named = re.findall(r"^\|.*\| `scripts/disclosure/(\w+)/` \|$", read(document), re.MULTILINE)
        assert sorted(named) == folders, document


def test_decisions_are_numbered_and_hold_context_decision_and_consequences() -> None:
    found = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    for number, path in enumerate(found, start=1):
        text = path.read_text(encoding="utf-8")
        assert path.name.startswith(f"{number:04d}-")
        assert text.startswith(f"# {number:04d} ")
        for part in ("**Context.**", "**Decision.**", "**Consequences.**"):
            assert text.count(part) == 1, f"{path.name}: {part}"


def tracked_texts() -> Iterator[tuple[str, str]]:
    roots = [ROOT / name for name in TRACKED]
    files = [file for root in roots for file in ([root] if root.is_file() else sorted(root.rglob("*")))]
    for file in files:
        if file.is_file() and "__pycache__" not in file.parts:
            try:
                yield file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue  # a picture, or a package that is wrong on purpose


def test_no_file_names_a_registry_host_or_a_path_of_one_machine() -> None:
    # Written apart so that this file does not name them either.
    hosts = [
        "pypi." + "org",
        "pythonhosted." + "org",
        "npmjs." + "org",
        "--index-" + "url",
        "--extra-index-" + "url",
    ]
    machine = re.compile(
        "(?:^|[^a-z./])/(?:" + "|".join(("home", "root", "tmp", "work", "Users", "opt")) + ")/", re.MULTILINE
    )
    for name, text in tracked_texts():
        assert not [host for host in hosts if host in text], name
        assert not machine.search(text), f"{name}: {machine.search(text)}"


def test_dependencies_are_pinned_with_hashes_and_runtime_is_part_of_dev() -> None:
    pin = re.compile(r"^([a-z0-9-]+==\S+) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)
    paths = ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt")
    runtime, dev, bench = ({name for name, _ in pin.findall(read(path))} for path in paths)
    assert runtime < dev
    for path, pinned in zip(paths, (runtime, dev, bench), strict=True):
        named = re.findall(r"^[^\s#]\S*", read(path), re.MULTILINE)
        assert sorted(named) == sorted(pinned), path


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads(read("pyproject.toml"))
    runtime = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    wanted = {
        "requirements.txt": runtime,
        "requirements-dev.txt": [*runtime, *project["dependency-groups"]["dev"]],
        "requirements-bench.txt": project["dependency-groups"]["bench"],
    }
    for path, specs in wanted.items():
        pinned = set(re.findall(r"^([a-z0-9-]+)==", read(path), re.MULTILINE))
        names = {re.split(r"[^A-Za-z0-9._-]", spec)[0].lower() for spec in specs}
        assert names <= pinned, f"make lock: {sorted(names - pinned)}"
