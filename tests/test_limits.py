"""The page of limits says what the code holds to."""

import re
from importlib import import_module

from conftest import ROOT

ROW = re.compile(r"^\| [^|]+ \| (\d+) \| `([\w.]+)\.([A-Z_]+)` \| [^|]+ \|$", re.MULTILINE)


def test_every_bound_on_the_page_is_the_one_in_the_code() -> None:
    text = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
    found = ROW.findall(text)
    assert len(found) == text.count("\n| ") - text.count("| what |") > 15
    wrong = [
        f"{module}.{name}"
        for bound, module, name in found
        if getattr(import_module(f"disclosure.{module}"), name) != int(bound)
    ]
    assert wrong == []
