"""Downloads open, hold the same cells, hash right, and are the same bytes each time."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from conftest import ROOT, sums
from disclosure.cli import main
from disclosure.model import Package
from disclosure.package.load import load
from disclosure.release.archive import checksums, zipped
from disclosure.release.downloads import downloads, formats
from disclosure.release.frames import frame
from disclosure.release.seal import sealed
from disclosure.release.workbook import cover


@pytest.fixture
def package() -> Package:
    return load(ROOT / "datapackage")[0]


def test_the_cover_names_source_licence_and_how_missing_is_written(package: Package) -> None:
    lines = dict(cover(package))
    assert "CC" in lines["许可"] or "Creative Commons" in lines["许可"]
    assert "自评报告" in lines["来源"]
    assert "NA" in lines["空缺"]


def test_the_archive_is_the_package(package: Package) -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(package.files, "made"))) as archive:
        assert {
            name.removeprefix("made/"): archive.read(name) for name in archive.namelist()
        } == package.files


def test_the_same_package_gives_the_same_bytes(package: Package) -> None:
    again = load(ROOT / "datapackage")[0]
    assert [item.content for item in downloads(package)] == [item.content for item in downloads(again)]


def test_a_released_version_is_published_as_it_was_kept(package: Package) -> None:
    kept = replace(package, releases={str(package.descriptor["version"]): b"as it was zipped then"})
    (made,) = (item for item in downloads(kept) if item.kind == formats()["zip"])
    assert made.content == b"as it was zipped then"


def test_checksums_are_those_of_the_files(package: Package) -> None:
    listed = sums(checksums(package.files.items()))
    assert listed == {path: sha256(data).hexdigest() for path, data in package.files.items()}


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_python_of_the_readme_runs(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    code = (ROOT / name).read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    exec(code, {})
    assert "1874.01" in capsys.readouterr().out


def test_frames_keep_exact_values_and_missing_ones(package: Package) -> None:
    made = frame(package.tables["appropriations"])
    assert made["budget_wan"].sum() == Decimal("38665.93")
    assert made["adjusted_budget_wan"].isna().all()
    assert str(made["fiscal_year"].dtype) == "Int64"


def test_sealing_records_what_is_there(good: Path) -> None:
    file = good / "data" / "staff.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("总人数", "全部人员"), encoding="utf-8")
    text = sealed(good, (good / "datapackage.json").read_bytes(), {})
    (resource,) = (item for item in json.loads(text)["resources"] if item["name"] == "staff")
    assert resource["hash"] == f"sha256:{sha256(file.read_bytes()).hexdigest()}"
    assert resource["bytes"] == file.stat().st_size


def test_a_descriptor_that_cannot_be_sealed_is_refused(good: Path) -> None:
    (good / "data" / "staff.csv").unlink()
    assert main(["seal", str(good)]) == 2


def test_the_published_csv_is_the_checked_csv(package: Package) -> None:
    made = {item.path: item.content for item in downloads(package)}
    lines = list(csv.DictReader(io.StringIO(made["data/data/coverage.csv"].decode("utf-8"))))
    assert (lines[0]["declared_count"], lines[0]["disclosed_count"]) == ("230", "0")
