"""Holds during the quiet period: a text written by hand wins over automations from the moment it is written."""

from datetime import timedelta

import pytest

from domain.automations.model import AutomationAction
from domain.client_status.inputs import StatusInput
from domain.client_status.model import ClientStatus, ClientStatusChange, KeptUntil, PendingStatus, StatusRules
from domain.commands import publish_due_changes
from tests.makers.automations import (
    an_automation,
    cancellation_is_refused,
    cancellation_is_requested,
    sets_template,
    shown_from_template,
    the_runs_of,
    the_template,
    told_of,
)
from tests.makers.bulk import hide_statuses, the_outcomes
from tests.makers.client_status import a_client_status, move_client_status
from tests.makers.parties import STAFF
from tests.makers.time import berlin, the_clock_shows

TEN = berlin(2026, 4, 1, 10)
pytestmark = pytest.mark.frozen_clock(TEN)
BY_HAND = StatusInput(label="Waiting for your photos")


async def from_now_on_changes_wait() -> None:
    await StatusRules.all().update(quiet_minutes=15)


async def their_time_comes() -> None:
    await the_clock_shows(TEN + timedelta(minutes=15))
    await publish_due_changes()


async def test_a_text_that_waits_is_kept_already() -> None:
    await sets_template("On hold", "order.requestCancellation")
    case = await shown_from_template()
    await from_now_on_changes_wait()
    await move_client_status(case, "update", BY_HAND)

    await cancellation_is_requested(case)
    await their_time_comes()

    assert await the_runs_of(case.order.id) == [("On hold", "KEPT_BY_HAND")]
    assert await told_of(case.order.id) == ("SHOWN", "Waiting for your photos")


async def test_a_template_that_waits_has_ended_the_hold() -> None:
    await sets_template("On hold", "order.requestCancellation")
    case = await a_client_status(label="Waiting for your photos")
    await from_now_on_changes_wait()
    await move_client_status(case, "update", StatusInput(template_id=(await the_template("In review")).id))

    await cancellation_is_requested(case)
    await their_time_comes()

    assert await told_of(case.order.id) == ("SHOWN", "On hold")


async def test_the_hold_of_a_text_that_waits_can_be_cleared() -> None:
    await sets_template("On hold", "order.requestCancellation")
    case = await shown_from_template()
    await from_now_on_changes_wait()
    await move_client_status(case, "update", BY_HAND)

    await move_client_status(case, "clear")
    await cancellation_is_requested(case)
    await their_time_comes()

    assert await told_of(case.order.id) == ("SHOWN", "On hold")


async def test_a_cleared_hold_does_not_come_back_with_what_waited() -> None:
    case = await a_client_status(label="Waiting for your photos")
    await from_now_on_changes_wait()
    await move_client_status(case, "update", StatusInput(label="Still waiting"))

    await move_client_status(case, "clear")
    waiting = (await PendingStatus.get(id=case.order.id)).kept_until
    await their_time_comes()

    assert waiting is None
    assert (await ClientStatus.get(id=case.order.id)).kept_until is None


async def test_a_text_that_waits_for_its_next_move_loses_its_hold_with_it() -> None:
    await sets_template("On hold", "order.requestCancellation")
    case = await shown_from_template()
    await from_now_on_changes_wait()
    await move_client_status(case, "update", StatusInput(label="Soon", kept_until=KeptUntil.NEXT_MOVE))

    await cancellation_is_requested(case)
    await their_time_comes()

    assert await told_of(case.order.id) == ("SHOWN", "On hold")


async def test_an_automation_that_only_shows_lets_the_text_that_waits_stay() -> None:
    await an_automation("order.requestCancellation", name="Hide", action=AutomationAction.HIDE)
    await an_automation("order.refuseCancellation", name="Show", action=AutomationAction.SHOW)
    case = await shown_from_template()
    await from_now_on_changes_wait()
    await move_client_status(case, "update", BY_HAND)

    await cancellation_is_requested(case)
    hidden = await told_of(case.order.id)
    await cancellation_is_refused(case)
    await their_time_comes()

    assert (hidden, await told_of(case.order.id)) == (("HIDDEN", "In progress"), ("SHOWN", "In progress"))


async def test_hiding_many_tells_what_it_dropped_and_who_did_it() -> None:
    await from_now_on_changes_wait()
    case = await a_client_status()

    operation = await hide_statuses([case.order.id])
    again = await hide_statuses([case.order.id])

    assert (await the_outcomes(operation), await the_outcomes(again)) == (["APPLIED"], ["UNCHANGED"])
    assert not await PendingStatus.exists()
    history = await ClientStatusChange.filter(order_id=case.order.id)
    assert [(change.event, change.actor_name, change.seen) for change in history] == [
        ("clientStatus.hide", STAFF.name, False)
    ]
