"""A form in its place in the package: which tables it fills, whose it is, and what it changes."""

from collections.abc import Mapping
from dataclasses import dataclass

from disclosure.forms.form import Form
from disclosure.package.ledger import Key, Ledger

Books = Mapping[str, Ledger]  # the tables that forms fill, by name
TABLES = ("sources", "citations", "projects", "project_funds", "indicators")


@dataclass(frozen=True, slots=True)
class Change:
    """A cell added (no `old`), changed or dropped (no `new`), and the cell of the form that says so."""

    table: str
    key: Key
    column: str
    old: str | None
    new: str | None
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Filed:
    """A form in its place: the project's year and id, its unit, and the file it came in."""

    form: Form
    file: str
    sha256: str
    year: int
    project_id: str
    unit_id: str

    @property
    def source_id(self) -> str:
        """The id of its workbook among the sources."""
        return f"form-{self.sha256[:12]}"

    def citation_id(self, what: str) -> str:
        """The id of one of its citations."""
        return citation_id((str(self.year), self.project_id), self.form.kind, what)


def citation_id(project: tuple[str, str], kind: str, what: str = "") -> str:
    """The id of what a form of a project, by year and id, is cited for; or how all of them begin."""
    return f"form-{'-'.join(project)}-{kind}-{what}".replace("_", "-").lower()
