"""Tables as pandas frames with exact values, for whoever computes with them and for the workbook."""

from typing import Any

import pandas as pd

from disclosure.model import Field, Missing, Table

_TYPES = {"integer": "Int64", "year": "Int64"}


def frame(table: Table) -> pd.DataFrame:
    """A table: Int64 for counts and years, Decimal and date objects as they are, missing as NA."""
    return pd.DataFrame({field.name: _series(table, field) for field in table.fields})


def _series(table: Table, field: Field) -> "pd.Series[Any]":
    values = (row[field.name] for row in table.rows)
    cells = [None if isinstance(value, Missing) else value for value in values]
    return pd.Series(cells, dtype=_TYPES.get(field.type, "object"))
