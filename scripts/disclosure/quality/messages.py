"""Problems as sentences: what, where, why, how to mend."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path

from disclosure.model import Package, Problem
from disclosure.package.reader import visible
from disclosure.package.shipped import phrases, shipped
from disclosure.quality.hidden import hide_of
from disclosure.quality.rules import OUR_OWN, Rule, rules

MOST_CASES = 3  # cases of a rule that are shown; the rest are counted
MOST_ROWS = 10  # rows of the rest that are named
LONGEST_LINE = 120
PERSONAL = "personal"  # the stage whose finds are never shown with the line they stand on
words_in = partial(phrases, "quality", "messages")


def text(problems: Sequence[Problem], language: str, package: Package | None = None) -> str:
    """All problems for a terminal, grouped by rule in the order of the table, with a tally at the end.

    The first cases of a rule are shown with their rows where the package is given, the others are counted.
    """
    tallied = words_in(language)["tally"].format_map(tally(problems))
    return "\n".join([*_lines(problems, language, package), tallied])


def _lines(problems: Sequence[Problem], language: str, package: Package | None) -> Iterator[str]:
    words = words_in(language)
    for rule in rules().values():
        cases = [problem for problem in problems if problem.rule == rule.rule_id]
        if not cases:
            continue
        yield f"{words[rule.severity]} [{rule.rule_id}] {rule.holds(language)}{_basis(rule, language)}"
        for problem in cases[:MOST_CASES]:
            yield from _case(problem, language, package)
        if others := cases[MOST_CASES:]:
            rows = ", ".join(str(problem.row) for problem in others[:MOST_ROWS] if problem.row)
            yield f"  {words['others'].format(len(others))}{': ' + rows if rows else ''}"
        yield f"  {words['mend']}: {rule.mend(language)}"


def _basis(rule: Rule, language: str) -> str:
    return "" if rule.basis == OUR_OWN else words_in(language)["by"].format(rule.basis)


def _case(problem: Problem, language: str, package: Package | None) -> Iterator[str]:
    words = words_in(language)
    yield f"  {place(problem, language, package)}"
    if package is not None and (line := row_of(problem, package)):
        yield f"    | {line}"
    found, expected = (_said(problem.rule, text, language) for text in (problem.found, problem.expected))
    yield f"    {words['found']}: {found or words['nothing']}"
    rule = rules()[problem.rule]
    if expected or rule.severity == "error":
        yield f"    {words['expected']}: {expected or rule.expected(language)}"


def _said(rule: str, text: str, language: str) -> str:
    """What a check found or expects, its own words in that language; a count goes before its noun."""
    count, _, noun = text.rpartition(" ")
    if language == "zh" and (said := _words_of_checks().get((rule, noun if count.isdecimal() else text))):
        return f"{count} {said}" if count.isdecimal() else said
    return visible(text)


@cache
def _words_of_checks() -> Mapping[tuple[str, str], str]:
    return {(line["rule"], line["said"]): line["zh"] for line in shipped("quality", "said")}


def row_of(problem: Problem, package: Package) -> str:
    """The line of the file a problem names, cut short; empty without one, or where it holds personal data."""
    if rules()[problem.rule].stage == PERSONAL:
        return ""
    lines = package.files.get(problem.file, b"").split(b"\n", problem.row)
    if not 0 < problem.row < len(lines):
        return ""
    line = lines[problem.row - 1][: 8 * LONGEST_LINE].decode("utf-8", "backslashreplace")
    if hide_of(package)(line) != line:
        return ""
    return visible(line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…")


def place(problem: Problem, language: str, package: Package | None = None) -> str:
    """File, row and column in words; the column by its form's title, too, where the package is given."""
    words = words_in(language)
    parts = [visible(problem.file)]
    if problem.row:
        parts.append(words["line"].format(problem.row))
    if problem.column:
        title = _title(problem, language, package) if package else ""
        what = words["column" if problem.row else "cell"]
        parts.append(f"{what} {title}{visible(problem.column)}")
    return words["joint"].join(parts)


def _title(problem: Problem, language: str, package: Package) -> str:
    for table in package.tables.values():
        if table.path == problem.file and problem.column in table.columns:
            field = table.columns[problem.column]
            return f"“{field.title}”" if language == "zh" else f"{field.title_en} / "
    return ""


def tally(problems: Sequence[Problem]) -> dict[str, int]:
    """How many problems there are of each severity."""
    severities = [rules()[problem.rule].severity for problem in problems]
    return {severity: severities.count(severity) for severity in ("error", "warning", "note")}


def published(problems: Sequence[Problem], downloads: int, site: Path, language: str) -> str:
    """What a build says at its end: what it published, what it found, how to look at it."""
    words = words_in(language)
    found = words["tally"].format_map(tally(problems))
    pages = sum(1 for _ in site.rglob("*.html"))
    return words["published"].format(pages=pages, downloads=downloads, site=site, found=found)


def of_site(what: str, site: Path, language: str) -> str:
    """What is said of a site that was `rolled_back` or `brought_back`, or is `unchanged`."""
    return words_in(language)[what].format(site=site)


def counted(codes: Sequence[int], language: str) -> str:
    """How many packages ended with 0, 1 and 2."""
    return words_in(language)["batch"].format(len(codes), *(codes.count(code) for code in range(3)))
