"""What goes out as a form comes back as it was: every project of generated departments, cell for cell."""

import os
from pathlib import Path

import pytest
from conftest import PACKAGES
from disclosure.cli import main
from disclosure.package.load import load
from disclosure.release.form import form
from disclosure.release.official import official

FULL = os.environ.get("DISCLOSURE_PROFILE") == "full"
PROJECTS = 500 if FULL else 40
TABLES = ("projects", "project_funds", "indicators")


def cells(root: Path) -> list[dict[str, str]]:
    """All cells of projects, but those that name a citation."""
    package, problems = load(root)
    assert problems == []
    return [
        {name: row.text(name) for name in row.places if not name.endswith("citation_id")}
        for table in TABLES
        for row in package.rows(table)
    ]


def out_and_in(root: Path, folder: Path, kind: str) -> None:
    package, _ = load(root)
    folder.mkdir()
    for row in package.rows("projects"):
        if not row.text("withhold_ground"):
            name = f"{row.text('project_id')}.xlsx"
            (folder / name).write_bytes(form(official(package, row, kind)))
    before = cells(root)
    options = ["--package", str(root), "--year", str(package.years[-1]), "--any-department"]
    assert main(["import", str(folder), *options]) == 0
    assert cells(root) == before


@pytest.mark.parametrize("kind", ["evaluation", "target"])
@pytest.mark.parametrize("seed", [1, 2])
def test_every_project_of_a_generated_department(tmp_path: Path, kind: str, seed: int) -> None:
    root = tmp_path / "package"
    assert main(["sample", str(root), "--projects", str(PROJECTS), "--seed", str(seed), "--full"]) == 0
    out_and_in(root, tmp_path / "forms", kind)


@pytest.mark.parametrize("kind", ["evaluation", "target"])
def test_the_projects_of_the_good_package(good: Path, tmp_path: Path, kind: str) -> None:
    out_and_in(good, tmp_path / "forms", kind)
    assert good.parent != PACKAGES
