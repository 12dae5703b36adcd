"""Files to import, as tests write them."""

import base64
import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from domain.commands import execute
from domain.engine.commands import Command
from domain.imports.inputs import ImportFile
from domain.imports.model import DataImport, ImportKind
from domain.kernel.actors import Actor
from tests.makers.parties import STAFF

EXAMPLES = Path("portal_views/static/import_examples")
Rows = Sequence[Mapping[str, object]]
MEMBER = {"number": 654, "name": "Mara Malerin"}
CUSTOMER = {
    "legal_name": "Müller GmbH",
    "street": "Hafenstraße 12",
    "postcode": "20457",
    "city": "Hamburg",
    "invoice_email": "rechnung@mueller.example",
    "contact_name": "Karin Müller",
    "contact_email": "karin@mueller.example",
}


def a_file(*rows: Mapping[str, object], delimiter: str = ",") -> str:
    """The text of a file with these rows; its columns are those of the first."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def the_example(kind: ImportKind) -> bytes:
    return (EXAMPLES / f"{kind.lower()}.csv").read_bytes()


async def checked(kind: ImportKind, content: str | bytes, actor: Actor = STAFF) -> DataImport:
    """Check a file; raises `Refused` with its faults."""
    in_bytes = content if isinstance(content, bytes) else content.encode()
    entry = ImportFile(kind=kind, file_name="alt.csv", content=base64.b64encode(in_bytes).decode())
    outcome = await execute(Command(noun="dataImport", move="check", input=entry), actor)
    return await DataImport.get(id=outcome.subject_id)


async def imported(kind: ImportKind, content: str | bytes, actor: Actor = STAFF) -> DataImport:
    """Check a file and enter everything in it."""
    data_import = await checked(kind, content, actor)
    await execute(Command(noun="dataImport", move="run", subject_id=data_import.id), actor)
    return await DataImport.get(id=data_import.id)
