"""Entry of orders into a stage: the one implementation for single moves, bulk operations, automations and the clock."""

from collections.abc import Sequence
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.database.ddl import APPENDING
from domain.engine.context import EvaluationContext
from domain.engine.unit_of_work import RecordedEvent, UnitOfWork
from domain.kernel.actors import OFFICE, Role
from domain.kernel.errors import Refused, invalid
from domain.kernel.languages import LocalizedText
from domain.orders.scope import ENDED_STATES
from domain.pipelines.evaluation import OrderCard, StageEntryResult, TargetStage, evaluate
from domain.pipelines.inputs import StageEntryInput
from domain.pipelines.reads import COUNTED_ON_THE_BOARD, FROM_OPEN_STAGE

STAGE_ENTERED_EVENT = "order.enterStage"

# Locked until the end, so that the stage is not removed and its pipeline not retired meanwhile.
LOCK_STAGE = f"SELECT s.name_de, s.name_en, s.card_limit {FROM_OPEN_STAGE} FOR KEY SHARE OF p, s"
LOCK_STAGE_EXCLUSIVELY = "SELECT 1 FROM stages WHERE id = $1 FOR NO KEY UPDATE"
SELECT_ROOM = f"""SELECT greatest(s.card_limit - (SELECT count(*) FROM orders o
        WHERE o.stage_id = s.id AND {COUNTED_ON_THE_BOARD.replace("{o}", "o")}), 0) AS room
    FROM stages s WHERE s.id = $1"""
SELECT_CARDS = f"""SELECT o.id, o.stage_id, o.archived_at IS NOT NULL AS is_archived,
        o.status NOT IN {ENDED_STATES} AS is_open
    FROM unnest($1::uuid[]) WITH ORDINALITY AS asked (id, place) JOIN orders o ON o.id = asked.id
    ORDER BY asked.place"""
SELECT_EVENTS = f"""SELECT e.event_id, 'order', e.id, e.id, '{STAGE_ENTERED_EVENT}', $3::timestamptz,
    NULL::timestamptz, $4::text,
    $5::uuid, $6::uuid, $7::text, $8::text[], jsonb_build_object('stage', $2::uuid, 'from', e.from_id)
    FROM entering e"""
ENTER_STAGE = f"""
WITH entering AS MATERIALIZED (
    SELECT o.id, o.stage_id AS from_id, uuidv7() AS event_id FROM orders o WHERE o.id = ANY($1::uuid[]) ORDER BY o.id),
moved AS (
    UPDATE orders o SET stage_id = $2::uuid, stage_entered_at = CASE WHEN $2::uuid IS NOT NULL THEN $3::timestamptz END
    FROM entering e WHERE o.id = e.id),
recorded AS ({APPENDING.format(given=SELECT_EVENTS)})
SELECT e.id, e.event_id FROM entering e"""


async def enter_stage(
    work: UnitOfWork, order_ids: Sequence[UUID], entry: StageEntryInput, context: EvaluationContext
) -> StageEntryResult:
    """Move orders into a stage, or off the board, within the caller's transaction; return which entered.

    The caller holds the locks of the orders, which are visible to the actor. An entry that the facts of an order forbid
    is refused for that order alone. Raises `Refused` when the stage is not open. The limit of a stage does not bind the
    clock.
    """
    target = await _target(work.connection, entry, context)
    rows = await work.connection.execute_query_dict(SELECT_CARDS, [list(order_ids)])
    result = evaluate([OrderCard(**row) for row in rows], target)
    work.skipped_automations |= frozenset(entry.skip_automation_ids)
    if result.entered:
        await _enter(work, result.entered, target.id, context)
    return result


async def _target(connection: BaseDBAsyncClient, entry: StageEntryInput, context: EvaluationContext) -> TargetStage:
    if entry.stage_id is None:
        return TargetStage()
    rows = await connection.execute_query_dict(LOCK_STAGE, [entry.stage_id])
    if not rows:
        raise Refused(invalid("stage_unknown", "stage_id"))
    (stage,) = rows
    is_unlimited = entry.despite_limit or context.actor.role is Role.CLOCK or stage["card_limit"] is None
    room = None if is_unlimited else await _room(connection, entry.stage_id)
    return TargetStage(id=entry.stage_id, name=LocalizedText(stage["name_de"], stage["name_en"]), room=room)


async def _room(connection: BaseDBAsyncClient, stage_id: UUID) -> int | None:
    """The number of open orders for which the stage has room. Concurrent callers wait: no place is taken twice."""
    await connection.execute_query(LOCK_STAGE_EXCLUSIVELY, [stage_id])
    (row,) = await connection.execute_query_dict(SELECT_ROOM, [stage_id])
    room: int | None = row["room"]
    return room


async def _enter(
    work: UnitOfWork, order_ids: Sequence[UUID], stage_id: UUID | None, context: EvaluationContext
) -> None:
    """One statement: the orders, and one event for each."""
    actor = context.actor
    values = [list(order_ids), stage_id, context.now, actor.role, actor.account_id, actor.link_id, actor.name]
    for row in await work.connection.execute_query_dict(ENTER_STAGE, [*values, sorted(OFFICE)]):
        event = RecordedEvent(
            name=STAGE_ENTERED_EVENT, event_id=row["event_id"], noun="order", subject_id=row["id"], order_id=row["id"]
        )
        work.events.append(event)
    work.changes.order_ids |= set(order_ids)
