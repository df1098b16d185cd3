"""The rules as data: what must hold, what value is expected, how to mend it; in both languages."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

RULES_FILE = "rules.csv"
OUR_OWN = "our own"  # the basis of a rule that no law or standard gives


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A row of rules.csv. `severity` is error, warning or note; `applies_to` a resource, or `package`."""

    rule_id: str
    severity: str
    stage: str
    applies_to: str
    title: str
    holds_zh: str
    holds_en: str
    expected_zh: str
    expected_en: str
    mend_zh: str
    mend_en: str
    basis: str
    since: str

    def holds(self, language: str) -> str:
        """What must hold."""
        return self.holds_zh if language == "zh" else self.holds_en

    def expected(self, language: str) -> str:
        """What the value at that place should be."""
        return self.expected_zh if language == "zh" else self.expected_en

    def mend(self, language: str) -> str:
        """How to mend it where it does not."""
        return self.mend_zh if language == "zh" else self.mend_en


@cache
def rules_bytes() -> bytes:
    """The table as it ships with the software and is published with every package."""
    return (files("disclosure.quality") / RULES_FILE).read_bytes()


@cache
def rules() -> dict[str, Rule]:
    """All rules by id, in the order of the table."""
    lines = csv.DictReader(rules_bytes().decode("utf-8").splitlines())
    return {line["rule_id"]: Rule(**line) for line in lines}
