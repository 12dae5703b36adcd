"""The event log: one SQL function appends to the hash chain of a subject, for single and bulk moves alike."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.database.ddl import APPENDING
from domain.database.pending_writes import PendingWrites, Values, WriteStatement
from domain.engine.context import EvaluationContext
from domain.kernel.actors import Role
from domain.kernel.ids import new_id

EVENTS = WriteStatement(
    name="recorded",
    columns="""id uuid, subject_kind text, subject_id uuid, order_id uuid, name text, at timestamptz,
        due_at timestamptz, actor_role text, account_id uuid, link_id uuid, actor_name text, audience text[],
        body jsonb""",
    statement=APPENDING.format(given="SELECT * FROM {rows} AS event"),
)
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


async def append(writes: PendingWrites, event: NewEvent, context: EvaluationContext) -> UUID:
    """Append one event to the chain of its subject, which must be locked, with the next flush; return the event's id.

    A flush appends one event per subject, since an event does not see its neighbour: an earlier one is flushed before.
    """
    event_id, actor = new_id(), context.actor
    values: Values = {
        "id": event_id,
        "subject_kind": event.subject_kind,
        "subject_id": event.subject_id,
        "order_id": event.order_id,
        "name": event.name,
        "at": context.now,
        "due_at": event.due_at,
        "actor_role": actor.role,
        "account_id": actor.account_id,
        "link_id": actor.link_id,
        "actor_name": actor.name,
        "audience": sorted(event.audience),
        "body": json.loads(json.dumps(event.body, default=str)),
    }
    await writes.add_once(EVENTS, (event.subject_kind, event.subject_id), values)
    return event_id


async def broken_chains(connection: BaseDBAsyncClient) -> list[dict[str, object]]:
    """Events whose hash does not follow from their content and predecessor; empty when nothing was tampered with."""
    return await connection.execute_query_dict(BROKEN_CHAINS)
