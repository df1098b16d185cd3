"""All checks, in the order in which they speak."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from disclosure.model import DisclosureError, Package, Problem
from disclosure.package.load import load
from disclosure.package.reader import MAX_FAULTS, WHOLE_FILE
from disclosure.package.text import fingerprint
from disclosure.quality import (
    arithmetic,
    disclosed,
    filled,
    goals,
    outcomes,
    provenance,
    references,
    schema,
    scores,
    targets,
    versions,
    wording,
)
from disclosure.quality.hidden import hidden

Check = Callable[[Package], Iterator[Problem]]
Watch = Callable[[Sequence[Check]], Iterable[Check]]
CHECKS: tuple[Check, ...] = (
    schema.official_profile,
    schema.file_as_sealed,
    schema.rules_table_current,
    schema.settings_known,
    references.key_unique,
    references.reference_found,
    references.correction_named,
    references.citation_used,
    arithmetic.staff_adds_up,
    arithmetic.total_present,
    arithmetic.funds_within_total,
    arithmetic.fund_residual,
    arithmetic.final_within_budget,
    arithmetic.counts_as_listed,
    arithmetic.objectives_numbered,
    arithmetic.coverage_rates,
    arithmetic.coverage_in_order,
    arithmetic.projects_within_total,
    filled.project_funds_add_up,
    provenance.number_in_quote,
    provenance.text_in_quote,
    provenance.unit_in_quote,
    provenance.figure_has_unit,
    provenance.figure_left_out,
    targets.level_one_in_tree,
    targets.level_two_in_tree,
    targets.output_present,
    targets.benefit_present,
    targets.satisfaction_present,
    targets.cost_present,
    targets.timeliness_present,
    targets.quality_present,
    targets.target_has_number,
    filled.target_has_unit,
    targets.target_placeholder,
    targets.target_vague,
    targets.same_indicators,
    targets.input_as_output,
    goals.goal_has_indicators,
    goals.goal_measurable,
    goals.goal_repeated,
    goals.year_of_text,
    scores.weights_as_scheme,
    scores.level_weights,
    scores.qualitative_share,
    scores.score_within_weight,
    scores.score_as_formula,
    scores.band_as_said,
    scores.grade_in_band,
    filled.total_as_parts,
    outcomes.missed_explained,
    outcomes.deviation_explained,
    outcomes.all_on_target,
    outcomes.actual_repeats_target,
    outcomes.percentage_possible,
    outcomes.execution_explained,
    outcomes.exact_execution,
    disclosed.state_as_derived,
    disclosed.withheld_with_decision,
    disclosed.withheld_says_nothing,
    disclosed.ground_for_review,
    disclosed.duty_dated,
    disclosed.state_or_ground,
    disclosed.targets_unlisted,
    disclosed.review_after_decision,
    disclosed.review_in_time,
    disclosed.duty_in_time,
    disclosed.event_not_future,
    wording.doubled_phrase,
    wording.fault_marked,
    wording.mixed_width,
    wording.placeholder_text,
    versions.since_release,
)

# A file that is not there, that cannot be told apart or that breaks a bound is not handed to frictionless.
_NOT_HANDED_ON = WHOLE_FILE | {"file-exists", "file-size", "cell-length"}


def check(root: Path, watch: Watch = iter) -> tuple[Package, list[Problem]]:
    """The package in a folder and everything that is wrong with it, sorted by place. Raises NoPackage.

    `watch` passes the checks on, one by one, to whoever shows how far they are.
    """
    package, problems = load(root)
    if not package.tables or any(problem.file.endswith(".json") for problem in problems):
        return package, sorted(
            hidden(problems, package)
        )  # without its descriptor and schemas, nothing more can be told
    met = {problem.rule for problem in problems}
    if not met & _NOT_HANDED_ON:
        problems.extend(schema.frictionless_valid(root, package, problems))
    for rule in watch(CHECKS):
        problems.extend(islice(rule(package), MAX_FAULTS))
    return package, sorted(set(hidden(problems, package)))


class UnknownSource(DisclosureError):
    """No source is recorded with that sha256; enter it in sources.csv, or name the source: verify --as."""


def source_of(package: Package, text: str, named: str = "") -> str:
    """Which source a document is: the one named, or the one with its sha256. Raises UnknownSource.

    A document that was changed has nobody's sha256; where only one is recorded, it is the one that was meant.
    """
    hashed = {row.text("sha256"): name for name, row in package.sources.items() if row.text("sha256")}
    only = next(iter(hashed.values())) if len(hashed) == 1 else ""
    source_id = named or hashed.get(fingerprint(text), only)
    if source_id not in package.sources:
        raise UnknownSource(named or fingerprint(text))
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
