"""Parquet from bytes in memory: every cell of every column, and what is written beside the columns."""

from collections.abc import Iterator, Mapping
from io import BytesIO

import pyarrow as pa
from pyarrow import parquet

from disclosure.quality.scan.pieces import CannotRead, Piece
from disclosure.quality.scan.settings import ScanSettings
from disclosure.quality.scan.tabular import Column, of_columns, of_rows

_ROWS = 10_000


def of_parquet(data: bytes, settings: ScanSettings) -> Iterator[Piece]:
    """Pieces of a Parquet file. Raises CannotRead."""
    try:
        with parquet.ParquetFile(BytesIO(data)) as file:
            schema = file.schema_arrow
            yield from _metadata("metadata", schema.metadata)
            for field in schema:
                yield from _metadata(f"metadata of {field.name}", field.metadata)
            batches = (list(_columns(batch)) for batch in file.iter_batches(_ROWS))
            yield from of_rows(of_columns(schema.names, batches, settings), settings, head_rows=1)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise CannotRead(f"a damaged Parquet file ({type(error).__name__})") from error


def _metadata(place: str, metadata: Mapping[bytes, bytes] | None) -> Iterator[Piece]:
    for value in (metadata or {}).values():
        yield Piece(place, value.decode("utf-8", "replace"))


def _columns(batch: pa.RecordBatch) -> Iterator[Column]:
    for column in batch.columns:
        try:
            found = column.dictionary_encode()
        except pa.ArrowNotImplementedError:  # a list
            cells = list(map(_text, column.to_pylist()))
            yield cells, {cell: cell for cell in cells}
        else:
            texts: dict[object, str] = {None: ""}
            texts |= enumerate(map(_text, found.dictionary.to_pylist()))
            yield found.indices.to_pylist(), texts


def _text(value: object) -> str:
    return "" if value is None else str(value)
