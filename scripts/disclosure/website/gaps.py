"""What is known to exist and cannot be read: a page for each kind of gap, with a letter that asks for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from disclosure.model import Missing, Row
from disclosure.package.figures import Citation, Figure, citation
from disclosure.package.shipped import shipped
from disclosure.website.desk import Desk
from disclosure.website.evidence import row_name
from disclosure.website.permalink import COMPUTED, PROJECTS, row_url

MOST = 100  # missing ids a letter; further ones have letters of their own
_QUOTED = 20
_ASKING = ("disclosure-request", "disclosure-office", "disclosure-on-request")  # terms that say how to ask
_OPEN = ("full", "withheld")  # states that leave nothing to ask for


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of gaps.csv: columns of which none says what one leaves open, or computed figures not nil.

    `year` is empty for the one in front.
    """

    gap_id: str
    resource: str
    what: str
    title: str
    says: str
    asks: str
    year: str = ""

    @property
    def url(self) -> str:
        """Its page, below the site's root."""
        return f"gaps/{self.year}/{self.gap_id}/" if self.year else f"gaps/{self.gap_id}/"

    @property
    def name(self) -> str:
        """What it is called among all years."""
        return f"{self.title}（{self.year} 年）" if self.year else self.title


@dataclass(frozen=True, slots=True)
class Lacking:
    """One thing that is missing: its id in the data, its name, official code and evidence."""

    id: str
    name: str
    code: str
    url: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A kind of gap as a package has it: figures where it is a number, the sentences that say it exists.

    `known` are rows of the same kind that are not missing; `part` counts the letters, from 1.
    """

    kind: Kind
    url: str
    part: int
    parts: int
    body: str
    year: int
    figures: tuple[Figure, ...]
    sentences: tuple[Citation, ...]
    missing: tuple[Lacking, ...]
    known: tuple[Lacking, ...]
    law: tuple[Citation, ...]


@cache
def kinds(year: str = "") -> tuple[Kind, ...]:
    """Every kind of gap that is looked for, in a year that is not in front."""
    return tuple(Kind(**line, year=year) for line in shipped("website", "gaps"))


def gaps(desk: Desk) -> tuple[Kind, ...]:
    """The kinds of gap that the package has in the year; those that are of no year are told in front."""
    found = kinds(_year(desk))
    return tuple(kind for kind in found if _figures(desk, kind) or any(True for _ in _rows(desk, kind)))


def of_project(desk: Desk, row: Row) -> tuple[Kind, ...]:
    """The kinds of gap that a project is one of."""
    found = kinds(_year(desk))
    return tuple(kind for kind in found if kind.resource == PROJECTS and _lacks(row, kind))


def _year(desk: Desk) -> str:
    return "" if desk.site.is_front else str(desk.year)


def letters(desk: Desk, kind: Kind) -> Iterator[Gap]:
    """The pages of a kind of gap: one, or one for so many missing ids."""
    figures, rows = _figures(desk, kind), tuple(_rows(desk, kind))
    listed = desk.rows(PROJECTS)[:MOST] if kind.what == "targets.unlisted" else ()
    parts = max(1, -(-len(rows) // MOST))
    for part in range(parts):
        some = rows[part * MOST : (part + 1) * MOST]
        yield Gap(
            kind=kind,
            url=f"{kind.url}{part + 1}/" if part else kind.url,
            part=part + 1,
            parts=parts,
            body=str(desk.site.publisher.get("name", "")),
            year=desk.year,
            figures=figures,
            sentences=tuple(islice(_sentences(desk, kind, figures, some), _QUOTED)),
            missing=tuple(_lacking(desk, kind.resource, row) for row in some),
            known=tuple(_lacking(desk, PROJECTS, row) for row in listed),
            law=tuple(_law(desk)),
        )


def _figures(desk: Desk, kind: Kind) -> tuple[Figure, ...]:
    """The computed figures of a gap that is a number, where they are stated and not nil."""
    start = f"{COMPUTED}.{desk.year}.{kind.what}"
    return tuple(
        figure
        for name, figure in desk.site.computed.items()
        if kind.resource == COMPUTED
        and (name == start or (start.endswith(".") and name.startswith(start)))
        and not isinstance(figure.value, Missing)
        and figure.value > 0
    )


def _rows(desk: Desk, kind: Kind) -> Iterator[Row]:
    if kind.resource == COMPUTED:
        return iter(())
    if "fiscal_year" in desk.table(kind.resource).columns:
        rows = desk.rows(kind.resource)
    else:
        rows = desk.package.rows(kind.resource) if desk.site.is_front else ()
    return (row for row in rows if _lacks(row, kind))


def _lacks(row: Row, kind: Kind) -> bool:
    """Whether a row has the gap; what is lawfully withheld has none."""
    if kind.what == "disclosure_state":
        return row.text(kind.what) not in _OPEN
    cells = [row[column] for column in kind.what.split()]
    is_said = any(not isinstance(cell, Missing) for cell in cells)
    return Missing.NOT_STATED in cells and not is_said and row.text("disclosure_state") != "withheld"


def _lacking(desk: Desk, resource: str, row: Row) -> Lacking:
    table = desk.table(resource)
    return Lacking(table.key_of(row)[-1], row_name(table, row), row.text("project_code"), row_url(table, row))


def _sentences(
    desk: Desk, kind: Kind, figures: tuple[Figure, ...], rows: tuple[Row, ...]
) -> Iterator[Citation]:
    """The sentences that say that what is missing exists, each once."""
    of_rows = (citation(desk.package, row) for row in rows)
    of_figures = (part.citation for figure in figures for part in figure.operands)
    yield from dict.fromkeys(found for found in (*of_rows, *of_figures) if found)


def _law(desk: Desk) -> Iterator[Citation]:
    """What the law says of asking, as far as the package quotes it."""
    terms = desk.table("glossary").index
    rows = (terms[(name,)] for name in _ASKING if (name,) in terms)
    duties = desk.table("duties").index
    yield from filter(None, (citation(desk.package, row) for row in rows))
    if ("reply-to-requests",) in duties and (found := citation(desk.package, duties["reply-to-requests",])):
        yield found
