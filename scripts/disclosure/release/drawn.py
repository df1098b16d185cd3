"""The cells that an official form is drawn with, and what they are drawn from."""

from dataclasses import dataclass
from typing import NamedTuple

from disclosure.model import Package, Row, Value

LEFT = 5  # columns that name an indicator: the block, level one, level two, level three in two
_NUMBERS = ("_wan", "_pct", "weight", "score")  # how the names of their columns end


class Source(NamedTuple):
    """The cell of the package that a cell of the form shows."""

    table: str
    row: Row
    column: str

    @property
    def value(self) -> Value:
        """What stands there."""
        return self.row[self.column]


class Cell(NamedTuple):
    """A cell of the form from `top`, `left` (from 0) over `rows` and `columns`.

    `role` is title, label, text, number, empty (to be filled), void or sign; a label heads its row or,
    with `heads` "col", its column, as far as its block of the form goes.
    """

    top: int
    left: int
    rows: int
    columns: int
    role: str
    text: str = ""
    source: Source | None = None
    heads: str = ""

    @property
    def name(self) -> str:
        """An id within the form."""
        return f"form-{self.top}-{self.left}"

    @property
    def is_rate(self) -> bool:
        """Whether it shows a percentage, which a form writes with its sign."""
        return self.source is not None and self.source.column.endswith("_pct")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form is drawn from; `columns` are those of its indicators, label and name, after level three."""

    package: Package
    row: Row | None
    indicators: tuple[Row, ...]
    funds: tuple[Row, ...]
    kind: str
    columns: tuple[tuple[str, str], ...]

    @property
    def width(self) -> int:
        """Columns of the whole form."""
        return LEFT + len(self.columns)

    def has(self, column: str) -> bool:
        """Whether the project states something in that column."""
        return self.row is not None and bool(self.row.text(column))


def of(draft: Draft, column: str) -> Source | None:
    """A cell of the project's own row."""
    return Source("projects", draft.row, column) if draft.row else None


def heading(top: int, left: int, text: str, columns: int = 1, rows: int = 1) -> Cell:
    """A heading of its row or rows."""
    return Cell(top, left, rows, columns, "label", text, heads="row")


def over(top: int, left: int, text: str, columns: int = 1) -> Cell:
    """A heading of its column or columns."""
    return Cell(top, left, 1, columns, "label", text, heads="col")


def shown(top: int, left: int, columns: int, source: Source | None, text: str | None = None) -> Cell:
    """What stands in the package, as text or number; an empty cell without one."""
    if source is None:
        return Cell(top, left, 1, columns, "empty")
    role = "number" if source.column.endswith(_NUMBERS) else "text"
    return Cell(top, left, 1, columns, role, source.row.text(source.column) if text is None else text, source)
