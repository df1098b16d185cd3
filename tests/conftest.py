"""Fixtures: whole little packages, copied so that a test may break them, and the built site."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from disclosure.cli import main

os.environ["NO_MKDOCS_2_WARNING"] = "true"  # before Material is imported: it prints a notice

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "tests" / "packages"


def sums(text: str) -> dict[str, str]:
    """A SHA256SUMS file's digests by path."""
    lines = (line.split("  ", 1) for line in text.splitlines())
    return {path: digest for digest, path in lines}


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A copy of the small valid package."""
    return Path(shutil.copytree(PACKAGES / "good", tmp_path / "good"))


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
