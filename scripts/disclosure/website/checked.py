"""Which rules looked at a cell, and what became of them there: a reader is shown those, and no others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from disclosure.model import Field, Missing, Package, Row, Table
from disclosure.package.figures import of_forms
from disclosure.package.shipped import shipped
from disclosure.quality.report import Result
from disclosure.quality.rules import Rule

WHOLE_FILE = 0  # the line of a problem that is not of one row


@dataclass(frozen=True, slots=True, eq=False)
class Looks:
    """A row of checked.csv: columns by name or by kind, and the columns of the row that the rule needs."""

    rule: str
    resource: str
    columns: frozenset[str]
    needs: frozenset[str]


@dataclass(frozen=True, eq=False)
class Checked:
    """The rules that hold for cells, by rule; and those that were told of one, by file, line and column."""

    held: Mapping[str, Rule]
    told: Mapping[tuple[str, int, str], tuple[Rule, ...]]
    looks: Mapping[tuple[str, str], tuple[Looks, ...]]
    needs: Mapping[tuple[str, str], tuple[str, ...]]
    forms: frozenset[str]

    def of(self, table: Table, row: Row, field: Field) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
        """The rules that a cell passed, and those that say something of it."""
        told = self.told.get((table.path, row.line, field.name), ())
        told += self.told.get((table.path, WHOLE_FILE, field.name), ())
        is_percent = (field.unit or row.text(field.unit_field)) == "%"
        kinds = is_percent, bool(self.forms) and row.cited(field) in self.forms
        needs = self.needs[table.name, field.name]
        lacks = tuple([name for name in needs if row[name].__class__ is Missing])
        passed = _passed(self, table.name, field, kinds, lacks)
        return tuple(rule for rule in passed if rule not in told) if told else passed, told


def checked(package: Package, results: Iterable[Result]) -> Checked:
    """What the results of all rules say of single cells."""
    held: dict[str, Rule] = {}
    told: dict[tuple[str, int, str], tuple[Rule, ...]] = {}
    found: dict[str, set[str]] = {}  # by rule, the files that it said something of
    for result in results:
        if result.status in ("passed", "noted"):
            held[result.rule.rule_id] = result.rule
        for problem in result.problems:
            found.setdefault(problem.rule, set()).add(problem.file)
            place = problem.file, problem.row, problem.column
            told[place] = tuple(dict.fromkeys((*told.get(place, ()), result.rule)))
    looks = {
        (table.name, field.name): tuple(
            look
            for look in _looks()
            if look.rule in held
            and look.resource in ("", table.name)
            and table.path in found.get(look.rule, (table.path,))
        )
        for table in package.tables.values()
        for field in table.fields
    }
    needs = {place: tuple({name for look in found for name in look.needs}) for place, found in looks.items()}
    return Checked(held, told, looks, needs, of_forms(package))


@cache
def _looks() -> tuple[Looks, ...]:
    return tuple(
        Looks(
            line["rule_id"],
            line["resource"],
            frozenset(line["columns"].split()),
            frozenset(line["needs"].split()),
        )
        for line in shipped("website", "checked")
    )


@lru_cache(maxsize=1024)
def _passed(
    checked: Checked, table: str, field: Field, kinds: tuple[bool, bool], lacks: tuple[str, ...]
) -> tuple[Rule, ...]:
    """The rules of those that look at such a cell and whose other columns are there."""
    looks, kind = checked.looks[table, field.name], _kinds(field, *kinds)
    fit = (look for look in looks if look.columns & kind and look.needs.isdisjoint(lacks))
    return tuple(checked.held[look.rule] for look in fit)


def _kinds(field: Field, is_percent: bool, of_form: bool) -> frozenset[str]:
    """What a column is to a rule: itself, a figure, one that stands before its unit, bounded, words."""
    kinds = {
        "figure": field.is_figure,
        "measured": field.is_figure and not (field.unit_in_head or of_form),
        "percent": field.is_figure and is_percent,
        "written": field.as_written,
        "bounded": bool({"minimum", "maximum", "enum", "pattern"} & field.constraints.keys()),
    }
    return frozenset({field.name, *(kind for kind, holds in kinds.items() if holds)})
