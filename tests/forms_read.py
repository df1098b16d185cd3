"""A form that was read, as a text one can open: each value with its cells, each line with its citation."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from disclosure.forms.find import form_in
from disclosure.forms.form import Citation, Entry, Form
from disclosure.forms.layout import of_package
from disclosure.forms.reading import sheets

FORMS = Path(__file__).resolve().parent / "forms"


def forms(data: bytes) -> list[Form]:
    """The forms of a file's sheets."""
    found = (form_in(sheet, of_package()) for sheet in sheets(data))
    return [form for form in found if form is not None]


def told(form: Form) -> str:
    """The whole form, a line for each value."""
    return "\n".join(_lines(form)) + "\n"


def _lines(form: Form) -> Iterator[str]:
    yield f"{form.kind} {form.year} persons: {' '.join(form.left_out)} passed: {' '.join(form.passed)}"
    yield from _entries(form.project)
    for name, citation in form.citations.items():
        yield _cited(form, name, citation)
    for number, (line, citation) in enumerate(form.funds, start=1):
        yield f"fund {number}"
        yield from _entries(line)
        yield _cited(form, "citation", citation)
    for number, (line, citation) in enumerate(form.indicators, start=1):
        yield f"indicator {number}"
        yield from _entries(line)
        yield _cited(form, "citation", citation)


def _entries(line: Mapping[str, Entry]) -> Iterator[str]:
    for name, entry in sorted(line.items()):
        yield f"  {name} = {entry.text!r} @ {' '.join(entry.cells)}"


def _cited(form: Form, name: str, citation: Citation) -> str:
    return f"  {name}: {form.sheet}!{citation.section} | {citation.quote}"


def values(form: Form) -> dict[str, object]:
    """What a form states, whatever cells it stands in."""
    lines = [
        {name: entry.text for name, entry in line.items()} for line, _ in (*form.funds, *form.indicators)
    ]
    return {name: entry.text for name, entry in form.project.items()} | {"lines": lines}


if __name__ == "__main__":
    for path in sorted(FORMS.glob("*.xlsx")):
        path.with_suffix(".txt").write_text("".join(map(told, forms(path.read_bytes()))), encoding="utf-8")
