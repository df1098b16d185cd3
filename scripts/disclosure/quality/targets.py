"""Indicators as they were set: in their tree, complete as a set, measurable, with words of their own."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache

from disclosure.model import Missing, Package, Problem, Row
from disclosure.quality.lists import alternatives, kinds, words
from disclosure.quality.settings import settings

_OPEN = re.compile(r"[xX×]{2,}|_{2,}|[?？]{2,}")  # a blank to be filled, whatever stands around it
# What the form asks for, left where the answer belongs: so many words at most.
_ASKED = re.compile(
    r"[（(](?:[0-9]{2,4} ?字(?:以?内|左右|以上)|(?:限|不超过|不少于) ?[0-9]{2,4} ?字[^）)]{0,2})[)）]"
)
# Numbers before a level, its points and a colon behind it; a form may set its letters apart.
_AROUND = re.compile(
    r"^(?:\d{1,2}[.、．]|[（(][一二三四五六\d]{1,2}[)）]|[一二三四五六][、.]|[①-⑨])|[（(][\d.]+[分%％]?[)）]$|[:：]$"
)
_WRITTEN = ("name", "target_as_written", "actual_as_written")


@cache
def _kind(tree: str, level_1: str, level_2: str) -> str:
    """quantity, quality and so on; empty where level two is not of that tree, or not given."""
    bare = _AROUND.sub("", "".join(level_2.split()))
    return kinds(tree, level_1).get(bare.removesuffix("指标"), "")


def is_placeholder(text: str) -> bool:
    """Whether a text stands where a value should be, and says that there is none."""
    open_ = _OPEN.search(text) or ("字" in text and _ASKED.search(text))
    return bool(open_) or text.strip().casefold() in words("placeholder")


def level_one_in_tree(package: Package) -> Iterator[Problem]:
    """Level one is one of those of the indicator's tree."""
    for row in package.rows("indicators"):
        tree, level = row.text("tree"), row.text("level_1")
        if tree and level and not kinds(tree, level):
            yield Problem(*row.place("level_1"), "level-one-in-tree", level, tree)


def level_two_in_tree(package: Package) -> Iterator[Problem]:
    """Level two, where it is given, is one of those of its level one."""
    for row in package.rows("indicators"):
        tree, one, two = row.text("tree"), row.text("level_1"), row.text("level_2")
        if two and (known := kinds(tree, one)) and not _kind(tree, one, two):
            yield Problem(*row.place("level_2"), "level-two-in-tree", two, "、".join(known))


def _present(wanted: str, column: str, expected: str) -> Callable[[Package], Iterator[Problem]]:
    """The check that each project with indicators has one of a level or kind, on whichever level it is."""

    def check(package: Package) -> Iterator[Problem]:
        for rows in package.indicators.values():
            levels = {row.text("level_1") for row in rows}
            kinds_of = {_kind(row.text("tree"), row.text("level_1"), row.text("level_2")) for row in rows}
            if wanted not in levels | kinds_of and "" not in levels:  # one that cannot be read may be it
                found = "、".join(sorted({row.text("level_2") or row.text("level_1") for row in rows}))
                yield Problem(*rows[0].place(column), f"{wanted}-present", found, expected)

    check.__name__ = f"{wanted}_present"
    return check


output_present = _present("output", "level_1", "产出")
benefit_present = _present("benefit", "level_1", "效益")
satisfaction_present = _present("satisfaction", "level_1", "满意度")
cost_present = _present("cost", "level_2", "成本")
timeliness_present = _present("timeliness", "level_2", "时效")
quality_present = _present("quality", "level_2", "质量")


def target_has_number(package: Package) -> Iterator[Problem]:
    """A quantitative indicator has a number as its target, a qualitative one none."""
    for row in package.rows("indicators"):
        value = row["target_value"]
        if value is Missing.UNREADABLE or not row.text("direction"):
            continue
        if isinstance(value, Missing) is not (row["direction"] == "qualitative"):
            found = row.text("target_as_written")[:80]
            yield Problem(*row.place("target_value"), "target-has-number", found, row.text("direction"))


def target_placeholder(package: Package) -> Iterator[Problem]:
    """Name, target and actual value of an indicator are not placeholders."""
    for row in package.rows("indicators"):
        for name in _WRITTEN:
            if (text := row.text(name)) and is_placeholder(text):
                yield Problem(*row.place(name), "target-placeholder", text[:80], "")


def target_vague(package: Package) -> Iterator[Problem]:
    """A target is more than words that fit any project."""
    vague = re.compile(rf"(?:(?:{alternatives('vague')})[的地得了和与并，、；。\s]*)+")
    for row in package.rows("indicators"):
        if vague.fullmatch(text := row.text("target_as_written")):
            yield Problem(*row.place("target_as_written"), "target-vague", text[:80], "")


def same_indicators(package: Package) -> Iterator[Problem]:
    """The same set of indicators with the same targets does not stand in several projects of a year."""
    found: dict[tuple[str, frozenset[str]], list[Row]] = defaultdict(list)
    for (year, _), rows in package.indicators.items():
        texts = frozenset(f"{row.text('name')}\n{row.text('target_as_written')}" for row in rows)
        found[year, texts].append(rows[0])
    for firsts in found.values():
        if len(firsts) >= settings(package).same_indicators:
            names = f"{len(firsts)}: {', '.join(row.text('project_id') for row in firsts)}"
            yield Problem(*firsts[0].place("name"), "same-indicators", names[:200], "")


def input_as_output(package: Package) -> Iterator[Problem]:
    """An output indicator names what was done, and not money or people put in."""
    put_in = re.compile(alternatives("input"))
    for row in package.rows("indicators"):
        match = put_in.search(row.text("name")) if row["level_1"] == "output" else None
        if match and _kind(row.text("tree"), "output", row.text("level_2")) != "cost":
            found = row.text("name")[:80]
            yield Problem(*row.place("name"), "input-as-output", found, match.group())
