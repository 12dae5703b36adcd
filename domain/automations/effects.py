"""Effects of the moves of automations and of their runs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from domain.automations.actions import run_action
from domain.automations.model import Automation, RunOutcome
from domain.database.unique_names import taken_names
from domain.engine.transition import TransitionContext
from domain.kernel.actors import CLOCK
from domain.kernel.amendments import given_values
from domain.kernel.errors import Refused, guard_failed, invalid
from domain.order_templates.reads import LOCK_ACTIVE_ORDER_TEMPLATE
from domain.parties.reads import SELECT_CUSTOMER, SELECT_MEMBER
from domain.pipelines.reads import LOCK_ACTIVE_PIPELINE, LOCK_OPEN_STAGE
from domain.status_templates.reads import LOCK_ACTIVE_STATUS_TEMPLATE

SELECT_EVENT_TIME = "SELECT at FROM events WHERE id = $1"
SELECT_SELECTABLE = {
    "stage_id": LOCK_OPEN_STAGE,
    "customer_id": SELECT_CUSTOMER,
    "member_id": SELECT_MEMBER,
    "pipeline_id": LOCK_ACTIVE_PIPELINE,
    "order_template_id": LOCK_ACTIVE_ORDER_TEMPLATE,
    "from_template_id": LOCK_ACTIVE_STATUS_TEMPLATE,
    "template_id": LOCK_ACTIVE_STATUS_TEMPLATE,
    "target_stage_id": LOCK_OPEN_STAGE,
}


async def create(move: TransitionContext) -> Automation:
    automation = Automation(created_at=move.now)
    await _fill(move, automation, None)
    await automation.save(using_db=move.connection)
    return automation


async def amend(move: TransitionContext) -> None:
    """Change what is given; its references are checked, and those that stay are protected by what they refer to."""
    await _fill(move, move.row, move.row.id)


async def retry_run(move: TransitionContext) -> None:
    """Run the action for one order now, with days that count from the run's event.

    Refused with the reason while it is still not possible. The effect writes the outcome, which depends on the action,
    so the move has no target state.
    """
    run: Any = move.row
    automation = await Automation.get(id=run.automation_id, using_db=move.connection)
    by_automation = move.context.as_actor(replace(CLOCK, name=automation.name))
    outcomes = await run_action(move.work, automation, [run.order_id], await _event_date(move), by_automation)
    outcome, refusals = outcomes[run.order_id]
    if refusals:
        raise Refused(*refusals)
    if outcome is RunOutcome.KEPT_BY_HAND:
        raise Refused(guard_failed("still_kept_by_hand"))
    move.event_body |= {"outcome": outcome}
    run.outcome, run.reasons, run.error, run.at = outcome, [], None, move.now


async def _fill(move: TransitionContext, automation: Automation, own_id: UUID | None) -> None:
    """Set the given facts of an automation. Raises `Refused` for a name in use and for what cannot be selected."""
    values = _values(given_values(move.input))
    found = [
        invalid("cannot_be_chosen", name)
        for name in SELECT_SELECTABLE
        if not await _is_selectable(move, name, values.get(name))
    ]
    if "name" in values and await _is_name_taken(move, values["name"], own_id):
        found.append(invalid("automation_name_taken", "name"))
    if found:
        raise Refused(*found)
    automation.update_from_dict(values)


async def _is_name_taken(move: TransitionContext, name: str, own_id: UUID | None) -> bool:
    in_use = "state <> 'RETIRED'"
    return bool(await taken_names(move.connection, "automations", {"name": name}, own_id, in_use=in_use))


async def _is_selectable(move: TransitionContext, name: str, selected_id: UUID | None) -> bool:
    return selected_id is None or bool(await move.connection.execute_query_dict(SELECT_SELECTABLE[name], [selected_id]))


def _values(given: Mapping[str, Any]) -> dict[str, Any]:
    """The given values as they are stored."""
    values = dict(given)
    if "name" in given:
        values["name"] = given["name"].strip()
    if "tags" in given:
        values["tags"] = [*dict.fromkeys(tag.strip() for tag in given["tags"] if tag.strip())]
    return values


async def _event_date(move: TransitionContext) -> date:
    (event,) = await move.connection.execute_query_dict(SELECT_EVENT_TIME, [move.row.event_id])
    return move.context.calendar.local(event["at"]).date()
