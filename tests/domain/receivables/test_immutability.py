"""The database itself keeps receivables and their entries."""

import asyncpg
import pytest

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
