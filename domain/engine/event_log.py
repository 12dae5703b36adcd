"""The event log: one SQL function appends to the hash chain of a subject, for single and bulk moves alike."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.engine.context import EvaluationContext
from domain.kernel.actors import Role
from domain.kernel.ids import new_id

APPEND = "SELECT append_event($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::text[], $13::jsonb)"
BROKEN_CHAINS = """
SELECT subject_kind, subject_id, sequence FROM (
    SELECT e.*, lag(e.hash) OVER (PARTITION BY e.subject_kind, e.subject_id ORDER BY e.sequence) AS expected
    FROM events e) chained
WHERE previous_hash <> coalesce(expected, ''::bytea) OR hash <> event_hash(previous_hash, chained.id,
    subject_kind, subject_id, sequence, order_id, name, at, due_at, actor_role, account_id, link_id, actor_name,
    audience, body)"""


@dataclass(frozen=True, kw_only=True)
class NewEvent:
    """An event to record. `audience` are the roles that may read it in the timeline."""

    name: str
    subject_kind: str
    subject_id: UUID
    order_id: UUID | None
    audience: Iterable[Role]
    due_at: datetime | None = None
    body: Mapping[str, object] = field(default_factory=dict)


async def append(connection: BaseDBAsyncClient, happening: NewEvent, context: EvaluationContext) -> UUID:
    """Append one event within the caller's transaction and return its id. The subject must be locked."""
    event_id, actor = new_id(), context.actor
    values: list[object] = [
        event_id,
        happening.subject_kind,
        happening.subject_id,
        happening.order_id,
        happening.name,
        context.now,
        happening.due_at,
        actor.role,
        actor.account_id,
        actor.link_id,
        actor.name,
        sorted(happening.audience),
        json.dumps(happening.body, default=str, sort_keys=True),
    ]
    await connection.execute_query(APPEND, values)
    return event_id


async def broken_chains(connection: BaseDBAsyncClient) -> list[dict[str, object]]:
    """Events whose hash does not follow from their content and predecessor; empty when nothing was tampered with."""
    return await connection.execute_query_dict(BROKEN_CHAINS)
