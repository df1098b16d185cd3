"""In a real browser: no error, no foreign request, no sideways scrolling; a hostile cell stays text."""

import csv
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import cycle
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import FULL, PACKAGES, ROOT, served
from disclosure.model import Missing, Package, Row, Table, Value
from disclosure.package.load import load
from disclosure.quality.report import results
from disclosure.website.headers import META
from disclosure.website.publish import configuration, publish
from lxml import html
from playwright.sync_api import Browser, Page

WIDTHS = (320, 390, 768, 1280)
WATCH = """
window.pwned = () => { window.ran = true };
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`refused: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""
# Everything a page offers: opened, chosen, and the sentences behind its first figures.
PRESS = """async () => {
  for (const part of document.querySelectorAll("details")) part.open = true;
  for (const part of document.querySelectorAll(".view button, button.take")) part.click();
  for (const link of [...document.querySelectorAll("main a.figure")].slice(0, 3)) {
    if (!link.closest(".ev")) link.click();
  }
  await new Promise((done) => setTimeout(done, 60));
}"""


@dataclass
class Watched:
    """A page, what it asked for, and what it complained about."""

    page: Page
    asked: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@contextmanager
def watched(browser: Browser, **settings: object) -> Iterator[Watched]:
    """A page of its own whose requests, errors, refusals and dialogs are noted."""
    context = browser.new_context(**settings)  # type: ignore[arg-type]
    context.add_init_script(WATCH)
    made = Watched(context.new_page())
    made.page.on("request", lambda request: made.asked.append(request.url))
    made.page.on(
        "console",
        lambda message: made.errors.append(message.text) if message.type in ("error", "warning") else None,
    )
    made.page.on("pageerror", lambda error: made.errors.append(str(error)))
    yield made
    context.close()


def addresses(pages: Iterable[str]) -> list[str]:
    return [path.removesuffix("index.html") for path in pages if path != "404.html"]


def test_every_page_carries_the_policy_before_anything_that_loads(pages: dict[str, html.HtmlElement]) -> None:
    assert "unsafe" not in META.replace("'wasm-unsafe-eval'", "")
    for path, tree in pages.items():
        (policy,) = tree.xpath("//head/meta[@http-equiv='Content-Security-Policy']")
        assert policy.get("content") == META, path
        assert not policy.xpath("preceding-sibling::*[@src or @href]"), path
        assert not tree.xpath("//@style | //style | //@*[starts-with(name(), 'on')]"), path
        scripts = tree.xpath("//script[not(@src)]")
        assert {script.get("type") for script in scripts} <= {"application/ld+json"}, path


def test_the_headers_file_holds_the_same_policy(site: Path) -> None:
    text = (site / "_headers").read_text(encoding="utf-8")
    assert text.startswith("/*\n")
    assert f"  Content-Security-Policy: {META}; frame-ancestors 'self'\n" in text


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_ask_no_other_host_log_no_error_and_never_scroll_sideways(
    browser: Browser, address: str, pages: dict[str, html.HtmlElement], width: int
) -> None:
    wide = []
    with watched(browser, viewport={"width": width, "height": 900}) as seen:
        for path in addresses(pages):
            seen.page.goto(address + path)
            if seen.page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            ):
                wide.append(path)
    assert {url for url in seen.asked if not url.startswith(address)} == set()
    assert seen.errors == []
    assert wide == []


def test_nothing_is_refused_when_everything_on_a_page_is_pressed(
    browser: Browser, address: str, pages: dict[str, html.HtmlElement]
) -> None:
    with watched(browser) as seen:
        for path in addresses(pages) if FULL else ["", "money/", "data/", "ledger/", "projects/"]:
            seen.page.goto(address + path)
            seen.page.evaluate(PRESS)
        assert not seen.page.evaluate("window.ran")
    assert {url for url in seen.asked if not url.startswith(address)} == set()
    assert seen.errors == []


def test_pages_work_from_a_folder(browser: Browser, site: Path) -> None:
    """Links lead to pages, the style is there, and a figure leads to its sentence."""
    with watched(browser) as seen:
        seen.page.goto((site / "index.html").as_uri())
        assert seen.page.evaluate("getComputedStyle(document.body).marginTop") == "0px"
        seen.page.locator(".top nav a", has_text="收支").click()
        seen.page.wait_for_url("**/money/index.html")
        seen.page.locator("main a.figure").first.click()
        seen.page.wait_for_url("**/evidence/**/index.html#*")
        assert seen.page.locator(":target").count() == 1
    assert seen.errors == []


CELLS = (ROOT / "tests" / "hostile.csv").read_text(encoding="utf-8")
HOSTILE = [row["value"] for row in csv.DictReader(CELLS.splitlines())]


def free(table: Table) -> list[str]:
    """Columns of free text: no keys, no references, no lists of values, nothing with a pattern."""
    bound = {*table.key, *(name for found in table.references for name in found.fields)}
    return [
        column.name
        for column in table.fields
        if column.type == "string"
        and column.name not in bound
        and not column.labels
        and not {"enum", "pattern"} & set(column.constraints)
    ]


def poisoned(package: Package) -> Package:
    """The package with a hostile value in every cell of free text, and in the descriptor's names."""
    values = cycle(HOSTILE)

    def cell(row: Row, name: str, columns: list[str]) -> Value:
        return next(values) if name in columns and not isinstance(row[name], Missing) else row[name]

    def table(found: Table) -> Table:
        columns = free(found)
        rows = tuple(
            replace(row, values=tuple(cell(row, name, columns) for name in row.places)) for row in found.rows
        )
        names = {name: next(values) for name in ("title", "title_en", "description", "description_en")}
        return replace(found, rows=rows, **names)  # type: ignore[arg-type]

    names = {name: next(values) for name in ("title", "title_en", "description", "description_en")}
    publisher = {name: next(values) for name in ("name", "short_name", "name_en")}
    descriptor = {**package.descriptor, **names, "publisher": publisher, "keywords": HOSTILE}
    return Package(descriptor, {name: table(found) for name, found in package.tables.items()}, package.files)


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A site of the poisoned package: the check refuses such cells, and the pages must not rely on it."""
    target = tmp_path_factory.mktemp("hostile") / "site"
    config = configuration(ROOT / "mkdocs.yml")
    config.site_name = HOSTILE[0]
    package, problems = load(PACKAGES / "good")
    assert problems == []
    publish(config, poisoned(package), results(package, []), target)
    with served(target) as address:
        yield target, address


def test_hostile_cells_stay_text_on_every_page(browser: Browser, hostile_site: tuple[Path, str]) -> None:
    assert len(HOSTILE) >= 30
    site, address = hostile_site
    shown = ""
    with watched(browser) as seen:
        for path in sorted(site.rglob("*.html")):
            where = path.relative_to(site).as_posix()
            if where == "404.html":
                continue
            seen.page.goto(address + where)
            assert seen.page.url == address + where
            seen.page.evaluate(PRESS)
            assert not seen.page.evaluate("window.ran"), where
            assert seen.page.locator("iframe, object, embed, base, style, img[src=x]").count() == 0, where
            shown += seen.page.title() + seen.page.locator("body").inner_text()
    assert {url for url in seen.asked if not url.startswith(address)} == set()
    assert seen.errors == []
    assert [value for value in HOSTILE if " ".join(value.split()) not in " ".join(shown.split())] == []


def test_hostile_cells_stay_values_in_everything_machines_read(hostile_site: tuple[Path, str]) -> None:
    site, _ = hostile_site
    for path in site.rglob("*"):
        if path.suffix in (".xml", ".svg", ".atom", ".rss"):
            ElementTree.fromstring(path.read_bytes())
        elif path.suffix in (".json", ".jsonld", ".geojson"):
            json.loads(path.read_bytes())
        elif path.suffix == ".html":
            for block in html.fromstring(path.read_text(encoding="utf-8")).iter("script"):
                if block.get("type") == "application/ld+json":
                    json.loads(block.text or "")
