"""What was offered and answered stays as it was, whatever SQL is tried as the application's role."""

import asyncpg
import pytest

from domain.supplements.model import SupplementStatus
from tests.makers.supplements import a_supplement
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE supplements SET net_cents = 1",
        "UPDATE supplements SET text = 'Something else'",
        "UPDATE supplements SET withdrawal = '{}'",
        "DELETE FROM supplements",
    ],
)
async def test_the_terms_never_change(database: str, statement: str) -> None:
    await a_supplement()
    connection = await asyncpg.connect(database)

    with pytest.raises(asyncpg.RestrictViolationError):
        await connection.execute(statement)

    await connection.close()


@pytest.mark.parametrize(
    "change", ["answered_by = 'Someone else'", "status = 'OPEN', answered_at = NULL", "valid_until = '2030-01-01'"]
)
async def test_an_answer_never_changes(database: str, change: str) -> None:
    await a_supplement(SupplementStatus.CONFIRMED)
    connection = await asyncpg.connect(database)

    with pytest.raises(asyncpg.RestrictViolationError):
        await connection.execute(f"UPDATE supplements SET {change}")

    await connection.close()
