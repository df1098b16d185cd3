"""Versions: the difference of two packages, what it moves, and what was published and stays."""

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from books import before_the_file, of_another_kind, zipped
from conftest import PACKAGES, ROOT, around
from disclosure.cli import main
from disclosure.model import Problem
from disclosure.package.difference import Difference, difference
from disclosure.package.load import files_of, load
from disclosure.package.releases import entry, members
from disclosure.quality import checks
from disclosure.quality.rules import rules
from disclosure.release.changes import sides
from lxml import html

PLAN = "一年开始前定下的收支计划。"
Change = Callable[[str, str, str], Path]


def parsed(text: str) -> html.HtmlElement:
    return html.fromstring(text)


def since(root: Path) -> Difference:
    """What the edited good package changes of the good package."""
    return difference(files_of(PACKAGES / "good"), files_of(root))


def told(found: Difference) -> set[str]:
    changes = ((item.part, item.kind, item.resource, item.row, item.column) for item in found.changes)
    return {" ".join(part or "-" for part in change) for change in changes}


def problems(root: Path, *wanted: str) -> list[Problem]:
    """What a check finds by the rules of versions, without the slow layers, which do not look at releases."""
    package, found = load(root)
    found += [problem for check in checks.CHECKS[1:] for problem in check(package)]
    return sorted(problem for problem in set(found) if problem.rule in wanted)


def version_rules(root: Path) -> set[str]:
    names = [name for name, rule in rules().items() if rule.stage == "version"]
    return {problem.rule for problem in problems(root, *names)}


@pytest.fixture
def released(good: Path) -> Path:
    """The good package with its version released, on a day before all others here."""
    edit(good, "datapackage.json", '"created": "2026-11-23', '"created": "2024-01-01', sealed=False)
    assert main(["release", str(good)]) == 0
    return good


def edit(root: Path, path: str, old: str, new: str, sealed: bool = True) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    (root / path).write_text(text.replace(old, new), encoding="utf-8")
    assert not sealed or main(["seal", str(root)]) == 0


DESCRIPTOR, GLOSSARY = "datapackage.json", "data/glossary.csv"
STAFF, TERMS = "schemas/staff.json", "schemas/glossary.json"
FUND = ("\nexecution-rate,", "\nfund,基金,专款。,fund,\nexecution-rate,")
ENGLISH = ('"name": "term_en"', '"name": "english"')
# What is edited, and what is told of it: part, kind, resource, row, column.
CASES = (
    (GLOSSARY, PLAN, "收支计划。", "patch cell-changed glossary budget explanation"),
    (GLOSSARY, *FUND, "minor row-added glossary fund -"),
    (DESCRIPTOR, '"title": "人员"', '"title": "员工"', "patch resource-changed staff - title"),
    (DESCRIPTOR, '"language": "zh"', '"language": "en"', "patch descriptor-changed - - language"),
    (DESCRIPTOR, '"data/staff.csv"', '"data/people.csv"', "major resource-changed staff - path"),
    (TERMS, *ENGLISH, "major field-removed glossary - term_en"),
    (TERMS, *ENGLISH, "major field-added glossary - english"),
    (STAFF, '"minimum": 0', '"minimum": 1', "major field-changed staff - headcount"),
    (STAFF, '"minimum": 0', '"minimum": -1', "minor field-changed staff - headcount"),
    (STAFF, '"title": "年度"', '"title": "预算年度"', "patch field-changed staff - fiscal_year"),
    (STAFF, '"unit": "人"', '"unit": "个"', "major field-changed staff - headcount"),
)


@pytest.mark.parametrize(("path", "old", "new", "expected"), CASES)
def test_each_change_is_told_with_the_part_that_it_moves(
    good: Path, path: str, old: str, new: str, expected: str
) -> None:
    if "people.csv" in new:
        (good / "data" / "staff.csv").rename(good / "data" / "people.csv")
    if "english" in new:
        edit(good, "data/glossary.csv", "term_en", "english")
    edit(good, path, old, new)
    assert expected in told(since(good))


def test_a_number_written_otherwise_is_the_same_number(change: Change) -> None:
    assert told(since(change("data/results.csv", ",120,", ",120.00,"))) == set()


