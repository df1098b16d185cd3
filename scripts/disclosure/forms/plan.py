"""What a form adds to the tables and changes in them, cell by cell; the rest is left alone."""

from collections.abc import Container, Iterable, Mapping

from disclosure.forms.form import Citation, Entry
from disclosure.forms.levels import EVALUATED
from disclosure.forms.sourced import Books, Change, Filed, cite, put, source
from disclosure.forms.values import NOT_APPLICABLE, NOT_STATED, code_and_name
from disclosure.package.cells import MISSING
from disclosure.package.ledger import Cells, Key, Ledger

_EXECUTION = "execution_citation_id"
_BLANK = (
    *("withhold_ground", "decided_by", "decided_on", "next_review_on"),
    *("unit_name", "goal_citation_id", _EXECUTION, "conclusion_citation_id"),
)


def file_form(books: Books, filed: Filed) -> tuple[list[Change], int]:
    """Put a form into the tables; the cells added and changed, and how many were as the form has them."""
    changes: list[Change] = []
    same = _project(books, filed, changes)
    same += _lines(books, filed, "project_funds", filed.form.funds, changes)
    same += _lines(books, filed, "indicators", filed.form.indicators, changes)
    if changes:
        source(books, filed)
    return changes, same


def _project(books: Books, filed: Filed, changes: list[Change]) -> int:
    ledger, form = books["projects"], filed.form
    old = ledger.rows.get(filed.project)
    new = dict(old or _new_project(ledger, filed.project))
    said = {name: entry for name, entry in form.project.items() if name in ledger.columns}
    if department := said.get("department"):
        said["department"] = department._replace(text=code_and_name(department.text)[1])
    new |= {name: entry.text for name, entry in said.items() if entry.text not in MISSING or not old}
    if unit := form.project.get("unit"):
        said["unit_name"] = unit._replace(text=filed.unit_name)
        if unit.text not in MISSING:
            new["unit_name"] = filed.unit_name
    new["unit_id"] = filed.unit_id or new["unit_id"]
    if old and not old["execution_citation_id"]:
        # What the form does not speak of stays as it was cited.
        new["execution_citation_id"] = old["citation_id"]
    renewed = set()
    for column, citation in _project_citations(books, filed).items():
        if old and _nothing_new(books["projects"], filed, column, said, old):
            continue
        new[column] = filed.citation_id(column.removesuffix("citation_id").rstrip("_") or "head")
        renewed.add(new[column])
        cite(books, filed, new[column], citation, changes)
    _only_what_is_quoted(books["projects"], new, renewed, said)
    if new["execution_citation_id"] == new["citation_id"]:
        new["execution_citation_id"] = NOT_APPLICABLE
    if new["unit_id"] in MISSING:  # one that is named is not missing, though it has no id
        new["unit_id"] = NOT_STATED if new["unit_name"] in MISSING else NOT_APPLICABLE
    new["disclosure_state"] = _state(books, filed, new)
    return put(ledger, new, changes, said)


def _nothing_new(ledger: Ledger, filed: Filed, column: str, said: Mapping[str, Entry], old: Cells) -> bool:
    """Whether all that a form states of a citation's cells stands there, beside more that it does not.

    What a form of its own kind has stated before it, it takes the place of, with what it leaves blank.
    """
    if (old.get(column) or old.get("citation_id", "")).startswith(filed.citation_id("")):
        return False
    names = [name for name, other in ledger.cited_by.items() if other == column]
    stated = {name: said[name].text for name in names if name in said and said[name].text not in MISSING}
    more = any(old[name] not in MISSING for name in names if name not in stated)
    return more and all(ledger.same(name, old[name], text) for name, text in stated.items())


def _project_citations(books: Books, filed: Filed) -> Mapping[str, Citation]:
    """Name and money are one citation; where the form speaks of execution and scores, of those as well."""
    cited, cites = dict(filed.form.citations), books["projects"].cited_by
    executed = (name for name in filed.form.project if cites.get(name) == _EXECUTION)
    if any(filed.form.project[name].text not in MISSING for name in executed):
        cited[_EXECUTION] = cited["citation_id"]
    return cited


def _new_project(ledger: Ledger, key: Key) -> Cells:
    cells = dict.fromkeys(ledger.columns, NOT_STATED)
    cells |= dict.fromkeys(_BLANK, NOT_APPLICABLE)
    return cells | {"fiscal_year": key[0], "project_id": key[1]}


def _only_what_is_quoted(
    ledger: Ledger, new: Cells, renewed: Container[str], said: Mapping[str, Entry]
) -> None:
    """A cell whose citation is now the form's, which does not state it, is not stated any more."""
    for name, column in ledger.cited_by.items():
        stated = name in said and said[name].text not in MISSING
        if (new[column] or new["citation_id"]) in renewed and not stated and new[name] not in MISSING:
            new[name] = NOT_STATED


def _state(books: Books, filed: Filed, row: Cells) -> str:
    """The state that follows from the cells, as quality/disclosed.py derives it."""
    if row["withhold_ground"] not in MISSING:
        return "withheld"
    if row["goal"] in MISSING:
        return "name"
    has = filed.form.indicators or books["indicators"].of(row["fiscal_year"], row["project_id"])
    return "full" if has else "text"


def _lines(
    books: Books,
    filed: Filed,
    table: str,
    lines: Iterable[tuple[Mapping[str, Entry], Citation]],
    changes: list[Change],
) -> int:
    """The lines of a project's funds or indicators become the form's; a form without any changes none."""
    ledger, same, whose = books[table], 0, filed.project
    before = {key: ledger.rows[key] for key in ledger.of(*whose)} if lines else {}
    by_name = {row["name"]: row for row in before.values()}
    levels = {line["level_1"].text for line, _ in filed.form.indicators}
    # Of what a level is of its own: how it came about and was run in an evaluation, cost in the later tree.
    tree = "evaluation" if levels & EVALUATED else "2021" if "cost" in levels else "2020"
    kept: set[Key] = set()
    for number, (line, citation) in enumerate(lines, start=1):
        own = {"fiscal_year": whose[0], "project_id": whose[1]}
        if table == "indicators":
            own |= {"indicator_no": str(number), "tree": tree}
        what = f"indicator-{number}" if table == "indicators" else f"fund-{line['fund'].text}"
        own["citation_id"] = filed.citation_id(what)
        there = before.get((*whose, str(number)), {})
        past = there if there.get("name") == line["name"].text else by_name.get(line["name"].text, {})
        texts = {name: entry.text for name, entry in line.items()}
        new = {name: texts.get(name, own.get(name, past.get(name, NOT_STATED))) for name in ledger.columns}
        kept.add(key := ledger.key_of(new))
        if before.get(key) == past and _nothing_new(ledger, filed, "citation_id", line, past):
            same += len(new)
            continue
        _only_what_is_quoted(ledger, new, {own["citation_id"]}, line)
        cite(books, filed, own["citation_id"], citation, changes)
        same += put(ledger, new, changes, line)
    for key in [key for key in before if key not in kept]:
        changes.extend(Change(table, key, name, text, None) for name, text in before[key].items())
        ledger.drop(key)
    return same
