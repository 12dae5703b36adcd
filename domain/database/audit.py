"""The audit trail: sign-ins, changed settings and impersonations; insert-only."""

import json
from collections.abc import Mapping
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.kernel.ids import new_id

WRITE = """
INSERT INTO audit (id, at, account_id, action, detail) VALUES ($1, clock_timestamp(), $2, $3, $4::jsonb)"""


async def audit(
    connection: BaseDBAsyncClient,
    action: str,
    account_id: UUID | None,
    detail: Mapping[str, object] | None = None,
) -> UUID:
    """Write one row in real time, within the caller's transaction, and return its id. `detail` never holds secrets."""
    row_id = new_id()
    await connection.execute_query(WRITE, [row_id, account_id, action, json.dumps(detail or {}, default=str)])
    return row_id
