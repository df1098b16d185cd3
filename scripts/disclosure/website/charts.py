"""Charts as records: what is drawn, in which words, from which figures. Templates turn them into SVG."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from disclosure.package.figures import Figure

FOLDER = "charts"
HATCH = "hatch"
CELL, GAP = 18, 4
MOST_CELLS = 920  # more targets than this, and a cell stands for several
WIDE, NARROW = 46, 23
THICKEST = 22  # of a ribbon, in pixels
_PERCENT = Decimal("0.01")
ORIGIN = Decimal(0)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar, in percent of the chart's width; `look` is how it is drawn."""

    label: str
    figure: Figure
    start: Decimal
    width: Decimal
    look: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: label, figure, stretches; the page of its subject; the look of the squares that it counts."""

    label: str
    figure: Figure
    parts: tuple[Part, ...]
    level: int = 0
    url: str = ""
    look: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A square of the picture and where it stands."""

    state: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Every target as a square, in one number of columns."""

    id: str
    width: int
    height: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Ribbon:
    """What leads from a bar on the left to one on the right: heights of its ends in percent, pixels thick."""

    start: Decimal
    end: Decimal
    thick: Decimal
    look: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars on one scale, what they lead to, or the squares that they count; `source` names the documents.

    `id` keeps the ids of one page apart, names the chart's files, and the macro that words its finding.
    """

    year: int
    id: str
    about: str
    unit: str
    source: str
    bars: tuple[Bar, ...]
    pictures: tuple[Picture, ...] = ()
    ends: tuple[Bar, ...] = ()
    ribbons: tuple[Ribbon, ...] = ()

    @property
    def rows(self) -> Iterator[tuple[str, str, Figure]]:
        """The figures of the chart as a table: what of, which part of it, the figure."""
        for bar in self.bars:
            yield bar.label, "", bar.figure
            for part in bar.parts:
                if part.figure.id != bar.figure.id:
                    yield bar.label, part.label, part.figure

    @property
    def path(self) -> str:
        """Its files below the site's root, less their endings; nothing is drawn of figures all missing."""
        drawn = (
            self.ribbons or any(bar.parts for bar in self.bars) or any(image.cells for image in self.pictures)
        )
        return f"{FOLDER}/{self.year}/{self.id}" if drawn else ""

    @property
    def text(self) -> str:
        """Every word that the chart may have to draw."""
        names = (bar.label + "".join(part.label for part in bar.parts) for bar in (*self.bars, *self.ends))
        return self.about + self.source + "".join(names)


@dataclass(frozen=True, slots=True)
class State:
    """A state of disclosure: its words, how many targets are in it, their share of those declared."""

    state: str
    label: str
    figure: Figure
    share: Figure


def bar(
    label: str,
    whole: Figure,
    parts: Iterable[tuple[str, Figure, str]],
    longest: Decimal,
    start: Decimal = ORIGIN,
) -> Bar:
    """A bar whose parts follow one another from `start` on; parts without a value are not drawn."""
    made: list[Part] = []
    for name, figure, look in parts:
        width = percent(figure, longest)
        if width > 0:
            made.append(Part(name, figure, start, width, look))
            start += width
    return Bar(label, whole, tuple(made))


def percent(figure: Figure, longest: Decimal) -> Decimal:
    """A figure's length in percent of the longest; nothing for a missing one."""
    if not isinstance(figure.value, Decimal) or longest <= 0:
        return Decimal(0)
    return (figure.value * 100 / longest).quantize(_PERCENT)


def longest(figures: Iterable[Figure]) -> Decimal:
    """The largest value among figures, nil where there is none."""
    return max((figure.value for figure in figures if isinstance(figure.value, Decimal)), default=Decimal(0))


def middle(place: int, count: int) -> Decimal:
    """The height of the middle of a row among so many equal ones, in percent."""
    return (Decimal(2 * place + 1) * 50 / count).quantize(_PERCENT)


def cells_stand_for(states: Sequence[State]) -> int:
    """How many targets a square of the picture stands for."""
    count = sum(int(state.figure.value) for state in states if isinstance(state.figure.value, Decimal))
    return max(1, -(-count // MOST_CELLS))


def picture(name: str, states: Sequence[State], columns: int) -> Picture:
    """The squares in rows of so many columns, state by state."""
    each = cells_stand_for(states)
    order = [
        state.state
        for state in states
        if isinstance(state.figure.value, Decimal)
        for _ in range(-(-int(state.figure.value) // each))
    ]
    step = CELL + GAP
    cells = tuple(Cell(state, i % columns * step, i // columns * step) for i, state in enumerate(order))
    rows = -(-len(order) // columns)
    return Picture(name, columns * step - GAP, max(0, rows * step - GAP), cells)
