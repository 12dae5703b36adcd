"""The database itself keeps budgets, their entries and what was claimed."""

import asyncpg
import pytest

from domain.claims.model import ClaimStatus
from tests.makers.claims import a_claim
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE budget_entries SET amount_cents = 1",
        "DELETE FROM budget_entries",
        "TRUNCATE budget_entries",
        "DELETE FROM member_budgets",
        "UPDATE member_budgets SET received_cents = received_cents + 1",
        "UPDATE member_budgets SET member_id = gen_random_uuid()",
        "UPDATE claims SET amount_cents = 1",
        "UPDATE claims SET payment_file_id = NULL",
        "DELETE FROM claims",
        "UPDATE payment_files SET content = ''",
        "DELETE FROM payment_files",
    ],
)
async def test_what_was_booked_never_changes(database: str, statement: str) -> None:
    await a_claim(ClaimStatus.IN_PAYMENT)
    connection = await asyncpg.connect(database)

    with pytest.raises((asyncpg.IntegrityConstraintViolationError, asyncpg.InsufficientPrivilegeError)):
        await connection.execute(statement)

    await connection.close()
