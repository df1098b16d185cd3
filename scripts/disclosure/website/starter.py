"""The site around a new package: the pages of this software, its configuration, a first thing to read."""

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from disclosure.package.shipped import text_of

CONFIG = "mkdocs.yml"
HOOKS = '''"""MkDocs' events, as the installed software handles them."""

from disclosure.website.hooks import *  # noqa: F403
'''
_TERM = re.compile(r"""\bterm\(\s*["']([^"']+)["']\s*\)""")
_IDENTITY = re.compile(r"(?m)^(  identity:\n)((?:    .*\n)+)")


def origin() -> Path:
    """Where pages, configuration and tables of this software lie: packed with it, or the tree around it."""
    code = Path(str(files("disclosure")))
    packed = code / "starter"
    return packed if packed.is_dir() else code.parents[1]


def starter(config: Any, department: str) -> Iterator[tuple[str, bytes]]:
    """Paths and bytes of everything around the package, with the pages that MkDocs would publish."""
    root = Path(config.docs_dir)
    theme = Path(str(config.theme.custom_dir)).relative_to(root).as_posix()
    hidden = config.exclude_docs
    for file in sorted(path for path in root.rglob("*") if path.is_file()):
        path = file.relative_to(root).as_posix()
        if path.startswith(f"{theme}/") or not (hidden and hidden.match_file(path)):
            yield f"docs/{path}", file.read_bytes()
    text = Path(config.config_file_path).read_text(encoding="utf-8")
    yield CONFIG, configured(text, f"{department} · 预算绩效公开").encode()
    yield "hooks.py", HOOKS.encode()
    yield "README.md", text_of("website", "starter.md").format(department=department).encode()
    yield ".gitignore", b"/site/\n/.site-*/\n__pycache__/\n"


def configured(text: str, site_name: str) -> str:
    """The configuration with another name, no identity, and the events of the installed software."""
    quoted = json.dumps(site_name, ensure_ascii=False)  # a string of JSON is one of YAML
    for key, value in (("site_name", quoted), ("hooks", "[hooks.py]"), ("watch", "[datapackage]")):
        line = f"{key}: {value}".replace("\\", r"\\")
        text = re.sub(rf"(?m)^{key}:.*$", line, text)
    return _IDENTITY.sub(lambda found: found[1] + re.sub(r"(?m)(: ).*$", r'\1""', found[2]), text)


def terms_explained(config: Any) -> frozenset[str]:
    """The terms that pages and templates link to the glossary."""
    templates = Path(str(files("disclosure.website") / "templates"))
    texts = (*Path(config.docs_dir).rglob("*.md"), *templates.rglob("*.html"))
    return frozenset(term for file in texts for term in _TERM.findall(file.read_text(encoding="utf-8")))
