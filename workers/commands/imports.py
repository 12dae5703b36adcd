"""`werkstand import`: a file that is checked and entered as a whole, or refused with every fault."""

from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path

import asyncpg

from settings import Settings
from workers.commands.database import open_database, run
from workers.commands.processes import load_settings_with_database
from workers.errors import CommandError

Enter = Callable[[str, bytes, bool], Awaitable[str]]


class Kind(StrEnum):
    """What a file holds, as the command names it."""

    MEMBERS = "members"
    CUSTOMERS = "customers"
    ORDERS = "orders"
    OPEN_INVOICES = "open-invoices"
    BANK_FILE = "bank-file"


def import_file(kind: Kind, file: Path, *, dry_run: bool, all_faults: bool) -> None:
    """Import a file and print what was done; `CommandError` with one line for each fault, and nothing is entered.

    The first hundred faults are named, or all of them.
    """
    from domain.imports.faults import all_faults_named

    content = _read(file)
    settings = load_settings_with_database()
    with all_faults_named() if all_faults else nullcontext():
        print(run(lambda: _import(settings, _entering(kind), file.name[-200:], content, dry_run)))


def _read(file: Path) -> bytes:
    """The bytes of a file, which is not read when it is too large."""
    from domain.imports.inputs import MAX_FILE_BYTES

    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            raise CommandError(f"{file} is larger than {MAX_FILE_BYTES // 1_000_000} MB: split it.")
        return file.read_bytes()
    except OSError as unreadable:
        raise CommandError(f"{file} cannot be read: {unreadable.strerror}.") from None


def _entering(kind: Kind) -> Enter:
    from workers.commands.import_kinds import enter_bank_file, enter_rows

    return enter_bank_file if kind is Kind.BANK_FILE else enter_rows(kind.name)


async def _import(settings: Settings, enter: Enter, name: str, content: bytes, dry_run: bool) -> str:
    from domain.kernel.errors import Refused

    async with open_database(settings):
        try:
            return await enter(name, content, dry_run)
        except Refused as refused:
            raise CommandError("\n".join(map(_sentence, refused.refusals))) from None
        except asyncpg.LockNotAvailableError:
            raise CommandError("Others are changing the same things, and nothing was entered: try again.") from None


def _sentence(refusal: object) -> str:
    from domain.kernel.errors import Refusal
    from schema.shared.errors import ErrorContext, common_attributes

    assert isinstance(refusal, Refusal)
    found = common_attributes(refusal, ErrorContext(language="en", zone="Europe/Berlin"))
    return f"{found['message']} {found['remedy'] or ''}".strip()
