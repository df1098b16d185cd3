"""All checks, in the order in which they speak."""

from pathlib import Path

from disclosure.model import Check, DisclosureError, Package, Problem
from disclosure.package.load import load
from disclosure.package.text import fingerprint
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


def check(root: Path) -> tuple[Package, list[Problem]]:
    """The package in a folder and everything that is wrong with it, sorted by place. Raises NoPackage."""
    package, problems = load(root)
    if not package.tables:
        return package, sorted(problems)
    met = {problem.rule for problem in problems}
    if met & {"path-inside-package", "descriptor-shape", "json-grammar"}:
        return package, sorted(problems)
    if "file-exists" not in met:
        problems.extend(schema.frictionless_valid(root, problems))
    for rule in CHECKS:
        problems.extend(rule(package))
    return package, sorted(set(problems))


class UnknownSource(DisclosureError):
    """No source of the package is recorded with the sha256 of that document; name it with --as."""


def source_of(package: Package, text: str, named: str = "") -> str:
    """Which source a document is: the one named, or the one with its sha256. Raises UnknownSource.

    A document that was changed has nobody's sha256; where only one is recorded, it is the one that was meant.
    """
    hashed = {row.text("sha256"): name for name, row in package.sources.items() if row.text("sha256")}
    only = next(iter(hashed.values())) if len(hashed) == 1 else ""
    source_id = named or hashed.get(fingerprint(text), only)
    if source_id not in package.sources:
        raise UnknownSource(source_id)
    return source_id


def verify(package: Package, source_id: str, text: str) -> list[Problem]:
    """What does not hold of a package against a source document: its sha256, each quote, each number."""
    problems = [
        *provenance.source_as_recorded(package, source_id, text),
        *provenance.quote_in_source(package, source_id, text),
        *provenance.number_in_quote(package),
        *provenance.text_in_quote(package),
    ]
    return sorted(set(problems))
