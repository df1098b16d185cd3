"""Problems as sentences for people and as JSON for machines."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from disclosure.model import Problem
from disclosure.quality.rules import rules

_WORDS = {
    "zh": {
        "found": "现为",
        "expected": "应为",
        "mend": "改法",
        "column": "列",
        "line": "第 {} 行",
        "nothing": "（空）",
        "error": "错误",
        "warning": "警告",
        "note": "提示",
        "tally": "{error} 个错误，{warning} 个警告，{note} 个提示",
        "published": "已发布 {pages} 个页面、{downloads} 个下载文件到 {site}/\n"
        "检查：{found}（disclosure check 逐条列出）\n"
        "查看：make serve，或用浏览器打开 {site}/index.html",
    },
    "en": {
        "found": "found",
        "expected": "expected",
        "mend": "to mend",
        "column": "column",
        "line": "row {}",
        "nothing": "(nothing)",
        "error": "error",
        "warning": "warning",
        "note": "note",
        "tally": "{error} errors, {warning} warnings, {note} notes",
        "published": "published {pages} pages and {downloads} downloads into {site}/\n"
        "checked: {found} (disclosure check lists them)\n"
        "to look at it: make serve, or open {site}/index.html",
    },
}


def language(environment: Mapping[str, str]) -> str:
    """`zh` where the locale is Chinese, else `en`; POSIX's order of the variables that set it."""
    names = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next(filter(None, names), "").lower().startswith("zh") else "en"


def text(problems: Sequence[Problem], language: str) -> str:
    """All problems for a terminal, grouped by rule in the order of the table, with a tally at the end."""
    return "\n".join([*_lines(problems, language), _WORDS[language]["tally"].format_map(tally(problems))])


def _lines(problems: Sequence[Problem], language: str) -> Iterator[str]:
    words = _WORDS[language]
    for rule in rules().values():
        cases = [problem for problem in problems if problem.rule == rule.rule_id]
        if not cases:
            continue
        yield f"{words[rule.severity]} [{rule.rule_id}] {rule.holds(language)}"
        for problem in cases:
            yield f"  {place(problem, language)}"
            yield f"    {words['found']}: {problem.found or words['nothing']}"
            if problem.expected:
                yield f"    {words['expected']}: {problem.expected}"
        yield f"  {words['mend']}: {rule.mend(language)}"


def place(problem: Problem, language: str) -> str:
    """File, row and column in words."""
    words = _WORDS[language]
    parts = [problem.file]
    if problem.row:
        parts.append(words["line"].format(problem.row))
    if problem.column:
        parts.append(f"{words['column']} {problem.column}")
    return ", ".join(parts) if language == "en" else "，".join(parts)


def tally(problems: Sequence[Problem]) -> dict[str, int]:
    """How many problems there are of each severity."""
    severities = [rules()[problem.rule].severity for problem in problems]
    return {severity: severities.count(severity) for severity in ("error", "warning", "note")}


def published(problems: Sequence[Problem], downloads: int, site: Path, language: str) -> str:
    """What a build says at its end: what it published, what it found, how to look at it."""
    words = _WORDS[language]
    found = words["tally"].format_map(tally(problems))
    pages = sum(1 for _ in site.rglob("*.html"))
    return words["published"].format(pages=pages, downloads=downloads, site=site, found=found)


def as_json(problems: Sequence[Problem]) -> str:
    """All problems as one JSON object: `tally`, and `problems` with the rule's own texts."""
    found = [
        {
            "rule": problem.rule,
            "severity": rules()[problem.rule].severity,
            "file": problem.file,
            "row": problem.row or None,
            "column": problem.column or None,
            "found": problem.found,
            "expected": problem.expected,
            "holds": {"zh": rules()[problem.rule].holds_zh, "en": rules()[problem.rule].holds_en},
            "mend": {"zh": rules()[problem.rule].mend_zh, "en": rules()[problem.rule].mend_en},
        }
        for problem in problems
    ]
    return json.dumps({"tally": tally(problems), "problems": found}, ensure_ascii=False, indent=2)
