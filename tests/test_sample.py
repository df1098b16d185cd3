"""The fictional sample: valid by every rule, provable, varied, and the same bytes for a seed."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from disclosure.cli import main
from disclosure.model import Package
from disclosure.package.earned import is_met
from disclosure.quality import checks
from disclosure.quality.report import blocking

NUMBER = 2_300 if os.environ.get("DISCLOSURE_PROFILE") == "full" else 230


def sample(folder: Path, *options: str, projects: int = NUMBER, seed: int = 7) -> Path:
    arguments = ["sample", str(folder), "--projects", str(projects), "--seed", str(seed), *options]
    assert main(arguments) == 0
    return folder


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample(tmp_path_factory.mktemp("sample") / "varied")


@pytest.fixture(scope="module")
def package(varied: Path) -> Package:
    found, problems = checks.check(varied)
    assert blocking(problems) == []
    return found


@pytest.mark.parametrize("options", [("--full",), ("--indicators", "6"), ("--indicators", "30")])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_sample_breaks_no_rule_that_blocks(tmp_path: Path, options: tuple[str, ...], seed: int) -> None:
    _, problems = checks.check(sample(tmp_path / "made", *options, projects=60, seed=seed))
    assert blocking(problems) == []


def test_every_quotation_stands_in_the_text_beside_it(varied: Path, package: Package) -> None:
    text = (varied / "source.txt").read_text(encoding="utf-8")
    assert checks.verify(package, checks.source_of(package, text), text) == []
    assert main(["verify", "--source", str(varied / "source.txt"), str(varied)]) == 0


def test_the_states_the_indicators_and_their_outcomes_are_varied(package: Package) -> None:
    projects, indicators = package.rows("projects"), package.rows("indicators")
    assert len(projects) == NUMBER
    assert {row.text("disclosure_state") for row in projects} == {"full", "text", "name", "withheld"}
    assert {row.text("direction") for row in indicators} == {"ge", "le", "gt", "lt", "eq", "qualitative"}
    assert {(row.text("tree"), row.text("level_1")) for row in indicators} >= {
        *(("2020", level) for level in ("output", "benefit", "satisfaction")),
        *(("2021", level) for level in ("cost", "output", "benefit", "satisfaction")),
    }
    assert len({row.text("level_2") for row in indicators}) >= 10
    assert len({row.text("unit") for row in indicators}) >= 30
    met = Counter(is_met(row) for row in indicators)
    assert met[False] > len(indicators) / 50
    assert all(row.text("deviation_reason") for row in indicators if is_met(row) is False)
    over = [row for row in indicators if is_met(row) and row.text("deviation_reason")]
    assert len(over) > len(indicators) / 50
    assert {row.text("fund") for row in package.rows("project_funds")} == {"fiscal", "carried_over", "unit"}
    for name in (
        "units",
        "offices",
        "staff",
        "appropriations",
        "coverage",
        "objectives",
        "results",
        "counts",
    ):
        assert package.rows(name), name


def test_a_full_sample_discloses_every_target(tmp_path: Path) -> None:
    found, _ = checks.check(sample(tmp_path / "full", "--full", projects=40))
    assert {row.text("disclosure_state") for row in found.rows("projects")} == {"full"}
    (coverage,) = found.rows("coverage")
    assert coverage.text("declared_count") == coverage.text("disclosed_count") == "40"
    assert coverage.text("disclosed_rate_pct") == "100.00"


def test_no_name_comes_twice_and_everything_says_that_it_is_invented(package: Package) -> None:
    names = [row.text("name") for row in package.rows("projects")]
    assert len(set(names)) == len(names)
    assert "虚构" in str(package.descriptor["title"])
    assert "虚构" in str(package.descriptor["publisher"])
    assert all("虚构" in row.text("title") for row in package.rows("sources", package.years[-1]))


def test_the_same_seed_gives_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    found = []
    for number, seed in ((0, 7), (1, 7), (2, 8)):
        command = [sys.executable, "-m", "disclosure.cli", "sample", str(tmp_path / str(number))]
        command += ["--projects", "30", "--seed", str(seed)]
        subprocess.run(
            command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": str(number)}
        )
        root = tmp_path / str(number)
        found.append({path.relative_to(root): path.read_bytes() for path in root.rglob("*.*")})
    assert found[0] == found[1]
    assert found[0] != found[2]


def test_a_sample_is_not_written_over_anything(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("kept", encoding="utf-8")
    assert main(["sample", str(tmp_path), "--projects", "1"]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
    for wrong in ("0", "-1", "many"):
        with pytest.raises(SystemExit):
            main(["sample", str(tmp_path / "new"), "--projects", wrong])


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_sample_that_is_told_to_end_leaves_nothing(tmp_path: Path, sign: signal.Signals) -> None:
    command = [sys.executable, "-m", "disclosure.cli", "sample", str(tmp_path / "new"), "--projects", "20000"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    while not (found := [*tmp_path.iterdir()]):
        time.sleep(0.02)
    assert found[0].name.startswith(".new-")
    process.send_signal(sign)
    assert process.communicate()[1].decode().startswith("disclosure: ")
    assert process.returncode == 2
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("forms", ["taken", "new", "new/forms", "."])
def test_a_sample_and_its_forms_are_both_written_or_neither(
    tmp_path: Path, forms: str, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "kept.txt").write_text("kept", encoding="utf-8")
    options = ["--projects", "1", "--forms", str(tmp_path / forms)]
    assert main(["sample", str(tmp_path / "new"), *options]) == 2
    assert capsys.readouterr().err.startswith("disclosure: The ")
    assert [path.name for path in tmp_path.rglob("*")] == ["taken", "kept.txt"]


def test_the_smallest_sample_is_valid(tmp_path: Path) -> None:
    _, problems = checks.check(sample(tmp_path / "one", projects=1))
    assert blocking(problems) == []
