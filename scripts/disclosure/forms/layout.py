"""How forms are laid out, as data: the spellings of each label, and the field that it heads."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from disclosure.forms.grid import Refused, folded, half, wide

LAYOUT = "forms/project.csv"  # where a package publishes it, and may have its own
COLUMNS = ("block", "field", "spellings", "needed", "note")
LONGEST = 40  # characters of a label; what is longer is a text
_SIGNS = ":;,.*、。"
_TAIL = re.compile(rf"(?:\([^()]*\)|[{_SIGNS}])+$")
_LEAD = re.compile(
    r"^(?:其中[:、]?|\d{1,2}[.、)]|[一二三四五六七八九十]{1,2}[、.]|\([一二三四五六七八九十\d]{1,2}\)|[①-⑳*★]|\(20\d\d年度?\))+"
)
_COLON = re.compile(r"(?:[(（][^()（）]*[)）]\s*)?[:：]")
INLINE = ("head", "person")  # blocks of which a cell may hold label and value
Meaning = Mapping[str, str]  # field by block
NOTHING: Meaning = {}


@dataclass(frozen=True, eq=False)
class Layout:
    """Labels by their bare spelling, titles by kind, and which groups of labels every form needs."""

    labels: Mapping[str, Meaning]
    titles: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...]
    needed: Mapping[str, tuple[tuple[str, str], ...]]
    spelled: Mapping[tuple[str, str], tuple[str, ...]]
    kinds: Mapping[str, str]
    inline: tuple[str, ...] = ()
    ends: frozenset[str] = frozenset()  # signs that labels end with
    known: dict[str, Meaning] = field(default_factory=dict)

    def meaning(self, text: str) -> Meaning:
        """What a cell's text means as a label; nothing where it is none."""
        last = text[-1:]
        if len(text) > LONGEST or (last not in self.ends and not last.isspace()):
            return NOTHING
        found = self.known.get(text)
        if found is None:
            found = self.labels.get(core(text), NOTHING)
            self.known[text] = found
        return found

    def with_amount(self, text: str) -> Meaning:
        """Which money, or total, a label means behind whose colon its number stands; nothing where none."""
        if not behind(text).lstrip("¥￥")[:1].isdigit():
            return NOTHING
        found = self.meaning(text[: -len(behind(text))].rstrip())
        money = {block: found[block] for block in ("pair", "fund") if block in found}
        if not money and ("score" in found or found.get("foot") == "total"):
            return {"foot": "total"}
        return money if "pair" in money or money.get("fund", "total") != "total" else NOTHING

    def is_note(self, text: str) -> bool:
        """Whether a text begins as notes do."""
        return folded(text).startswith(self.notes)

    def level_of_kind(self, text: str) -> str:
        """The first level that a second one belongs to in every tree; empty for none or several."""
        return self.kinds.get(core(text), "")

    def holds_label(self, text: str) -> bool:
        """Whether a text has a label inside it."""
        return any(self.inside(text))

    def inside(self, text: str) -> Iterator[tuple[int, int, Meaning]]:
        """The labels of a head, or of a person, that stand before a colon: where, up to where, and what."""
        for match in _COLON.finditer(text):
            first = max(match.start() - LONGEST, 0)
            before = [place for place in range(first, match.start()) if not text[place].isspace()]
            bare = half("".join(text[place] for place in before))
            if bare.endswith(self.inline):
                word = next(word for word in self.inline if bare.endswith(word))
                yield before[-len(word)], match.end(), self.labels[word]

    def spelling(self, label: str, number: int) -> str:
        """The label in another of its spellings, by a number; what means several things, or more, is kept."""
        meaning = tuple(self.meaning(label).items())
        plain = len(meaning) == 1 and meaning[0][0] != "level_1" and folded(label).isalpha()
        words = self.spelled[meaning[0]] if plain else (label,)
        return words[number % len(words)]


def has_colon(text: str) -> bool:
    """Whether there may be a label inside a text."""
    return ":" in text or "：" in text


def behind(text: str) -> str:
    """What stands behind the last colon of a text."""
    return text.replace("：", ":").rpartition(":")[2].strip()


@lru_cache(maxsize=4_096)
def core(text: str) -> str:
    """A label bare of white space, numbering, brackets at its end and colon, in half-width signs."""
    bare = folded(text)
    if len(bare) <= LONGEST:
        bare = _LEAD.sub("", bare) or bare
        bare = _TAIL.sub("", bare) or bare
    return bare


@cache
def layout_bytes() -> bytes:
    """The table as it ships with the software."""
    return Path(__file__).with_name("project.csv").read_bytes()


@lru_cache(maxsize=8)
def of_package(data: bytes | None = None) -> Layout:
    """The layout of a package's own table of labels, or of the one that ships.

    Raises Refused where it has other columns, or a row names no block, field or spelling.
    """
    rows = csv.DictReader((layout_bytes() if data is None else data).decode("utf-8").splitlines())
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise Refused("form-layout", LAYOUT, ",".join(rows.fieldnames or ())[:120], ",".join(COLUMNS))
    labels: dict[str, dict[str, str]] = {}
    titles: dict[str, tuple[str, ...]] = {}
    kinds: dict[str, str] = {}
    needed: dict[str, list[tuple[str, str]]] = {}
    spelled: dict[tuple[str, str], tuple[str, ...]] = {}
    notes: tuple[str, ...] = ()
    for row in rows:
        block, name = row["block"], row["field"]
        words = tuple(filter(None, row["spellings"].split("|")))
        if not (block and name and words):
            raise Refused("form-layout", LAYOUT, str(dict(row))[:120], ",".join(COLUMNS))
        spelled[block, name] = words
        if row["needed"]:
            needed.setdefault(row["needed"], []).append((block, name))
        if block == "title":
            titles[name] = words
        elif block == "note":
            notes += words
        elif block == "kind":
            kinds |= {core(word): name for word in words}
        else:
            for word in words:
                labels.setdefault(core(word), {}).setdefault(block, name)
    heads = {core(word) for (block, _), words in spelled.items() if block in INLINE for word in words}
    groups = {group: tuple(fields) for group, fields in needed.items()}
    ends = {sign for label in labels for sign in wide(label[-1])}.union(*map(wide, _SIGNS + ")"))
    inline = tuple(sorted(heads, key=len, reverse=True))
    return Layout(labels, titles, notes, groups, spelled, kinds, inline, frozenset(ends))
