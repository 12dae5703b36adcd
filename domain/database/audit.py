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
) -> None:
    """Write one row in real time, within the caller's transaction. `detail` never holds secrets."""
    await connection.execute_query(WRITE, [new_id(), account_id, action, json.dumps(detail or {}, default=str)])
