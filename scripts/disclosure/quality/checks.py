"""All checks, in the order in which they speak."""

from itertools import islice
from pathlib import Path

from disclosure.model import Check, Package, Problem
from disclosure.package.load import load
from disclosure.package.reader import MAX_FAULTS, WHOLE_FILE
from disclosure.quality import arithmetic, disclosed, provenance, references, schema, wording

CHECKS: tuple[Check, ...] = (
    schema.official_profile,
    schema.file_as_sealed,
    schema.rules_table_current,
    references.key_unique,
    references.reference_found,
    references.citation_used,
    arithmetic.staff_adds_up,
    arithmetic.funds_within_total,
    arithmetic.fund_residual,
    arithmetic.final_within_budget,
    arithmetic.counts_as_listed,
    arithmetic.objectives_numbered,
    arithmetic.coverage_rates,
    arithmetic.coverage_in_order,
    arithmetic.projects_within_total,
    provenance.number_in_quote,
    provenance.text_in_quote,
    disclosed.state_as_derived,
    disclosed.withheld_with_decision,
    disclosed.ground_for_review,
    disclosed.duty_dated,
    wording.doubled_phrase,
    wording.fault_marked,
)

# A file that is not there, that cannot be told apart or that breaks a bound is not handed to frictionless.
_NOT_HANDED_ON = WHOLE_FILE | {"file-exists", "file-size", "cell-length"}


def check(root: Path) -> tuple[Package, list[Problem]]:
    """The package in a folder and everything that is wrong with it, sorted by place. Raises NoPackage."""
    package, problems = load(root)
    if not package.tables or any(problem.file.endswith(".json") for problem in problems):
        return package, sorted(problems)  # without its descriptor and schemas, nothing more can be told
    met = {problem.rule for problem in problems}
    if not met & _NOT_HANDED_ON:
        problems.extend(schema.frictionless_valid(root, problems))
    for rule in CHECKS:
        problems.extend(islice(rule(package), MAX_FAULTS))
    return package, sorted(set(problems))


def verify(package: Package, source_id: str, text: str) -> list[Problem]:
    """What does not hold of a package against a source document: its sha256, each quote, each number."""
    problems = [
        *provenance.source_as_recorded(package, source_id, text),
        *provenance.quote_in_source(package, source_id, text),
        *provenance.number_in_quote(package),
        *provenance.text_in_quote(package),
    ]
    return sorted(set(problems))
