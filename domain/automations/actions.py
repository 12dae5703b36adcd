"""Actions of automations on orders: a change of client statuses, or a stage entry."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from domain.automations.model import Automation, AutomationAction, ExpectedRule, RunOutcome
from domain.client_status.change import HIDE, SHOW, UPDATE, ChangeResult, ExpectedDateMode, StatusChange
from domain.client_status.model import StatusOrigin, Visibility
from domain.client_status.template_refresh import with_refreshed_texts
from domain.client_status.writer import apply_change
from domain.engine.context import EvaluationContext
from domain.engine.unit_of_work import UnitOfWork
from domain.kernel.errors import Refusal
from domain.pipelines.inputs import StageEntryInput
from domain.pipelines.stage_entry import enter_stage

OrderOutcomes = dict[UUID, tuple[RunOutcome, tuple[Refusal, ...]]]

EVENT_BY_VISIBILITY = {Visibility.SHOWN: SHOW, Visibility.HIDDEN: HIDE, None: UPDATE}
SELECT_HIDDEN = """SELECT s.id FROM client_statuses s WHERE s.id = ANY($1::uuid[]) AND s.visibility = 'HIDDEN'
    AND NOT EXISTS (SELECT 1 FROM pending_statuses q WHERE q.id = s.id)"""


async def run_action(
    work: UnitOfWork, automation: Automation, order_ids: Sequence[UUID], event_date: date, context: EvaluationContext
) -> OrderOutcomes:
    """Run the automation's action for these orders, which the caller has locked; return the outcome of each order.

    `event_date` is the day of the event in the operator's zone; the context's actor is the automation. An action that
    hides a status hides it also where the text written by hand stays. Raises `Refused` when the action is possible for
    no order at all.
    """
    if automation.action is AutomationAction.ENTER_STAGE:
        return await _enter_stage(work, automation, order_ids, context)
    outcomes: OrderOutcomes = {}
    for change, ids in await _changes(work, automation, order_ids, event_date):
        result = await apply_change(work, ids, change, context)
        if result.held and change.visibility is Visibility.HIDDEN:
            await apply_change(work, result.held, replace(change, event=HIDE, template_id=None), context)
        outcomes |= _outcomes_of_change(result)
    return outcomes


async def _changes(
    work: UnitOfWork, automation: Automation, order_ids: Sequence[UUID], event_date: date
) -> list[tuple[StatusChange, Sequence[UUID]]]:
    """The changes, and the orders of each: a status that is hidden already can only get another text."""
    change = status_change_for(automation, event_date)
    if change.expects is not ExpectedDateMode.AS_BEFORE:
        return await with_refreshed_texts(work.connection, change, order_ids)
    if change.template_id is None or change.visibility is not Visibility.HIDDEN:
        return [(change, order_ids)]
    rows = await work.connection.execute_query_dict(SELECT_HIDDEN, [list(order_ids)])
    hidden = {row["id"] for row in rows}
    others = [each for each in order_ids if each not in hidden]
    return [(change, others), (replace(change, event=UPDATE, visibility=None), [*hidden])]


def status_change_for(automation: Automation, event_date: date) -> StatusChange:
    """The change of client statuses that an automation makes."""
    by_automation = StatusChange(
        event=UPDATE,
        origin=StatusOrigin.AUTOMATION,
        automation_id=automation.id,
        actor_name=automation.name,
    )
    match automation.action:
        case AutomationAction.SHOW:
            return replace(by_automation, event=SHOW, visibility=Visibility.SHOWN)
        case AutomationAction.HIDE:
            return replace(by_automation, event=HIDE, visibility=Visibility.HIDDEN)
        case AutomationAction.SET_EXPECTED:
            return _with_expected_date(by_automation, automation, event_date)
    shown = automation.visibility
    return replace(
        by_automation, event=EVENT_BY_VISIBILITY[shown], visibility=shown, template_id=automation.template_id
    )


def _with_expected_date(change: StatusChange, automation: Automation, event_date: date) -> StatusChange:
    match automation.expected_rule:
        case ExpectedRule.DAYS_AFTER:
            day = event_date + timedelta(days=automation.expected_in_days or 0)
            return replace(change, expects=ExpectedDateMode.GIVEN_DATE, expected_on=day)
        case ExpectedRule.DELIVERY_DUE:
            return replace(change, expects=ExpectedDateMode.DELIVERY_DUE)
    return replace(change, expects=ExpectedDateMode.GIVEN_DATE)


def _outcomes_of_change(result: ChangeResult) -> OrderOutcomes:
    return {
        **dict.fromkeys(result.applied, (RunOutcome.APPLIED, ())),
        **dict.fromkeys(result.unchanged, (RunOutcome.UNCHANGED, ())),
        **dict.fromkeys(result.held, (RunOutcome.KEPT_BY_HAND, ())),
        **{each: (RunOutcome.FAILED, why) for each, why in result.refused.items()},
    }


async def _enter_stage(
    work: UnitOfWork, automation: Automation, order_ids: Sequence[UUID], context: EvaluationContext
) -> OrderOutcomes:
    result = await enter_stage(work, order_ids, StageEntryInput(stage_id=automation.target_stage_id), context)
    return {
        **dict.fromkeys(result.entered, (RunOutcome.APPLIED, ())),
        **dict.fromkeys(result.unchanged, (RunOutcome.UNCHANGED, ())),
        **{each: (RunOutcome.FAILED, why) for each, why in result.refused.items()},
    }
