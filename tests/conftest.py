"""Fixtures: whole little packages, copied so that a test may break them, and the built site."""

import http.server
import os
import re
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from disclosure.cli import main
from faults import covered
from lxml import html
from playwright.sync_api import Browser, sync_playwright

os.environ["NO_MKDOCS_2_WARNING"] = "true"  # before Material is imported: it prints a notice
# A shell has what runs behind it ignore SIGINT, and so would the commands that tests tell to end.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "tests" / "packages"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FULL = os.environ.get("DISCLOSURE_PROFILE") == "full"


def sums(text: str) -> dict[str, str]:
    """A SHA256SUMS file's digests by path."""
    lines = (line.split("  ", 1) for line in text.splitlines())
    return {path: digest for digest, path in lines}


def around(package: Path) -> Path:
    """The configuration of a site around a package, written beside it."""
    for name in ("docs", "scripts"):
        (package.parent / name).symlink_to(ROOT / name)
    config = re.sub(r"\bdatapackage\b", package.name, (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    (package.parent / "mkdocs.yml").write_text(config, encoding="utf-8")
    return package.parent / "mkdocs.yml"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Figures that tests record, in whichever process they ran, are told at the end."""
    for report in terminalreporter.stats.get("passed", []):
        for name, figure in report.user_properties:
            terminalreporter.write_line(f"{name:20} {figure}")


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A copy of the small valid package."""
    return Path(shutil.copytree(PACKAGES / "good", tmp_path / "good"))


@pytest.fixture
def roomy(good: Path) -> Path:
    """The good package, in which twenty targets are declared, so that there is room for more."""
    due = (
        ("data/coverage.csv", "2023,5,", "2023,20,"),
        ("data/citations.csv", "应申报绩效目标 5 项", "应申报绩效目标 20 项"),
    )
    for path, old, new in (*covered("20", "100", "5"), *due):
        file = good / path
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert main(["seal", str(good)]) == 0
    return good


@pytest.fixture
def change(good: Path) -> Callable[[str, str, str], Path]:
    """Change one thing in a file of the good package and seal it again: `change(file, old, new)`."""

    def changed(path: str, old: str, new: str) -> Path:
        file = good / path
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        file.write_text(text.replace(old, new), encoding="utf-8")
        assert main(["seal", str(good)]) == 0
        return good

    return changed


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built once by the command that publishes it."""
    target = tmp_path_factory.mktemp("built") / "site"
    assert main(["build", "--site", str(target), "--config", str(ROOT / "mkdocs.yml")]) == 0
    return target


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, html.HtmlElement]:
    """Every page of the built site, parsed, by its path."""
    return {
        path.relative_to(site).as_posix(): html.fromstring(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder served below a sub-path of a local server, as a channel of a larger portal."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            return super().translate_path(path.removeprefix("/channel"))

        def log_message(self, *_: object) -> None:
            pass

        def copyfile(self, source: Any, outputfile: Any) -> None:
            with suppress(ConnectionError):  # of a browser that has gone on to another page
                super().copyfile(source, outputfile)

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/channel/"
        server.shutdown()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of the real site on a local server."""
    with served(site) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; where it must be there, its absence fails."""
    if CHROMIUM is None:
        if os.environ.get("DISCLOSURE_REQUIRE_BROWSER"):
            pytest.fail("Chromium is required here and not installed")
        pytest.skip("Chromium is not installed")
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield started
        started.close()
