"""Kinds of imported files, and how each is entered. Loaded with the business, once a file is there."""

import base64
from collections.abc import Awaitable, Callable

from domain import commands
from domain.bank.inputs import BankFileContent
from domain.bank.model import BankFile
from domain.engine.commands import Command
from domain.imports.inputs import ImportFile
from domain.imports.model import DataImport, ImportKind
from domain.kernel.actors import CLOCK
from workers.errors import CommandError


def enter_rows(kind: str) -> Callable[[str, bytes, bool], Awaitable[str]]:
    """What enters a CSV file of this `ImportKind`; with a dry run it is checked and discarded."""

    async def enter(name: str, content: bytes, dry_run: bool) -> str:
        file = ImportFile(kind=ImportKind[kind], file_name=name, content=_text(content))
        checked = await commands.execute(Command(noun="dataImport", move="check", input=file), CLOCK)
        move = "discard" if dry_run else "run"
        await commands.execute(Command(noun="dataImport", move=move, subject_id=checked.subject_id), CLOCK)
        noun = kind.lower().replace("_", " ")
        found = await DataImport.get(id=checked.subject_id)
        if dry_run:
            return f"{name} has no fault: {found.row_count} {noun} would be imported. Nothing was entered."
        return f"{found.row_count} {noun} are imported."

    return enter


async def enter_bank_file(name: str, content: bytes, dry_run: bool) -> str:
    """Read statements of the bank; finance books what they pay."""
    if dry_run:
        raise CommandError("A bank file needs no dry run: to import it books nothing.")
    entered = BankFileContent(file_name=name, content=_text(content))
    imported = await commands.execute(Command(noun="bankFile", move="import", input=entered), CLOCK)
    found = await BankFile.get(id=imported.subject_id)
    return f"{found.transaction_count} transactions are imported, {found.known_count} were known."


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
