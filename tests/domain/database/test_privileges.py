"""The role of the application works with rows, and can neither change nor erase the history."""

from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio

from domain.billing.model import InvoiceStatus
from domain.database.installation.privileges import KEPT_TABLES, excessive_privileges
from settings import Settings
from tests.makers.billing import an_invoice, the_operator
from tests.makers.time import berlin
from workers.commands.doctor.database_checks import privileges as seen_by_the_doctor

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
FINAL = (
    "events",
    "audit",
    "chain_anchors",
    "offer_revisions",
    "delivery_versions",
    "document_numbers",
    "verifications",
)


@pytest_asyncio.fixture
async def application(database: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database)
    yield connection
    await connection.close()


@pytest.mark.parametrize("table", FINAL)
@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE {table} CASCADE",
        "DELETE FROM {table}",
        "ALTER TABLE {table} DISABLE TRIGGER ALL",
        "DROP TRIGGER {table}_insert_only ON {table}",
        "DROP TABLE {table} CASCADE",
    ],
)
async def test_the_application_cannot_erase_what_is_final(
    application: asyncpg.Connection, table: str, statement: str
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await application.execute(statement.format(table=table))


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        "ALTER FUNCTION refuse_change() RENAME TO allow_change",
        "SET session_replication_role = replica",
        "UPDATE events SET name = 'order.decline'",
        "TRUNCATE invoices CASCADE",
        "DROP TRIGGER invoices_keep ON invoices",
        "DELETE FROM tortoise_migrations",
        "CREATE TABLE of_my_own ()",
    ],
)
async def test_the_application_cannot_take_the_protection_away(application: asyncpg.Connection, statement: str) -> None:
    await the_operator()
    await an_invoice(InvoiceStatus.PRINTED)

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await application.execute(statement)


@pytest.mark.parametrize("table", KEPT_TABLES)
@pytest.mark.parametrize(
    "statement", ["DELETE FROM {table}", "UPDATE {table} SET hash = ''", "INSERT INTO {table} DEFAULT VALUES"]
)
async def test_the_application_cannot_write_what_tells_of_changes(
    application: asyncpg.Connection, table: str, statement: str
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await application.execute(statement.format(table=table))


async def test_the_doctor_tells_an_owner_from_the_application(
    settings: Settings, owner: asyncpg.Connection, application: asyncpg.Connection
) -> None:
    assert await excessive_privileges(application) == []
    assert "events belongs to it" in await excessive_privileges(owner)

    assert (await seen_by_the_doctor(settings)).is_ok
    as_owner = settings.model_copy(update={"database_url": settings.database_owner_url})
    assert not (await seen_by_the_doctor(as_owner)).is_ok
