"""A rule in full: what must hold, on what basis, the value expected, how to mend it, right and wrong."""

from disclosure.model import DisclosureError
from disclosure.package.shipped import shipped
from disclosure.quality.messages import words_in
from disclosure.quality.rules import OUR_OWN, rules


class UnknownRule(DisclosureError):
    """There is no rule of that name; `disclosure explain` without one lists them."""


def explained(rule_id: str, language: str) -> str:
    """The text that explains a rule. Raises UnknownRule."""
    if rule_id not in rules():
        raise UnknownRule(rule_id)
    rule, words = rules()[rule_id], words_in(language)
    # One line of a file as it should be and as it should not; the tests prove both.
    example = next(line for line in shipped("quality", "examples") if line["rule_id"] == rule_id)
    return "\n".join(
        (
            f"{rule.rule_id}  {rule.title}" if language == "zh" else rule.rule_id,
            rule.holds(language),
            f"{words['severity']}: {words[rule.severity]}",
            f"{words['basis']}: {words['own'] if rule.basis == OUR_OWN else rule.basis}",
            f"{words['expected']}: {rule.expected(language)}",
            f"{words['mend']}: {rule.mend(language)}",
            example["file"],
            f"  {words['right']}: {example['right']}",
            f"  {words['wrong']}: {example['wrong']}",
        )
    )


def listed(language: str) -> str:
    """All rules, a line each."""
    return "\n".join(
        f"{rule.rule_id:24} {rule.severity:8} {rule.holds(language)}" for rule in rules().values()
    )
