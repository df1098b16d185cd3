"""Our scores beside a form's own: each from stated figures by a named rule, none where none is stated."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from disclosure.model import Missing, Package, Row
from disclosure.package import earned
from disclosure.package.computed import difference, due_column
from disclosure.package.figures import Figure, cell_figure
from disclosure.package.schemes import Scheme

SCORES = "scores"  # how the ids of these figures begin
UNIT = "分"
EXECUTION, TOTAL = "execution", "total"


@dataclass(frozen=True, slots=True)
class Score:
    """A stated score and ours, which is missing where the rule gives none.

    `grade` is the one that the scheme gives to ours, of a total.
    """

    stated: Figure
    ours: Figure
    grade: str = ""

    @property
    def agrees(self) -> bool | None:
        """Whether both are equal; None where there is none of ours."""
        return None if isinstance(self.ours.value, Missing) else self.stated.value == self.ours.value

    @property
    def difference(self) -> Figure:
        """What remains of the stated score without ours."""
        name = f"{self.ours.id.removesuffix('computed')}difference"
        return difference(name, "与表上得分之差", self.stated, self.ours)


@dataclass(frozen=True, slots=True)
class Form:
    """A project's row with its indicators, and the scheme that its scores are judged by."""

    package: Package
    scheme: Scheme
    row: Row
    indicators: tuple[Row, ...]

    def cell(self, column: str) -> Figure:
        """A figure of the project's row."""
        return self.of(self.row, column, "projects")

    def of(self, row: Row, column: str, name: str = "indicators") -> Figure:
        """A figure of one of its indicators, or of another row."""
        table = self.package.tables[name]
        return cell_figure(self.package, table, row, table.columns[column])

    def score(self, what: str, stated: Figure, exact: Decimal | None, rule: str, *of: Figure) -> Score:
        """Ours beside the stated one; `rule` and `of` say how it was computed."""
        value = Missing.NOT_STATED if exact is None else earned.rounded(self.scheme, exact, stated.number)
        name = ".".join((SCORES, *self.package.tables["projects"].key_of(self.row), what))
        label, formula = "按公式总分" if what == TOTAL else "按公式得分", f"score|{rule}"
        ours = Figure(f"{name}.computed", label, value, UNIT, formula=formula, operands=of or (stated,))
        graded = what == TOTAL and isinstance(value, Decimal)
        return Score(stated, ours, self.scheme.grade(ours.number) if graded else "")


def scores(form: Form) -> Mapping[str, Score]:
    """Stated scores with ours, by `execution`, number of the indicator, and `total`."""
    found = dict(_parts(form))
    if form.row.amount("total_score") is not None:
        found[TOTAL] = _total(form, found)
    return found


def _parts(form: Form) -> Iterator[tuple[str, Score]]:
    if form.row.amount("execution_score") is not None and form.row.amount("execution_weight") is not None:
        yield EXECUTION, _execution(form)
    for row in form.indicators:
        if row.amount("score") is not None and row.amount("weight") is not None:
            yield row.text("indicator_no"), _indicator(form, row)


def _execution(form: Form) -> Score:
    """Weight × B ÷ A; A is the year's adjusted budget, or the budget where the form has no other."""
    names = ("execution_weight", "expenditure_wan", due_column(form.row))
    weight, spent, budget = (form.cell(name) for name in names)
    exact = None
    if isinstance(spent.value, Decimal) and isinstance(budget.value, Decimal):
        exact = earned.by_rate(form.scheme, weight.number, spent.value, budget.value)
    return form.score(EXECUTION, form.cell("execution_score"), exact, "rate", weight, spent, budget)


def _indicator(form: Form, row: Row) -> Score:
    number, stated, weight = row.text("indicator_no"), form.of(row, "score"), form.of(row, "weight")
    if earned.is_dropped(form.scheme, row):
        return form.score(number, stated, None, "dropped", weight)
    if row.text("direction") == "qualitative":
        return _judged(form, row, stated, weight)
    exact = earned.by_formula(form.scheme, row)
    if exact is None:
        return form.score(number, stated, None, "none", weight)
    rule = "met" if earned.is_met(row) else form.scheme.formulas.get(row.text("direction"), "none")
    of = (weight, form.of(row, "actual_value"), form.of(row, "target_value"))
    return form.score(number, stated, exact, rule, *of)


def _judged(form: Form, row: Row, stated: Figure, weight: Figure) -> Score:
    """A qualitative score stands where it lies in its band; else the nearest end of the band does."""
    number, found = row.text("indicator_no"), earned.band(form.scheme, row)
    if found is None or form.scheme.formulas.get("qualitative") != "band":
        return form.score(number, stated, None, "none", weight)
    ends = [weight.number * share / 100 for share in (found.least, found.below or Decimal(100))]
    exact = min(max(stated.number, ends[0]), ends[1])
    rule = f"band|{found.least}|{found.below or 100}"
    return form.score(number, stated, exact, rule, weight, stated)


def _total(form: Form, parts: Mapping[str, Score]) -> Score:
    """The sum of ours, of the stated score where the rule gives none; rescaled to 100 where one is dropped.

    Missing where an indicator has points and no score.
    """
    stated = form.cell("total_score")
    kept = [row for row in form.indicators if not earned.is_dropped(form.scheme, row)]
    scored = [parts.get(row.text("indicator_no")) for row in kept]
    found = [part for part in (parts.get(EXECUTION), *scored) if part]
    of = [part.stated if isinstance(part.ours.value, Missing) else part.ours for part in found]
    if len(of) == 0 or any(part is None for part in scored):
        return form.score(TOTAL, stated, None, "none", *of)
    total = sum((figure.number for figure in of), Decimal(0))
    if len(kept) == len(form.indicators):
        return form.score(TOTAL, stated, total, "total", *of)
    left = sum((row.amount("weight") or 0 for row in kept), form.row.amount("execution_weight") or Decimal(0))
    exact = total * 100 / left if left else None
    return form.score(TOTAL, stated, exact, "rescaled", *of)
