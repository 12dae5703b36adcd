"""A table of the export, written row by row as CSV and as JSON, and kept in temporary files until it is complete."""

import csv
import io
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import Any

MAX_IN_MEMORY = 1024 * 1024
PORTION = 64 * 1024
# A spreadsheet would run such a text as a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class ExportTable:
    """The rows of one table; every row has all columns."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns, self._rows = columns, 0
        self._csv = SpooledTemporaryFile(max_size=MAX_IN_MEMORY)  # noqa: SIM115 - closed by `close`
        self._json = SpooledTemporaryFile(max_size=MAX_IN_MEMORY)  # noqa: SIM115 - closed by `close`
        self._csv.write(_csv_line(columns))

    def close(self) -> None:
        """Remove the temporary files."""
        self._csv.close()
        self._json.close()

    def add(self, row: Mapping[str, Any]) -> None:
        values = {name: row[name] for name in self._columns}
        self._csv.write(_csv_line([_cell(value) for value in values.values()]))
        self._json.write((",\n" if self._rows else "[\n").encode() + json_line(values))
        self._rows += 1

    async def as_csv(self) -> AsyncIterator[bytes]:
        async for portion in _portions(self._csv):
            yield portion

    async def as_json(self) -> AsyncIterator[bytes]:
        async for portion in _portions(self._json):
            yield portion
        yield b"\n]\n" if self._rows else b"[]\n"


def json_line(values: Mapping[str, Any]) -> bytes:
    """One object; instants by ISO 8601 and amounts as text with a point."""
    return json.dumps(values, ensure_ascii=False, default=_text).encode()


async def _portions(file: "SpooledTemporaryFile[bytes]") -> AsyncIterator[bytes]:
    file.seek(0)
    while portion := file.read(PORTION):
        yield portion


def _csv_line(cells: Sequence[Any]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        return f"'{value}"
    return _text(value) if isinstance(value, datetime | date | Decimal) else value


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)
