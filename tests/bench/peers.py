"""The others: what each is given, in the form that its own documentation teaches, and how it is run."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from facts import Facts, read

HERE = Path(__file__).resolve().parent / "peers"
ROOT = HERE.parents[2]
BIN = Path(sys.executable).parent
ELEVENTY = Path(sys.prefix) / "eleventy" / "node_modules" / "@11ty" / "eleventy"
_LEFT_OUT = ("URL", "LINKED", "BEFORE", "BEFORE_URL", "AFTER", "AFTER_URL")
CRUMBS = '<li><a href="../../../">首页</a></li><li><a href="../../../projects/">项目</a></li>'
# Pages outside the navigation: with them in it, each page would list all the others.
MATERIAL = """site_name: 样例
theme: {name: material, language: zh, font: false}
plugins: [search, {macros: {module_name: main, on_error_fail: true}}]
markdown_extensions: [attr_list, md_in_html]
nav: [index.md]
not_in_nav: projects/
validation: {nav: {omitted_files: ignore}, links: {not_found: ignore, unrecognized_links: ignore}}
"""
MAIN = """import json
from pathlib import Path
from jinja2 import Environment, FileSystemLoader

HERE = Path(__file__).parent
LAYOUT = Environment(loader=FileSystemLoader(HERE), autoescape=True).get_template("blocks.html")

def define_env(env):
    @env.macro
    def project(id):
        blocks = json.loads((HERE / "facts" / f"{id}.json").read_text("utf-8"))
        return LAYOUT.module.project(blocks).replace("\\n", " ").strip()
"""
HUGO = """baseURL = "https://example.org/"
disableKinds = ["home", "section", "taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"]
"""
ELEVENTY_CONFIG = """module.exports = (config) => {
  config.setQuietMode(true);
  return { dir: { input: "input", includes: "../layouts", output: "out" } };
};
"""


@dataclass(frozen=True)
class Peer:
    """A builder: its version (empty where not installed), its input, its command, run in that folder."""

    name: str
    version: str
    fill: Callable[[Path, Path, str], None]
    command: tuple[str, ...]
    out: str


def _python(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _filled(plate: str, **instead: str) -> str:
    """The plate with a peer's own words for the tokens."""
    values = {"COLUMN": "项目", "INDEX": "", "CRUMBS": CRUMBS, **dict.fromkeys(_LEFT_OUT, ""), **instead}
    for token, value in values.items():
        plate = plate.replace(f"@@{token}@@", value)
    return plate


def _material(folder: Path, said: Path, plate: str) -> None:
    del plate  # its shell is the theme's
    for name, text in (("mkdocs.yml", MATERIAL), ("main.py", MAIN), ("docs/index.md", "# 样例\n")):
        _put(folder / name, text)
    shutil.copy(HERE / "blocks.html", folder)
    for page in read(said):
        _put(folder / "facts" / f"{page['id']}.json", json.dumps(page["blocks"], ensure_ascii=False))
        head = {"title": page["title"], "description": page["description"]}
        text = f"{_front(head)}\n{{{{ project({page['id']!r}) }}}}\n"
        _put(folder / "docs" / f"{page['url'].rstrip('/')}.md", text)


def _front(head: Facts) -> str:
    return f"---\n{json.dumps(head, ensure_ascii=False)}\n---\n"


def _hugo(folder: Path, said: Path, plate: str) -> None:
    blocks = '{{ template "blocks" (os.ReadFile (print "facts/" .Params.file) | transform.Unmarshal) }}'
    layout = _filled(plate, TITLE="{{ .Title }}", DESCRIPTION="{{ .Description }}", BODY=blocks)
    _put(folder / "hugo.toml", HUGO)
    _put(folder / "layouts" / "_default" / "single.html", (HERE / "hugo.html").read_text("utf-8") + layout)
    for page in read(said):
        _put(folder / "facts" / f"{page['id']}.json", json.dumps(page["blocks"], ensure_ascii=False))
        head = {"title": page["title"], "description": page["description"], "file": f"{page['id']}.json"}
        _put(
            folder / "content" / f"{page['url'].rstrip('/')}.md", json.dumps(head, ensure_ascii=False) + "\n"
        )


def _eleventy(folder: Path, said: Path, plate: str) -> None:
    layout = _filled(
        plate, TITLE="{{ title }}", DESCRIPTION="{{ description }}", BODY='{% include "blocks.html" %}'
    )
    _put(folder / "eleventy.config.cjs", ELEVENTY_CONFIG)
    _put(folder / "layouts" / "page.njk", layout)
    text = (HERE / "blocks.html").read_text("utf-8")
    _put(folder / "layouts" / "blocks.html", text + "{{ project(blocks) }}")
    for page in read(said):
        head = {**{name: page[name] for name in ("title", "description", "blocks")}, "layout": "page.njk"}
        front = f"---json\n{json.dumps(head, ensure_ascii=False)}\n---\n"
        _put(folder / "input" / f"{page['url'].rstrip('/')}.njk", front)


def peers() -> Iterator[Peer]:
    """All of them; those without a version are not installed."""
    material = f"{_python('mkdocs-material')} + macros {_python('mkdocs-macros-plugin')}"
    yield Peer("mkdocs-material", material, _material, (str(BIN / "mkdocs"), "build", "-q"), "site")
    anew = (str(BIN / "zensical"), "build", "--clean")  # it keeps what it made for the next time
    yield Peer("Zensical", _python("zensical"), _material, anew, "site")
    hugo = next((BIN.parent.glob("lib/*/site-packages/hugo/binaries/hugo*")), None)
    yield Peer("Hugo", _python("hugo") if hugo else "", _hugo, (str(hugo), "--quiet"), "public")
    package = ELEVENTY / "package.json"
    found = json.loads(package.read_text("utf-8"))["version"] if package.exists() else ""
    command = ("node", str(ELEVENTY / "cmd.cjs"), "--config=eleventy.config.cjs", "--quiet")
    yield Peer("Eleventy", found, _eleventy, command, "out")
