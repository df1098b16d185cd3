"""Forms that are not a sheet each: several in one, cut at their titles; one in several tables, joined."""

from bisect import bisect_right
from itertools import pairwise

from disclosure.forms.find import form_in
from disclosure.forms.grid import Place, Refused, Shape, Sheet, Span, folded
from disclosure.forms.guard import within
from disclosure.forms.layout import Layout


def stacked(sheet: Sheet, layout: Layout) -> list[Sheet]:
    """The parts of a sheet with one project's name each; none where no title tells them apart.

    The same title over the same name is no other form, but the next page of the one before.
    """
    cells = [*zip(sheet.texts, sheet.shape.spans, strict=True)]
    named = [at for at, (text, _) in enumerate(cells) if layout.meaning(text).get("head") == "name"]
    names = [cells[at][1][0] for at in named]
    words = [word for kind in ("target", "evaluation") for word in layout.titles.get(kind, ())]
    titled = {span[0]: text for text, span in cells if any(word in folded(text) for word in words)}
    covered = {row for first, _, last, _ in sheet.shape.spans for row in range(first + 1, last + 1)}
    starts = [0]
    for before, row in pairwise(names):
        between = [title for title in titled if before < title < row]
        if not between or between[-1] in covered:
            return []
        starts.append(between[-1])
    over = [[text for row, text in titled.items() if row < name][-1:] for name in names]
    whose = {(*title, *sheet.texts[at + 1 : at + 2]) for title, at in zip(over, named, strict=True)}
    return _parts(sheet, starts) if len(whose) == len(names) > 1 else []


def whole(sheet: Sheet, after: list[Sheet], layout: Layout) -> Sheet:
    """A table with those of `after` that go on with its form, which are taken from there. Raises Refused."""
    parts = [sheet]
    while after and after[0].follows and _goes_on(sheet, after[0], layout):
        parts.append(after.pop(0))
    return _joined(parts) if parts[1:] else sheet


def _goes_on(one: Sheet, other: Sheet, layout: Layout) -> bool:
    """Whether a table is of a form that by itself lacks labels, its project's name among them.

    Its columns are those of the table before, or its indicators have a head of their own.
    """
    meanings = [layout.meaning(text) for text in other.texts]
    headed = any(meaning.get("indicator") == "target" for meaning in meanings)
    if any(meaning.get("head") == "name" for meaning in meanings) or not (
        headed or one.wide == other.wide > 0
    ):
        return False
    try:
        form_in(other, layout)
    except Refused as refused:
        return refused.rule == "form-labels"
    return False


def is_rest(table: Sheet, layout: Layout) -> bool:
    """Whether a table right behind a form may be the rest of it, broken off by a page, that none joins to it.

    One that names a project of its own is not, nor one of signatures, conclusions or explanations alone.
    """
    meanings = [layout.meaning(text) for text in table.texts]
    if (
        not table.follows
        or not table.texts
        or table.hidden
        or any(item.get("head") == "name" for item in meanings)
    ):
        return False
    if any("level_1" in item or item.get("foot") == "total" for item in meanings):
        return True
    told = any(word in folded(text) for text in table.texts for word in layout.titles.get("explanations", ()))
    kinds = any(layout.level_of_kind(text) for text in table.texts)
    return kinds or not (told or any(item.keys() & {"foot", "person"} for item in meanings))


def _joined(parts: list[Sheet]) -> Sheet:
    """Tables of a document as one, named by the first and the last: the rows of each are counted on."""
    texts: list[str] = []
    spans: list[Span] = []
    places: dict[Place, int | None] = {}
    below = 0
    for part in parts:
        number = len(texts)
        spans += [(a + below, b, c + below, d) for a, b, c, d in part.shape.spans]
        for (row, column), cell in part.shape.places.items():
            places[row + below, column] = None if cell is None else cell + number
        texts += part.texts
        below += max((row for row, _ in part.shape.places), default=-1) + 1
    within(below, 1)
    shape = Shape(tuple(spans), tuple(range(len(texts))), places)
    return Sheet(f"{parts[0].title}至{parts[-1].title}", texts, shape, parts[0].above)


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
