"""Leases of rows that wait to be sent: claimed by one process, renewed while it works, given back when it stops.

Each claim has an id of its own. A process whose lease has ended and whose rows were claimed by another one finds a
different id there: it neither sends nor records anything more. Leases are kept in real time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from tortoise import connections

LEASE = timedelta(seconds=15)
RENEWED = f"clock_timestamp() + interval '{LEASE.seconds} seconds'"
IS_OURS = "id = ANY($1::uuid[]) AND claim_id = ANY($2::uuid[]) AND state = 'PENDING'"
RENEW = f"UPDATE {{table}} SET next_attempt_at = {RENEWED} WHERE {IS_OURS} RETURNING id"
GIVE_BACK = f"UPDATE {{table}} SET next_attempt_at = clock_timestamp(), claim_id = NULL WHERE {IS_OURS}"
GIVE_BACK_UNTRIED = f"""UPDATE {{table}} SET next_attempt_at = clock_timestamp(), claim_id = NULL,
    attempts = attempts - 1 WHERE {IS_OURS}"""


@dataclass(frozen=True, kw_only=True)
class Lease:
    """Rows of one table that are worked on together, and the id of the claim that holds them."""

    table: str
    claim_id: UUID
    row_ids: tuple[UUID, ...]


class LeaseLost(Exception):
    """The lease has ended and another process holds the rows, or they wait no longer."""


async def renew(lease: Lease) -> None:
    """Hold the rows for another `LEASE`. Raises `LeaseLost` unless all of them are still ours."""
    if len(await _execute(RENEW, [lease])) < len(lease.row_ids):
        raise LeaseLost


async def renew_all(leases: Sequence[Lease]) -> None:
    """Hold what is still ours of several leases of one table."""
    await _execute(RENEW, leases)


async def give_back(leases: Sequence[Lease]) -> None:
    """Let another process take the rows at once; the attempt that was begun counts."""
    await _execute(GIVE_BACK, leases)


async def give_back_untried(leases: Sequence[Lease]) -> None:
    """Let another process take the rows at once, as if they had not been claimed."""
    await _execute(GIVE_BACK_UNTRIED, leases)


async def _execute(statement: str, leases: Sequence[Lease]) -> Sequence[object]:
    if not leases:
        return []
    row_ids = [row_id for lease in leases for row_id in lease.row_ids]
    claim_ids = list({lease.claim_id for lease in leases})
    statement = statement.format(table=leases[0].table)
    rows: Sequence[object] = await connections.get("default").execute_query_dict(statement, [row_ids, claim_ids])
    return rows
