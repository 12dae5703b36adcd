"""An export of the ledger: written to a temporary file, recorded with its checksum, and then given out."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
from tortoise.transactions import in_transaction

from domain.database.audit import audit
from domain.ledger_export import datev, plain_csv
from domain.ledger_export.accounts import LedgerSettings
from domain.ledger_export.customer_accounts import LOCK, NUMBER_CUSTOMERS
from domain.ledger_export.postings import LedgerPosting, postings
from domain.verification.verify import reading_session

AUDIT_ACTION = "ledger.export"
MAX_IN_MEMORY = 1024 * 1024
PORTION = 64 * 1024
INSTANT = "SELECT app_now()"


class ExportFormat(StrEnum):
    """The forms of an export."""

    DATEV = "datev"
    CSV = "csv"


class ExportRefused(Exception):
    """The export cannot be made; `reason` is the key of the sentence that says so."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class LedgerExport:
    """A complete file; `sha256` is that of its bytes, in hexadecimal."""

    name: str
    sha256: str
    size: int
    content: "SpooledTemporaryFile[bytes]"

    async def portions(self) -> AsyncIterator[bytes]:
        """The bytes of the file, which is removed after the last of them."""
        with self.content as file:
            file.seek(0)
            while portion := file.read(PORTION):
                yield portion


@dataclass(frozen=True, kw_only=True)
class ExportRequest:
    """The wanted export: its form and its days, both included."""

    format: ExportFormat
    first_day: date
    last_day: date


async def export_ledger(database_url: str, request: ExportRequest, account_id: UUID | None) -> LedgerExport:
    """The file of a period, once the audit trail names who exports it with its checksum. Raises `ExportRefused`."""
    async with in_transaction() as connection:
        await connection.execute_query(LOCK)
        await connection.execute_query(NUMBER_CUSTOMERS)
    file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=MAX_IN_MEMORY)  # noqa: SIM115 - given out
    try:
        async with reading_session(database_url) as session, session.transaction(isolation="repeatable_read"):
            count, digest = await _write(session, request, file)
        detail = {
            "format": request.format,
            "first_day": request.first_day,
            "last_day": request.last_day,
            "postings": count,
            "sha256": digest,
        }
        async with in_transaction() as connection:
            await audit(connection, AUDIT_ACTION, account_id, detail)
    except BaseException:
        file.close()
        raise
    return LedgerExport(name=_name(request), sha256=digest, size=file.tell(), content=file)


async def _write(
    session: asyncpg.Connection, request: ExportRequest, file: "SpooledTemporaryFile[bytes]"
) -> tuple[int, str]:
    """Write head and postings; how many there are, and the checksum of all."""
    settings = await LedgerSettings.read(session)
    at = (await session.fetchval(INSTANT)).astimezone(ZoneInfo(settings.zone))
    head, line = _writer(settings, request, at)
    hasher, count = sha256(head), 0
    file.write(head)
    async for posting in postings(session, request.first_day, request.last_day):
        written = line(posting, settings)
        count += 1
        if request.format is ExportFormat.DATEV and count > datev.MAX_POSTINGS:
            raise ExportRefused("ledger_too_many_postings")
        hasher.update(written)
        file.write(written)
    return count, hasher.hexdigest()


def _writer(
    settings: LedgerSettings, request: ExportRequest, at: datetime
) -> tuple[bytes, Callable[[LedgerPosting, LedgerSettings], bytes]]:
    if request.format is ExportFormat.CSV:
        return plain_csv.head(), plain_csv.line
    if not settings.is_known_to_consultant:
        raise ExportRefused("ledger_consultant_missing")
    if settings.fiscal_year_of(request.first_day) != settings.fiscal_year_of(request.last_day):
        raise ExportRefused("ledger_two_fiscal_years")
    return datev.head(settings, request.first_day, request.last_day, at), datev.line


def _name(request: ExportRequest) -> str:
    """The name of the file; a posting batch is recognized by its beginning."""
    days = f"{request.first_day.isoformat()}-{request.last_day.isoformat()}"
    return f"EXTF_Buchungsstapel-{days}.csv" if request.format is ExportFormat.DATEV else f"postings-{days}.csv"
