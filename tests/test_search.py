"""Search: what people type finds its page in the first three hits, what is not there finds nothing."""

import csv
import gzip
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from shutil import copytree
from urllib.parse import urlsplit

import pytest
from conftest import ROOT, served
from disclosure.cli import main
from disclosure.model import Package
from disclosure.package.computed import computed
from disclosure.package.load import load
from disclosure.website.desk import desk
from disclosure.website.edition import Site
from disclosure.website.index import Entry, index_files, searchable
from disclosure.website.search import entries, read
from hypothesis import given
from hypothesis import strategies as some
from playwright.sync_api import Browser, Page, expect

with (ROOT / "tests" / "search" / "queries.csv").open(encoding="utf-8", newline="") as file:
    QUERIES = tuple((line["query"], line["page"]) for line in csv.DictReader(file))
MOST_BYTES = 200_000  # compressed, up to the first answer
FULL = os.environ.get("DISCLOSURE_PROFILE") == "full"

# Types a query as a reader does, and waits until its own answer stands there.
ASK = """async (queries) => {
  const input = document.getElementById("search-words");
  const status = document.getElementById("search-status");
  const answers = [];
  for (const query of queries) {
    status.textContent = "";
    input.value = query;
    input.form.requestSubmit();
    for (let wait = 0; wait < 500 && !/找到/u.test(status.textContent); wait += 1)
      await new Promise((done) => setTimeout(done, 10));
    const links = [...document.querySelectorAll("#search-found a")].slice(0, 3);
    answers.push([status.textContent, links.map((link) => link.href)]);
  }
  return answers;
}"""


@contextmanager
def searching(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}search/")
    yield page
    page.close()
    assert errors == []


def wrong(page: Page, address: str, queries: tuple[tuple[str, str], ...]) -> list[str]:
    """The queries whose page is not among the first three hits, and those that find what is not there."""
    answers = page.evaluate(ASK, [query for query, _ in queries])
    found = []
    for (query, wanted), (status, links) in zip(queries, answers, strict=True):
        right = f"{address}{wanted}" in links if wanted else not links and status.startswith("没有找到")
        if not right:
            found.append(f"{query}: {status} {[link.removeprefix(address) for link in links]}")
    return found


def test_real_queries_find_their_page_and_absent_terms_find_nothing(browser: Browser, address: str) -> None:
    assert len([query for query, page in QUERIES if page]) >= 40
    with searching(browser, address) as page:
        assert "\n".join(wrong(page, address, QUERIES)) == ""


def test_hits_show_title_kind_and_the_words_as_they_stand(browser: Browser, address: str) -> None:
    with searching(browser, address) as page:
        page.fill("#search-words", "小微水体、大学城中心湖")
        hit = page.locator("#search-found li").first
        hit.wait_for()
        assert "（街）河涌整治工程项目 项目" in hit.inner_text()
        assert "九个小微水体、大学城中心湖管理服务采购项目" in hit.locator("p").inner_text()
        assert hit.locator("mark").first.inner_text() == "小微水体、大学城中心湖"
        assert page.locator("[role=status]").inner_text().startswith("找到 ")


def test_a_search_is_shared_by_its_address_and_works_by_keyboard(browser: Browser, address: str) -> None:
    with searching(browser, address) as page:
        page.focus("#search-words")
        page.keyboard.insert_text("环卫")  # as input methods do
        page.keyboard.press("Control+A")
        page.keyboard.press("Control+X")
        expect(page.locator("#search-status")).to_have_text("")
        page.keyboard.press("Control+V")
        page.locator("#search-found li").first.wait_for()
        page.keyboard.press("Enter")
        page.locator("#search-found li").first.wait_for()
        shared = page.url
        assert shared.endswith("?q=%E7%8E%AF%E5%8D%AB")
        first = page.locator("#search-found a").first.get_attribute("href")
        page.goto(address)
        page.goto(shared)
        page.locator("#search-found li").first.wait_for()
        assert page.locator("#search-found a").first.get_attribute("href") == first
        page.focus("#search-words")
        stops = []
        for _ in range(4):
            page.keyboard.press("Tab")
            stops.append(page.evaluate("document.activeElement.href ?? document.activeElement.type"))
        assert first in stops


def test_nothing_is_sought_while_an_input_method_composes(browser: Browser, address: str) -> None:
    with searching(browser, address) as page:
        client = page.context.new_cdp_session(page)
        page.focus("#search-words")
        client.send("Input.imeSetComposition", {"text": "huanwei", "selectionStart": 7, "selectionEnd": 7})
        page.wait_for_timeout(400)
        assert page.locator("#search-status").inner_text() == ""
        client.send("Input.insertText", {"text": "环卫"})
        page.locator("#search-found li").first.wait_for()


def test_without_scripts_search_leads_to_the_lists(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}search/?q=x")
    assert page.locator("noscript a, main p a").first.is_visible()
    assert "JavaScript" in page.locator("main").inner_text()
    context.close()


def test_from_a_folder_search_says_so(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "search" / "index.html").as_uri())
    assert "从文件夹里直接打开时不能搜索" in page.locator("#search-status").inner_text()
    page.close()


