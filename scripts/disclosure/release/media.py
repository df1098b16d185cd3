"""What kinds of files go out: media types, and their names in the European list of file types."""

import csv
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath


@cache
def _table() -> dict[str, tuple[str, str]]:
    text = (files("disclosure.release") / "media.csv").read_text(encoding="utf-8")
    return {
        line["suffix"]: (line["media_type"], line["file_type"]) for line in csv.DictReader(text.splitlines())
    }


def media_type(path: str) -> str:
    """The media type of a file by its name."""
    return _table().get(PurePosixPath(path).suffix, ("application/octet-stream", ""))[0]


def file_type(path: str) -> str:
    """Its name in the European list of file types; empty where that has none."""
    return _table().get(PurePosixPath(path).suffix, ("", ""))[1]
