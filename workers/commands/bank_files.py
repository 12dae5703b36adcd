"""`werkstand import bank-file`: statements of the bank, read as a whole; finance books what they pay."""

import base64
from enum import StrEnum
from pathlib import Path

from settings import Settings
from workers.commands.database import open_database, run
from workers.commands.processes import load_settings_with_database
from workers.errors import CommandError


class Kind(StrEnum):
    """What a file holds, as the command names it."""

    BANK_FILE = "bank-file"


def import_file(file: Path) -> None:
    """Import a file and print what it brought; `CommandError` with the reason, and nothing is kept."""
    content = _read(file)
    settings = load_settings_with_database()
    print(run(lambda: _import(settings, file.name, content)))


def _read(file: Path) -> bytes:
    """The bytes of a file, which is not read when it is too large."""
    from domain.bank.camt.archive import MAX_FILE_BYTES

    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            raise CommandError(f"{file} is larger than {MAX_FILE_BYTES // 1_000_000} MB.")
        return file.read_bytes()
    except OSError as unreadable:
        raise CommandError(f"{file} cannot be read: {unreadable.strerror}.") from None


async def _import(settings: Settings, name: str, content: bytes) -> str:
    from domain import commands
    from domain.bank.inputs import BankFileContent
    from domain.bank.model import BankFile
    from domain.engine.commands import Command
    from domain.kernel.actors import CLOCK
    from domain.kernel.errors import Refused

    entered = BankFileContent(file_name=name[-200:], content=base64.b64encode(content).decode("ascii"))
    async with open_database(settings):
        try:
            imported = await commands.execute(Command(noun="bankFile", move="import", input=entered), CLOCK)
        except Refused as refused:
            raise CommandError("\n".join(map(_sentence, refused.refusals))) from None
        found = await BankFile.get(id=imported.subject_id)
    return f"{found.transaction_count} transactions are imported, {found.known_count} were known."


def _sentence(refusal: object) -> str:
    from domain.kernel.errors import Refusal
    from schema.shared.errors import ErrorContext, common_attributes

    assert isinstance(refusal, Refusal)
    found = common_attributes(refusal, ErrorContext(language="en", zone="Europe/Berlin"))
    return f"{found['message']} {found['remedy'] or ''}".strip()
