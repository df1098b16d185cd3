"""The macros that pages call, one line each: a name, what makes its record, the template of the same name."""

from collections.abc import Callable, Mapping
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
from disclosure.website.years import OF, YEAR, by_year, years

Section = Callable[..., object]


class Environment(Protocol):
    """What mkdocs-macros hands to define_env, as far as it is used here."""

    conf: Any
    page: Any

    def macro(self, function: Callable[..., str], name: str = "") -> object:
        """Register a macro under a name."""


SECTIONS: Mapping[str, Section] = {
    "front_headline": front.front_headline,
    "key_figures": front.key_figures,
    "disclosure_picture": front.disclosure_picture,
    "front_money": front.front_money,
    "by_year": by_year,
    "done": front.done,
    "three_ways": front.three_ways,
    "money_finding": money.money,
    "fund_bars": money.money,
    "fund_table": money.money,
    "execution_bars": money.money,
    "not_itemised": money.money,
    "listing": listing,
    "coverage_by_count": ledger.coverage_by_count,
    "coverage_by_amount": ledger.coverage_by_amount,
    "project_states": listing,
    "duties": ledger.duties,
    "gaps": gaps.gaps,
    "objectives": narrative.objectives,
    "goal_flow": flow.goal_flow,
    "indicators_listed": narrative.indicators_listed,
    "counts_in_goals": narrative.counts_in_goals,
    "results_by_area": narrative.results_by_area,
    "said": narrative.said,
    "units": organisation.units,
    "offices": organisation.offices,
    "staff": organisation.staff,
    "whole_package": files.whole_package,
    "resources": files.resources,
    "code_samples": files.code_samples,
    "dataset_record": dataset_record,
    "goal_texts": goals.goal_texts,
    "blank_form": guide.blank_form,
    "how_to_fill": guide.how_to_fill,
    "form_problems": guide.form_problems,
    "check_tally": verified.check_tally,
    "residuals": verified.residuals,
    "source_faults": verified.source_faults,
    "rules_and_results": verified.rules_and_results,
    "evidence_pages": verified.evidence_pages,
    "glossary": reference.glossary,
    "corrections": reference.corrections,
    "versions": versions,
    "source_documents": reference.source_documents,
    "who_answers": reference.who_answers,
    "search": search,
}


def define_env(env: Environment) -> None:
    """Called by mkdocs-macros once a build: makes every section a macro."""
    for name, section in SECTIONS.items():
        env.macro(_macro(env, name, section), name)
    env.macro(_term(env), "term")
    env.macro(_years(env), "years")
    env.macro(plate)


def plate() -> str:
    """The content of the plate, which the press fills for every project and page of evidence."""
    return "<div>@@BODY@@</div>"


def _macro(env: Environment, name: str, section: Section) -> Callable[..., str]:
    @wraps(section)
    def show(*words: str) -> str:
        made = _desk(env)
        folder = "en/" if env.page.meta.get("lang") == "en" else ""
        return render(f"{folder}{name}", section(made, *words), _root(env), made.terms, *words)

    return show


def _term(env: Environment) -> Callable[[str], str]:
    def term(name: str) -> str:
        """A term of the field, linked to its explanation in the glossary."""
        return collapsed(str(Terms(_root(env), _desk(env).terms)(name)))

    return term


def _years(env: Environment) -> Callable[[], str]:
    def show() -> str:
        """The year that a page is of, and the same page of other years; nothing where there are none."""
        site, meta = _desk(env).site, env.page.meta
        front = env.page.url.removesuffix(f"{site.year}/") if YEAR in meta else env.page.url
        return render("years", years(site, front, meta[OF]), _root(env), {})

    return show


def _desk(env: Environment) -> Desk:
    """The desk of the site that the hooks have put into the configuration, in the year of the page."""
    return desk(env.conf.extra["site"].of(env.page.meta.get(YEAR)))


def _root(env: Environment) -> str:
    return "../" * str(env.page.url).count("/")
