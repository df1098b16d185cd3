"""Figures of the real package, each changed in every way a slip of the hand changes one: all are caught.

A figure that is changed and not found fails the test, which lists it; `pytest -s` prints the share caught.
"""

import csv
import io
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from conftest import ROOT
from disclosure.model import Field, Package, Problem, Row, Table
from disclosure.package import reader
from disclosure.package.load import load
from disclosure.quality import checks, schema
from disclosure.quality.report import blocking

SLOW = (schema.official_profile, schema.file_as_sealed)  # they know no cell: a seal would catch every change
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True)
class Mutation:
    kind: str
    table: Table
    row: Row
    field: Field
    text: str

    def __str__(self) -> str:
        key = ".".join(self.table.key_of(self.row))
        name = f"{self.table.name}.{key}.{self.field.name}"
        return f"{self.kind}: {name} {self.row[self.field.name]} → {self.text!r}"


def figures(package: Package) -> Iterator[tuple[Table, int, Row, Field]]:
    for table in package.tables.values():
        for field in table.fields:
            for number, row in enumerate(table.rows):
                if field.is_figure and row.amount(field.name) is not None:
                    yield table, number, row, field


def mutations(package: Package) -> Iterator[Mutation]:
    """Changes of the value: a cell that says the same in other digits, or equals its neighbour, is none."""
    for table, number, row, field in figures(package):
        text = row.text(field.name)
        below = (other.text(field.name) for other in table.rows[number + 1 :])
        changed = {
            "emptied": "",
            "not stated": "NA",
            "swapped": next((other for other in below if other), ""),
            "moved left": f"{Decimal(text).scaleb(1):f}",
            "moved right": f"{Decimal(text).scaleb(-1):f}",
            "last digit": f"{text[:-1]}{(int(text[-1]) + 1) % 10}",
            "digit more": f"{text}0" if "." not in text else f"1{text}",
            "full-width": text.translate(WIDE),
        }
        for kind, new in changed.items():
            same = new.isascii() and new not in ("", "NA") and Decimal(new) == Decimal(text)
            if not same and not (kind == "swapped" and not new):
                yield Mutation(kind, table, row, field, new)


def mutated(package: Package, mutation: Mutation) -> tuple[Package, list[Problem]]:
    """The package read again with one cell written otherwise; what the reader has to say."""
    table = mutation.table
    lines = list(csv.reader(package.files[table.path].decode("utf-8").splitlines()))
    lines[mutation.row.line - 1][list(table.columns).index(mutation.field.name)] = mutation.text
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    rows, faults = reader.read(table, text.getvalue().encode("utf-8"))
    return replace(package, tables={**package.tables, table.name: replace(table, rows=rows)}), faults


def caught_by(package: Package, known: frozenset[Problem], mutation: Mutation) -> str:
    """The first rule that finds the change, the reader's before the checks'; empty for a survivor."""
    changed, faults = mutated(package, mutation)
    if faults:
        return faults[0].rule
    problems = (problem for check in checks.CHECKS if check not in SLOW for problem in check(changed))
    return next((problem.rule for problem in problems if problem not in known and is_error(problem)), "")


def is_error(problem: Problem) -> bool:
    return blocking([problem]) != []


def test_every_changed_figure_is_caught() -> None:
    package, problems = load(ROOT / "datapackage")
    assert problems == []
    known = frozenset(problem for check in checks.CHECKS if check not in SLOW for problem in check(package))
    tried = list(mutations(package))
    caught = [caught_by(package, known, mutation) for mutation in tried]
    survivors = [str(mutation) for mutation, rule in zip(tried, caught, strict=True) if not rule]
    share = Decimal(len(tried) - len(survivors)) * 100 / len(tried)
    told = f"{len(tried)} changed figures, {share:.1f}% caught: {dict(Counter(caught))}"
    sys.stdout.write(f"{told}\n")
    assert len({mutation.kind for mutation in tried}) == 8
    assert survivors == []
