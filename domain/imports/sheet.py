"""The rows of a CSV file, each with its line; comma, semicolon or tab is recognised by the first line."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from io import StringIO

from domain.imports.columns import Column
from domain.imports.faults import fault, file_fault, raise_any
from domain.imports.inputs import MAX_ROWS
from domain.kernel.errors import Refusal

DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """One row: the line on which it begins, counted from 1, and its cells by the name of their column."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """All rows of a file, and the sign between their cells."""

    rows: Sequence[SheetRow]
    delimiter: str


def read_sheet(text: str, columns: Sequence[Column]) -> Sheet:
    """The rows of a file, empty ones left out; `Refused` with all faults of its form."""
    lines = text.splitlines(keepends=True)
    first = next((line for line in lines if line.strip()), None)
    if first is None:
        raise file_fault("import_empty")
    delimiter = max(DELIMITERS, key=first.count)
    records = [(line, cells) for line, cells in _records(text, delimiter) if any(cell.strip() for cell in cells)]
    (header_line, header), *rest = records
    names = [name.strip().lower() for name in header]
    raise_any(_header_faults(header_line, names, columns))
    if not rest:
        raise file_fault("import_without_rows")
    if len(rest) > MAX_ROWS:
        raise file_fault("import_too_many_rows", most=MAX_ROWS)
    raise_any(
        fault(line, "", "import_cell_count", found=len(cells), expected=len(names))
        for line, cells in rest
        if len(cells) != len(names)
    )
    rows = [SheetRow(line=line, cells=dict(zip(names, cells, strict=True))) for line, cells in rest]
    return Sheet(rows=rows, delimiter=delimiter)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins. Quotes that are not closed are found at the end of the file."""
    reader, line = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True), 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise_any([fault(line, "", "import_quotes_malformed")])


def _header_faults(line: int, names: Sequence[str], columns: Sequence[Column]) -> Iterator[Refusal]:
    known = {column.name: column for column in columns}
    for name in dict.fromkeys(names):
        if name not in known:
            near = get_close_matches(name, known, n=1)
            reason = "import_column_misspelled" if near else "import_column_unknown"
            yield fault(line, name, reason, near=near[0] if near else "", known=", ".join(known))
        elif names.count(name) > 1:
            yield fault(line, name, "import_column_twice")
    for column in columns:
        if column.required and column.name not in names:
            yield fault(line, column.name, "import_column_missing")
