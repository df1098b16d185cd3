"""Several forms in one sheet, one under the other: the sheet is cut where the next one's title stands."""

from bisect import bisect_right
from itertools import pairwise

from disclosure.forms.grid import Place, Shape, Sheet, folded
from disclosure.forms.layout import Layout


def stacked(sheet: Sheet, layout: Layout) -> list[Sheet]:
    """The parts of a sheet with one project's name each; none where no title tells them apart."""
    cells = [*zip(sheet.texts, sheet.shape.spans, strict=True)]
    names = [span[0] for text, span in cells if layout.meaning(text).get("head") == "name"]
    words = [word for kind in ("target", "evaluation") for word in layout.titles.get(kind, ())]
    titled = [span[0] for text, span in cells if any(word in folded(text) for word in words)]
    covered = {row for first, _, last, _ in sheet.shape.spans for row in range(first + 1, last + 1)}
    starts = [0]
    for before, row in pairwise(names):
        between = [title for title in titled if before < title < row]
        if not between or between[-1] in covered:
            return []
        starts.append(between[-1])
    return _parts(sheet, starts) if names[1:] else []


def _parts(sheet: Sheet, starts: list[int]) -> list[Sheet]:
    """The rows of a sheet from each of these to before the next, where they stand."""
    inside: list[list[int]] = [[] for _ in starts]
    places: list[dict[Place, int | None]] = [{} for _ in starts]
    for number, span in enumerate(sheet.shape.spans):
        inside[bisect_right(starts, span[0]) - 1].append(number)
    for place, covering in sheet.shape.places.items():
        places[bisect_right(starts, place[0]) - 1][place] = covering
    return [_part(sheet, *part) for part in zip(starts, inside, places, strict=True)]


def _part(sheet: Sheet, first: int, inside: list[int], places: dict[Place, int | None]) -> Sheet:
    anew = {number: place for place, number in enumerate(inside)}
    there = {place: None if number is None else anew[number] for place, number in places.items()}
    shape = Shape(tuple(sheet.shape.spans[number] for number in inside), tuple(range(len(inside))), there)
    return Sheet(sheet.title, [sheet.texts[number] for number in inside], shape, "" if first else sheet.above)
