"""A fictional project as rows of tables, each with the sentence of the fictional report that states it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from disclosure.release.sample.outline import CENT, Order, Outline, chance, percent
from disclosure.release.sample.targets import LEAST, Target, targets
from disclosure.release.sample.vocabulary import DEPARTMENT, YEAR, Work, table, words, works

SOURCE = "report"
SECTION = "附 项目支出绩效目标和自评"
EXECUTION = 10  # points of the execution rate
GROUNDS = ("state_secret", "state_secret", "state_secret", "privacy")
_FUNDS = (("fiscal", "财政拨款"), ("carried_over", "上年结转资金"), ("unit", "单位资金"))

Line = tuple[str, dict[str, object]]  # a table and the cells of a row by column


@dataclass(frozen=True, slots=True)
class Drawn:
    """A project with what is drawn for it."""

    outline: Outline
    work: Work
    name: str
    chance: Random

    @property
    def id(self) -> str:
        """The project's id, and its part in the ids of its citations."""
        return f"p{self.outline.number}"


def project(outline: Outline, order: Order) -> Iterator[Line]:
    """All rows of one project: its own, those of its funds and indicators, and their citations."""
    drawn = _drawn(outline, order.seed)
    if outline.state in ("name", "withheld"):
        yield from _name_only(drawn)
        return
    if outline.state == "text":
        goal = _goal(drawn, None)
        money = f"{drawn.name} {outline.budget} {outline.spent}"
        yield from _cited(drawn, "", money)
        yield from _cited(drawn, "g", goal)
        yield "projects", {**_head(drawn), **_silent(), "budget_wan": outline.budget,
                           "expenditure_wan": outline.spent, "goal": goal,
                           "goal_citation_id": f"{drawn.id}-g"}  # fmt: skip
        return
    count = order.indicators + (drawn.chance.randint(-1, 1) if order.indicators > LEAST else 0)
    yield from _full(drawn, tuple(targets(outline, drawn.work, count, drawn.chance)))


def _drawn(outline: Outline, seed: int) -> Drawn:
    """Names run through all combinations, so that none comes twice before all have come."""
    places, shapes, acts = words("place"), words("shape"), words("act")
    most = len(works()) * len(places) * len(shapes) * len(acts)
    left = ((outline.number - 1) * 7_919 + seed % 1_000 * 104_729) % most
    left, work = divmod(left, len(works()))
    left, place = divmod(left, len(places))
    act, shape = divmod(left, len(shapes))
    again = f"（第{outline.number // most + 1}期）" if outline.number > most else ""
    name = f"{places[place]}{shapes[shape]}{works()[work].name}{acts[act]}{again}"
    return Drawn(outline, works()[work], name, chance(seed, outline.number))


def _cited(drawn: Drawn, part: str, quote: str) -> Iterator[Line]:
    name = f"{drawn.id}-{part}" if part else drawn.id
    yield "citations", {"citation_id": name, "source_id": SOURCE, "section": SECTION, "quote": quote}


def _head(drawn: Drawn) -> dict[str, object]:
    units = [line["id"] for line in table("department") if line["resource"] == "units"]
    return {
        "fiscal_year": YEAR,
        "project_id": drawn.id,
        "name": drawn.name,
        "unit_id": drawn.chance.choice(units),
        "objective_no": drawn.work.objective,
        "disclosure_state": drawn.outline.state,
        "citation_id": drawn.id,
    }


def _silent() -> dict[str, object]:
    """Columns that a form would state."""
    names = (
        "project_code", "department", "budget_wan", "adjusted_budget_wan", "expenditure_wan", "goal",
        "actual_result", "execution_rate_pct", "execution_weight", "execution_score", "total_weight",
        "total_score", "period", "long_term_goal", "conclusion", "problems_found", "measures_planned",
    )  # fmt: skip
    return dict.fromkeys(names, "NA")


def _name_only(drawn: Drawn) -> Iterator[Line]:
    withheld: dict[str, object] = {}
    if drawn.outline.state == "withheld":
        withheld = {
            "withhold_ground": drawn.chance.choice(GROUNDS),
            "decided_by": "样例街信息公开办公室（虚构）",
            "decided_on": f"{YEAR}-03-15",
            "next_review_on": f"{YEAR + 1}-03-15",
        }
    yield from _cited(drawn, "", drawn.name)
    yield "projects", {**_head(drawn), **_silent(), **withheld}


