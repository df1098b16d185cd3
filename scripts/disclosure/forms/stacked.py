"""Several forms in one sheet, one under the other: the sheet is cut where the next one's title stands."""

from itertools import pairwise

from disclosure.forms.grid import Shape, Sheet, folded
from disclosure.forms.layout import Layout


def stacked(sheet: Sheet, layout: Layout) -> list[Sheet]:
    """The parts of a sheet with one project's name each; none where no title tells them apart."""
    cells = [*zip(sheet.texts, sheet.shape.spans, strict=True)]
    names = [span[0] for text, span in cells if layout.meaning(text).get("head") == "name"]
    words = [word for kind in ("target", "evaluation") for word in layout.titles.get(kind, ())]
    titled = [span[0] for text, span in cells if any(word in folded(text) for word in words)]
    starts = [0]
    for before, row in pairwise(names):
        between = [title for title in titled if before < title < row]
        if not between or any(first < between[-1] <= last for _, (first, _, last, _) in cells):
            return []
        starts.append(between[-1])
    ends = [*starts[1:], 1_000_000]
    return [_part(sheet, *rows) for rows in zip(starts, ends, strict=True)] if names[1:] else []


def _part(sheet: Sheet, first: int, end: int) -> Sheet:
    """The rows of a sheet from one to before another, where they stand."""
    inside = [number for number, span in enumerate(sheet.shape.spans) if first <= span[0] < end]
    anew = {number: place for place, number in enumerate(inside)}
    places = {
        place: None if number is None else anew[number]
        for place, number in sheet.shape.places.items()
        if first <= place[0] < end
    }
    shape = Shape(tuple(sheet.shape.spans[number] for number in inside), tuple(range(len(inside))), places)
    return Sheet(sheet.title, [sheet.texts[number] for number in inside], shape, "" if first else sheet.above)
