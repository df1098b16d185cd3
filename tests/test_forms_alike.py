"""A form read as one of its shape was before says just what it says when it is read first."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace

import books
import pytest
from books import National
from disclosure.forms import find, markup, worksheet
from disclosure.forms.find import form_in
from disclosure.forms.grid import Refused, Sheet
from disclosure.forms.layout import of_package
from disclosure.forms.reading import sheets
from forms_read import FORMS, told
from test_forms_county import ENDED, GROUPED, OF_GOALS, PERIODS, SECOND, SECOND_GOAL, WEIGHTS
from test_forms_offices import PROVINCE
from test_forms_wild import GOAL, HEAD

FORMS_OF = {
    **{path.stem: path.read_bytes() for path in sorted(FORMS.glob("*.xlsx"))},
    **{
        f"{kind}-{style}": books.national(National(kind=kind, style=style, weights=(20, 30, 30, "")))
        for kind in ("target", "evaluation")
        for style in (0, 3, 4)
    },
    "points": books.drawn(HEAD, PERIODS["under one label"], GROUPED, GOAL, WEIGHTS),
    "pairs": books.drawn(HEAD, PROVINCE, GOAL, SECOND),
    "goals": books.drawn(OF_GOALS, SECOND_GOAL, ENDED),
}
# What changes how a form is to be read, wherever it may stand; and what does not.
WORDS = (
    "—", "无", "别的", "12.5", "0.96", "96%", "≥95%", "150 200", "注：另有说明", "（盖章）",
    "150万元，其中：财政拨款100万元，其他资金50万元", "填报单位：某局 填表人：某某", "ABC-12345678-某项目",
    "项目负责人：某某", "97.5（优）", "开始时间：2月", "调整后",
    "AB1234567-某项目", "1.编制；2.评审", "产出指标", "总分", "2021年", "文" * 130,
)  # fmt: skip


def says(sheet: Sheet) -> Sequence[str]:
    """The form of a sheet as text, or why it is refused."""
    try:
        form = form_in(sheet, of_package())
    except Refused as refused:
        return refused.rule, refused.where, refused.found, refused.expected
    return ("",) if form is None else (told(form),)


def changed(sheet: Sheet) -> Iterator[Sheet]:
    """The sheet with each word in each of its cells; the same word in two that follow one another."""
    for number in range(len(sheet.texts)):
        for word in WORDS:
            texts = [word if place == number else text for place, text in enumerate(sheet.texts)]
            yield Sheet(sheet.title, texts, sheet.shape)


@pytest.mark.parametrize("name", FORMS_OF)
def test_a_form_says_the_same_first_or_after_others(name: str) -> None:
    (sheet,) = sheets(FORMS_OF[name])
    every = list(changed(sheet))[:: 3 if name.startswith("xiangtan") else 7]
    first = []
    for item in every:
        find._recipes.cache_clear()
        first.append(says(replace(item)))
    find._recipes.cache_clear()
    alike = 0
    for item, expected in zip(every, first, strict=True):
        says(sheet)  # the one that most are like is read first, and again after each that is not
        kept = find._recipes(sheet.above, sheet.shape, of_package())
        newest = kept[0]
        assert says(item) == expected
        alike += newest is not None and kept[0] is newest
    assert len(set(first)) > 20
    assert alike > 20


def test_forms_of_one_shape_are_read_by_one_recipe_whatever_their_sheets_are_called() -> None:
    find._recipes.cache_clear()
    for number in range(9):
        form = National(
            name=f"项目{number}",
            budget=number,
            part=1,
            goal=f"做好 {number} 件事。",
            targets=(f"≥{number}个", f"{number}%", "好", "≥9%"),
        )
        (sheet,) = sheets(books.xlsx([(f"表{number}", *books.laid_out(form))]))
        said = form_in(sheet, of_package())
        assert said is not None and said.project["name"].text == f"项目{number}"
        assert said.sheet == f"表{number}"
        assert form_in(replace(sheet, title=f"填写说明{number}"), of_package()) is None
        assert [*map(bool, find._recipes(sheet.above, sheet.shape, of_package()))] == [number > 0]
    (broken,) = sheets(books.xlsx([("另一张表", *books.laid_out(replace(form, budget="五万")))]))
    with pytest.raises(Refused) as refused:
        form_in(broken, of_package())
    assert refused.value.where == "另一张表!E6"


# What a cell of the next file may store; some of it shows nothing, is refused, or is no text to the parser.
STORED = (
    "别的", "", " ", "12.50", "0.000001234567", "1e30", "-0", "nan", "#REF!", "Err:502", "E", "_x4e2d_",
    "a &amp; b", "&#39033;&#30446;", "&#57345;", "&nbsp;", "a&lt;b", "两\r\n行", "a>b", "\ue001",
    "\u3000宽　格", "文" * 32_768,
)  # fmt: skip
PART = "xl/worksheets/sheet1.xml"


def shows(data: bytes) -> Sequence[object]:
    """The sheets of a file, or why it is refused."""
    try:
        return [(sheet.title, [*sheet.texts], sheet.shape.spans) for sheet in sheets(data)]
    except Refused as refused:
        return refused.rule, refused.where, refused.found, refused.expected


def stored(data: bytes, path: str, place: int, text: str) -> bytes:
    """The file with another text at that place of a part of it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(made, "w") as other:
        for name in book.namelist():
            part = book.read(name)
            if name == path:
                first, last = [*re.finditer(rb"<(?:t|v)>([^<]+)<", part)][place].span(1)
                part = part[:first] + text.encode() + part[last:]
            other.writestr(name, part)
    return made.getvalue()


def forget() -> None:
    """Nothing is kept of the files that were read."""
    markup._before.cache_clear()
    worksheet._frame.cache_clear()
    worksheet._strings.cache_clear()


@pytest.mark.parametrize(
    ("written", "path"), [("inside", PART), ("shared", PART), ("shared", "xl/sharedStrings.xml")]
)
def test_a_worksheet_shows_the_same_first_or_after_others(written: str, path: str) -> None:
    grid, merges = books.laid_out(National())
    data = books.shared(grid, merges) if written == "shared" else books.xlsx([("表", grid, merges)])
    every = [stored(data, path, place, text) for place in range(0, 36, 5) for text in STORED]
    first = []
    for item in every:
        forget()
        first.append(shows(item))
    forget()
    for item, expected in zip(every, first, strict=True):
        assert shows(data) == shows(data)
        assert shows(item) == expected
    assert len({str(item) for item in first}) > (20 if (written, path) == ("shared", PART) else 100)
