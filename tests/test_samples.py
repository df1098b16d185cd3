"""Code on the page of downloads runs as it is copied, from the folder and over HTTP, and says what is so."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from shutil import which

import pytest
from conftest import ROOT
from disclosure.package.computed import computed
from disclosure.package.load import load
from disclosure.website.desk import desk
from disclosure.website.edition import Site
from disclosure.website.files import whole_package
from disclosure.website.render import render
from lxml import html

PACKAGE = load(ROOT / "datapackage")[0]
PROJECTS = PACKAGE.rows("projects")
TITLES = ("pandas", "DuckDB", "SQLite", "frictionless", "R", "curl", "Datasette")


def code(pages: dict[str, html.HtmlElement]) -> dict[str, str]:
    """The samples by their titles."""
    found = pages["data/index.html"].xpath("//*[@id='code']//details")
    return {item.findtext("summary/b"): item.findtext("pre/code") for item in found}


def ran(text: str, base: str, command: Sequence[str], folder: Path) -> str:
    """What a sample prints when its BASE is the given one."""
    set_to, count = re.subn(r'^(BASE ?(?:=|<-) ?)"data"', rf'\1"{base}"', text, flags=re.MULTILINE)
    assert count == 1, text
    paths = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": paths, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    done = subprocess.run(
        [*command, set_to], capture_output=True, text=True, env=environment, cwd=folder, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_page_has_a_sample_for_each_tool(pages: dict[str, html.HtmlElement]) -> None:
    assert tuple(code(pages)) == TITLES


@pytest.mark.parametrize("over_http", [False, True], ids=("folder", "http"))
@pytest.mark.parametrize("title", ["pandas", "DuckDB", "SQLite", "frictionless"])
def test_the_python_samples_run(
    site: Path, address: str, pages: dict[str, html.HtmlElement], tmp_path: Path, title: str, over_http: bool
) -> None:
    base = f"{address}data" if over_http else f"{site}/data"
    told = ran(code(pages)[title], base, (sys.executable, "-c"), tmp_path)
    if title == "DuckDB":
        total = sum((row.amount("budget_wan") or Decimal(0) for row in PROJECTS), Decimal(0))
        assert f"{total:.4f}" in told
    elif title == "SQLite":
        assert any(row.text("quote") in told for row in PACKAGE.rows("citations"))
    elif title == "pandas":
        assert f"[{len(PROJECTS)} rows x {len(PACKAGE.tables['projects'].fields)} columns]" in told
    else:
        assert all(row.text("project_id") in told for row in PROJECTS)


def test_the_pandas_sample_keeps_every_digit_of_a_code(
    pages: dict[str, html.HtmlElement], tmp_path: Path
) -> None:
    lines = [",".join(PACKAGE.tables["projects"].columns)]
    for number in ("0012", "440113230000000012", ""):
        cells = dict.fromkeys(PACKAGE.tables["projects"].columns, "")
        lines.append(",".join({**cells, "project_code": number, "project_id": "007"}.values()))
    (tmp_path / "projects.csv").write_text("\n".join(lines), encoding="utf-8")
    shown = 'print([*table["project_code"].dropna(), *table["project_id"]])'
    told = ran(f"{code(pages)['pandas']}\n{shown}", str(tmp_path), (sys.executable, "-c"), tmp_path)
    assert "['0012', '440113230000000012', '007', '007', '007']" in told


@pytest.mark.parametrize("title", ["curl", "Datasette"])
def test_the_shell_samples_run(
    address: str, pages: dict[str, html.HtmlElement], tmp_path: Path, title: str
) -> None:
    told = ran(code(pages)[title], f"{address}data", ("bash", "-euo", "pipefail", "-c"), tmp_path)
    if title == "curl":
        assert told == "projects.csv: OK\n"
    else:
        assert all(row.text("project_id") in told for row in PROJECTS)


def test_curl_tells_of_a_file_that_was_changed(
    address: str, pages: dict[str, html.HtmlElement], tmp_path: Path
) -> None:
    changed = code(pages)["curl"].replace("curl -fsS ", "echo >> projects.csv\ncurl -fsS ")
    with pytest.raises(AssertionError, match="checksum"):
        ran(changed, f"{address}data", ("bash", "-euo", "pipefail", "-c"), tmp_path)


@pytest.mark.parametrize(("page", "name"), [("data", "文件名"), ("en/data", "FILE")])
def test_what_the_page_says_of_checksums_proves_one_file_and_a_whole_copy(
    site: Path, pages: dict[str, html.HtmlElement], tmp_path: Path, page: str, name: str
) -> None:
    said = [
        item.text for item in pages[f"{page}/index.html"].iter("code") if "sha256sum" in (item.text or "")
    ]
    one, whole = [command for command in said if "\n" not in command]
    (tmp_path / "projects.csv").write_bytes((site / "data" / "projects.csv").read_bytes())
    alone = ran(f'BASE="data"\n{one.replace(name, "projects.csv")}', "", ("bash", "-ec"), tmp_path).split()[0]
    assert f"{alone}  data/projects.csv\n" in (site / "SHA256SUMS").read_text(encoding="utf-8")
    assert "FAILED" not in ran(f'BASE="data"\n{whole}', "", ("bash", "-ec"), site)


@pytest.mark.parametrize(
    ("template", "words"), [("whole_package", "还没有定稿"), ("en/whole_package", "not final")]
)
def test_a_version_that_may_still_change_is_told_from_one_that_is_kept(template: str, words: str) -> None:
    version, year = str(PACKAGE.descriptor["version"]), PACKAGE.years[-1]
    kept = replace(PACKAGE, releases={**PACKAGE.releases, version: b""})
    for package in (replace(PACKAGE, releases={}), kept):
        made = whole_package(desk(Site(package, year, computed(package, year), (), (), {})))
        assert (words in render(template, made, "../", {})) is (package is not kept)


@pytest.mark.skipif(which("Rscript") is None, reason="R is not installed")
def test_the_r_sample_runs(address: str, pages: dict[str, html.HtmlElement], tmp_path: Path) -> None:
    told = ran(code(pages)["R"], f"{address}data", ("Rscript", "-e"), tmp_path)
    assert all(row.text("project_id") in told for row in PROJECTS)


def test_the_package_is_valid_over_http(address: str, tmp_path: Path) -> None:
    command = [
        str(Path(sys.executable).parent / "frictionless"),
        "validate",
        f"{address}data/datapackage.json",
    ]
    environment = {**os.environ, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stdout


def test_the_dictionary_page_explains_every_column(pages: dict[str, html.HtmlElement]) -> None:
    for table in PACKAGE.tables.values():
        (section,) = pages["data/dictionary/index.html"].xpath(f"//details[*[@id='table-{table.name}']]")
        rows = section.xpath(".//tbody/tr")
        assert [row.findtext("th/code") for row in rows] == [field.name for field in table.fields]
        for row, field in zip(rows, table.fields, strict=True):
            said = row.text_content()
            assert field.title in said and field.description in said
            assert all(value in said and label in said for value, label in field.labels.items())


def test_a_link_to_a_table_opens_it(pages: dict[str, html.HtmlElement]) -> None:
    """Browsers open what is folded up around the target of a link, if the target is not its summary."""
    for page in ("data/index.html", "data/dictionary/index.html"):
        for table in PACKAGE.tables:
            (found,) = pages[page].xpath(f"//details/*[@id='table-{table}']")
            assert found.tag != "summary"
