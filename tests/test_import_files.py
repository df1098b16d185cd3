"""What lies in folders and zips: whatever a file is called, and wherever it lies, it is read or told of."""

import os
import zipfile
from pathlib import Path

import pytest
from books import National, laid_out, national, xlsx, zipped
from disclosure.cli import main
from disclosure.forms import files
from disclosure.forms.grid import Refused
from test_import import bring, row, saved, told


@pytest.fixture
def good(roomy: Path) -> Path:
    return roomy


def errors(found: dict[str, list[dict[str, str]]]) -> list[tuple[str, str, str]]:
    return [(item["file"], item["column"] or "", item["rule"]) for item in found["problems"]
            if item["severity"] == "error"]  # fmt: skip


def test_what_is_not_read_in_a_folder_or_zip_is_named(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A form saved by another program, or packed twice, is not lost in silence."""
    folder = tmp_path / "表"
    folder.mkdir()
    saved(folder / "a.xlsx")
    inner = zipped({"内.xlsx": national(National(name="内层项目"))})
    (folder / "all.zip").write_bytes(zipped({"b.xlsx": national(National(name="另一项目")), "c.zip": inner}))
    for name in ("旧.doc", "d.et", "~$a.xlsx", ".DS_Store"):
        (folder / name).write_bytes(b"x")
    (folder / "elsewhere").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.xlsx")
    found = told(capsys, good, folder, folder / "all.zip", "--keep-going")
    passed = {item["file"]: item["found"] for item in found["problems"] if item["rule"] == "form-file-passed"}
    assert passed == {
        "表": "表/all.zip/c.zip, 表/d.et, 表/elsewhere, 表/pipe.xlsx, 表/旧.doc",
        "all.zip": "all.zip/c.zip",
    }
    assert found["written"] is True
    assert row(good, "另一项目")["disclosure_state"] == "full"


def test_a_file_that_cannot_be_opened_does_not_hide_the_others(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "forms"
    folder.mkdir()
    saved(folder / "a.xlsx")
    (folder / "b.xlsx").symlink_to("nowhere.xlsx")
    (folder / "c.xlsx").symlink_to("c.xlsx")
    found = told(capsys, good, folder, "--keep-going")
    assert errors(found) == [("b.xlsx", "", "form-readable"), ("c.xlsx", "", "form-readable")]
    assert found["written"] is True

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    (book,) = files.books([folder / "a.xlsx"])
    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(Refused) as refused:
        book.data()
    assert (refused.value.rule, refused.value.found) == ("form-readable", "no permission")
    monkeypatch.undo()
    monkeypatch.setattr(os, "scandir", forbidden)
    assert main(["import", str(folder), "--package", str(good)]) == 2
    assert f"Permission denied ({folder})" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("附件1　绩效表\n定稿.xlsx".encode(), "附件1 绩效表定稿.xlsx"),
        ("街面保洁.xlsx".encode("gbk"), "街面保洁.xlsx"),
        (b" lead .xlsx", "lead .xlsx"),
        ("🙂,\"a\".XLSX".encode(), "🙂,\"a\".XLSX"),
    ],
)  # fmt: skip
def test_a_name_of_odd_signs_is_kept_as_it_reads(
    good: Path, tmp_path: Path, name: bytes, title: str, capsys: pytest.CaptureFixture[str]
) -> None:
    saved(Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)))
    found = told(capsys, good, tmp_path)
    assert [form["file"] for form in found["forms"]] == [title]
    assert f",2023,{title}," in (good / "data/sources.csv").read_text(encoding="utf-8").replace(
        '"🙂,""a"".XLSX"', title
    )


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("=cmd.xlsx", "cell-plain-text"),
        ("{{7}}.xlsx", "cell-plain-text"),
        ("张三13800138000.xlsx", "no-mobile-number"),
        ("\u202e反.xlsx", "cell-characters"),
        ("坏\udcff.xlsx", "cell-characters"),
    ],
)
def test_a_name_that_no_package_may_hold_is_told_of_its_file_and_hides_no_other(
    good: Path, tmp_path: Path, name: str, rule: str, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / name
    book.write_bytes(xlsx([(f"表{sheet}", *laid_out(National(name=f"项目{sheet}"))) for sheet in "甲乙"]))
    saved(tmp_path / "good.xlsx", name="好项目")
    found = told(capsys, good, tmp_path)
    assert {(column, found_rule) for _, column, found_rule in errors(found)} == {("", rule)}
    assert found["written"] is False
    found = told(capsys, good, tmp_path, "--keep-going")
    assert found["written"] is True
    assert [form["name"] for form in found["forms"]] == ["好项目"]
    assert {(file == "good.xlsx", found_rule) for file, _, found_rule in errors(found)} == {(False, rule)}


def test_a_part_of_a_zip_has_no_way_out_of_it(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as pack:
        pack.writestr("../../甲\n.xlsx", national(National(name="恶意")))
    found = told(capsys, good, tmp_path / "a.zip")
    assert [form["file"] for form in found["forms"]] == ["甲.xlsx"]
    assert found["written"] is True
    assert bring(good, tmp_path / "a.zip") == 0
