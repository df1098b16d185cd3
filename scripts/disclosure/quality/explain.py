"""A rule in full: what must hold, on what basis, the value expected, how to mend it, right and wrong."""

from dataclasses import dataclass
from functools import cache

from disclosure.model import DisclosureError
from disclosure.package.shipped import shipped
from disclosure.quality.rules import rules

_WORDS = {
    "zh": (
        "级别",
        "依据",
        "应为",
        "改法",
        "对",
        "错",
        {"error": "错误", "warning": "警告", "note": "提示"},
        "本项目自定",
    ),
    "en": ("severity", "basis", "expected", "to mend", "right", "wrong", {}, "our own"),
}


class UnknownRule(DisclosureError):
    """There is no rule of that name; `disclosure explain` without one lists them."""


@dataclass(frozen=True, slots=True)
class Example:
    """One line of a file as it should be and as it should not; the tests prove both."""

    rule_id: str
    file: str
    right: str
    wrong: str


@cache
def examples() -> dict[str, Example]:
    """The examples by rule."""
    return {line["rule_id"]: Example(**line) for line in shipped("quality", "examples")}


def explained(rule_id: str, language: str) -> str:
    """The text that explains a rule. Raises UnknownRule."""
    if rule_id not in rules():
        raise UnknownRule(rule_id)
    rule, example = rules()[rule_id], examples()[rule_id]
    severity, basis, expected, mend, right, wrong, levels, own = _WORDS[language]
    return "\n".join(
        (
            f"{rule.rule_id}  {rule.title}" if language == "zh" else rule.rule_id,
            rule.holds(language),
            f"{severity}: {levels.get(rule.severity, rule.severity)}",
            f"{basis}: {own if rule.basis == 'our own' else rule.basis}",
            f"{expected}: {rule.expected(language)}",
            f"{mend}: {rule.mend(language)}",
            f"{example.file}",
            f"  {right}: {example.right}",
            f"  {wrong}: {example.wrong}",
        )
    )


def listed(language: str) -> str:
    """All rules, a line each."""
    return "\n".join(
        f"{rule.rule_id:24} {rule.severity:8} {rule.holds(language)}" for rule in rules().values()
    )