def _goal(drawn: Drawn, found: tuple[Target, ...] | None) -> str:
    """A goal with the numbers of the project's own indicators, where it has some."""
    first, second = drawn.work.measures
    counted = [target for target in found or () if target.level_2 == "数量指标"]
    numbers = [str(target.target_value) for target in counted[:2]]
    numbers += [str(drawn.chance.randint(one.low, one.high)) for one in (first, second)[len(numbers) :]]
    place = drawn.name[: drawn.name.index(drawn.work.name)]
    parts = (drawn.chance.choice(words(kind)) for kind in ("clause", "more", "end"))
    cells = {
        "place": place, "work": drawn.work.name, "goal": drawn.work.goal,
        "quantity": first.name, "target": numbers[0], "unit": first.unit,
        "second": second.name, "other": numbers[1], "second_unit": second.unit,
        "month": drawn.chance.randint(6, 12), "parts": drawn.chance.randint(2, 5),
    }  # fmt: skip
    return "；".join(part.format_map(cells) for part in parts) + "。"


def _full(drawn: Drawn, found: tuple[Target, ...]) -> Iterator[Line]:
    outline, rate = drawn.outline, drawn.outline.rate
    gained = (EXECUTION * outline.spent / outline.adjusted).quantize(CENT, ROUND_HALF_UP)
    points = sum(target.weight for target in found) + EXECUTION
    total = gained + sum((target.score for target in found), Decimal(0))
    code, goal = f"YL{YEAR}{outline.number:05d}", _goal(drawn, found)
    missed = sum(target.score < target.weight for target in found)
    actual = f"{len(found) - missed} 条指标达到目标" + (f"，{missed} 条未达到。" if missed else "。")
    money = f"{outline.budget} {outline.adjusted} {outline.spent} {EXECUTION} {rate}% {gained}"
    yield from _cited(drawn, "", f"{drawn.name} {code} {DEPARTMENT} {money} {points} {total}")
    yield from _cited(drawn, "g", f"{goal} {actual}")
    row = {**_head(drawn), "project_code": code, "department": DEPARTMENT, "budget_wan": outline.budget,
           "adjusted_budget_wan": outline.adjusted, "expenditure_wan": outline.spent, "goal": goal,
           "actual_result": actual, "period": f"{YEAR} 年", "execution_rate_pct": rate,
           "execution_weight": EXECUTION, "execution_score": gained, "total_weight": points,
           "total_score": total, "goal_citation_id": f"{drawn.id}-g", "long_term_goal": "NA"}  # fmt: skip
    said = {"conclusion": drawn.chance.choice(words("conclusion")),
            "problems_found": drawn.chance.choice(words("problem")),
            "measures_planned": drawn.chance.choice(words("measure"))}  # fmt: skip
    if rate < 90:
        said["execution_reason"] = drawn.chance.choice(words("slow"))
    yield from _cited(drawn, "c", " ".join(said.values()))
    yield "projects", {**row, **said, "conclusion_citation_id": f"{drawn.id}-c"}
    yield from _funds(drawn)
    for number, target in enumerate(found, start=1):
        yield from _indicator(drawn, number, target)


def _funds(drawn: Drawn) -> Iterator[Line]:
    """The money by fund; the last part is what is left of the total."""
    outline = drawn.outline
    left = [outline.budget, outline.adjusted, outline.spent]
    funds = _FUNDS[: drawn.chance.choice((1, 1, 2, 3))]
    for place, (fund, name) in enumerate(funds):
        if place < len(funds) - 1:
            share = Decimal(drawn.chance.randint(60, 85)) / 100
            parts = [(amount * share).quantize(CENT) for amount in left]
        else:
            parts = left
        left = [amount - part for amount, part in zip(left, parts, strict=True)]
        rate = percent(parts[2], parts[1])
        yield from _cited(drawn, f"f{place}", f"{name} {parts[0]} {parts[1]} {parts[2]} {rate}%")
        names = ("budget_wan", "adjusted_budget_wan", "expenditure_wan", "execution_rate_pct")
        yield "project_funds", {"fiscal_year": YEAR, "project_id": drawn.id, "fund": fund, "name": name,
                                **dict(zip(names, (*parts, rate), strict=True)),
                                "citation_id": f"{drawn.id}-f{place}"}  # fmt: skip


def _indicator(drawn: Drawn, number: int, target: Target) -> Iterator[Line]:
    cells = {name: "" if value is None else value for name, value in asdict(target).items()}
    words_of = ("level_2", "name", "target_as_written", "actual_as_written", "weight", "score")
    said = [str(cells[name]) for name in (*words_of, "deviation_reason")]
    yield from _cited(drawn, str(number), " ".join(said).rstrip())
    whose = {"fiscal_year": YEAR, "project_id": drawn.id, "indicator_no": number}
    yield "indicators", {**whose, **cells, "citation_id": f"{drawn.id}-{number}"}
