"""A sheet as people see it: cells and their spans, whatever file it comes from; or why none is taken."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from disclosure.model import Problem

# Small signs by their half-width ones; ㎡ and the like stay as they are.
_SMALL = dict(zip("﹥﹤﹦﹪﹣﹢−﹐﹕﹒", "><=%-+-,:.", strict=True))
_WIDE = re.compile(f"[！-～{''.join(_SMALL)}]")
LARGEST = 20_000  # signs of a sheet that is kept for those like it
Place = tuple[int, int]  # row and column, counted from 0
Placed = tuple[Place, str]  # and what is shown there
Span = tuple[int, int, int, int]  # first row, first column, last row, last column, counted from 0
Question = Callable[[str], Any]  # about a text
Answer = TypeVar("Answer")
_SPACES = re.compile(r"[ \u00a0\u2000-\u200a\u3000]+")
_BREAK = re.compile(r" ?(?:[\r\n\t\v\f\u2028] ?)+")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")  # signs without a width
_NAME = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,6})")


class Refused(Exception):
    """A part of a file that is not taken: the rule, where, what was found and expected.

    Where is a part of the file or a cell (`E7`); whoever knows the sheet puts its title before it.
    """

    def __init__(self, rule: str, where: str = "", found: str = "", expected: str = "") -> None:
        super().__init__(rule, where, found, expected)
        self.rule, self.where, self.found, self.expected = rule, where, found, expected

    def problem(self, file: str) -> Problem:
        """The refusal as a problem of that file."""
        return Problem(file, 0, self.where, self.rule, self.found[:200], self.expected[:200])


@contextmanager
def on(title: str) -> Iterator[None]:
    """What is refused in here is refused of the sheet of that title: `Sheet1!E7`."""
    try:
        yield
    except Refused as refused:
        where = f"{title}!{refused.where}" if refused.where else title
        raise Refused(refused.rule, where, refused.found, refused.expected) from refused


@dataclass(slots=True, eq=False)
class Cell:
    """What stands in a cell, on one line, the span it covers, and what was asked about it, with the answers.

    A cell is the same as itself only, and not frozen: they are made and looked up by the thousand.
    """

    number: int  # among the cells of its sheet
    written: str
    row: int
    column: int
    last_row: int
    last_column: int
    asked: dict[Question, object] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its name in a spreadsheet, such as E7."""
        return name(self.row, self.column)

    @property
    def text(self) -> str:
        """What is written in it, whole: whoever asks for less lets more forms be read alike."""
        return self.tells(str)

    def tells(self, question: Callable[[str], Answer]) -> Answer:
        """The answer of its text to a question, which is kept: where it is the same, a form is read alike."""
        answer = question(self.written)
        self.asked.setdefault(question, answer)
        return answer


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """Where the cells of a sheet stand, whatever their texts: their spans, and by place which one covers it.

    `order` has for each cell its number among the filled places as they were found; `covered` are those under
    others, each with the one whose text it must repeat, or None.
    """

    spans: tuple[Span, ...] = ()
    order: tuple[int, ...] = ()
    places: Mapping[tuple[int, int], int | None] = field(default_factory=dict)
    covered: tuple[tuple[int, int | None], ...] = ()


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sheet, without cells if it is hidden, or the table of a document; `above` are the lines over it.

    A table `follows` where nothing is written between it and the one before, as where a page ends; `wide` are
    the columns of its grid, blank ones too.
    """

    title: str
    texts: Sequence[str] = ()
    shape: Shape = Shape()
    above: str = ""
    hidden: bool = False
    follows: bool = False
    wide: int = 0

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The filled cells from top to bottom, from left to right."""
        return tuple(
            Cell(number, text, *span)
            for number, (text, span) in enumerate(zip(self.texts, self.shape.spans, strict=True))
        )

    @cached_property
    def places(self) -> dict[tuple[int, int], Cell | None]:
        """The cell that covers a place; None where a merged cell with nothing in it does."""
        found = self.shape.places.items()
        return {place: None if number is None else self.cells[number] for place, number in found}

    @cached_property
    def is_merged(self) -> bool:
        """Whether any cell spans several places; else blank ones may stand for those that a label covered."""
        return any(span[:2] != span[2:] for span in self.shape.spans)

    @cached_property
    def rows(self) -> dict[int, list[Cell]]:
        """The cells that begin in each row, from left to right."""
        found: dict[int, list[Cell]] = {}
        for cell in self.cells:
            found.setdefault(cell.row, []).append(cell)
        return found

    def at(self, row: int, column: int) -> Cell | None:
        """The cell with something in it that covers a place."""
        return self.places.get((row, column))


@lru_cache(maxsize=8_192)
def name(row: int, column: int) -> str:
    """The name of a place, both counted from 0: (6, 4) is E7."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def one_line(text: str) -> str:
    """The text without line breaks, wide spaces or outer spaces; between Chinese signs nothing is put."""
    if text.isprintable() and "  " not in text:  # the only space that is printable is the half-width one
        return text.strip()
    spaced = _SPACES.sub(" ", _UNSEEN.sub("", text))
    return _BREAK.sub(lambda match: _between(spaced, match), spaced).strip()


def _between(text: str, match: re.Match[str]) -> str:
    before, after = text[max(match.start() - 1, 0) : match.start()], text[match.end() : match.end() + 1]
    return " " if before.isascii() and after.isascii() and before and after else ""


def wide(sign: str) -> str:
    """The signs that are that one in half-width."""
    return sign + "".join(small for small, same in _SMALL.items() if same == sign) + chr(ord(sign) + 0xFEE0)


def half(text: str) -> str:
    """The text in half-width signs."""
    return _WIDE.sub(_half, text)


def _half(match: re.Match[str]) -> str:
    return _SMALL.get(match.group()) or chr(ord(match.group()) - 0xFEE0)


@lru_cache(maxsize=8_192)
def folded(text: str) -> str:
    """The text in half-width signs without white space: what labels and values are told by."""
    return "".join(half(text).split())


@lru_cache(maxsize=8_192)
def place_of(name: str) -> tuple[int, int]:
    """The place that a name such as E7 names, counted from 0; raises Refused where it names none."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise Refused("form-safe", name[:20], "place")
    column = 0
    for letter in match.group(1).upper():
        column = column * 26 + ord(letter) - 64
    return int(match.group(2)) - 1, column - 1
