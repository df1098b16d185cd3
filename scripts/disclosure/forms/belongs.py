"""Whose a form is: the package's department or one of its units; and which project it speaks of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from disclosure.forms.form import Form, said
from disclosure.forms.grid import Refused, folded
from disclosure.forms.values import NOT_STATED, code_and_name
from disclosure.model import Package
from disclosure.package.ledger import Cells, Key

SHORTEST = 6  # signs of a name's end that tell one body from another
_OWN = re.compile(r"\(?本级\)?$|\(机关\)$|机关本级$")
_NUMBERED = re.compile(r"p-(\d{4,9})")
_OPEN = (NOT_STATED, "")
_SLUG = re.compile(r"[^a-z0-9]+")


def bare(name: str) -> str:
    """A body's name without its code, and without 本级 at its end."""
    return _OWN.sub("", folded(code_and_name(name)[1]))


def same_body(one: str, other: str) -> bool:
    """Whether two names are those of one body, one of them maybe without the place it lies in."""
    shorter, longer = sorted((bare(one), bare(other)), key=len)
    return shorter == longer or (len(shorter) >= SHORTEST and longer.endswith(shorter))


def unit_of(package: Package, form: Form, year: int) -> str:
    """The id of the form's unit among the package's of that year; empty where it is none of them."""
    name = said(form, "unit")
    units = [row for row in package.rows("units", year) if name]
    exact = [row for row in units if bare(row.text("name")) == bare(name)]
    near = exact or [row for row in units if same_body(row.text("name"), name)]
    return near[0].text("unit_id") if len(near) == 1 else ""


def unit_named(package: Package, form: Form, year: int, unit_id: str) -> str:
    """What the form calls its unit, without its code, where that is not the name of the unit of that id."""
    _, name = code_and_name(said(form, "unit"))
    listed = package.tables["units"].index.get((str(year), unit_id))
    return "" if listed and listed.text("name") == name else name


def publisher_of(package: Package) -> Mapping[str, str]:
    """The names of the package's department; whoever loaded it has seen that there are some."""
    return cast(Mapping[str, str], package.descriptor["publisher"])


def is_own(package: Package, form: Form) -> bool:
    """Whether the form's department or unit is the package's department or one of its units."""
    publisher = publisher_of(package)
    names = [name for name in publisher.values() if not name.isascii()]
    names += [row.text("name") for row in package.rows("units")]
    theirs = [text for text in (said(form, "department"), said(form, "unit")) if text]
    short = publisher.get("short_name")
    return any(short and short in folded(text) for text in theirs) or any(
        same_body(name, text) for name in names for text in theirs
    )


@dataclass
class Directory:
    """The projects of all years by code, and by name; and the last number given to one without a code."""

    rows: Mapping[Key, Cells]
    codes: dict[str, list[Key]] = field(default_factory=dict)
    names: dict[str, list[Key]] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    last: int = 0

    def __post_init__(self) -> None:
        for key in self.rows:
            self.add(key)

    def add(self, key: Key) -> None:
        """Enter a row of projects."""
        row = self.rows[key]
        self.names.setdefault(folded(row["name"]), []).append(key)
        self.codes.setdefault(row["project_code"], []).append(key)
        self.ids.add(row["project_id"])
        self.pass_over(row["project_id"])

    def pass_over(self, project_id: str) -> None:
        """Give no new project this number, which may be that of one that was published and is gone."""
        if match := _NUMBERED.fullmatch(project_id):
            self.last = max(self.last, int(match.group(1)))

    def project_of(self, form: Form, unit: str, year: int) -> str:
        """The id of the form's project: of its code, else of its name and unit; empty where it is new.

        A row of the form's year goes before one of another. Raises Refused where several are meant.
        """
        code = said(form, "project_code")
        found = self.codes.get(code, []) if code else []
        if not found:
            named = self.names.get(folded(said(form, "name")), [])
            found = [key for key in named if self._may_be(self.rows[key], form, code, unit)]
        of_year = [key for key in found if key[0] == str(year)]
        ids = {key[1] for key in of_year or found}
        if len(ids) > 1:
            raise Refused("form-same-project", form.sheet, said(form, "name"), ", ".join(sorted(ids)))
        return next(iter(ids), "")

    def _may_be(self, row: Cells, form: Form, code: str, unit: str) -> bool:
        theirs, stored = said(form, "department"), row["department"]
        named = row["unit_name"], said(form, "unit")
        of_unit = not unit or row["unit_id"] in (*_OPEN, unit)
        other = code and row["project_code"] not in _OPEN
        return of_unit and not other and _may_be_one(stored, theirs) and _may_be_one(*named)

    def new_id(self, form: Form) -> str:
        """The id of a new project: its code, else the next number that no project of any year has."""
        code = _SLUG.sub("-", said(form, "project_code").lower()).strip("-")[:60]
        if code and code not in self.ids:
            return code
        return f"p-{self.last + 1:04d}"


def _may_be_one(stored: str, theirs: str) -> bool:
    """Whether nothing speaks against two names being those of one body."""
    return stored in _OPEN or not theirs or same_body(stored, theirs)
