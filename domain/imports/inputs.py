"""Inputs of the moves of imports."""

from dataclasses import dataclass

from domain.engine.inputs import input_field
from domain.imports.model import ImportKind

MAX_FILE_BYTES = 10_000_000
MAX_ROWS = 20_000


@dataclass(frozen=True, kw_only=True)
class ImportFile:
    """A CSV file as it is, and what it holds."""

    kind: ImportKind = input_field("What the file holds.")
    file_name: str = input_field("Its name.", shortest=1, longest=200)
    content: str = input_field(
        "Its bytes as Base64: CSV in UTF-8 or Windows-1252, with commas or semicolons.",
        longest=MAX_FILE_BYTES * 4 // 3 + 4,
    )