def test_hostile_words_stay_words(browser: Browser, address: str, site: Path, tmp_path: Path) -> None:
    """In titles, texts and queries."""
    hostile = (
        "<img src=x onerror=alert(1)> \"'><script>alert(2)</script> {{ 7*7 }} ${7*7} javascript:alert(3)"
    )
    folder = copytree(site, tmp_path / "site")
    for path, content in index_files([Entry("money/", hostile, hostile, hostile)]):
        (folder / path).write_bytes(content)
    with served(folder) as place, searching(browser, place) as page:
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        for query in (hostile, "<img src=x", "{{", "(.*", "\\", "[", "'\">", "</script>"):
            page.fill("#search-words", query)
            page.press("#search-words", "Enter")
            page.wait_for_timeout(250)
            assert page.locator("#search-found img, #search-found script").count() == 0
        page.fill("#search-words", "onerror=alert")
        page.locator("#search-found li").first.wait_for()
        assert page.locator("#search-found a").first.inner_text() == hostile


@given(
    some.lists(some.text("预算执行率12,.ＡａＢ \n①", max_size=12), max_size=6),
    some.text("预算执行1Ａa", max_size=4),
)
def test_the_index_knows_every_pair_and_character(texts: list[str], title: str) -> None:
    made = dict(index_files(Entry("", title, "", text) for text in texts))
    assert made == dict(index_files(Entry("", title, "", text) for text in texts))
    pieces = [searchable(text) for text in [title] * len(texts) + texts]
    row = "".join(piece + "\0" for piece in pieces)
    keys = known(made)
    for at in range(len(row) - 1):
        if "\0" not in row[at : at + 2]:
            assert at in keys["-".join(f"{ord(letter):x}" for letter in row[at : at + 2])]
    pairs = sum(max(0, len(piece) - 1) for piece in pieces)
    assert sum(len(places) for key, places in keys.items() if "-" in key) == pairs


def known(made: dict[str, bytes]) -> dict[str, list[int]]:
    """Places by key, from the files of an index."""
    return {
        key: list(accumulate(steps))
        for path, content in made.items()
        if path.rpartition("/")[2].split(".")[0].isdecimal()
        for key, steps in json.loads(content).items()
    }


def test_only_the_words_of_a_page_are_read() -> None:
    html = "<nav>路</nav><main><h1>题 <b>目</b></h1><p>一<br>二<a class='src'>原话</a></p><script>x</script>"
    html += "<pre>y</pre><ul><li>三</ul></main>尾"
    assert read(html) == ("题 目", "一二 三")


def test_digits_of_a_checksum_are_no_number_that_is_found() -> None:
    digest = f"{'a1' * 30}d227"
    assert read(f"<main><h1>题</h1><dl><dt>校验值<dd><code>{digest}</code></dl><p>227 项</main>") == (
        "题",
        "校验值 227 项",
    )


def test_what_the_report_leaves_out_is_not_found_with_the_sentence_of_another_figure() -> None:
    package = load(ROOT / "datapackage")[0]
    site = Site(package, 2022, computed(package, 2022), (), (), {})
    texts = {entry.title: entry.text for entry in entries(desk(site), ())}
    assert texts["财政拨款合计：调整预算数"].startswith("报告未列明 ")
    assert "19,414.6" not in texts["财政拨款合计：调整预算数"]
    assert "财政拨款年度预算数 19,414.6 万元" in texts["财政拨款合计：年度预算数"]


@pytest.mark.skipif(not FULL, reason="2,300 projects take a while: DISCLOSURE_PROFILE=full")
def test_the_same_at_2300_projects(browser: Browser, site: Path, tmp_path: Path) -> None:
    folder = copytree(site, tmp_path / "site")
    assert main(["sample", str(tmp_path / "package"), "--projects", "2300", "--full"]) == 0
    generated = load(tmp_path / "package")[0]
    year = generated.years[-1]
    real = load(ROOT / "datapackage")[0]
    both = [*_entries(real, folder), *_entries(generated, None)]
    kinds = list(dict.fromkeys(entry.kind for entry in both))  # equals stand together, as in one site
    for path, content in index_files(sorted(both, key=lambda entry: kinds.index(entry.kind))):
        (folder / path).write_bytes(content)
    projects = generated.rows("projects")[-60:]
    queries = [(row.text("name"), f"projects/{year}/{row.text('project_id')}/") for row in projects]
    queries += [(row.text("goal")[:36], f"projects/{year}/{row.text('project_id')}/") for row in projects]
    with served(folder) as address, searching(browser, address) as page:
        asked: set[str] = set()
        page.on("request", lambda request: asked.add(urlsplit(request.url).path.removeprefix("/channel/")))
        page.goto(f"{address}search/?q=19,414.60")
        page.locator("#search-found li").first.wait_for()
        sent = {path: len(gzip.compress(_file(folder / path).read_bytes(), 6)) for path in asked}
        assert len(sent) > 5, "page, style, scripts, index"
        assert sum(sent.values()) <= MOST_BYTES, sent
        assert wrong(page, address, tuple(queries)) == []
        assert "\n".join(wrong(page, address, QUERIES)) == ""


def _file(path: Path) -> Path:
    return path / "index.html" if path.is_dir() else path


def _entries(package: Package, root: Path | None) -> Iterator[Entry]:
    year = package.years[-1]
    made = Site(package, year, computed(package, year), (), (), {})
    docs = (path.relative_to(ROOT / "docs").with_suffix("").as_posix() for path in ROOT.glob("docs/**/*.md"))
    urls = sorted(
        f"{name}/".removesuffix("index/") for name in docs if name != "search" and not name.startswith("en/")
    )
    pages = [] if root is None else [(url, root / url / "index.html") for url in urls]
    written = [(url, page.read_text(encoding="utf-8")) for url, page in pages if page.exists()]
    return entries(desk(made), written)
