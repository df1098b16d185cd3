"""What an import did, told: each form with its cells, the problems, and whether anything was written."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from disclosure.cli import cells
from disclosure.forms.intake import Intake, Placed
from disclosure.model import Problem
from disclosure.package.corrected import Told
from disclosure.package.reader import visible
from disclosure.quality import formats, messages
from disclosure.quality.hidden import Hide, hidden, hide_of
from disclosure.quality.report import blocking
from disclosure.quality.rules import RULES_FILE


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an import: the forms placed, every problem, what tells the change; was it written?"""

    intake: Intake
    problems: Sequence[Problem]
    told: Told
    written: bool

    @property
    def hide(self) -> Hide:
        """What a text of a form is printed as."""
        return hide_of(self.intake.package)

    @property
    def shown(self) -> list[Problem]:
        """The problems as they are printed."""
        return hidden(self.problems, self.intake.package)


def as_text(outcome: Outcome, dry: bool, language: str) -> str:
    """For a terminal: every cell of a dry run, else what changed; the problems; the outcome last."""
    intake, told, hide = outcome.intake, outcome.told, outcome.hide
    lines: list[str] = []
    for form in intake.placed:
        lines.append(_form(form, language, hide))
        shown = [change for change in form.cells if dry or change.old is not None]
        lines += cells.told(shown, intake.package, language)
    if dry:
        rest = [*intake.dropped, *map(cells.correction, told.rows)]
        lines += cells.told(rest, intake.package, language)
    if told.version:
        lines.append(cells.words_in(language)["told"].format(rows=len(told.rows), version=told.version))
    if outcome.written and RULES_FILE in told.files:
        lines.append(cells.words_in(language)["rules"])
    if outcome.problems:
        lines.append(messages.text(outcome.shown, language))
    return "\n".join([*lines, _outcome(outcome, dry, language)])


def _form(form: Placed, language: str, hide: Hide) -> str:
    words, whose = cells.words_in(language), replace(form, name=hide(form.name), cells=())
    shown = {name: visible(str(value)) for name, value in asdict(whose).items()}
    told = {"kind": words[form.kind], "added": form.added, "changed": len(form.cells) - form.added}
    return words["form"].format(**shown | told)


def _outcome(outcome: Outcome, dry: bool, language: str) -> str:
    intake, stopped = outcome.intake, len(blocking(outcome.problems))
    if outcome.written:
        name = "written"
    elif stopped and (intake.changed or not intake.placed):
        ours = intake.package.files
        name = "broken" if all(item.file in ours for item in blocking(outcome.problems)) else "blocked"
    else:
        name = "dry" if intake.changed and dry else "nothing"
    return cells.words_in(language)[name].format(forms=len(intake.placed), blocked=stopped)


def as_json(outcome: Outcome, dry: bool, _language: str) -> str:
    """For machines: `written`, `forms` by cell, `dropped`, `corrections`, and the problems as a check's."""
    intake, told = outcome.intake, outcome.told
    value: dict[str, Any] = {
        "forms": [
            asdict(form) | {"added": form.added, "changed": len(form.cells) - form.added}
            for form in intake.placed
        ],
        "dropped": [asdict(change) for change in intake.dropped],
        "version": told.version,
        "corrections": told.rows,
    }
    state = {"written": outcome.written, "dry_run": dry}
    every = {**state, **_hidden(value, outcome.hide), **formats.as_object(outcome.shown)}
    return json.dumps(every, ensure_ascii=False, indent=2)


def _hidden(value: Any, hide: Hide) -> Any:
    if isinstance(value, dict):
        return {name: _hidden(item, hide) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_hidden(item, hide) for item in value]
    return hide(value) if isinstance(value, str) else value
