"""Templates in, HTML out: every cell escaped, every link relative, one block without line breaks."""

import re
from collections.abc import Callable, Mapping
from functools import cache, partial

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from disclosure.package.shipped import text_of
from disclosure.package.text import SHORTEST_RUN
from disclosure.quality.rules import Rule
from disclosure.website import permalink, pictures, wording
from disclosure.website.stamps import Stamps

_TABLE = re.compile(r"<table(?![^>]*\bid=)")
_ENGLISH = re.compile(r"[A-Za-z]{2,}[ ,;:]+[A-Za-z]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)


@cache
def environment() -> Environment:
    """The one environment that pages are rendered in."""
    made = Environment(
        loader=PackageLoader("disclosure.website", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    made.filters.update(
        shown=wording.shown,
        with_unit=wording.with_unit,
        exact=wording.exact,
        rounded=wording.rounded,
        rounded_en=wording.rounded_en,
        cell=wording.cell,
        circled=wording.circled,
        size=wording.size,
        evidence_url=permalink.url,
        rule_links=rule_links,
        drawable=lambda chart: pictures.drawable(chart.text),
        lang=_lang,
    )
    stamps = Stamps(partial(_macro, made), _joined)
    made.globals.update(linked=stamps.linked, rows_of_form=stamps.rows_of_form, behind=stamps.behind)
    made.globals.update(shortest_run=SHORTEST_RUN, chart_style=Markup(chart_style()))
    return made


def _macro(made: Environment, template: str, name: str) -> Callable[..., Markup]:
    found: Callable[..., Markup] = getattr(made.get_template(f"{template}.html").module, name)
    return found


@cache
def rule_links(found: tuple[Rule, ...], root: str) -> Markup:
    """Rules by name, as links to what they say; the same few stand beside every figure."""
    link = Markup('<a href="{}quality/#rule-{}">{}</a>')
    return Markup("、").join(link.format(root, rule.rule_id, rule.title) for rule in found)


@cache
def chart_style() -> str:
    """The style inside every chart that is a file."""
    return text_of("website", "templates/chart.css").replace("\n", "")


def said(template: str, macro: str, record: object) -> str:
    """What a macro of a template says of a record, as plain text."""
    words = getattr(environment().get_template(f"{template}.html").module, macro)(record, "")
    return str(words.striptags()).replace("\xa0", " ")


def _lang(text: str) -> Markup:
    """The attribute that marks words of English on a page of another language; nothing for all else."""
    return Markup(' lang="en"') if _ENGLISH.search(text) and not _HAN.search(text) else Markup("")


def render(template: str, record: object, root: str, terms: Mapping[str, str], *words: str) -> str:
    """A record shown by the template of that name, as one block that Markdown leaves alone.

    `root` leads from the page to the site's root; `terms` are the glossary's ids by term; `words` tell
    several of one template on a page apart.
    """
    found = environment().get_template(f"{template}.html")
    return collapsed(
        _linked("-".join((template, *words)), found.render(record=record, root=root, term=Terms(root, terms)))
    )


def for_machines(record: object) -> str:
    """A record as JSON-LD in a page, signs of markup as escapes."""
    return f'<script type="application/ld+json">{htmlsafe_json_dumps(record, ensure_ascii=False)}</script>'


def _linked(name: str, html: str) -> str:
    """The same HTML with an id on its first table, so that it can be linked to; the others have headings."""
    return _TABLE.sub(f'<table id="table-{name}"', html, count=1)


def collapsed(html: str) -> str:
    """The same HTML without line breaks, save inside pre."""
    parts = _PRE.split(html) if "<pre" in html else [html]
    return "".join([part if part.startswith("<pre") else _joined(part) for part in parts]).strip()


def _joined(html: str) -> str:
    return " ".join([line.strip(" ") for line in html.split("\n")])


class Terms:
    """Links official terms to the glossary; a term it does not explain stays plain text."""

    def __init__(self, root: str, terms: Mapping[str, str]) -> None:
        self.root, self.terms = root, terms

    def __call__(self, name: str) -> Markup:
        """The term as a link, or as it is."""
        if name not in self.terms:
            return Markup("{}").format(name)
        return Markup('<a class="term" href="{}glossary/#term-{}">{}</a>').format(
            self.root, self.terms[name], name
        )
