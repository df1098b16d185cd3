"""What is decided of a fictional project before its words: its state of disclosure and its money."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

CENT = Decimal("0.01")
# Of a hundred projects: how many are in each state; the unlisted are a number beside them.
STATES = (("full", 70), ("text", 14), ("name", 10), ("withheld", 6))
UNLISTED = 20  # one in so many declared targets has no row


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: how many projects, with about how many indicators, and whether all are disclosed."""

    projects: int
    seed: int
    indicators: int
    full: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """A project's number from 1, its state, and its budget, adjusted budget and expenditure in 万元."""

    number: int
    state: str
    budget: Decimal
    adjusted: Decimal
    spent: Decimal

    @property
    def rate(self) -> Decimal:
        """Expenditure in percent of the adjusted budget, two places."""
        return percent(self.spent, self.adjusted)


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """part ÷ whole in percent, two places, half up."""
    return (part * 100 / whole).quantize(CENT, ROUND_HALF_UP)


def chance(*key: object) -> Random:
    """Random numbers that depend on the key alone: a string seeds the same on every machine."""
    return Random("/".join(map(str, key)))


def outlines(order: Order) -> Iterator[Outline]:
    """The outlines of all projects."""
    drawn = chance(order.seed, "outlines")
    names, shares = [name for name, _ in STATES], [share for _, share in STATES]
    for number in range(1, order.projects + 1):
        state = "full" if order.full else drawn.choices(names, shares)[0]
        budget = int(10 ** drawn.uniform(3.5, 5.4))  # cents of 万元: from 31 to 2,511, most of them small
        changed = drawn.choice((100, 100, 100, 90, 95, 105, 110)) if state == "full" else 100
        adjusted = budget * changed // 100
        spent = adjusted * drawn.choice((999, 995, 990, 985, 980, 970, 960, 940, 920, 905, 860)) // 1000
        spent -= drawn.randrange(adjusted // 1000 + 1)
        yield Outline(number, state, *(Decimal(value).scaleb(-2) for value in (budget, adjusted, spent)))
