"""The tables map to Fiscal Data Package 1.0: columns to its budget taxonomy, amounts to one by phase."""

import json
from typing import Any

import pytest
from conftest import PACKAGES, ROOT

# Of the budget taxonomy, what the tables use: the type that it demands, and whether the column is of the key.
TAXONOMY = {
    "activity:generic:project:code": ("string", True),
    "activity:generic:project:label": ("string", False),
    "administrative-classification:generic:code": ("string", True),
    "administrative-classification:generic:label": ("string", False),
    "date:fiscal-year": ("year", True),  # an integer there; Table Schema 2.0 has years
    "fin-source:generic:code": ("string", True),
    "fin-source:generic:label": ("string", False),
    "phase:id": ("string", True),
    "value": ("number", False),
    "value-currency:code": ("string", True),
}
SCHEMAS = sorted(
    file for root in (ROOT / "datapackage", PACKAGES / "good") for file in (root / "schemas").glob("*.json")
)


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda file: f"{file.parts[-3]}-{file.stem}")
def test_columns_are_of_the_budget_taxonomy(schema: Any) -> None:
    said = json.loads(schema.read_text(encoding="utf-8"))
    for field in said["fields"]:
        if "columnType" in field:
            kind, is_key = TAXONOMY[field["columnType"]]
            assert field["type"] == kind, field["name"]
            assert not is_key or field["name"] in said["primaryKey"]
    for field in said.get("extraFields", ()):
        assert field["type"] == TAXONOMY[field["columnType"]][0]


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda file: f"{file.parts[-3]}-{file.stem}")
def test_every_amount_becomes_a_row_of_its_phase_in_one_currency(schema: Any) -> None:
    said = json.loads(schema.read_text(encoding="utf-8"))
    amounts = [field for field in said["fields"] if field.get("unit") == "万元"]
    extra = {field["columnType"]: field for field in said.get("extraFields", ())}
    assert set(extra) == ({"value", "phase:id", "value-currency:code"} if amounts else set())
    phases = [field["normalize"][extra["phase:id"]["name"]] for field in amounts]
    assert sorted(phases) == (["adjusted", "approved", "executed"] if amounts else [])
    assert all(field["columnType"] == "value" for field in amounts)
    if amounts:
        assert (extra["value"]["normalizationTarget"], extra["value"]["unit"]) == (True, "万元")
        assert extra["value-currency:code"]["constant"] == "CNY"
