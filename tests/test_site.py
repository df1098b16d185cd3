"""The built site: whole, self-contained, and every figure on it leads to its sentence."""

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from posixpath import dirname, join, normpath
from shutil import which
from urllib.parse import unquote, urlsplit

import openpyxl
import pytest
from conftest import ROOT, sums
from disclosure.cli import main
from disclosure.model import Missing
from disclosure.package.computed import computed
from disclosure.package.figures import Figure, stated
from disclosure.package.load import load
from disclosure.website import evidence, wording
from lxml import html
from playwright.sync_api import Browser

PACKAGE = load(ROOT / "datapackage")[0]
YEAR = PACKAGE.years[-1]
# Where a figure may stand without a link of its own: the link, its evidence, a sentence, code, a chart's text
# (whose numbers stand in a table beside it, linked), a finding of a check (which names file, row and column).
EVIDENCED = "contains(@class, 'figure') or @class='ev' or @class='findings' or " + " or ".join(
    f"self::{tag}" for tag in ("q", "blockquote", "pre", "svg")
)


def resolved(page: str, link: str) -> tuple[str, str]:
    """The file and the fragment that a relative link on a page leads to."""
    parts = urlsplit(link)
    target = normpath(join(dirname(page), unquote(parts.path))) if parts.path else page
    if parts.path.endswith("/") or target == "." or not target.rpartition("/")[2].count("."):
        target = (
            target
            if target.endswith(".html") or target == "SHA256SUMS"
            else normpath(join(target, "index.html"))
        )
    return target, unquote(parts.fragment)


def test_every_internal_link_and_fragment_is_there(site: Path, pages: dict[str, html.HtmlElement]) -> None:
    """By another parser than the build's own check uses."""
    ids = {page: set(tree.xpath("//@id")) for page, tree in pages.items()}
    dead = []
    for page, tree in pages.items():
        for link in tree.xpath("//@href | //@src"):
            if urlsplit(link).scheme or (page == "404.html" and link.startswith("/")):
                continue
            target, fragment = resolved(page, link)
            if not (site / target).is_file() or (fragment and fragment not in ids[target]):
                dead.append(f"{page}: {link}")
    assert dead == []


def figures() -> Iterator[Figure]:
    """All figures that the package states or gives rise to."""
    for table in PACKAGE.tables.values():
        yield from stated(PACKAGE, table)
    yield from computed(PACKAGE, YEAR).values()


def test_every_figure_has_its_evidence(pages: dict[str, html.HtmlElement]) -> None:
    for figure in figures():
        tree = pages[f"{evidence.page(figure)}index.html"]
        (anchor,) = tree.xpath("//*[@id=$name]", name=evidence.anchor(figure))
        text = "".join(anchor.itertext())
        assert wording.shown(figure) in text, figure.id
        if figure.citation is not None:
            assert figure.citation.quote in text, figure.id
            assert figure.citation.section in text, figure.id


def test_every_figure_is_on_a_page_inside_a_link_to_its_evidence(pages: dict[str, html.HtmlElement]) -> None:
    linked: dict[tuple[str, str], set[str]] = {}
    for page, tree in pages.items():
        if page.startswith("evidence/"):
            continue
        for link in tree.xpath("//a[contains(concat(' ', @class, ' '), ' figure ')]"):
            linked.setdefault(resolved(page, link.get("href")), set()).add("".join(link.itertext()).strip())
    missing = []
    for figure in figures():
        texts = linked.get((f"{evidence.page(figure)}index.html", evidence.anchor(figure)), set())
        shown = "报告未列" if isinstance(figure.value, Missing) else wording.shown(figure)
        if not any(shown in text for text in texts):
            missing.append(figure.id)
    assert missing == []


def test_no_figure_stands_outside_a_link_to_its_evidence(pages: dict[str, html.HtmlElement]) -> None:
    """Numbers of the package with a separator or a decimal point are unmistakable: none may stand bare."""
    shown = {wording.shown(figure) for figure in figures()}
    unmistakable = {text for text in shown if re.search(r"\d[.,]\d", text)}
    bare = []
    for page, tree in pages.items():
        if page.startswith(("evidence/", "data/")):
            continue
        for part in tree.xpath("//body//text()"):
            parent = part.getparent() if part.is_text else part.getparent().getparent()
            inside = parent.xpath(f"ancestor-or-self::*[{EVIDENCED}]")
            found = set(re.findall(r"\d[\d,]*(?:\.\d+)?", part)) & unmistakable
            if found and not inside:
                bare.append(f"{page}: {found} in {part.strip()[:60]}")
    assert bare == []


