"""The files of an export: tables as CSV and Parquet, written row by row."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from decimal import Context, Decimal
from pathlib import Path
from typing import Any, Protocol

from ingest.errors import UsageError
from kb.export.tables import ExportColumn

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_BATCH = 20_000
"""Rows that are written at once."""

_SATANG, _WIDE = Decimal("0.01"), Context(prec=38)


class RowWriter(Protocol):
    """What writes a table's rows one after the other."""

    def write(self, row: Mapping[str, Any]) -> None:
        """Write a row."""

    def close(self) -> None:
        """Finish the file."""


class CsvWriter:
    """A CSV file that Excel reads as Thai: UTF-8 with a byte order mark, commas, CRLF.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """

    def __init__(self, path: Path, columns: Sequence[ExportColumn]) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._names = [column.name for column in columns]
        self._rows = csv.writer(self._file, lineterminator="\r\n")
        self._rows.writerow(self._names)

    def write(self, row: Mapping[str, Any]) -> None:
        """Write a row."""
        self._rows.writerow([_cell(row[name]) for name in self._names])

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    if isinstance(value, Decimal):
        return format(value, "f")
    return "" if value is None else value


class ParquetWriter:
    """A Parquet file, compressed by Zstandard. Raises `parquet-missing` without pyarrow."""

    def __init__(self, path: Path, columns: Sequence[ExportColumn]) -> None:
        arrow, parquet = _arrow()
        kinds = {
            "string": arrow.string(),
            "integer": arrow.int32(),
            "number": arrow.float64(),
            "decimal": arrow.decimal128(38, 2),
        }
        self._table = arrow.Table
        self._schema = arrow.schema([(column.name, kinds[column.type]) for column in columns])
        self._file = parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._waiting: list[Mapping[str, Any]] = []

    def write(self, row: Mapping[str, Any]) -> None:
        """Take a row; rows are written in batches."""
        self._waiting.append(_with_satang(row))
        if len(self._waiting) >= _BATCH:
            self._flush()

    def close(self) -> None:
        """Write what waits and finish the file."""
        self._flush()
        self._file.close()

    def _flush(self) -> None:
        self._file.write_table(self._table.from_pylist(self._waiting, schema=self._schema))
        self._waiting = []


def _with_satang(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the row with money of two decimals, as the columns have it."""
    return {
        name: value.quantize(_SATANG, context=_WIDE) if isinstance(value, Decimal) else value
        for name, value in row.items()
    }


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise UsageError("parquet-missing") from error
    return pyarrow, pyarrow.parquet


FORMATS: Mapping[str, type[CsvWriter] | type[ParquetWriter]] = {
    "csv": CsvWriter,
    "parquet": ParquetWriter,
}


def chosen_formats(asked: Iterable[str]) -> tuple[str, ...]:
    """Return the formats asked for; without any CSV, and Parquet where it can be written.

    Raises UsageError: `export-format-unknown`, `parquet-missing`.
    """
    wanted = tuple(dict.fromkeys(asked))
    for name in wanted:
        if name not in FORMATS:
            raise UsageError("export-format-unknown", value=name, choices=", ".join(FORMATS))
    if "parquet" in wanted:
        _arrow()
    if wanted:
        return wanted
    try:
        _arrow()
    except UsageError:
        return ("csv",)
    return tuple(FORMATS)
