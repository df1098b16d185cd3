"""A build with nothing new does nothing; where something changed, only what it changes is another file."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import sums
from disclosure.cli import main
from disclosure.website import live, made_from, publish
from pages import KEPT
from prepare import configured
from section import PAGE
from test_publishing import beside, whole
from test_website import project


def files(site: Path) -> dict[str, tuple[int, int]]:
    """Inode and date of every file: neither changes unless it is written or replaced."""
    found = {path: path.stat() for path in site.rglob("*") if path.is_file()}
    return {
        path.relative_to(site).as_posix(): (stat.st_ino, stat.st_mtime_ns) for path, stat in found.items()
    }


@pytest.fixture
def build(tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., bool]:
    """Build the small package's site: `build("--force")`; whether pages were made."""
    config, made = project(tmp_path, good), [0]
    real = publish.publish

    def counted(*given: object) -> object:
        made[0] += 1
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(publish, "publish", counted)

    def built(*options: str) -> bool:
        before = made[0]
        assert main(["build", "--config", str(config), "--site", str(tmp_path / "site"), *options]) == 0
        return made[0] > before

    return built


def test_what_is_not_new_is_not_built(
    tmp_path: Path, build: Callable[..., bool], capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    assert build()
    before, text = files(site), whole(site)
    assert not build()
    assert "nothing it is made from has changed" in capsys.readouterr().out
    assert files(site) == before
    assert build("--force")
    assert whole(site) == text
    again = files(site)  # the list of sums is finished in its place after everything else
    assert {name for name in before if again[name] != before[name]} <= {"SHA256SUMS"}
    assert not build()
    page = site / "index.html"  # whoever changes the live site by hand gets it back by building
    page.write_bytes(page.read_bytes() + b" ")
    assert build()
    assert whole(site) == text
    assert beside(site) == ["lock", "made-from.json"]  # four times the same site: none was before it


def test_a_site_made_once_more_does_not_cost_the_way_back(
    build: Callable[..., bool], good: Path, tmp_path: Path
) -> None:
    site, page = tmp_path / "site", tmp_path / "docs" / "index.md"
    assert build()
    first = whole(site)
    page.write_text(page.read_text(encoding="utf-8") + "\n\n更正一处。\n", encoding="utf-8")
    assert build()
    assert build("--force")
    assert whole(site) != first
    live.rollback(site)
    assert whole(site) == first
    assert build()


def test_a_change_of_one_project_changes_its_pages_and_leaves_the_others(
    tmp_path: Path, good: Path, build: Callable[..., bool]
) -> None:
    site, tables = tmp_path / "site", [good / "data" / f"{name}.csv" for name in ("projects", "citations")]
    assert build()
    before, old = files(site), sums(whole(site))
    row = tables[0].read_text(encoding="utf-8").splitlines()[1].split(",")
    for table in tables:  # its name, and the sentence that states it
        text = table.read_text(encoding="utf-8")
        table.write_text(text.replace(row[2], f"{row[2]}甲"), encoding="utf-8")
    assert main(["seal", str(good)]) == 0
    assert build()
    after, new = files(site), sums(whole(site))
    same = {name for name in old if new.get(name) == old[name]}
    assert same == {name for name in old if after.get(name) == before[name]}
    projects = [line.split(",")[1] for line in tables[0].read_text(encoding="utf-8").splitlines()[1:]]
    left = {name for name in projects if f"projects/{row[0]}/{name}/index.html" in same}
    assert left == {*projects[2:]}  # the first and the one after it, which names it, are others
    assert beside(site) == ["lock", "made-from.json", "previous"]


def test_whatever_a_site_is_made_from_counts(tmp_path: Path, good: Path) -> None:
    text, site = tmp_path / "page.md", tmp_path / "site"
    text.write_text("a", encoding="utf-8")
    (site.parent / f".{site.name}-builds").mkdir()
    (site / "data").mkdir(parents=True)
    (site / "SHA256SUMS").write_text(f"{'0' * 64}  a\n", encoding="utf-8")
    asked = (tmp_path / "mkdocs.yml", None)
    first = made_from.made_from(asked, [good, text])
    assert made_from.made_from(asked, [text, good]) == first
    (good / "__pycache__").mkdir()
    (good / "__pycache__" / "x.pyc").write_bytes(b"x")
    assert made_from.made_from(asked, [good, text]) == first
    text.write_text("b", encoding="utf-8")
    os.utime(text, ns=(0, 0))
    assert made_from.made_from(asked, [good, text]).digest != first.digest
    made_from.remember(first, site)
    assert not made_from.is_current(site, asked)
    (site.parent / ".site-builds" / made_from.RECORD).write_text("[]", encoding="utf-8")
    assert not made_from.is_current(site, asked)


def read_of(config: Path) -> set[Path]:
    """What a configuration makes its site from."""
    return {path.resolve() for path in publish.read_by(publish.configuration(config))}


def test_what_a_benchmark_tells_is_not_what_its_site_is_made_from(tmp_path: Path) -> None:
    configured(tmp_path)
    read = read_of(tmp_path / "mkdocs.yml")
    assert tmp_path / "docs" in read
    assert not [told for told in (PAGE, KEPT) if any(told.is_relative_to(path) for path in read)]


def test_a_configuration_counts_from_wherever_it_is_inherited(tmp_path: Path, good: Path) -> None:
    above = project(tmp_path, good)
    (tmp_path / "own").mkdir()
    own = tmp_path / "own" / "mkdocs.yml"
    own.write_text(f"INHERIT: '../{above.name}'\ndocs_dir: ../docs\n", encoding="utf-8")
    with own.open("a", encoding="utf-8") as file:
        file.write("theme: {custom_dir: ../docs/overrides}\n")
    assert {own, above} <= read_of(own)
