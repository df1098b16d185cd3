"""Patterns of a schema that cannot be made to run forever: a small grammar, read without ever going back.

A pattern may hold characters, `[classes]`, `.`, groups, `|` and the signs ? * + {n} {m,n}. It is
refused where two ways of reading on would be open at once (`(a+)+`, `[a-z]*[a-y]`):
what is left matches in linear time.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations

MAX_PATTERN = 200
MAX_PLACES = 400
_ATOM = re.compile(
    r"\[(?P<class>[^\[\]\\^](?:[^\[\]\\]|\\[\W_])*)\]|\\(?P<escaped>[^\w\s])|(?P<char>[^\\\[\](){}|?*+^$])"
)
_QUANTIFIER = re.compile(r"(?P<sign>[?*+])|\{(?P<least>[0-9]{1,3})(?:,(?P<most>[0-9]{1,3}))?\}")
_ANY = ((0, 9), (11, 0x10FFFF))
_RANGE = re.compile(r"(\\.|[^\\])(?:-(\\.|[^\\]))?", re.DOTALL)
Ranges = tuple[tuple[int, int], ...]


class Unsafe(ValueError):
    """The pattern is outside the grammar, or can be read in more than one way."""


@dataclass(slots=True)
class _Part:
    first: frozenset[int] = frozenset()
    last: frozenset[int] = frozenset()
    empty: bool = True


@dataclass
class _Reading:
    """Which characters may stand at each place of the pattern, and which places may follow it."""

    text: str
    at: int = 0
    places: list[Ranges] = field(default_factory=list)
    follow: list[set[int]] = field(default_factory=list)

    def choice(self) -> _Part:
        """Alternatives up to a closing bracket or the end."""
        part = self.sequence()
        while self.text.startswith("|", self.at):
            self.at += 1
            part = self.either(part, self.sequence())
        return part

    def either(self, one: _Part, two: _Part) -> _Part:
        if one.empty and two.empty:
            raise Unsafe("two empty alternatives")
        self.apart(one.first | two.first)
        return _Part(one.first | two.first, one.last | two.last, one.empty or two.empty)

    def sequence(self) -> _Part:
        part = _Part()
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            part = self.then(part, self.repeated())
        return part

    def then(self, one: _Part, two: _Part) -> _Part:
        for place in one.last:
            self.join(place, two.first)
        first = one.first | two.first if one.empty else one.first
        self.apart(first)
        last = one.last | two.last if two.empty else two.last
        return _Part(first, last, one.empty and two.empty)

    def repeated(self) -> _Part:
        start = self.at
        part = self.atom()
        found = _QUANTIFIER.match(self.text, self.at)
        if found is None:
            return part
        if part.empty:
            raise Unsafe("an empty part repeated")
        after = found.end()
        if found["sign"]:
            if found["sign"] != "?":
                self.loop(part)
            part = _Part(part.first, part.last, found["sign"] != "+")
        else:
            least, most = int(found["least"]), int(found["most"] or found["least"])
            part = self.copies(start, part, least, most)
        self.at = after
        return part

    def copies(self, start: int, part: _Part, least: int, most: int) -> _Part:
        """`x{2,4}` as xx(x(x)?)?: every copy has places of its own."""
        if not 1 <= most <= MAX_PLACES or least > most:
            raise Unsafe("counts")
        made = [part]
        for _ in range(most - 1):
            self.at = start
            made.append(self.atom())
        whole = _Part()
        for number in range(most, 0, -1):
            whole = self.then(made[number - 1], whole)
            if number > least:
                whole.empty = True
        return whole

    def loop(self, part: _Part) -> None:
        for place in part.last:
            self.join(place, part.first)

    def join(self, place: int, targets: frozenset[int]) -> None:
        if self.follow[place] & targets:
            raise Unsafe("a repetition inside a repetition")
        self.follow[place] |= targets
        self.apart(frozenset(self.follow[place]))

    def apart(self, places: frozenset[int]) -> None:
        for one, two in combinations(places, 2):
            for low, high in self.places[one]:
                if any(low <= end and start <= high for start, end in self.places[two]):
                    raise Unsafe("two ways to read on")

    def atom(self) -> _Part:
        if self.text.startswith("(", self.at):
            self.at += 1
            part = self.choice()
            if not self.text.startswith(")", self.at):
                raise Unsafe("a bracket is open")
            self.at += 1
            return part
        found = _ATOM.match(self.text, self.at)
        if found is None or len(self.places) == MAX_PLACES:
            raise Unsafe(f"at {self.at + 1}")
        self.at = found.end()
        sign = found["escaped"] or found["char"]
        ranges = _ranges(found["class"]) if found["class"] else ((ord(sign), ord(sign)),)
        self.places.append(_ANY if found["char"] == "." else ranges)
        self.follow.append(set())
        place = frozenset({len(self.places) - 1})
        return _Part(place, place, False)


def _ranges(inside: str) -> Ranges:
    if any(sign in inside for sign in ("--", "&&", "~~", "||")):  # reserved by Python for sets of sets
        raise Unsafe("a sign twice in a class")
    made = []
    for low, high in _RANGE.findall(inside):
        made.append((ord(low[-1]), ord((high or low)[-1])))
    if any(low > high for low, high in made):
        raise Unsafe("a class runs backwards")
    return tuple(made)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, to be matched against a whole cell. Raises Unsafe."""
    if len(pattern) > MAX_PATTERN:
        raise Unsafe(f"longer than {MAX_PATTERN}")
    reading = _Reading(pattern)
    reading.choice()
    if reading.at != len(pattern):
        raise Unsafe(f"at {reading.at + 1}")
    try:
        return re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise Unsafe(str(error)) from error
