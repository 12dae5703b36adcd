"""Immutability of issued invoices: neither the program nor direct SQL changes them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest
from tortoise import connections
from tortoise.exceptions import IntegrityError

from domain.billing.model import InvoiceStatus
from domain.database.pools import credentials
from tests.makers.billing import Billed, an_invoice
from tests.makers.time import berlin

ISSUE = """UPDATE invoices SET status = 'PRINTED', number = 'RE-2026-00001', snapshot = '{}', issued_on = invoice_on,
    due_on = invoice_on, printed_at = composed_at WHERE id = $1"""

ONE_MORE = """INSERT INTO invoice_items (id, invoice_id, position, text, quantity, unit_price_cents,
    vat_category, vat_rate, net_cents) VALUES (uuidv7(), $1, 99, 'One more', 1, 1, 'STANDARD', 19, 1)"""

pytestmark = [pytest.mark.frozen_clock(berlin(2026, 4, 1, 10)), pytest.mark.usefixtures("operator")]


@pytest.mark.parametrize(
    "change",
    [
        "net_cents = net_cents + 1",
        "vat_cents = 0",
        "number = 'RE-2026-99999'",
        "number = NULL",
        "issued_on = issued_on + 1",
        "due_on = NULL",
        "snapshot = jsonb_set(snapshot, '{net_cents}', '1')",
        "customer_id = uuidv7()",
        "kind = 'CANCELLATION', reverses_id = id",
        "status = 'CANCELED'",
        "status = 'READY_TO_PRINT', number = NULL, snapshot = NULL, issued_on = NULL, due_on = NULL, printed_at = NULL",
        "is_redated = TRUE",
        "version = version - 1",
    ],
)
@pytest.mark.parametrize("status", [InvoiceStatus.PRINTED, InvoiceStatus.POSTED])
async def test_an_issued_invoice_never_changes(status: InvoiceStatus, change: str) -> None:
    billed = await an_invoice(status)

    await must_be_refused(f"UPDATE invoices SET {change} WHERE id = $1", billed.invoice.id)


async def test_a_posted_invoice_is_not_unposted_nor_its_sending_forgotten() -> None:
    billed = await an_invoice(InvoiceStatus.POSTED)

    for change in ("status = 'PRINTED'", "sent_at = NULL", "sent_reason = 'never'", "posted_at = NULL"):
        await must_be_refused(f"UPDATE invoices SET {change} WHERE id = $1", billed.invoice.id)


@pytest.mark.parametrize("status", [InvoiceStatus.READY_TO_PRINT, InvoiceStatus.PRINTED])
async def test_no_invoice_and_no_line_is_deleted(status: InvoiceStatus) -> None:
    billed = await an_invoice(status)

    await must_be_refused("DELETE FROM invoices WHERE id = $1", billed.invoice.id)
    await must_be_refused("DELETE FROM billable_lines WHERE invoice_id = $1", billed.invoice.id)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE invoice_items SET text = 'Something else' WHERE invoice_id = $1",
        "UPDATE invoice_items SET net_cents = 1 WHERE invoice_id = $1",
        "DELETE FROM invoice_items WHERE invoice_id = $1",
        """INSERT INTO invoice_items (id, invoice_id, line_id, position, text, quantity, unit_price_cents, vat_category,
           vat_rate, net_cents) SELECT uuidv7(), invoice_id, line_id, 99, 'One more', 1, 1, vat_category, vat_rate, 1
           FROM invoice_items WHERE invoice_id = $1""",
    ],
)
async def test_the_items_of_an_issued_invoice_never_change(statement: str) -> None:
    billed = await an_invoice(InvoiceStatus.PRINTED)

    await must_be_refused(statement, billed.invoice.id)


async def test_an_item_is_not_moved_into_or_out_of_an_issued_invoice() -> None:
    issued, draft = await an_invoice(InvoiceStatus.PRINTED), await an_invoice()
    move = "UPDATE invoice_items SET invoice_id = $2 WHERE invoice_id = $1"

    await must_be_refused(move, draft.invoice.id, issued.invoice.id)
    await must_be_refused(move, issued.invoice.id, draft.invoice.id)


@pytest.mark.parametrize(
    "change", ["text = 'Something else'", "net_cents = 1", "status = 'CANCELED'", "invoice_id = NULL", "vat_rate = 7"]
)
async def test_the_lines_of_an_issued_invoice_never_change(change: str) -> None:
    billed = await an_invoice(InvoiceStatus.PRINTED)

    await must_be_refused(f"UPDATE billable_lines SET {change} WHERE invoice_id = $1", billed.invoice.id)


async def test_a_consumed_line_stays_consumed() -> None:
    billed = await an_invoice(InvoiceStatus.POSTED)

    await must_be_refused("UPDATE billable_lines SET consumed_at = NULL WHERE invoice_id = $1", billed.invoice.id)


async def test_no_line_is_put_onto_an_issued_invoice() -> None:
    issued, draft = await an_invoice(InvoiceStatus.PRINTED), await an_invoice()

    await must_be_refused(
        "UPDATE billable_lines SET invoice_id = $2 WHERE invoice_id = $1", draft.invoice.id, issued.invoice.id
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE document_numbers SET number = 'RE-2026-99999'",
        "DELETE FROM document_numbers",
        "UPDATE number_series SET last_sequence = 0",
        "UPDATE number_series SET last_sequence = last_sequence + 2",
        "UPDATE number_series SET key = 'RE-1999'",
        "DELETE FROM number_series",
        "INSERT INTO number_series (key, last_sequence) VALUES ('RE-2030', 7)",
        "TRUNCATE document_numbers, invoice_items, billable_lines, invoices CASCADE",
        "TRUNCATE number_series",
    ],
)
async def test_the_register_and_the_series_only_grow(statement: str, owner: asyncpg.Connection) -> None:
    await an_invoice(InvoiceStatus.PRINTED)

    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await owner.execute(statement)


async def test_a_number_is_not_given_to_a_draft() -> None:
    billed = await an_invoice()

    await must_be_refused("UPDATE invoices SET number = 'RE-2026-00001' WHERE id = $1", billed.invoice.id)


async def test_the_orm_cannot_change_an_issued_invoice_either() -> None:
    billed: Billed = await an_invoice(InvoiceStatus.PRINTED)
    billed.invoice.net_cents = 1

    with pytest.raises(IntegrityError):
        await billed.invoice.save()


async def test_an_item_written_while_the_invoice_is_printed_waits_and_is_refused(database: str) -> None:
    billed = await an_invoice()
    async with a_session(database) as printing, a_session(database) as beside:
        async with printing.transaction():
            await printing.execute(ISSUE, billed.invoice.id)
            written = asyncio.create_task(beside.execute(ONE_MORE, billed.invoice.id))
            while not await printing.fetch("SELECT 1 FROM pg_locks WHERE NOT granted"):
                assert not written.done()

        with pytest.raises(asyncpg.RestrictViolationError):
            await written


@asynccontextmanager
async def a_session(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(**credentials(database_url))
    yield connection
    await connection.close()


async def must_be_refused(statement: str, *values: Any) -> None:
    with pytest.raises(IntegrityError):
        await connections.get("default").execute_query(statement, [*values])
