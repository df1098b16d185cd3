"""The rules as data: what must hold, what value is expected, how to mend it; in both languages."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from disclosure.model import Package

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


def with_rules(package: Package, changed: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """A change with the current table of rules, where something changes and the package has an older one.

    The package that comes of it has to be checked by these rules before it is written: then it says no more
    than is so, and nobody has to seal it first, which is done without a check.
    """
    is_same = all(package.files.get(path) == content for path, content in changed.items())
    is_older = package.files.get(RULES_FILE) not in (None, rules_bytes())
    return {**changed, RULES_FILE: rules_bytes()} if is_older and not is_same else changed


@cache
def rules() -> dict[str, Rule]:
    """All rules by id, in the order of the table."""
    lines = csv.DictReader(rules_bytes().decode("utf-8").splitlines())
    return {line["rule_id"]: Rule(**line) for line in lines}
