"""The database itself keeps receivables and their entries."""

import asyncpg
import pytest
from tortoise import connections
from tortoise.transactions import in_transaction

from domain.receivables.model import ReceivableEntry
from domain.receivables.write_off_immutability import TAKE_BACK
from tests.makers.receivables import a_receivable
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE receivable_entries SET amount_cents = -1",
        "DELETE FROM receivable_entries",
        "TRUNCATE receivable_entries",
        "DELETE FROM receivables",
        "UPDATE receivables SET amount_cents = 1",
        "UPDATE receivables SET due_on = due_on + 30",
        "UPDATE receivables SET status = 'PAID'",
        "UPDATE receivables SET paid_cents = 20000, status = 'PARTLY_PAID'",
        "UPDATE receivables SET charges_cents = 100",
        "UPDATE receivables SET reminder_step = 2, reminded_on = current_date",
    ],
)
async def test_what_was_booked_never_changes(database: str, statement: str) -> None:
    await a_receivable("100.00")
    connection = await asyncpg.connect(database)

    with pytest.raises((asyncpg.IntegrityConstraintViolationError, asyncpg.InsufficientPrivilegeError)):
        await connection.execute(statement)

    await connection.close()


async def test_an_upgrade_takes_back_what_was_written_off_and_paid_before_it() -> None:
    owed = await a_receivable("595.00")
    async with in_transaction() as before_the_upgrade:
        values = {"kind": "WRITE_OFF", "amount_cents": -595_00, "booked_on": owed.row.due_on}
        await ReceivableEntry.create(
            using_db=before_the_upgrade, receivable_id=owed.row.id, created_at=owed.row.created_at, **values
        )
        await before_the_upgrade.execute_query("UPDATE receivables SET written_off_cents = 59500")

    for _ in range(2):
        await connections.get("default").execute_query(TAKE_BACK[0])

    await owed.refresh()
    assert owed.row.written_off_cents == 0
    assert sorted((entry.kind, entry.amount_cents) for entry in await owed.entries()) == [
        ("PAYMENT", -595_00),
        ("WRITE_OFF", -595_00),
        ("WRITE_OFF_REVERSAL", 595_00),
    ]
