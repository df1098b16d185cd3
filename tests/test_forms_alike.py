"""A form read as one of its shape was before says just what it says when it is read first."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import books
import pytest
from books import National
from disclosure.forms import find
from disclosure.forms.find import form_in
from disclosure.forms.grid import Refused, Sheet
from disclosure.forms.layout import of_package
from disclosure.forms.reading import sheets
from forms_read import FORMS, told

FORMS_OF = {
    **{path.stem: path.read_bytes() for path in sorted(FORMS.glob("*.xlsx"))},
    **{
        f"{kind}-{style}": books.national(National(kind=kind, style=style, weights=(20, 30, 30, "")))
        for kind in ("target", "evaluation")
        for style in (0, 3, 4)
    },
}
# What changes how a form is to be read, wherever it may stand; and what does not.
WORDS = (
    "—", "无", "别的", "12.5", "0.96", "96%", "≥95%", "150 200", "注：另有说明", "（盖章）",
    "150万元，其中：财政拨款100万元，其他资金50万元", "填报单位：某局 填表人：某某", "ABC-12345678-某项目",
    "项目负责人：某某",    "AB1234567-某项目", "1.编制；2.评审", "产出指标", "总分", "2021年", "文" * 130,
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
