"""A chart as a picture of its own, to print or to pass on: each mark and each line of words has its place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from unicodedata import east_asian_width

from disclosure.website.charts import CELL, NARROW, Bar, Chart, Picture
from disclosure.website.wording import with_unit

WIDTH, MARGIN = 544, 20  # a phone of 320 shows text of 19 at 11 pixels
INNER = WIDTH - 2 * MARGIN
TITLE, TEXT, SMALL = 25, 19, 16
_LEADING = 1.45
_LEFT, _GAP = 176, 76  # of a flow: its left column, and the space for ribbons
_WORD = re.compile(r"[!-~]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Words:
    """A line of words on its baseline."""

    x: int
    y: int
    text: str
    look: str
    size: int = TEXT
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle."""

    x: Decimal
    y: int
    width: Decimal
    height: int
    look: str


@dataclass(slots=True)
class Drawing:
    """What is drawn, from the top down; `y` is where the next thing goes."""

    chart: Chart
    title: str
    y: int = MARGIN
    words: list[Words] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    squares: list[tuple[str, int, int]] = field(default_factory=list)
    ribbons: list[tuple[str, str, Decimal]] = field(default_factory=list)

    def write(self, text: str, look: str, size: int = TEXT, x: int = MARGIN, width: int = INNER) -> None:
        """Words, broken into lines that fit."""
        for line in lines(text, width, size):
            self.y += int(size * _LEADING)
            self.words.append(Words(x, self.y - size // 3, line, look, size))

    def pair(self, label: str, number: str, look: str, x: int, width: int) -> None:
        """A label, and its number at the right end of its last line."""
        self.write(label, look, x=x, width=width - advance(number, TEXT) - TEXT)
        self.words.append(Words(x + width, self.y - TEXT // 3, number, look, anchor="end"))


def advance(text: str, size: int) -> int:
    """About how wide words are, never less than they will be."""
    ems = sum(1 if east_asian_width(sign) in "WFA" else 0.6 for sign in text)
    return int(ems * size + 1)


def lines(text: str, width: int, size: int) -> list[str]:
    """The words in lines of a width; numbers stay whole."""
    found = [""]
    for word in _WORD.findall(text):
        if found[-1] and advance(found[-1] + word, size) > width:
            found.append("")
        found[-1] = (found[-1] + word).lstrip()
    return found


def _balanced(title: str) -> int:
    """The narrowest width in which a title takes no more lines: none of them is left with one character."""
    count = len(lines(title, INNER, TITLE))
    return next(width for width in range(TITLE, INNER + 1) if len(lines(title, width, TITLE)) == count)


def drawing(chart: Chart, title: str) -> Drawing:
    """The chart under its finding, with what it is about, every number, and the documents it is from."""
    made = Drawing(chart, title)
    made.write(title, "title", TITLE, width=_balanced(title))
    made.write(chart.about, "soft", SMALL)
    made.y += 14
    if chart.ends:
        _flow(made)
    elif chart.pictures:
        _squares(made, next(image for image in chart.pictures if image.width <= NARROW * 22))
    else:
        for bar in chart.bars:
            _bar(made, bar)
    made.y += 6
    made.write(f"来源：{chart.source}", "soft", SMALL)
    made.y += MARGIN
    return made


def _bar(made: Drawing, bar: Bar) -> None:
    left = MARGIN + 24 * bar.level
    made.pair(bar.label, with_unit(bar.figure), "ink", left, WIDTH - MARGIN - left)
    _strip(made, bar, MARGIN, INNER, 22)
    for part in bar.parts if len(bar.parts) > 1 else ():
        made.marks.append(Mark(Decimal(MARGIN), made.y + 9, Decimal(14), 14, part.look))
        made.pair(part.label, with_unit(part.figure), "soft", MARGIN + 24, INNER - 24)
    made.y += 10


def _strip(made: Drawing, bar: Bar, left: int, width: int, height: int) -> None:
    for part in bar.parts:
        x, wide = (value * width / 100 for value in (part.start, part.width))
        made.marks.append(Mark(left + x, made.y, max(wide, Decimal(1)), height, part.look))
    made.y += height + 4


def _squares(made: Drawing, image: Picture) -> None:
    left = (WIDTH - image.width) // 2
    made.squares += [(cell.state, left + cell.x, made.y + cell.y) for cell in image.cells]
    made.y += image.height + 14
    states = {cell.state for cell in image.cells}
    for bar in made.chart.bars:
        if bar.look in states:
            made.squares.append((bar.look, MARGIN, made.y + (28 - CELL) // 2))
        made.pair(bar.label, with_unit(bar.figure), "ink", MARGIN + 28, INNER - 28)


def _flow(made: Drawing) -> None:
    """Two columns whose rows are equally high, as high as the fullest needs; ribbons lead across."""
    top, right = made.y, MARGIN + _LEFT + _GAP
    width = WIDTH - MARGIN - right
    height = max(_height(made.chart.bars, _LEFT, 0), _height(made.chart.ends, width, 20))
    for bars, x, wide in ((made.chart.bars, MARGIN, _LEFT), (made.chart.ends, right, width)):
        each = height / len(bars)
        for place, bar in enumerate(bars):
            made.y = int(
                top + each * place + (each - _row(bar, wide, 20 if bar.parts and x == right else 0)) / 2
            )
            made.write(bar.label, "ink", x=x, width=wide)
            made.write(with_unit(bar.figure), "soft", x=x, width=wide)
            if x == right:
                made.y += 4
                _strip(made, bar, x, wide, 10)
    for ribbon in made.chart.ribbons:
        start, end = (round(top + height * float(part) / 100, 1) for part in (ribbon.start, ribbon.end))
        from_x, to_x, half = MARGIN + _LEFT + 4, right - 8, _GAP // 2
        path = f"M{from_x} {start}C{from_x + half} {start} {to_x - half} {end} {to_x} {end}"
        made.ribbons.append((ribbon.look, path, ribbon.thick))
    made.y = int(top + height)


def _row(bar: Bar, width: int, extra: int) -> int:
    count = len(lines(bar.label, width, TEXT)) + len(lines(with_unit(bar.figure), width, TEXT))
    return count * int(TEXT * _LEADING) + extra


def _height(bars: Iterable[Bar], width: int, extra: int) -> int:
    """How high a column is whose rows are all as high as the highest."""
    rows = [_row(bar, width, extra) + 14 for bar in bars]
    return max(rows) * len(rows)
