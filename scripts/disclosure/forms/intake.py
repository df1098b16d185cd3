"""Forms into the tables of one package: placed, compared; what is wrong with each as problems."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from disclosure.forms.belongs import Directory, is_own, publisher_of, unit_named, unit_of
from disclosure.forms.form import Form, said
from disclosure.forms.grid import Refused
from disclosure.forms.kept import says_less
from disclosure.forms.plan import file_form
from disclosure.forms.reading import Found
from disclosure.forms.sourced import TABLES, Books, Change, Filed, citation_id, tidied
from disclosure.model import Package, Problem
from disclosure.package.difference import KEY_JOINT, resources
from disclosure.package.ledger import Key, ledger
from disclosure.package.releases import members

_REASON = {
    "target": "据绩效目标表：文件 {form.file}，工作表 {form.sheet}",
    "evaluation": "据绩效自评表：文件 {form.file}，工作表 {form.sheet}",
}
Place = tuple[str, str]  # a file, and a cell of a sheet of it


@dataclass(frozen=True, slots=True)
class Wish:
    """What whoever imports has asked for: a year and a unit that forms do not name, whoever's they are."""

    year: int | None = None
    unit: str = ""
    any_department: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of one form: its project, the cells it adds and changes, how many it leaves alone."""

    file: str
    sheet: str
    kind: str
    fiscal_year: int
    project_id: str
    name: str
    cells: tuple[Change, ...] = ()
    left_alone: int = 0

    @property
    def added(self) -> int:
        """How many cells were not there before."""
        return sum(change.old is None for change in self.cells)


@dataclass
class Intake:
    """The tables as they would be, the projects in them, what became of each form, and every problem met."""

    package: Package
    wish: Wish
    books: Books
    known: Directory
    seen: dict[tuple[str, str, str], Found] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)  # the file of each source that a form brought
    unlisted: set[tuple[int, str]] = field(default_factory=set)
    placed: list[Placed] = field(default_factory=list)
    dropped: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def changed(self) -> dict[str, bytes]:
        """The files that would be others, by path inside the package."""
        if not self.dropped and not any(item.cells for item in self.placed):
            return {}
        return {item.path: item.data() for item in self.books.values()}

    @property
    def why(self) -> dict[tuple[str, str, str], str]:
        """The form by which each cell would be another, by table, row and column, for whoever corrects it."""
        return {
            (cell.table, KEY_JOINT.join(cell.key), cell.column): reason
            for form, reason in ((form, _REASON[form.kind].format(form=form)) for form in self.placed)
            for cell in form.cells
        }

    def origins(self) -> Mapping[tuple[str, int], Mapping[str, Place]]:
        """Where the cells of rows that forms have filled come from, by file and line of the tables to be."""
        found: dict[tuple[str, Key], dict[str, Place]] = {
            ("sources", (name,)): {"title": (file, "")} for name, file in self.files.items()
        }
        for form in self.placed:
            for change in form.cells:
                cells = found.setdefault((change.table, change.key), {})
                if change.cell or not cells:
                    cells[change.column] = (form.file, f"{form.sheet}!{change.cell}".rstrip("!"))
        return {
            (item.path, number): found[table, key]
            for table, item in self.books.items()
            for number, key in enumerate(item.rows, start=2)
            if (table, key) in found
        }

    def add(self, item: Found) -> None:
        """File one form; raises Refused."""
        form, year = item.form, _year(self.package, item.form, self.wish)
        own = unit_of(self.package, form, year)
        unit = self.wish.unit or own
        project = self.known.project_of(form, unit, year)
        theirs = "、".join(filter(None, (said(form, "department"), said(form, "unit"))))
        # A form that names nobody is taken for a unit that is named, or for a project that is listed.
        vouched = self.wish.any_department or (not theirs and (self.wish.unit or project))
        if not vouched and not is_own(self.package, form):
            raise Refused("form-department", form.sheet, theirs, publisher_of(self.package)["name"])
        project = project or self.known.new_id(form)
        whose = (str(year), project, form.kind)
        other = self.seen.setdefault(whose, item)
        if (other.digest, other.form) != (item.digest, item.form):
            raise Refused("form-same-project", form.sheet, said(form, "name"), project)
        named = unit_named(self.package, form, year, unit)
        if named and not unit and (year, named) not in self.unlisted:
            self.unlisted.add((year, named))
            self._tell(item, "form-unit", named)
        if own and own != unit:
            self._tell(item, "form-unit-other", said(form, "unit"), unit)
        placed = Placed(item.file, form.sheet, form.kind, year, project, said(form, "name"))
        is_new = whose[:2] not in self.books["projects"].rows
        if form.kind == "target" and self._evaluated(whose[:2]):
            self._tell(item, "form-older", project)
        else:
            says_less(self.books, whose[:2], form)
            filed = Filed(form, item.file, item.digest, whose[:2], unit, named)
            changes, same = file_form(self.books, filed)
            self.files.setdefault(filed.source_id, item.file)
            placed = replace(placed, cells=tuple(changes), left_alone=same)
        if is_new:
            self.known.add(whose[:2])
        self.placed.append(placed)

    def _evaluated(self, project: tuple[str, str]) -> bool:
        """Whether anything of a project rests on its self-evaluation."""
        ledgers, mark = self.books, citation_id(project, "evaluation")
        lines = [ledgers["projects"].rows.get(project, {})]
        lines += [ledgers["indicators"].rows[key] for key in ledgers["indicators"].of(*project)]
        return any(text.startswith(mark) for line in lines for text in line.values())

    def _tell(self, item: Found, rule: str, found: str, expected: str = "") -> None:
        self.problems.append(Problem(item.file, 0, item.form.sheet, rule, found, expected))


def place(package: Package, forms: Iterable[Found], wish: Wish) -> Intake:
    """The forms filed into the package's tables, one after the other."""
    tables = [package.tables[name] for name in TABLES]
    books = {table.name: ledger(table, package.files[table.path]) for table in tables}
    intake = Intake(package, wish, books, Directory(books["projects"].rows))
    for row in package.rows("corrections"):  # they name every row that was published and taken out
        if row.text("resource") == "projects":
            intake.known.pass_over(row.text("row_key").rpartition(KEY_JOINT)[2])
    for item in forms:
        try:
            intake.add(item)
        except Refused as refused:
            intake.problems.append(refused.problem(item.file))
    kept: dict[str, set[str]] = {}
    if package.releases:
        last = members([*package.releases.values()][-1])
        kept = {name: {*item.rows()} for name, item in resources(last, "sources", "citations").items()}
    intake.dropped = tidied(intake.books, kept)
    return intake


def _year(package: Package, form: Form, wish: Wish) -> int:
    year = form.year if wish.year is None else wish.year
    years = ", ".join(map(str, package.years))
    if year is None or (form.year is not None and form.year != year):
        raise Refused("form-year", form.sheet, str(form.year or ""), str(wish.year or years))
    if year not in package.years and wish.year is None:  # a year that is asked for may be new
        raise Refused("form-year", form.sheet, str(year), years)
    return year
