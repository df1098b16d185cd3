"""Parquet from bytes in memory: every cell of every column, and what is written beside the columns."""

from collections.abc import Iterator, Mapping
from io import BytesIO

import pyarrow as pa
from pyarrow import parquet

from disclosure.quality.scan.pieces import CannotRead, Piece
from disclosure.quality.scan.settings import ScanSettings
from disclosure.quality.scan.tabular import of_columns, of_rows

_ROWS = 10_000


def of_parquet(data: bytes, settings: ScanSettings) -> Iterator[Piece]:
    """Pieces of a Parquet file. Raises CannotRead."""
    try:
        with parquet.ParquetFile(BytesIO(data)) as file:
            schema = file.schema_arrow
            yield from _metadata("metadata", schema.metadata)
            for field in schema:
                yield from _metadata(f"metadata of {field.name}", field.metadata)
            rows = of_columns(schema.names, _columns(file), _text, settings)
            yield from of_rows(rows, settings, head_rows=1)
    except (pa.ArrowException, OSError) as error:
        raise CannotRead(f"a damaged Parquet file ({type(error).__name__})") from error


def _metadata(place: str, metadata: Mapping[bytes, bytes] | None) -> Iterator[Piece]:
    for value in (metadata or {}).values():
        yield Piece(place, value.decode("utf-8", "replace"))


def _columns(file: parquet.ParquetFile) -> Iterator[list[list[object]]]:
    for batch in file.iter_batches(_ROWS):
        yield [
            list(map(_text, column.to_pylist())) if pa.types.is_nested(column.type) else column.to_pylist()
            for column in batch.columns
        ]


def _text(value: object) -> str:
    return "" if value is None else str(value)
