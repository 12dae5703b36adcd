"""`werkstand import`: a CSV file of members, customers or orders, checked and entered as a whole."""

import base64
from enum import StrEnum
from pathlib import Path

import asyncpg

from settings import Settings
from workers.commands.database import open_database, run
from workers.commands.processes import load_settings_with_database
from workers.errors import CommandError


class Kind(StrEnum):
    """What a file holds, as the command names it."""

    MEMBERS = "members"
    CUSTOMERS = "customers"
    ORDERS = "orders"


def import_file(kind: Kind, file: Path, *, dry_run: bool) -> None:
    """Import a file and print what was done; `CommandError` with one line for each fault, and nothing is entered."""
    content = _read(file)
    settings = load_settings_with_database()
    print(run(lambda: _import(settings, kind, file.name, content, dry_run)))


def _read(file: Path) -> bytes:
    """The bytes of a file, which is not read when it is too large."""
    from domain.imports.inputs import MAX_FILE_BYTES

    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            raise CommandError(f"{file} is larger than {MAX_FILE_BYTES // 1_000_000} MB: split it.")
        return file.read_bytes()
    except OSError as unreadable:
        raise CommandError(f"{file} cannot be read: {unreadable.strerror}.") from None


async def _import(settings: Settings, kind: Kind, name: str, content: bytes, dry_run: bool) -> str:
    from domain import commands
    from domain.engine.commands import Command
    from domain.imports.inputs import ImportFile
    from domain.imports.model import DataImport, ImportKind
    from domain.kernel.actors import CLOCK
    from domain.kernel.errors import Refused

    entry = ImportFile(
        kind=ImportKind[kind.name], file_name=name[-200:], content=base64.b64encode(content).decode("ascii")
    )
    async with open_database(settings):
        try:
            checked = await commands.execute(Command(noun="dataImport", move="check", input=entry), CLOCK)
            move = "discard" if dry_run else "run"
            await commands.execute(Command(noun="dataImport", move=move, subject_id=checked.subject_id), CLOCK)
        except Refused as refused:
            raise CommandError("\n".join(map(_sentence, refused.refusals))) from None
        except asyncpg.LockNotAvailableError:
            raise CommandError("Others are changing the same things, and nothing was entered: try again.") from None
        found = await DataImport.get(id=checked.subject_id)
    if dry_run:
        return f"{name} has no fault: {found.row_count} {kind} would be imported. Nothing was entered."
    return f"{found.row_count} {kind} are imported."


def _sentence(refusal: object) -> str:
    from domain.kernel.errors import Refusal
    from schema.shared.errors import ErrorContext, common_attributes

    assert isinstance(refusal, Refusal)
    found = common_attributes(refusal, ErrorContext(language="en", zone="Europe/Berlin"))
    return f"{found['message']} {found['remedy'] or ''}".strip()
