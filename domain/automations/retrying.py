"""Doing for one order what an automation could not do when its event happened."""

from dataclasses import replace
from datetime import date
from typing import Any

from domain.automations.actions import run_action
from domain.automations.model import Automation, RunOutcome
from domain.engine.transition import TransitionContext
from domain.kernel.actors import CLOCK
from domain.kernel.errors import Refused, guard_failed

SELECT_EVENT_TIME = "SELECT at FROM events WHERE id = $1"


async def retry_run(move: TransitionContext) -> None:
    """Act now, as if the event had just happened, but for days that count from it.

    Refused with the reason while it is still not possible. The run's outcome is the engine's to write, not a
    person's, and therefore no target of the move.
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


async def _event_date(move: TransitionContext) -> date:
    (event,) = await move.connection.execute_query_dict(SELECT_EVENT_TIME, [move.row.event_id])
    return move.context.calendar.local(event["at"]).date()
