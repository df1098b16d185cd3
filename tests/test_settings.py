"""Thresholds, trees and words: data that the code reads whole, with a reason for each."""

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import ROOT
from disclosure.model import Package
from disclosure.package import reader
from disclosure.package.load import load
from disclosure.package.text import SHORTEST_RUN
from disclosure.quality import disclosed
from disclosure.quality.lists import kinds, words
from disclosure.quality.settings import defaults, readable, settings
from disclosure.quality.targets import is_placeholder

QUALITY = ROOT / "scripts" / "disclosure" / "quality"


def lines(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((QUALITY / name).read_text(encoding="utf-8").splitlines()))


def test_every_setting_has_a_default_and_a_reason() -> None:
    rows = lines("settings.csv")
    assert all(row["unit"] and row["reason_zh"] and row["reason_en"] for row in rows)
    own = settings(Package({}, {}, {}))
    assert {row["name"] for row in rows} == set(defaults()) == set(own.__slots__)
    assert own.as_of is None


def test_defaults_are_what_the_package_layer_uses() -> None:
    own = settings(Package({}, {}, {}))
    assert (own.max_rows, own.shortest_run) == (reader.MAX_ROWS, SHORTEST_RUN)


def test_a_package_sets_its_own_and_a_bad_value_changes_nothing() -> None:
    own = settings(Package({"settings": {"deviation": "30", "as_of": "2024-01-31", "max_rows": 0}}, {}, {}))
    assert (own.deviation, own.as_of, own.max_rows) == (Decimal(30), date(2024, 1, 31), reader.MAX_ROWS)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("colour", 1),
        ("deviation", "NaN"),
        ("deviation", -1),
        ("deviation", True),
        ("as_of", "1.1"),
        ("scheme", ""),
    ],
)
def test_what_cannot_be_used_is_told(name: str, value: object) -> None:
    assert not readable(name, value)


def test_cost_stands_on_the_level_its_tree_gives_it() -> None:
    assert kinds("2020", "cost") == {}
    assert kinds("2020", "output")["成本"] == "cost"
    assert kinds("2021", "cost")["经济成本"] == "cost"
    assert "成本" not in kinds("2021", "output")


def test_words_are_written_as_they_are_compared() -> None:
    assert all(word == word.casefold().strip() != "" for word in words("placeholder"))


def test_what_a_form_asks_for_is_a_placeholder_where_it_was_left_there() -> None:
    for text in (
        "结合自评情况，说明项目实施取得的成效或成果。（200字以内）",
        "对照年度目标，说明相关任务目标的完成情况(100字以内)",
        "简要说明（不超过 300 字）",
        "完成情况（限500字左右）",
    ):
        assert is_placeholder(text), text
    for text in ("简报每期控制在 500 字以内，全年 12 期", "征文（800字）30 篇", "文字（200）", "全年 100%"):
        assert not is_placeholder(text), text


@pytest.mark.parametrize(
    ("days", "as_of", "told"),
    [
        ("1", "2023-04-01", ["<= 2023-02-11"]),
        ("999999999999", "2023-04-01", []),
        ("-999999", "2023-04-01", ["<= 0001-01-01"]),
        ("-999999", None, []),
        ("1", None, []),
    ],
)
def test_a_deadline_beyond_the_calendar_ends_no_check(
    good: Path, days: str, as_of: str | None, told: list[str]
) -> None:
    """A package's own schema may leave out that days are no fewer than none."""
    duties, schema = good / "data" / "duties.csv", good / "schemas" / "duties.json"
    text = duties.read_text(encoding="utf-8").replace(",20,日,", f",{days},日,")
    duties.write_text(text.replace(",met,", ",not_met,"), encoding="utf-8")
    unbounded = schema.read_text(encoding="utf-8").replace('"minimum": 0', '"required": false')
    schema.write_text(unbounded, encoding="utf-8")
    descriptor = good / "datapackage.json"
    value = json.loads(descriptor.read_bytes()) | {"settings": {"as_of": as_of} if as_of else {}}
    descriptor.write_text(json.dumps(value), encoding="utf-8")
    assert [problem.expected for problem in disclosed.duty_in_time(load(good)[0])] == told
