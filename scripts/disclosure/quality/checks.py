"""All checks, in the order of the table of rules."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
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
from disclosure.quality.rules import rules

Check = Callable[[Package], Iterator[Problem]]
Watch = Callable[[Sequence[Check]], Iterable[Check]]
_STAGES = (
    schema, references, arithmetic, filled, provenance, targets, goals, scores, outcomes, disclosed, wording,
)  # fmt: skip
# What bears a rule's name and needs more than a package: its folder, or the source document.
_OF_MORE = (schema.frictionless_valid, provenance.source_as_recorded, provenance.quote_in_source)


def _named(rule_id: str) -> Iterator[Check]:
    """The check of a rule: the function that bears its name, where that needs no more than a package."""
    bearing = (getattr(stage, rule_id.replace("-", "_"), None) for stage in _STAGES)
    return (found for found in bearing if found and found not in _OF_MORE)


CHECKS: tuple[Check, ...] = (
    *chain.from_iterable(map(_named, rules())),
    versions.since_release,  # it compares two packages once, for all of its rules
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