def test_a_cell_over_several_lines_is_compared_whole() -> None:
    files = dict(files_of(PACKAGES / "good"))
    head, first, *rest = files[GLOSSARY].decode().splitlines(keepends=True)
    long = first.replace(PLAN, '"一年\n的""收支""\n计划。"')
    old, new = (
        {**files, GLOSSARY: "".join([head, text, *rest]).encode()}
        for text in (long, long.replace("\n计划", "\n安排"))
    )
    assert [(item.old, item.new) for item in difference(old, new).changes] == [
        ('一年\n的"收支"\n计划。', '一年\n的"收支"\n安排。')
    ]


def test_a_table_added_is_minor_and_one_taken_out_is_major() -> None:
    files = dict(files_of(PACKAGES / "good"))
    descriptor = json.loads(files["datapackage.json"])
    descriptor["resources"] = [item for item in descriptor["resources"] if item["name"] != "glossary"]
    less = {**files, "datapackage.json": json.dumps(descriptor).encode()}
    assert (difference(less, files).part, difference(files, less).part) == ("minor", "major")


def test_a_row_that_others_lead_to_is_not_taken_out_lightly() -> None:
    files = dict(files_of(PACKAGES / "good"))

    def without(path: str) -> Difference:
        lines = files[path].splitlines(keepends=True)
        return difference(files, {**files, path: b"".join(lines[:-1])})

    assert (without("data/units.csv").part, without("data/glossary.csv").part) == ("major", "patch")


def test_the_same_package_differs_in_nothing(good: Path) -> None:
    found = since(good)
    assert (found.changes, found.part, found.needed, found.is_enough) == ((), "", "1.0.0", True)


@pytest.mark.parametrize(
    ("version", "enough"),
    [
        ("1.0.0", False),
        ("1.0.1", False),
        ("1.1.0", True),
        ("2.0.0", True),
        ("1.1.0-rc.1", False),
        ("two", False),
    ],
)
def test_the_version_has_moved_far_enough_or_not(good: Path, version: str, enough: bool) -> None:
    edit(good, "data/glossary.csv", *FUND)
    edit(good, "datapackage.json", '"version": "1.0.0"', f'"version": "{version}"')
    assert since(good).needed == "1.1.0"
    assert since(good).is_enough is enough
    assert main(["diff", str(PACKAGES / "good"), str(good)]) == (0 if enough else 1)


