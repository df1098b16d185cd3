"""What changes by place or time and is not a number: trees of levels, lists of words."""

from collections.abc import Mapping
from functools import cache, partial

from disclosure.package.shipped import shipped

_table = partial(shipped, "quality")


@cache
def kinds(tree: str, level_1: str) -> Mapping[str, str]:
    """Level two as forms write it, without 指标, to its kind; empty where the tree has no such level one."""
    return {
        word: row["kind"]
        for row in _table("trees")
        if (row["tree"], row["level_1"]) == (tree, level_1)
        for word in row["level_2"].split("|")
    }


@cache
def words(kind: str) -> frozenset[str]:
    """A list of words: placeholder (in lower case), vague, input or measure."""
    return frozenset(next(row["words"] for row in _table("words") if row["kind"] == kind).split("|"))


@cache
def alternatives(kind: str) -> str:
    """A list of words, which may say what stands before them, as alternatives of a regular expression."""
    return "|".join(sorted(words(kind), key=lambda word: (-len(word), word)))
