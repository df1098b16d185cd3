"""Tables and phrases that come with the software, in which language it speaks, and files that we write."""

import csv
import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from io import StringIO


def language(environment: Mapping[str, str]) -> str:
    """`zh` where the locale is Chinese, else `en`; POSIX's order of the variables that set it."""
    names = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next(filter(None, names), "").lower().startswith("zh") else "en"


def text_of(part: str, name: str) -> str:
    """The text of a file beside the modules of a part of the software."""
    return (files(f"disclosure.{part}") / name).read_text(encoding="utf-8")


def shipped(part: str, name: str) -> list[dict[str, str]]:
    """The rows of a CSV file there, as they are written."""
    return list(csv.DictReader(StringIO(text_of(part, f"{name}.csv"))))


@cache
def phrases(part: str, name: str, language: str) -> Mapping[str, str]:
    """What a part of the software says, by name, in a language: a CSV file with a column for each."""
    return {line["name"]: line[language] for line in shipped(part, name)}


def csv_of(lines: Iterable[Iterable[object]]) -> str:
    """Lines as the text of a CSV file."""
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue()


def json_of(value: object, indent: int = 2) -> bytes:
    """A value as a JSON file that people can read."""
    return f"{json.dumps(value, ensure_ascii=False, indent=indent)}\n".encode()
