"""Forms that are not a sheet each: several in one, cut at their titles; one in several tables, joined."""

from itertools import pairwise

from disclosure.forms.find import form_in
from disclosure.forms.grid import Refused, Shape, Sheet, folded
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


def whole(sheet: Sheet, after: list[Sheet], layout: Layout) -> Sheet:
    """A table with those of `after` that go on with its form, which are taken from there."""
    while after and after[0].follows and _goes_on(sheet, after[0], layout):
        sheet = _joined(sheet, after.pop(0))
    return sheet


def _goes_on(one: Sheet, other: Sheet, layout: Layout) -> bool:
    """Whether a table is of a form that by itself lacks labels, its project's name among them.

    Its columns are those of the table before, or its indicators have a head of their own.
    """
    meanings = [layout.meaning(text) for text in other.texts]
    headed = any(meaning.get("indicator") == "target" for meaning in meanings)
    if any(meaning.get("head") == "name" for meaning in meanings) or not (headed or one.wide == other.wide):
        return False
    try:
        form_in(other, layout)
    except Refused as refused:
        return refused.rule == "form-labels"
    return False


def _joined(one: Sheet, other: Sheet) -> Sheet:
    """Two tables of a document as one, named by both: the rows of the second are counted on."""
    below = max((place[0] for place in one.shape.places), default=-1) + 1
    cells = len(one.texts)
    spans = [(a + below, b, c + below, d) for a, b, c, d in other.shape.spans]
    places = {
        (row + below, column): None if number is None else number + cells
        for (row, column), number in other.shape.places.items()
    }
    texts = [*one.texts, *other.texts]
    shape = Shape((*one.shape.spans, *spans), tuple(range(len(texts))), {**one.shape.places, **places})
    return Sheet(f"{one.title}+{other.title}", texts, shape, one.above, follows=one.follows, wide=one.wide)


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
