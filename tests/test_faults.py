"""Every rule is tripped by a fault of its own, and by nothing like it that is lawful."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from disclosure.cli import main
from disclosure.model import Problem
from disclosure.package.load import load
from disclosure.quality import checks, schema
from disclosure.quality.rules import rules
from faults import ELSEWHERE, ELSEWHERE_STAGES, FAULTS, MORE, MOVED, PROJECT_FUNDS, Edits, Fault, parts

FULL = os.environ.get("DISCLOSURE_PROFILE") == "full"
Find = Callable[[Path, bool], frozenset[Problem]]


def edited(root: Path, edits: Edits, sealed: bool = True) -> Path:
    for path, old, new in edits:
        file = root / path
        if old == MOVED:
            file.rename(root / new)
            continue
        text = file.read_bytes().decode("utf-8", "surrogateescape")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        file.write_bytes(text.replace(old, new).encode("utf-8", "surrogateescape"))
    if sealed and (root / "datapackage.json").is_file():
        main(["seal", str(root)])
    return root


def found(root: Path, whole: bool) -> frozenset[Problem]:
    """All problems; without the slow layers, which read no more than the schema, unless asked for."""
    if whole or FULL:
        return frozenset(checks.check(root)[1])
    package, problems = load(root)
    quick = (check for check in checks.CHECKS if check is not schema.official_profile)
    return frozenset([*problems, *(problem for check in quick for problem in check(package))])


def new_rules(good: Path, edits: Edits, sealed: bool, whole: bool) -> set[str]:
    before = found(good, False)
    return {problem.rule for problem in found(edited(good, edits, sealed), whole) - before}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.rule)
def test_a_fault_trips_its_rule_and_no_other(good: Path, fault: Fault) -> None:
    assert new_rules(good, fault.fault, fault.sealed, fault.whole) == {fault.rule, *fault.also}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.rule)
def test_its_control_is_lawful(good: Path, fault: Fault) -> None:
    assert fault.rule not in fault.lawfully
    # A fault of not being sealed has itself, sealed, as its control.
    edits = fault.control if fault.sealed else fault.fault
    assert new_rules(good, edits, True, fault.whole) == fault.lawfully


@pytest.mark.parametrize(("rule", "file", "old", "new"), MORE)
def test_more_faults_of_the_same_rules(good: Path, rule: str, file: str, old: str, new: str) -> None:
    assert rule in new_rules(good, ((file, old, new),), True, False)


@pytest.mark.parametrize("fund", ["central", "government_fund", "bond"])
@pytest.mark.parametrize(
    ("fiscal", "amount", "wrong"),
    [("200.50", "150.00", False), ("100.50", "100.00", False), ("150.00", "100.00", True)],
)
def test_a_level_or_budget_is_a_part_of_the_appropriation_or_stands_beside_it(
    good: Path, fiscal: str, amount: str, wrong: bool, fund: str
) -> None:
    level = f"citation_id\n2023,street-cleaning,{fund},某项资金,{amount},NA,NA,NA,fund\n"
    edits = (*parts(fiscal), (PROJECT_FUNDS, "citation_id\n", level))
    assert ("project-funds-add-up" in new_rules(good, edits, True, False)) is wrong


def test_every_rule_has_a_fault() -> None:
    proven = [fault.rule for fault in FAULTS]
    assert len(proven) == len(set(proven))
    elsewhere = {name for name, rule in rules().items() if rule.stage in ELSEWHERE_STAGES}
    assert {*proven, *ELSEWHERE, *elsewhere} == set(rules())
    assert not set(proven) & {*ELSEWHERE, *elsewhere}


def test_what_is_tripped_elsewhere_is_tripped() -> None:
    tests = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("test_*.py")}
    for rule, name in ELSEWHERE.items():
        assert f'"{rule}"' in tests[name].replace("'", '"'), rule
    for rule in (name for name, rule in rules().items() if rule.stage in ELSEWHERE_STAGES):
        assert any(rule in text for name, text in tests.items() if name != "test_faults.py"), rule
