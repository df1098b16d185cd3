"""Imports run strictly down, one module a third-party library, nothing names the department."""

import ast
import sys
from pathlib import Path

from conftest import ROOT

SCRIPTS = ROOT / "scripts" / "disclosure"
RANK = {"model": 0, "package": 1, "forms": 2, "quality": 2, "release": 2, "website": 3, "cli": 4}
# Libraries with a room of their own; others may not open them.
ROOMS = {
    "frictionless": {"quality/schema.py"},
    "jsonschema_rs": {"quality/schema.py"},
    "rich": {"cli/report.py"},
    "distributed": {"cli/cluster.py"},
    "rdflib": {"release/dcat.py"},
    "semver": {"package/version.py"},
    "pandas": {"release/frames.py"},
    "pyarrow": {"release/parquet.py", "quality/scan/parquet.py", "quality/scan/screen.py"},
    "xlrd": {"forms/excel97.py"},
    "xlsxwriter": {"release/workbook.py", "release/form.py", "release/sheets.py", "release/template.py"},
    "numpy": {"website/index.py"},
    "mkdocs": {"website/hooks.py", "website/publish.py", "website/preview.py"},
    "filelock": {"website/live.py", "package/replace.py"},
    "docx": {"forms/word.py"},
    "ctypes": {"package/exchange.py"},
    "jinja2": {"website/render.py"},
    "lxml": {"quality/scan/markup.py", "website/search.py"},
    "stdnum": {"quality/scan/numbers.py"},
    "pypdf": {"quality/scan/pdf.py"},
    "PIL": {"quality/scan/picture.py", "website/pictures.py"},
    "resvg_py": {"website/pictures.py"},
    "pylopdf_fonts_zh_cn": {"website/pictures.py"},
}
MODULES = sorted(path for path in SCRIPTS.rglob("*.py"))


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def layer(name: str) -> str:
    parts = name.removeprefix("disclosure.").split(".")
    return parts[0]


def test_imports_run_down() -> None:
    wrong = []
    for path in MODULES:
        room = path.relative_to(SCRIPTS).parts[0].removesuffix(".py")
        if room == "__init__":
            continue
        for name in imports(path):
            if name.startswith("disclosure."):
                other = layer(name)
                if other != room and RANK[other] >= RANK[room]:
                    wrong.append(f"{path.relative_to(SCRIPTS)} imports {name}")
    assert wrong == []


def test_each_library_has_its_room() -> None:
    wrong = [
        f"{path.relative_to(SCRIPTS)} imports {name}"
        for path in MODULES
        for name in imports(path)
        if (room := ROOMS.get(name.split(".")[0])) and path.relative_to(SCRIPTS).as_posix() not in room
    ]
    assert wrong == []


def test_modules_stay_small_and_say_what_they_are() -> None:
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert ast.get_docstring(ast.parse(text)), path
        assert len(text.splitlines()) <= 200, path


def test_nothing_but_the_package_and_the_configuration_names_the_department() -> None:
    names = ("小谷围", "番禺", "xiaoguwei")
    files = [path for folder in (SCRIPTS, ROOT / "docs") for path in folder.rglob("*") if path.is_file()]
    texts = [path for path in files if path.suffix in {".py", ".md", ".html", ".css", ".js", ".csv", ".R"}]
    decisions = ROOT / "docs" / "decisions"
    wrong = [
        path.relative_to(ROOT).as_posix()
        for path in texts
        if decisions not in path.parents
        and any(name in path.read_text(encoding="utf-8").lower() for name in names)
    ]
    assert wrong == []


def test_no_module_beside_the_hooks_bears_a_standard_name() -> None:
    """MkDocs puts a hook's folder first on the path, where such a module would stand before Python's own."""
    assert not {path.stem for path in (SCRIPTS / "website").glob("*.py")} & set(sys.stdlib_module_names)
