"""What a format can hold without loss: rows column by column, digits of a double, what is refused."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import TypeGuard
from weakref import WeakKeyDictionary

from disclosure.model import DisclosureError, Missing, Table, Value

SCALE = 4  # decimals that a number of a package may have, and its digits altogether
DIGITS = 16
NOT_STATED = "_not_stated"  # where a null is either kind of missing, this column names those not stated
_SAFE = 15  # significant digits that every double keeps
_BATCH = 2_000
NUMBERS = (int, Decimal)
_NUMBERS = frozenset(NUMBERS)
_KINDS: WeakKeyDictionary[Table, tuple[frozenset[type], ...]] = WeakKeyDictionary()
Columns = list[tuple[Value, ...]]


class CannotHold(DisclosureError):
    """A format cannot hold a value of the package as it is."""


def batches(table: Table, size: int = _BATCH) -> Iterator[Columns]:
    """The rows' values column by column, some rows at a time."""
    for start in range(0, len(table.rows), size):
        yield list(zip(*(row.values for row in table.rows[start : start + size]), strict=True))


def kinds(table: Table) -> tuple[frozenset[type], ...]:
    """The types of each column's cells: most columns are of one, and need no look at each cell."""
    if table not in _KINDS:
        columns = zip(*(row.values for row in table.rows), strict=True)
        _KINDS[table] = tuple(frozenset(map(type, column)) for column in columns)
    return _KINDS[table]


def is_text(column: tuple[Value, ...], kind: frozenset[type]) -> TypeGuard[tuple[str, ...]]:
    """Whether a column holds nothing but texts."""
    return kind == {str}


def numbers(column: Sequence[Value], kind: frozenset[type]) -> list[str] | None:
    """The digits of a column that holds nothing but numbers that every reader keeps; None of another."""
    texts = list(map(str, column)) if kind <= _NUMBERS else []
    return texts if texts and max(map(len, texts)) <= _SAFE else None


def not_stated(table: Table, columns: Columns) -> list[tuple[str, ...]]:
    """Of some rows, each row's columns that the source does not state; other nulls do not apply to it."""
    silent = [
        [name if value is Missing.NOT_STATED else "" for value in column]
        for name, column, kind in zip(table.columns, columns, kinds(table), strict=True)
        if Missing in kind and Missing.NOT_STATED in column
    ]
    if not silent:
        return [()] * len(columns[0])
    return list(map(_named, zip(*silent, strict=True)))


@cache
def _named(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, names))


def fits_double(number: str) -> bool:
    """Whether a reader that keeps numbers as doubles, as spreadsheets and browsers do, gets that number."""
    return len(number) <= _SAFE or len(Decimal(number).normalize().as_tuple().digits) <= _SAFE


def ten_thousandths(value: Decimal) -> int:
    """The number times 10,000, exactly; raises ValueError where it has more decimals."""
    scaled = value * 10**SCALE
    if scaled != (whole := int(scaled)):
        raise ValueError(str(value))
    return whole
