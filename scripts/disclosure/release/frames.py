"""Tables as pandas frames with exact values, for whoever computes with them and for the workbook."""


import pandas as pd

from disclosure.model import Missing, Table, Value

_TYPES = {"integer": "Int64", "year": "Int64"}


def frame(table: Table) -> pd.DataFrame:
    """The rows of a table: Int64 for counts and years, Decimal and date objects as they are, missing as NA."""
    columns = {
        field.name: pd.Series(
            [_cell(row[field.name]) for row in table.rows], dtype=_TYPES.get(field.type, "object")
        )
        for field in table.fields
    }
    return pd.DataFrame(columns)


def _cell(value: Value) -> object:
    return None if isinstance(value, Missing) else value
