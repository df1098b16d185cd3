"""What an import did, told: each form with its cells, the problems, and whether anything was written."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from disclosure.forms.filed import Change
from disclosure.forms.intake import Intake, Placed
from disclosure.model import Problem
from disclosure.quality import formats, messages
from disclosure.quality.report import blocking

LONGEST = 60
_WORDS = {
    "zh": {
        "form": "{file} [{sheet}]：{year} 年 {name}（{id}，{kind}）："
        "新增 {added} 格，改动 {changed} 格，{same} 格不动",
        "target": "绩效目标表",
        "evaluation": "绩效自评表",
        "written": "已写入数据包：{forms} 张表",
        "dry": "试运行，没有写入：{forms} 张表可以导入",
        "nothing": "没有要改的：{forms} 张表的内容数据包里都有",
        "blocked": "没有写入：{blocked} 处要先改好（--keep-going 先导入没有问题的表）",
    },
    "en": {
        "form": "{file} [{sheet}]: {year} {name} ({id}, {kind}): "
        "{added} cells added, {changed} changed, {same} left alone",
        "target": "target form",
        "evaluation": "self-evaluation form",
        "written": "written into the package: {forms} forms",
        "dry": "dry run, nothing was written: {forms} forms can be imported",
        "nothing": "nothing to change: the package has all that {forms} forms state",
        "blocked": "nothing was written: {blocked} problems first "
        "(--keep-going imports the forms without one)",
    },
}


def as_text(intake: Intake, problems: Sequence[Problem], written: bool, dry: bool, language: str) -> str:
    """For a terminal: every cell of a dry run, else what changed; the problems; the outcome last."""
    lines = [line for form in intake.placed for line in _form(form, dry, language)]
    lines += [_cell(change) for change in intake.dropped] if dry else []
    if problems:
        lines.append(messages.text(problems, language))
    return "\n".join([*lines, _outcome(intake, problems, written, dry, language)])


def _form(form: Placed, dry: bool, language: str) -> Iterator[str]:
    words = _WORDS[language]
    added, changed = _counts(form.changes)
    yield words["form"].format(
        file=messages.visible(form.file),
        sheet=messages.visible(form.sheet),
        year=form.year,
        name=messages.visible(form.name),
        id=form.project_id,
        kind=words[form.kind],
        added=added,
        changed=changed,
        same=form.same,
    )
    yield from (_cell(change) for change in form.changes if dry or change.old is not None)


def _counts(changes: Iterable[Change]) -> tuple[int, int]:
    olds = [change.old is None for change in changes]
    return sum(olds), len(olds) - sum(olds)


def _cell(change: Change) -> str:
    sign = "+" if change.old is None else "-" if change.new is None else "~"
    texts = [_short(text) for text in (change.old, change.new) if text is not None]
    where = f" ({change.cell})" if change.cell else ""
    return f"  {sign} {change.table}.{'.'.join(change.key)}.{change.column}: {' → '.join(texts)}{where}"


def _short(text: str) -> str:
    shown = messages.visible(text)
    return (shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…") or '""'


def _outcome(intake: Intake, problems: Sequence[Problem], written: bool, dry: bool, language: str) -> str:
    stopped = len(blocking(problems))
    if written:
        name = "written"
    elif stopped and (intake.changed or not intake.placed):
        name = "blocked"
    else:
        name = "dry" if intake.changed and dry else "nothing"
    return _WORDS[language][name].format(forms=len(intake.placed), blocked=stopped)


def as_json(intake: Intake, problems: Sequence[Problem], written: bool, dry: bool, language: str) -> str:
    """For machines: `written`, `forms` with each cell, `dropped`, and the problems as a check tells them."""
    told: dict[str, Any] = {
        "written": written,
        "dry_run": dry,
        "forms": [_as_object(form) for form in intake.placed],
        "dropped": [_change(change) for change in intake.dropped],
        **json.loads(formats.as_json(problems)),
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _as_object(form: Placed) -> dict[str, Any]:
    added, changed = _counts(form.changes)
    return {
        "file": form.file,
        "sheet": form.sheet,
        "kind": form.kind,
        "fiscal_year": form.year,
        "project_id": form.project_id,
        "name": form.name,
        "added": added,
        "changed": changed,
        "left_alone": form.same,
        "cells": [_change(change) for change in form.changes],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "table": change.table,
        "key": list(change.key),
        "column": change.column,
        "old": change.old,
        "new": change.new,
        "cell": change.cell,
    }
