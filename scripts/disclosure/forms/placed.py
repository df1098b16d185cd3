"""Filled places and merged ranges into a sheet; its shape is found once for all sheets that have the same."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import count

from disclosure.forms.grid import Place, Placed, Refused, Shape, Sheet, Span, name
from disclosure.forms.guard import within

MAX_TEXT = 32_767  # signs of a cell, as spreadsheets have it
MAX_ALIKE = 2_000  # filled cells of a sheet whose shape is kept for the next one
_BROKEN = re.compile(r"Err:\d{3}|#(?:N/A|DIV/0!|[A-Z]+[!?])")


def sheet(title: str, placed: Iterable[Placed], spans: Iterable[Span], above: str = "") -> Sheet:
    """A sheet from its filled cells and merged ranges.

    Raises Refused where it or a cell of it is too large, where one shows an error, where ranges overlap, or
    where one covers what stands under it.
    """
    every = list(placed)
    known = _shape if len(every) <= MAX_ALIKE else _shape.__wrapped__
    shape = known(tuple([place for place, _ in every]), tuple(spans))
    texts = [text for _, text in every]
    for number, over in shape.covered:
        if over is None or texts[over] != texts[number]:
            raise Refused("form-hidden", name(*every[number][0]), texts[number][:40])
    for place, text in every:
        _sound(place, text)
    return Sheet(title, [texts[number] for number in shape.order], shape, above)


def alike(sheet: Sheet, title: str, texts: Mapping[int, str]) -> Sheet | None:
    """The sheet with another title and other texts of some of its filled places, as `sheet` would make it.

    None where places are covered by others, for what they may say depends on it.
    """
    if sheet.shape.covered:
        return None
    said = [*sheet.texts]
    for number, text in texts.items():
        at = sheet.shape.order.index(number)
        _sound(sheet.shape.spans[at][:2], text)
        said[at] = text
    return Sheet(title, said, sheet.shape, sheet.above)


def _sound(place: Place, text: str) -> None:
    if len(text) > MAX_TEXT:
        raise Refused("form-safe", name(*place), f"{len(text)} signs", f"<= {MAX_TEXT}")
    if text[0] in "#E" and _BROKEN.fullmatch(text):
        raise Refused("form-cell-broken", name(*place), text)


@lru_cache(maxsize=64)
def _shape(filled: tuple[Place, ...], spans: tuple[Span, ...]) -> Shape:
    """The shape of a sheet from its filled places and its merged ranges."""
    merged = {span[:2]: span for span in spans}
    last_row = max((row for row, _ in filled), default=0)
    last_column = max((column for _, column in filled), default=0)
    within(last_row + 1, last_column + 1)
    places: dict[Place, int | None] = {}
    room = (last_row + 1) * (last_column + 1)
    for place in merged.keys() - set(filled):  # nothing shows of what stands under these
        inner = _inner(merged[place], last_row, last_column)
        places.update(dict.fromkeys(inner))
        room -= len(inner)
        if room < 0:
            raise Refused("form-safe", "", "merged ranges that overlap")
    cells: list[Span] = []
    order: list[int] = []
    covered: list[tuple[int, int | None]] = []
    for place, number in sorted(zip(filled, count(), strict=False)):
        if place in places:
            over = places[place]
            twice = over is None or cells[over][:2] == place
            covered.append((number, None if over is None or twice else order[over]))
            continue
        inner = _inner(merged[place], last_row, last_column) if place in merged else [place]
        if not places.keys().isdisjoint(inner):
            raise Refused("form-safe", name(*place), "merged ranges that overlap")
        places.update(dict.fromkeys(inner, len(cells)))
        cells.append((*place, *inner[-1]))
        order.append(number)
    return Shape(tuple(cells), tuple(order), places, tuple(covered))


def _inner(span: Span, last_row: int, last_column: int) -> list[Place]:
    """The places of a merged range, no further than the sheet is filled."""
    top, left, bottom, right = span
    columns = range(left, min(right, last_column) + 1)
    return [(row, column) for row in range(top, min(bottom, last_row) + 1) for column in columns]
