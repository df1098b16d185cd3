"""What the guide for clerks shows: the blank forms, how to fill them, what an import may say of one."""

from dataclasses import dataclass

from disclosure.quality.rules import Rule, rules
from disclosure.release.official import blank
from disclosure.release.template import ADDRESS, explanations
from disclosure.website.desk import Desk
from disclosure.website.official import Block, Place, shown

_STAGE = "form"


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A form with nothing filled in: its title, its kind, its cells, and the workbook that holds it."""

    title: str
    kind: str
    file: str
    blocks: tuple[Block, ...]


def blank_form(desk: Desk, kind: str) -> BlankForm:
    """The target or the evaluation form as the workbook for clerks has it."""
    drawn = blank(desk.package, kind, str(desk.year))
    empty = (
        (layout, tuple(Place(place.cell, "") if place.silent else place for place in places))
        for layout, places in shown(desk, drawn, {})
    )
    return BlankForm(drawn.title, kind, ADDRESS, tuple(empty))


def how_to_fill(desk: Desk) -> tuple[tuple[str, str], ...]:
    """The sheet of explanations: where, and what to write there."""
    return tuple(explanations())


def form_problems(desk: Desk) -> tuple[Rule, ...]:
    """Every rule of forms that an import may name, with what to do."""
    return tuple(rule for rule in rules().values() if rule.stage == _STAGE)
