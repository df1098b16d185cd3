"""A form that goes out comes in unchanged: import(export(p)) is p, cell for cell; an office at once."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import PACKAGES, ROOT
from disclosure.cli import main
from disclosure.model import Package, Value
from disclosure.package.load import load
from disclosure.quality.checks import check
from disclosure.quality.report import blocking
from disclosure.release.form import form
from disclosure.release.official import official

FULL = os.environ.get("DISCLOSURE_PROFILE") == "full"
FILLED = ("projects", "project_funds", "indicators")


def stated(package: Package) -> dict[str, list[dict[str, Value]]]:
    """What the tables state, without what they cite; a number is the same however many zeros end it."""
    found: dict[str, list[dict[str, Value]]] = {}
    for name in FILLED:
        table = package.tables[name]
        columns = [field.name for field in table.fields if not field.name.endswith("citation_id")]
        found[name] = [{column: row[column] for column in columns} for row in table.rows]
    return found


def exported(package: Package, folder: Path, kind: str = "") -> Path:
    folder.mkdir()
    for row in package.rows("projects"):
        name = f"{row.text('fiscal_year')}-{row.text('project_id')}.xlsx"
        (folder / name).write_bytes(form(official(package, row, kind)))
    return folder


def came_back(root: Path, folder: Path, kind: str = "") -> None:
    package = Path(shutil.copytree(root, folder / "package"))
    before = load(package)[0]
    forms = exported(before, folder / "forms", kind)
    assert main(["import", str(forms), "--package", str(package)]) == 0
    after, problems = load(package)
    assert problems == []
    assert after.rows("projects") != before.rows("projects")  # they cite their forms now
    assert stated(after) == stated(before)


@pytest.mark.parametrize("root", [PACKAGES / "good", ROOT / "datapackage"], ids=["good", "published"])
def test_every_project_of_a_package_comes_back(tmp_path: Path, root: Path) -> None:
    came_back(root, tmp_path)


@pytest.mark.parametrize("seed", range(4 if FULL else 1))
def test_generated_projects_come_back(tmp_path: Path, seed: int) -> None:
    """A thousand in the full profile, of every state, direction and unit that the sample knows."""
    number = "250" if FULL else "30"
    assert main(["sample", "--projects", number, "--seed", str(seed), str(tmp_path / "sample")]) == 0
    came_back(tmp_path / "sample", tmp_path)


def test_a_target_form_takes_nothing_from_a_project_that_is_evaluated(tmp_path: Path) -> None:
    """It states less than the package has: what it has no column for stays as it was cited."""
    assert main(["sample", "--projects", "30", "--seed", "1", "--full", str(tmp_path / "sample")]) == 0
    came_back(tmp_path / "sample", tmp_path, "target")


def test_a_whole_office_comes_in_by_one_command(tmp_path: Path) -> None:
    """The target forms of a department into its new package: every target is public afterwards."""
    number = 230 if FULL else 23
    assert main(["sample", "--projects", str(number), "--seed", "9", "--full", str(tmp_path / "sample")]) == 0
    sample = load(tmp_path / "sample")[0]
    publisher, year = sample.descriptor["publisher"], str(sample.years[-1])
    assert isinstance(publisher, Mapping)
    assert main(["new", str(tmp_path / "own"), "--department", str(publisher["name"]), "--year", year]) == 0
    package = tmp_path / "own" / "datapackage"
    assert (
        main(["import", str(exported(sample, tmp_path / "forms", "target")), "--package", str(package)]) == 0
    )
    own, problems = check(package)
    assert not blocking(problems)
    assert [row["disclosure_state"] for row in own.rows("projects")] == ["full"] * number
