"""Problems for machines: JSON (problems.schema.json says of what shape) and the forge's annotations."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from disclosure.model import Problem
from disclosure.quality.messages import tally
from disclosure.quality.rules import rules

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def as_json(problems: Sequence[Problem]) -> str:
    """All problems as one JSON object."""
    return json.dumps(as_object(problems), ensure_ascii=False, indent=2)


def as_object(problems: Sequence[Problem]) -> dict[str, Any]:
    """All problems: `tally`, and `problems` with the rule's own texts."""
    return {"tally": tally(problems), "problems": [_object(problem) for problem in problems]}


def _object(problem: Problem) -> dict[str, Any]:
    rule = rules()[problem.rule]
    return {
        "rule": problem.rule,
        "severity": rule.severity,
        "file": problem.file,
        "row": problem.row or None,
        "column": problem.column or None,
        "found": problem.found,
        "expected": problem.expected,
        "holds": {"zh": rule.holds_zh, "en": rule.holds_en},
        "expects": {"zh": rule.expected_zh, "en": rule.expected_en},
        "mend": {"zh": rule.mend_zh, "en": rule.mend_en},
        "basis": rule.basis,
    }


def as_annotations(problems: Sequence[Problem], root: Path, language: str) -> str:
    """One workflow command a problem, on the line of its file below the package's folder."""
    return "\n".join(_annotations(problems, root, language))


def _annotations(problems: Sequence[Problem], root: Path, language: str) -> Iterator[str]:
    for problem in problems:
        rule = rules()[problem.rule]
        where = f"file={_property((root / problem.file).as_posix())},title={_property(problem.rule)}"
        line = f",line={problem.row}" if problem.row else ""
        parts = [
            rule.holds(language),
            problem.column,
            f"{problem.found} → {problem.expected}",
            rule.mend(language),
        ]
        yield f"::{_COMMANDS[rule.severity]} {where}{line}::{_message(' | '.join(filter(None, parts)))}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
