"""The export as a stream of bytes: pages of rows and one portion of files at a time, for a period of any length."""

from collections.abc import AsyncGenerator, AsyncIterator
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from tortoise.transactions import in_transaction

from domain.audit_export.documents import documents_and_register
from domain.audit_export.open_items import open_items_and_bank
from domain.audit_export.period import Period
from domain.audit_export.proof import events_and_proof
from domain.audit_export.readme import readme
from domain.audit_export.writer import ExportWriter
from domain.database.audit import audit
from domain.files.object_store import ObjectStore
from domain.verification.external_anchor import current_anchor
from domain.verification.verify import reading_session

AUDIT_ACTION = "register.export"


async def record_export(account_id: UUID | None, period: Period) -> None:
    """The audit trail names who exports which period, before the first byte is given."""
    days = {"first_day": period.first_day, "last_day": period.last_day}
    async with in_transaction() as connection:
        await audit(connection, AUDIT_ACTION, account_id, days)


async def export(database_url: str, store: ObjectStore, period: Period) -> AsyncGenerator[bytes, None]:
    """The archive, portion by portion. An export that fails ends without its list of files, and no program opens it.

    Raises `StorageUnavailable` when the storage does not answer.
    """
    writer = ExportWriter(datetime.now(ZoneInfo(period.zone)))
    try:
        async for portion in writer.stream("README.txt", "readme", _once(readme(period))):
            yield portion
        async with reading_session(database_url) as connection:
            async for portion in documents_and_register(connection, store, period, writer):
                yield portion
            async for portion in open_items_and_bank(connection, period, writer):
                yield portion
            anchor = str(await current_anchor(database_url))
            async for portion in events_and_proof(connection, period, anchor, writer):
                yield portion
        async for portion in writer.end():
            yield portion
    finally:
        writer.close()


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content
