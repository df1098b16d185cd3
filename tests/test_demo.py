"""The demonstration: a fictional department in full, marked on every page, never in the real site."""

import shutil
from pathlib import Path

import pytest
from conftest import ROOT
from disclosure.cli import main


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as `make demo` builds it, with fewer projects."""
    root = tmp_path_factory.mktemp("demo")
    for name in ("docs", "scripts", "datapackage"):
        (root / name).symlink_to(ROOT / name)
    for name in ("mkdocs.yml", "mkdocs-demo.yml"):
        shutil.copy(ROOT / name, root / name)
    assert main(["sample", str(root / ".demo" / "datapackage"), "--projects", "23", "--full"]) == 0
    config = str(root / "mkdocs-demo.yml")
    assert main(["build", "--config", config, "--site", str(root / "site-demo")]) == 0
    return root / "site-demo"


def test_every_page_of_the_demonstration_says_that_it_is_invented(demo: Path) -> None:
    pages = list(demo.rglob("*.html"))
    assert len(pages) > 23
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert "虚构数据演示" in html, page
        assert '<meta name="robots" content="noindex,nofollow">' in html, page
    assert (demo / "robots.txt").read_text(encoding="utf-8") == "User-agent: *\nDisallow: /\n"


def test_the_demonstration_shows_full_coverage(demo: Path) -> None:
    home = (demo / "index.html").read_text(encoding="utf-8")
    assert "全部公开了完整的目标表" in home
    assert "连名称都查不到" not in home
    assert "还有什么没有公开" not in home
    assert "全部公开" in (demo / "ledger" / "index.html").read_text(encoding="utf-8")


def test_the_real_site_bears_no_mark_of_the_demonstration(site: Path) -> None:
    assert not any("虚构数据演示" in page.read_text(encoding="utf-8") for page in site.rglob("*.html"))
    assert not any('name="robots"' in page.read_text(encoding="utf-8") for page in site.rglob("*.html"))


def test_the_demonstration_is_built_beside_the_real_site_and_not_tracked() -> None:
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert recipe.count("--site site-demo") == recipe.count("--config mkdocs-demo.yml --site site-demo") == 1
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/site-demo/", "/.demo/"} <= set(ignored)
