"""What a reader can and cannot measure in the goals as they are worded: facts, no verdict."""

import re
from dataclasses import dataclass
from functools import cache

from disclosure.model import Row
from disclosure.quality.lists import alternatives
from disclosure.website import project
from disclosure.website.desk import Desk

MOST = 10  # goals of a year shown on one page; the rest stand on the pages of their projects
PROJECTS = "projects/"  # the list of the projects of the year in front
_DEADLINE = re.compile(
    r"(?:\d{4}(?:\s*[-—–~～至]\s*\d{4})?\s*年(?:\d{1,2}\s*月)?|\d{1,2}\s*月|年)(?:底|末)?(?:之?前|内)?"
)
_DATED = re.compile(r"\d|前|内|底|末")


@dataclass(frozen=True, slots=True)
class GoalText:
    """A goal as written, and the quantities, units and dates that stand in it."""

    row: Row
    url: str
    quantities: tuple[str, ...]
    units: tuple[str, ...]
    dates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoalTexts:
    """The first goals of a year, how many more there are, and the list of all its projects."""

    year: int
    url: str
    goals: tuple[GoalText, ...]
    more: int


@cache
def _quantity() -> re.Pattern[str]:
    """A number with its unit; a day is one of a date."""
    digits = "0-9零一二两三四五六七八九十百千"
    return re.compile(rf"[{digits}][{digits}万亿.,]*\s*[万亿]??({alternatives('measure')})(?<!日)")


def goal_texts(desk: Desk) -> tuple[GoalTexts, ...]:
    """What can be measured in the goals of listed projects, by year, as far as there are goals."""
    sites = (desk.site, *desk.site.others)
    found = (
        (site, [row for row in desk.package.rows("projects", site.year) if row.text("goal")])
        for site in sites
    )
    return tuple(
        GoalTexts(site.year, site.at(PROJECTS), tuple(map(_goal, rows[:MOST])), max(0, len(rows) - MOST))
        for site, rows in found
        if rows
    )


def _goal(row: Row) -> GoalText:
    goal = row.text("goal")
    found = list(_quantity().finditer(goal))
    return GoalText(
        row=row,
        url=project.url(row),
        quantities=tuple(dict.fromkeys(match.group() for match in found)),
        units=tuple(dict.fromkeys(match.group(1) for match in found)),
        dates=tuple(dict.fromkeys(date for date in _DEADLINE.findall(goal) if _DATED.search(date))),
    )
