"""The macros that pages call, one line each: a name, the record it makes, the template of the same name."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from disclosure.website import (
    files,
    flow,
    front,
    gaps,
    goals,
    guide,
    ledger,
    money,
    narrative,
    organisation,
    reference,
    verified,
)
from disclosure.website.desk import Desk, desk
from disclosure.website.found import dataset_record
from disclosure.website.listing import listing
from disclosure.website.render import Terms, collapsed, render
from disclosure.website.search import search
from disclosure.website.versions import versions

Section = Callable[..., object]


class Environment(Protocol):
    """What mkdocs-macros hands to define_env, as far as it is used here."""

    conf: Any
    page: Any

    def macro(self, function: Callable[..., str], name: str = "") -> object:
        """Register a macro under a name."""


SECTIONS: tuple[Section, ...] = (
    front.front_headline,
    front.key_figures,
    front.disclosure_picture,
    front.front_money,
    front.done,
    front.three_ways,
    money.money_finding,
    money.fund_bars,
    money.fund_table,
    money.execution_bars,
    money.not_itemised,
    listing,
    ledger.coverage_by_count,
    ledger.coverage_by_amount,
    ledger.project_states,
    ledger.duties,
    gaps.gaps,
    narrative.objectives,
    flow.goal_flow,
    narrative.indicators_listed,
    narrative.counts_in_goals,
    narrative.results_by_area,
    narrative.said,
    organisation.units,
    organisation.offices,
    organisation.staff,
    files.whole_package,
    files.resources,
    files.code_samples,
    dataset_record,
    goals.goal_texts,
    guide.blank_form,
    guide.how_to_fill,
    guide.form_problems,
    verified.check_tally,
    verified.residuals,
    verified.source_faults,
    verified.rules_and_results,
    verified.evidence_pages,
    reference.glossary,
    reference.corrections,
    versions,
    reference.source_documents,
    reference.who_answers,
    search,
)


def define_env(env: Environment) -> None:
    """Called by mkdocs-macros once a build: makes every section a macro of its own name."""
    for section in SECTIONS:
        env.macro(_macro(env, section), section.__name__)
    env.macro(_term(env), "term")
    env.macro(plate)


def plate() -> str:
    """The content of the plate, which the press fills for every project and page of evidence."""
    return "<div>@@BODY@@</div>"


def _macro(env: Environment, section: Section) -> Callable[..., str]:
    @wraps(section)
    def show(*words: str) -> str:
        made = _desk(env)
        folder = "en/" if env.page.meta.get("lang") == "en" else ""
        return render(f"{folder}{section.__name__}", section(made, *words), _root(env), made.terms, *words)

    return show


def _term(env: Environment) -> Callable[[str], str]:
    def term(name: str) -> str:
        """A term of the field, linked to its explanation in the glossary."""
        return collapsed(str(Terms(_root(env), _desk(env).terms)(name)))

    return term


def _desk(env: Environment) -> Desk:
    """The desk of the site that the hooks have put into the configuration; read when a page is rendered."""
    return desk(env.conf.extra["site"])


def _root(env: Environment) -> str:
    return "../" * str(env.page.url).count("/")
