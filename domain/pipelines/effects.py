"""Effects of the moves of pipelines: the pipeline, and its stages, which are given as a whole."""

from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.engine.transition import TransitionContext
from domain.kernel.amendments import given_values
from domain.kernel.errors import Refusal, Refused, guard_failed
from domain.kernel.languages import LocalizedText
from domain.orders.scope import NOT_DELETED, WAS_SUBMITTED
from domain.pipelines.facts import used_by_sql
from domain.pipelines.inputs import StageEntry
from domain.pipelines.model import Pipeline, Stage

LOCK_STAGES = "SELECT id FROM stages WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE"
KEPT = f"{NOT_DELETED} AND {WAS_SUBMITTED}".replace("{t}", "o")
SELECT_REMOVED_STAGES = f"""SELECT s.name_de, s.name_en, {used_by_sql("SELECT s.id")} AS users,
        (SELECT count(*) FROM orders o WHERE o.stage_id = s.id AND {KEPT}) AS orders
    FROM stages s WHERE s.id = ANY($1::uuid[]) ORDER BY s.position"""
# Deleted orders, drafts that were never submitted, retired automations and retired templates give up their stage: no
# employee can amend them.
CLEAR_REFERENCES = (
    f"""UPDATE orders o SET stage_id = NULL, stage_entered_at = NULL
    WHERE o.stage_id = ANY($1::uuid[]) AND NOT ({KEPT})""",
    "UPDATE automations SET stage_id = NULL WHERE stage_id = ANY($1::uuid[]) AND state = 'RETIRED'",
    "UPDATE automations SET target_stage_id = NULL WHERE target_stage_id = ANY($1::uuid[]) AND state = 'RETIRED'",
    "UPDATE order_templates SET stage_id = NULL WHERE stage_id = ANY($1::uuid[]) AND state = 'RETIRED'",
)
DELETE_STAGES = "DELETE FROM stages WHERE id = ANY($1::uuid[])"


async def create(move: TransitionContext) -> Pipeline:
    pipeline = Pipeline(created_at=move.now)
    stages = _fill(pipeline, move)
    await pipeline.save(using_db=move.connection)
    await _save_stages(move.connection, pipeline.id, stages or ())
    return pipeline


async def amend(move: TransitionContext) -> None:
    stages = _fill(move.row, move)
    if stages is None:
        return
    staying = {entry.id for entry in stages}
    await _remove_stages(move.connection, [stage_id for stage_id in move.facts.stage_ids if stage_id not in staying])
    await _save_stages(move.connection, move.row.id, stages)


def _fill(pipeline: Pipeline, move: TransitionContext) -> tuple[StageEntry, ...] | None:
    """Set the given facts of a pipeline and return its given stages, None where none are given."""
    values = given_values(move.input)
    stages: tuple[StageEntry, ...] | None = values.pop("stages", None)
    pipeline.update_from_dict(values)
    pipeline.name_de, pipeline.name_en = pipeline.name_de.strip(), pipeline.name_en.strip()
    return stages


async def _save_stages(connection: BaseDBAsyncClient, pipeline_id: UUID, entries: tuple[StageEntry, ...]) -> None:
    """Save the stages in order; stages that stay keep their id and their orders."""
    for position, entry in enumerate(entries, 1):
        facts = {
            "position": position,
            "name_de": entry.name_de.strip(),
            "name_en": entry.name_en.strip(),
            "color": entry.color.lower(),
            "card_limit": entry.card_limit,
            "advances": entry.advances,
        }
        if entry.id is None:
            await Stage.create(using_db=connection, pipeline_id=pipeline_id, **facts)
        else:
            await Stage.filter(id=entry.id).using_db(connection).update(**facts)


async def _remove_stages(connection: BaseDBAsyncClient, stage_ids: list[UUID]) -> None:
    """Remove stages that hold no order and that nothing refers to; refused with what does.

    The stages are locked first, so that no order, automation or template can refer to one meanwhile.
    """
    if not stage_ids:
        return
    await connection.execute_query(LOCK_STAGES, [stage_ids])
    found = [
        each
        for row in await connection.execute_query_dict(SELECT_REMOVED_STAGES, [stage_ids])
        for each in _obstacles(row)
    ]
    if found:
        raise Refused(*found)
    for statement in (*CLEAR_REFERENCES, DELETE_STAGES):
        await connection.execute_query(statement, [stage_ids])


def _obstacles(row: dict[str, Any]) -> list[Refusal]:
    found, stage = [], LocalizedText(row["name_de"], row["name_en"])
    if row["orders"]:
        found.append(guard_failed("stage_has_orders", stage=stage, orders=row["orders"]))
    if row["users"]:
        found.append(guard_failed("stage_in_use", stage=stage, users=tuple(row["users"])))
    return found
