"""A rule in full: what must hold, on what basis, the value expected, how to mend it, right and wrong."""

from dataclasses import dataclass
from functools import cache

from disclosure.model import DisclosureError
from disclosure.package.shipped import shipped
from disclosure.quality.messages import words_in
from disclosure.quality.rules import OUR_OWN, rules


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
    words = words_in(language)
    return "\n".join(
        (
            f"{rule.rule_id}  {rule.title}" if language == "zh" else rule.rule_id,
            rule.holds(language),
            f"{words['severity']}: {words[rule.severity]}",
            f"{words['basis']}: {words['own'] if rule.basis == OUR_OWN else rule.basis}",
            f"{words['expected']}: {rule.expected(language)}",
            f"{words['mend']}: {rule.mend(language)}",
            f"{example.file}",
            f"  {words['right']}: {example.right}",
            f"  {words['wrong']}: {example.wrong}",
        )
    )


def listed(language: str) -> str:
    """All rules, a line each."""
    return "\n".join(
        f"{rule.rule_id:24} {rule.severity:8} {rule.holds(language)}" for rule in rules().values()
    )