def test_every_text_of_the_report_is_on_a_page(pages: dict[str, html.HtmlElement]) -> None:
    text = "".join(
        "".join(tree.itertext()) for page, tree in pages.items() if not page.startswith("evidence/")
    )
    missing = [
        row.text(field.name)
        for table in PACKAGE.tables.values()
        for field in table.fields
        if field.as_written
        for row in table.rows
        if row.text(field.name) not in text
    ]
    assert missing == []


def test_every_term_rule_and_duty_is_on_its_page(pages: dict[str, html.HtmlElement]) -> None:
    for table, columns, page in (
        ("glossary", ("term", "explanation"), "glossary"),
        ("rules", ("title", "holds_zh"), "quality"),
        ("duties", ("title", "subject", "deadline_rule"), "ledger"),
    ):
        text = "".join(pages[f"{page}/index.html"].itertext())
        assert [
            row.text(name) for row in PACKAGE.rows(table) for name in columns if row.text(name) not in text
        ] == []


def test_the_227_unlisted_targets_are_a_number_and_never_rows(pages: dict[str, html.HtmlElement]) -> None:
    assert (
        len([page for page in pages if page.startswith(f"projects/{YEAR}/")])
        == len(PACKAGE.rows("projects"))
        == 3
    )
    picture = pages["index.html"].xpath(
        "//*[name()='svg']//*[name()='rect' or name()='use' or name()='path']"
    )
    assert len(picture) >= 230


def test_every_download_opens_and_has_the_sum_that_is_published(
    site: Path, pages: dict[str, html.HtmlElement]
) -> None:
    listed = sums((site / "SHA256SUMS").read_text(encoding="utf-8"))
    linked = {resolved("data/index.html", link)[0] for link in pages["data/index.html"].xpath("//@href")}
    forms = {
        resolved(page, link)[0] for page, tree in pages.items() for link in tree.xpath("//a[@download]/@href")
    }
    linked |= {path for path in forms if path.startswith("data/forms/")}
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert listed.keys() == files - {"SHA256SUMS"}
    for path, digest in listed.items():
        content = (site / path).read_bytes()
        assert sha256(content).hexdigest() == digest
        assert (
            not path.startswith("data/")
            or path.endswith(".html")
            or path in linked
            or path.startswith(("data/schemas/", "data/data/", "data/forms/"))
        ), path
    (book,) = (path for path in listed if path.endswith(".xlsx") and "/forms/" not in path)
    assert len(openpyxl.load_workbook(site / book).sheetnames) == len(PACKAGE.tables) + 2
    (archive,) = (path for path in listed if path.endswith(".zip"))
    assert zipfile.ZipFile(site / archive).testzip() is None
    assert json.loads((site / "data" / "datapackage.json").read_bytes())["name"] == PACKAGE.descriptor["name"]


def test_the_published_package_is_valid_where_it_lies(site: Path) -> None:
    assert main(["check", str(site / "data")]) == 0


def samples(pages: dict[str, html.HtmlElement], language: str) -> list[str]:
    found = pages["data/index.html"].xpath(f"//pre/code[contains(@class, 'language-{language}')]")
    return ["".join(code.itertext()) for code in found]


def test_the_python_samples_run(site: Path, address: str, pages: dict[str, html.HtmlElement]) -> None:
    """As they are copied from the page, once from the folder and once over HTTP."""
    found = samples(pages, "python")
    assert len(found) >= 2
    for code in found:
        for base in (str(site), address.rstrip("/")):
            text, count = re.subn(r'^BASE = "data"', f'BASE = "{base}/data"', code, flags=re.MULTILINE)
            assert count == 1, code
            environment = {**os.environ, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
            done = subprocess.run(
                [sys.executable, "-c", text], capture_output=True, text=True, env=environment, check=False
            )
            assert done.returncode == 0, done.stderr
            assert done.stdout.strip()


@pytest.mark.skipif(which("Rscript") is None, reason="R is not installed")
def test_the_r_samples_run(site: Path, pages: dict[str, html.HtmlElement]) -> None:
    found = samples(pages, "r")
    assert found
    for code in found:
        text = re.sub(r'^BASE <- "data"', f'BASE <- "{site}/data"', code, flags=re.MULTILINE)
        assert subprocess.run(["Rscript", "-e", text], check=False).returncode == 0


def test_the_sentence_opens_in_place(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    link = page.locator("a.figure").first
    before = page.url
    link.click()
    quote = page.locator(".evidence q, .ev q").first
    quote.wait_for()
    assert page.url == before
    page.close()


def test_without_scripts_a_figure_is_a_plain_link(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.locator("a.figure").first.click()
    assert "/evidence/" in page.url
    context.close()
