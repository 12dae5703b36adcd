"""What is written when automations are made, changed, paused and retired."""

from dataclasses import fields
from uuid import UUID

from domain.automations.inputs import AutomationInput
from domain.automations.model import Automation
from domain.engine.transition import TransitionContext
from domain.kernel.errors import Refused, invalid
from domain.pipelines.facts import FROM_OPEN_STAGE

LOCK_NAMES = "SELECT pg_advisory_xact_lock(hashtextextended('automations.name', 0))"
SELECT_NAMESAKE = """SELECT id FROM automations WHERE state <> 'RETIRED' AND lower(name) = lower($1)
    AND id IS DISTINCT FROM $2::uuid"""
# Shared locks: what is retired at the same moment is either seen as retired, or sees this automation use it.
ACTIVE_STAGE = f"SELECT s.id {FROM_OPEN_STAGE} FOR SHARE"
ACTIVE_TEMPLATE = "SELECT id FROM status_templates WHERE id = $1 AND state = 'ACTIVE' FOR SHARE"
SELECT_SELECTABLE = {
    "stage_id": ACTIVE_STAGE,
    "customer_id": "SELECT id FROM customers WHERE id = $1",
    "member_id": "SELECT id FROM members WHERE id = $1",
    "pipeline_id": "SELECT id FROM pipelines WHERE id = $1 AND state = 'ACTIVE' FOR SHARE",
    "order_template_id": "SELECT id FROM order_templates WHERE id = $1 AND state = 'ACTIVE' FOR SHARE",
    "from_template_id": ACTIVE_TEMPLATE,
    "template_id": ACTIVE_TEMPLATE,
    "target_stage_id": ACTIVE_STAGE,
}


async def create(move: TransitionContext) -> Automation:
    automation = Automation(created_at=move.now)
    await _validate_references_and_name(move, None)
    _fill(automation, move.input)
    await automation.save(using_db=move.connection)
    return automation


async def amend(move: TransitionContext) -> None:
    await _validate_references_and_name(move, move.row.id)
    _fill(move.row, move.input)


async def _validate_references_and_name(move: TransitionContext, own_id: UUID | None) -> None:
    entry = move.input
    found = [invalid("cannot_be_chosen", name) for name in SELECT_SELECTABLE if not await _is_selectable(move, name)]
    await move.connection.execute_query(LOCK_NAMES)
    if await move.connection.execute_query_dict(SELECT_NAMESAKE, [entry.name.strip(), own_id]):
        found.append(invalid("automation_name_taken", "name"))
    if found:
        raise Refused(*found)


async def _is_selectable(move: TransitionContext, name: str) -> bool:
    wanted = getattr(move.input, name)
    return wanted is None or bool(await move.connection.execute_query_dict(SELECT_SELECTABLE[name], [wanted]))


def _fill(automation: Automation, entry: AutomationInput) -> None:
    for item in fields(AutomationInput):
        setattr(automation, item.name, getattr(entry, item.name))
    automation.name = entry.name.strip()
    automation.tags = [*dict.fromkeys(tag.strip() for tag in entry.tags if tag.strip())]