def test_the_difference_is_told_as_text_json_and_html(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(good, "data/glossary.csv", PLAN, "支出 < 收入 & 结余\u3000。")
    pair = [str(PACKAGES / "good"), str(good)]
    assert main(["diff", *pair]) == 1
    text = capsys.readouterr().out
    assert "glossary / budget / explanation" in text
    assert "1.0.1" in text
    assert main(["diff", *pair, "--format", "json"]) == 1
    value = json.loads(capsys.readouterr().out)
    assert (value["part"], value["needed"], value["changes"][0]["old"]) == ("patch", "1.0.1", PLAN)
    assert main(["diff", *pair, "--format", "html"]) == 1
    page = parsed(capsys.readouterr().out)
    assert "支出 < 收入 & 结余" in page.text_content()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("甲", "乙", ["甲", "乙"]),
        ("", "水" * 13, ["", f"{'水' * 12}…"]),
        (f"{'水' * 30}甲", f"{'水' * 30}乙", [f"…{'水' * 4}甲", f"…{'水' * 4}乙"]),
        (f"{'水' * 30}甲{'土' * 9}", "水" * 30, [f"…{'水' * 4}甲{'土' * 7}…", f"…{'水' * 4}"]),
        (f"甲{'水' * 30}", f"乙{'水' * 30}", [f"甲{'水' * 11}…", f"乙{'水' * 11}…"]),
    ],
)
def test_a_long_text_is_cut_where_the_other_side_differs(
    old: str, new: str, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("disclosure.release.changes._BEFORE", 4)
    assert sides((old, new), 12) == told


@pytest.mark.parametrize("file", ["datapackage.json", "schemas/offices.json"])
def test_a_name_that_is_no_text_cannot_be_compared(
    good: Path, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    value = json.loads((good / file).read_bytes())
    (value["resources"] if "resources" in value else value["fields"])[0]["name"] = True
    (good / file).write_text(json.dumps(value), encoding="utf-8")
    assert main(["diff", str(PACKAGES / "good"), str(good)]) == 2
    assert "One of the two packages cannot be read" in capsys.readouterr().err


def test_what_cannot_be_compared_is_refused(good: Path, tmp_path: Path) -> None:
    (tmp_path / "no.zip").write_bytes(b"PK")
    assert main(["diff", str(good), str(tmp_path / "no.zip")]) == 2
    (tmp_path / "no.zip").write_bytes(of_another_kind(zipped({"datapackage.json": b"{}"})))
    assert main(["diff", str(good), str(tmp_path / "no.zip")]) == 2
    assert main(["diff", str(good), str(tmp_path / "nowhere")]) == 2
    (tmp_path / "no.zip").write_bytes(before_the_file(zipped({"a/datapackage.json": b"{}"})))
    assert main(["diff", str(good), str(tmp_path / "no.zip")]) == 2
    schema = (good / "schemas" / "staff.json").read_bytes()
    for part in (b'"name": "headcount",', b'"fields": ['):
        assert part in schema
        parts = {path.relative_to(good.parent).as_posix(): path.read_bytes() for path in good.rglob("*.*")}
        changed = schema.replace(part, b'"x": [' if part.endswith(b"[") else b"", 1)
        (tmp_path / "no.zip").write_bytes(zipped(parts | {"good/schemas/staff.json": changed}))
        assert main(["diff", str(good), str(tmp_path / "no.zip")]) == 2
    (good / "schemas" / "staff.json").write_text("{", encoding="utf-8")
    assert main(["diff", str(PACKAGES / "good"), str(good)]) == 2


def test_a_release_can_be_compared_and_is_the_package(released: Path) -> None:
    (archive,) = (released / "releases").glob("*.zip")
    assert difference(files_of(archive), files_of(released)).changes == ()
    manifest = json.loads((released / "releases" / "1.0.0.json").read_text(encoding="utf-8"))
    assert manifest["archive"]["path"] == archive.name
    assert {"datapackage.json", "data/staff.csv"} <= {item["path"] for item in manifest["files"]}


def test_a_release_is_made_once_and_never_overwritten(released: Path) -> None:
    kept = {path.name: path.read_bytes() for path in (released / "releases").iterdir()}
    assert main(["release", str(released)]) == 0
    edit(released, "data/glossary.csv", PLAN, "收支计划。")
    assert main(["release", str(released)]) == 1  # nothing tells of it
    assert {path.name: path.read_bytes() for path in (released / "releases").iterdir()} == kept


def test_a_file_of_that_version_with_other_bytes_is_never_overwritten(good: Path) -> None:
    (good / "releases").mkdir()
    name = json.loads((good / "datapackage.json").read_text(encoding="utf-8"))["name"]
    archive = good / "releases" / f"{name}-1.0.0.zip"
    archive.write_bytes(b"others")
    assert main(["release", str(good)]) == 2
    assert [path.read_bytes() for path in (good / "releases").iterdir()] == [b"others"]


def test_a_package_with_faults_is_not_released(good: Path) -> None:
    edit(good, "data/results.csv", ",120,", ",121,")
    assert main(["release", str(good)]) == 1
    assert not (good / "releases").exists()


def test_an_unchanged_package_has_nothing_to_tell(released: Path) -> None:
    assert version_rules(released) == set()


def test_a_changed_cell_moves_the_version_and_is_told(released: Path) -> None:
    edit(released, "data/glossary.csv", PLAN, "收支计划。", sealed=False)
    assert version_rules(released) == {"version-moved", "correction-recorded"}
    assert main(["seal", str(released), "--on", "2024-06-01"]) == 0  # moves the version, tells nothing
    assert version_rules(released) == {"correction-recorded"}
    descriptor = json.loads((released / "datapackage.json").read_text(encoding="utf-8"))
    assert (descriptor["version"], descriptor["created"]) == ("1.0.1", "2024-06-01T00:00:00Z")
    (problem,) = problems(released, "correction-recorded")
    assert (problem.file, problem.row, problem.column) == ("data/glossary.csv", 2, "explanation")
    row = f"second,glossary,budget,explanation,{PLAN},收支计划。,改写,2024-06-01,\n"
    corrections = released / "data" / "corrections.csv"
    corrections.write_text(corrections.read_text(encoding="utf-8") + row, encoding="utf-8")
    edit(released, "datapackage.json", '"version": "1.0.1"', '"version": "1.1.0"')
    assert version_rules(released) == set()


@pytest.mark.parametrize("cell", ["execution-rate,explanation", "budget,term", "budget,explanation"])
def test_a_correction_of_something_else_is_none(released: Path, cell: str) -> None:
    row, column = cell.split(",")
    old = PLAN if cell != "budget,explanation" else "别的值"
    edit(released, "data/glossary.csv", PLAN, "收支计划。")
    edit(
        released,
        "data/corrections.csv",
        "first-correction,",
        f"second,glossary,{row},{column},{old},收支计划。,改写,2024-06-01,\nfirst-correction,",
    )
    assert "correction-recorded" in version_rules(released)


def test_a_correction_of_an_earlier_version_does_not_cover_a_new_change(good: Path) -> None:
    edit(
        good,
        "data/corrections.csv",
        "first-correction,",
        f"second,glossary,budget,explanation,{PLAN},收支计划。,改写,2024-06-01,\nfirst-correction,",
    )
    assert main(["release", str(good)]) == 0
    edit(good, "data/glossary.csv", PLAN, "收支计划。")
    assert "correction-recorded" in version_rules(good)


def test_new_rows_are_no_correction_and_rows_taken_out_are(released: Path) -> None:
    edit(released, "data/glossary.csv", *FUND, sealed=False)
    assert version_rules(released) == {"version-moved"}
    lines = (released / "data" / "glossary.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (released / "data" / "glossary.csv").write_text("".join([lines[0], *lines[2:]]), encoding="utf-8")
    assert "correction-recorded" in version_rules(released)


def test_a_new_spelling_of_a_label_moves_the_version_and_corrects_no_figure(tmp_path: Path) -> None:
    root = Path(shutil.copytree(ROOT / "datapackage", tmp_path / "package"))
    edit(root, "forms/project.csv", "head,name,", "head,name,工程名称|")
    assert main(["seal", str(root)]) == 0
    assert version_rules(root) == set()


def broken_archive(root: Path) -> None:
    (archive,) = (root / "releases").glob("*.zip")
    data = bytearray(archive.read_bytes())
    data[len(data) // 2] ^= 1
    archive.write_bytes(data)


def lost_archive(root: Path) -> None:
    next((root / "releases").glob("*.zip")).unlink()


def manifest_of(root: Path, change: Callable[[dict], object]) -> None:  # type: ignore[type-arg]
    file = root / "releases" / "1.0.0.json"
    value = json.loads(file.read_text(encoding="utf-8"))
    change(value)
    file.write_text(json.dumps(value), encoding="utf-8")


def other_archive(root: Path) -> None:
    """An archive with one file more, and a manifest that gives its right size and hash."""
    (file,) = (root / "releases").glob("*.zip")
    buffer = io.BytesIO(file.read_bytes())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("good/data/more.csv", "a\n")
    file.write_bytes(buffer.getvalue())
    manifest_of(root, lambda value: value.update(archive=entry(file.name, buffer.getvalue())))


def described(**values: object) -> Callable[[Path], object]:
    """An archive whose descriptor says otherwise, with every size and hash right."""

    def change(root: Path) -> None:
        (file,) = (root / "releases").glob("*.zip")
        files = members(file.read_bytes())
        files[DESCRIPTOR] = json.dumps(json.loads(files[DESCRIPTOR]) | values).encode()
        file.write_bytes(zipped({f"good/{path}": data for path, data in files.items()}))
        listed = [entry(path, data) for path, data in files.items()]
        manifest_of(root, lambda told: told.update(archive=entry(file.name, file.read_bytes()), files=listed))

    return change


def with_file(name: str, value: object) -> Callable[[Path], object]:
    """A manifest whose first file is recorded otherwise."""
    return lambda root: manifest_of(root, lambda listed: listed["files"][0].update({name: value}))


def with_manifest(**values: object) -> Callable[[Path], object]:
    return lambda root: manifest_of(root, lambda listed: listed.update(values))


BROKEN: dict[str, Callable[[Path], object]] = {
    "archive changed": broken_archive,
    "archive lost": lost_archive,
    "archive with more": other_archive,
    "not json": lambda root: (root / "releases" / "1.0.0.json").write_text("{", encoding="utf-8"),
    "other version": with_manifest(version="1.0.1"),
    "another version's archive": described(version="1.1.0"),
    "no day in the archive": described(created=""),
    "no archive": with_manifest(archive=None),
    "path outside": with_manifest(
        archive={"path": "../a-1.0.0.zip", "bytes": 1, "hash": "sha256:" + "0" * 64}
    ),
    "file outside": with_file("path", "../a.csv"),
    "file's hash": with_file("hash", "sha256:" + "0" * 64),
    "no files": with_manifest(files=[]),
    "huge": with_file("bytes", 10**12),
    "no number": lambda root: (root / "releases" / "1.0.0.json").rename(root / "releases" / "one.json"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_manifest_or_archive_stops_a_check_with_what_differs(released: Path, fault: str) -> None:
    BROKEN[fault](released)
    (problem,) = problems(released, "release-as-recorded")
    assert problem.file.startswith("releases/")
    assert problem.found or problem.expected
    assert main(["check", str(released)]) == 1


def test_a_broken_release_builds_no_site_and_says_what_differs(
    released: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken_archive(released)
    assert main(["build", "--site", str(tmp_path / "site"), "--config", str(around(released))]) == 1
    assert not (tmp_path / "site").exists()
    (archive,) = (released / "releases").glob("*.zip")
    told = capsys.readouterr().out
    assert f"releases/{archive.name}" in told
    assert sha256(archive.read_bytes()).hexdigest() in told


@pytest.fixture
def twice(released: Path) -> Path:
    """The good package with two versions released and a third begun."""
    edit(released, "data/glossary.csv", *FUND)  # sealing moves the version
    assert main(["release", str(released)]) == 0
    edit(released, "datapackage.json", '"version": "1.1.0"', '"version": "1.1.1"')
    return released


def test_every_published_version_keeps_its_address_and_says_what_took_its_place(
    twice: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    assert main(["build", "--site", str(site), "--config", str(around(twice))]) == 0
    name = json.loads((twice / DESCRIPTOR).read_text(encoding="utf-8"))["name"]
    for version, data in load(twice)[0].releases.items():
        folder, archive = site / "data" / version, site / "data" / f"{name}-{version}.zip"
        assert archive.read_bytes() == data
        for path, content in files_of(archive).items():
            assert (folder / path).read_bytes() == content
    old, new = (
        parsed((site / "data" / name / "index.html").read_text(encoding="utf-8"))
        for name in ("1.0.0", "1.1.0")
    )
    for version, page in (("1.0.0", old), ("1.1.0", new)):
        (record,) = (
            json.loads(block) for block in page.xpath("//main/*//script[@type='application/ld+json']/text()")
        )
        (whole,) = record["distribution"]
        content = (site / "data" / version / whole["contentUrl"]).resolve().read_bytes()
        assert (record["version"], whole["sha256"]) == (version, sha256(content).hexdigest())
        assert whole["contentSize"] == f"{len(content)} B"
    assert "已由 1.1.0 版取代" in old.text_content()
    assert "../../data/1.1.0/" in old.xpath("//main//@href")
    assert "已由" not in new.text_content()
    assert "网站上已是 1.1.1 版，还没有定版" in new.text_content()
    assert "fund" in new.text_content()
    listed = parsed((site / "corrections" / "index.html").read_text(encoding="utf-8"))
    assert {"../data/1.0.0/", "../data/1.1.0/"} <= set(listed.xpath("//main//@href"))
    states = [
        row.findall("td")[2].text_content() for row in listed.xpath("//section[@id='versions']//tbody/tr")
    ]
    assert states == ["最新定版", "已由 1.1.0 取代"]
    assert "网站上已是 1.1.1 版，还没有定版" in listed.text_content()
