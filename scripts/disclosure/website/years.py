"""Pages of each year: a front page is written once, and shown for every other year that has rows of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from disclosure.package.figures import Figure
from disclosure.website.desk import Desk
from disclosure.website.desk import desk as desk_of
from disclosure.website.edition import Site
from disclosure.website.money import money

OF = "of"  # in the front matter of a page: the tables whose rows of a year make a page of that year
FIRST = (("money/", "appropriations"), ("ledger/", "coverage projects"))  # where a year's pages begin
YEAR = "year"  # in that of a page of a year that is not in front
# Front matter with `of`, then the heading up to its colon: `# name：what the page tells`.
_HEAD = re.compile(r"---\n(?P<meta>(?:\S.*\n)*?of: (?P<of>.+)\n(?:\S.*\n)*?)---\s+# (?P<name>[^：\n]+)")


@dataclass(frozen=True, slots=True)
class Years:
    """The year of a page, and the same page in other years: year and address below the root, latest first."""

    year: int
    others: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Annual:
    """A year in short: budget, final accounts, execution; targets declared, disclosed, public in full."""

    year: int
    url: str
    figures: tuple[Figure, ...]


def by_year(desk: Desk) -> tuple[Annual, ...]:
    """Every year in short, latest first; nothing where there is one only."""
    desks = (desk, *map(desk_of, desk.site.others))
    return tuple(map(_annual, sorted(desks, key=_year, reverse=True))) if len(desks) > 1 else ()


def _annual(desk: Desk) -> Annual:
    total = money(desk).total
    targets = [desk.keyed("coverage", "", name) for name in ("declared_count", "disclosed_count")]
    first = next((url for url, of in FIRST if _is_known(desk.site, of, desk.year)), "")
    figures = (total.budget, total.final, total.rate, *targets, desk.computed("targets.full"))
    return Annual(desk.year, desk.site.at(first) if first else "", figures)


def _year(desk: Desk) -> int:
    return desk.year


def years(site: Site, url: str, of: str) -> Years:
    """The years of a page of the site in its year; `of` names tables, `url` is that of the page in front."""
    found = [year for year in site.other_years if year == site.front or _is_known(site, of, year)]
    return Years(site.year, tuple((year, site.at(url, year)) for year in found))


def year_pages(site: Site, written: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Path and text of the pages of other years, from those in front: `money/2022.md` beside `money.md`."""
    for path, text in written:
        if page := _HEAD.match(text):
            for year in site.other_years:
                if _is_known(site, page["of"], year):
                    yield f"{path.removesuffix('.md')}/{year}.md", _of_year(page, year)


def _is_known(site: Site, of: str, year: int) -> bool:
    return any(site.package.rows(table, year) for table in of.split())


def _of_year(page: re.Match[str], year: int) -> str:
    """The text of a page with its year in the title and in the heading."""
    title = f"{page['name']}（{year} 年）"
    rest = page.string[page.end() :]
    return f"---\n{page['meta']}title: {title}\n{YEAR}: {year}\n---\n# {title}{rest}"
