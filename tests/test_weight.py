"""What the front page costs a reader: bytes, requests, and whether anything moves while it loads."""

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import FULL
from lxml import html
from playwright.sync_api import Browser

MOST_BYTES, MOST_REQUESTS = 120_000, 10
SHIFTS = """
window.moved = 0;
new PerformanceObserver((list) => { for (const shift of list.getEntries()) window.moved += shift.value; })
  .observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("width", [390, 1280])
def test_the_front_page_is_light(browser: Browser, address: str, site: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="networkidle")
    page.close()
    paths = [urlsplit(url).path.removeprefix("/channel/") or "index.html" for url in asked]
    sizes = {path: len(gzip.compress((site / path).read_bytes(), 6)) for path in paths}
    assert len(paths) <= MOST_REQUESTS, paths
    assert sum(sizes.values()) <= MOST_BYTES, sizes


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_a_page_loads(
    browser: Browser, address: str, pages: dict[str, html.HtmlElement], width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.add_init_script(SHIFTS)
    moved = {}
    for path in (
        pages if FULL else ["index.html", "projects/index.html", "money/index.html", "data/index.html"]
    ):
        page.goto(address + path, wait_until="networkidle")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        moved[path] = page.evaluate("window.moved")
    page.close()
    assert {path: by for path, by in moved.items() if by} == {}
