"""`disclosure serve` shows an edit at once: the page asked for is made anew, and nothing else is."""

import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from socket import SO_LINGER, SOL_SOCKET, create_connection
from typing import Any
from urllib.request import ProxyHandler, build_opener

import pytest
from disclosure.website import hooks, preview
from disclosure.website.serving import Serving, server
from mkdocs.commands import build as mkdocs_build
from mkdocs.structure.pages import Page
from playwright.sync_api import Browser, expect
from test_website import project

PAGE = "projects/2023/street-cleaning/"


class Site:
    """A preview behind its server, looked at when a test says so, and what it said."""

    def __init__(self, config: Path, folder: Path) -> None:
        self.said: list[str] = []
        self.serving = Serving(config, folder, self.said.append)
        self.http = server(self.serving, 0)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.http.server_port}/"

    def get(self, path: str) -> str:
        with build_opener(ProxyHandler({})).open(self.address + path, timeout=60) as answer:
            return str(answer.read().decode("utf-8"))


@pytest.fixture
def served(tmp_path: Path, good: Path) -> Iterator[Site]:
    site = Site(project(tmp_path, good), tmp_path / "serve")
    yield site
    site.http.shutdown()
    site.http.server_close()


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_an_edit_is_shown_without_a_build(
    served: Site, good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "街面保洁" in served.get(PAGE)
    assert "数据下载" in served.get("")
    rendered: list[str] = []
    real = mkdocs_build._build_page

    def seen(page: Page, *rest: Any) -> None:
        rendered.append(page.file.src_uri)
        real(page, *rest)

    monkeypatch.setattr(mkdocs_build, "_build_page", seen)
    for module, name in ((preview, "check"), (hooks, "downloads")):
        monkeypatch.setattr(module, name, lambda *_: pytest.fail("an edit needs no check and no downloads"))
    edit(good / "data" / "projects.csv", "街面保洁", "街面保洁甲")
    served.serving.look()
    assert "街面保洁甲" in served.get(PAGE)
    assert "街面保洁甲" in served.get("projects/")
    edit(tmp_path / "docs" / "about.md", "# ", "# 甲乙丙")
    served.serving.look()
    assert "甲乙丙" in served.get("about/")
    assert rendered == ["plate.md", "projects/index.md", "about.md"]
    (tmp_path / "docs" / "new.md").write_text("# 新的一页", encoding="utf-8")
    edit(tmp_path / "docs" / "assets" / "site.css", "body", "html body")
    served.serving.look()
    assert "新的一页" in served.get("new/")
    style = served.get("about/").partition('rel="stylesheet" href="../')[2].partition('"')[0]
    assert "html body" in served.get(style)


def test_what_a_build_would_refuse_stands_on_every_page_and_in_the_terminal(served: Site, good: Path) -> None:
    served.serving.build()
    assert not served.serving.problems
    assert served.get("SHA256SUMS")
    assert 'role="alert"' not in served.get(PAGE)
    edit(good / "data" / "projects.csv", "200.50", "200.51")
    served.serving.look()
    assert "200.51" in served.get(PAGE)
    served.serving.build()
    assert 'role="alert"' in served.get(PAGE)
    assert "number-in-quote" in served.get("")
    assert "number-in-quote" in served.said[-1]
    edit(good / "datapackage.json", "{", "")
    served.serving.look()
    assert "JSON" in served.get("about/") or "descriptor" in served.get("about/")


def test_a_browser_that_has_gone_on_is_nothing_to_tell(
    served: Site, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each page waits for news; an answer to one that is not open any more ended in a traceback."""
    asks = f"GET /__serve/{served.serving.version} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    for _ in range(5):
        with create_connection(("127.0.0.1", served.http.server_port)) as link:
            link.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))  # closed at once, as by a crash
            link.sendall(asks)
            time.sleep(0.1)
    edit(good / "data" / "projects.csv", "街面保洁", "街面保洁甲")
    served.serving.look()
    assert "街面保洁甲" in served.get(PAGE)
    for answering in threading.enumerate():
        if "process_request" in answering.name:
            answering.join(timeout=30)
    assert capsys.readouterr().err == ""


def test_a_page_that_is_open_loads_itself_again(served: Site, good: Path, browser: Browser) -> None:
    page = browser.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto(served.address + PAGE)
    edit(good / "data" / "projects.csv", "街面保洁", "街面保洁甲")
    served.serving.look()
    expect(page.locator("h1")).to_contain_text("街面保洁甲", timeout=60_000)
    assert problems == []
    page.close()
