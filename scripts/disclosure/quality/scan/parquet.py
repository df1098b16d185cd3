"""Parquet from bytes in memory: every cell of every column, and what is written beside the columns."""

from collections.abc import Iterator, Mapping
from io import BytesIO

import pyarrow as pa
from pyarrow import parquet

from disclosure.quality.scan.pieces import CannotRead, Piece
from disclosure.quality.scan.settings import ScanSettings
from disclosure.quality.scan.tabular import Line, Rows, of_rows

_ROWS = 10_000


def of_parquet(data: bytes, settings: ScanSettings) -> Iterator[Piece]:
    """Pieces of a Parquet file. Raises CannotRead."""
    try:
        with parquet.ParquetFile(BytesIO(data)) as file:
            schema = file.schema_arrow
            yield from _metadata("metadata", schema.metadata)
            for field in schema:
                yield from _metadata(f"metadata of {field.name}", field.metadata)
            yield from of_rows(_rows(file, schema.names), settings, head_rows=1)
    except (pa.ArrowException, OSError) as error:
        raise CannotRead(f"a damaged Parquet file ({type(error).__name__})") from error


def _metadata(place: str, metadata: Mapping[bytes, bytes] | None) -> Iterator[Piece]:
    for value in (metadata or {}).values():
        yield Piece(place, value.decode("utf-8", "replace"))


def _rows(file: parquet.ParquetFile, names: list[str]) -> Rows:
    yield Line(0, names, names, names.__getitem__)
    number = 0
    for batch in file.iter_batches(_ROWS):
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            number += 1
            texts = ["" if value is None else str(value) for value in row]
            yield Line(number, names, texts, names.__getitem__)
