"""Where the evidence of a row and of a figure stands: it follows from the key alone, and never moves."""

from functools import lru_cache

from disclosure.model import Row, Table
from disclosure.package.figures import Figure
from disclosure.package.scores import SCORES

COMPUTED = "computed"
PROJECTS = "projects"
RATE = "execution_rate"  # the anchor of a project's computed rate
OF_PROJECTS = (PROJECTS, "indicators", "project_funds")  # their evidence stands on the project's page


def place(table: str, key: tuple[str, ...]) -> tuple[str, str]:
    """The page of a row below the root and the start of its anchors: a page a project, a table, or a year.

    It follows from the key alone, so that no address moves when rows are added.
    """
    if table in (*OF_PROJECTS, SCORES):
        return f"{PROJECTS}/{key[0]}/{key[1]}/", ".".join(key[2:])
    if table == COMPUTED and key[1:3] == ("execution", "project"):
        return f"{PROJECTS}/{key[0]}/{key[3]}/", RATE
    return f"evidence/{table}/{_part(key)}", ".".join(key)


def _part(key: tuple[str, ...]) -> str:
    """Tables that have a year in their key have a page a year."""
    return f"{key[0]}/" if len(key[0]) == 4 and key[0].isdecimal() else ""


def page(figure: Figure) -> str:
    """The page a figure's evidence stands on, below the site's root."""
    return url(figure).partition("#")[0]


def anchor(figure: Figure) -> str:
    """The id that a figure's evidence has on its page."""
    return url(figure).partition("#")[2]


def url(figure: Figure) -> str:
    """Where a figure's evidence stands, below the site's root."""
    if not figure.resource:
        return _url(figure.id)
    row, _, column = figure.id.rpartition(".")
    return f"{_url(row, '.')}{column}"


@lru_cache(maxsize=256)  # a page links to the cells of a row from several places
def _url(name: str, joint: str = "") -> str:
    table, *key = name.split(".")
    where, start = place(table, tuple(key))
    return f"{where}#{start}{joint if start else ''}"


def row_url(table: Table, row: Row) -> str:
    """Where a row's evidence stands, below the site's root."""
    return "#".join(place(table.name, table.key_of(row)))
