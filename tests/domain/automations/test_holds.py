"""A text written by hand wins over automations until its hold is over (decision 0017)."""

from datetime import date

import pytest

from domain.automations.model import AutomationAction, ExpectedRule
from domain.client_status.model import ClientStatus, KeptUntil, Visibility
from tests.makers.automations import (
    an_automation,
    cancellation_is_refused,
    cancellation_is_requested,
    sets_template,
    the_runs_of,
    told_of,
)
from tests.makers.client_status import a_client_status, move_client_status
from tests.makers.deliveries import a_delivery
from tests.makers.orders import Case
from tests.makers.pipelines import a_pipeline, enter, ids_of
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

BY_HAND = "Waiting for your photos"


async def written_by_hand(until: KeptUntil | None, on: date | None = None, around: Case | None = None) -> Case:
    return await a_client_status(around, label=BY_HAND, kept_until=until, kept_until_on=on)


async def test_until_the_next_move_ends_with_that_very_move() -> None:
    await sets_template("On hold", "order.requestCancellation")
    case = await written_by_hand(KeptUntil.NEXT_MOVE)

    await cancellation_is_requested(case)

    assert await told_of(case.order.id) == ("SHOWN", "On hold")


async def test_a_move_of_the_delivery_is_no_move_of_the_order() -> None:
    await sets_template("In review", "delivery.submit")
    delivery = await a_delivery(at=berlin(2026, 4, 1, 9))
    case = await written_by_hand(KeptUntil.NEXT_MOVE, around=delivery.around)

    await delivery.move("requestRevision")
    await delivery.move("describe")
    await delivery.move("resubmit")

    assert await told_of(case.order.id) == ("SHOWN", BY_HAND)


async def test_until_a_date_lasts_to_the_end_of_that_day_for_the_operator() -> None:
    await sets_template("On hold", "order.requestCancellation")
    await sets_template("In progress", "order.refuseCancellation")
    case = await written_by_hand(KeptUntil.DATE, date(2026, 4, 2))

    await the_clock_shows(berlin(2026, 4, 2, 23, 59, 59))
    await cancellation_is_requested(case)
    kept = await told_of(case.order.id)
    await the_clock_shows(berlin(2026, 4, 3))
    await cancellation_is_refused(case)

    assert (kept, await told_of(case.order.id)) == (("SHOWN", BY_HAND), ("SHOWN", "In progress"))
    assert await the_runs_of(case.order.id) == [("On hold", "KEPT_BY_HAND"), ("In progress", "APPLIED")]


@pytest.mark.parametrize("until", [KeptUntil.CLEARED, None])
async def test_until_cleared_lasts_until_somebody_clears_it(until: KeptUntil | None) -> None:
    await sets_template("On hold", "order.requestCancellation")
    await sets_template("In progress", "order.refuseCancellation")
    case = await written_by_hand(until)

    await cancellation_is_requested(case)
    kept = await told_of(case.order.id)
    await move_client_status(case, "clear")
    await cancellation_is_refused(case)

    assert (kept, await told_of(case.order.id)) == (("SHOWN", BY_HAND), ("SHOWN", "In progress"))


async def test_the_expected_day_of_such_a_text_stays_too() -> None:
    await an_automation(
        "order.requestCancellation", action=AutomationAction.SET_EXPECTED, expected_rule=ExpectedRule.CLEARED
    )
    case = await a_client_status(label=BY_HAND, expected_on=date(2026, 4, 9))

    await cancellation_is_requested(case)

    assert (await ClientStatus.get(id=case.order.id)).expected_on == date(2026, 4, 9)


async def test_hiding_never_waits_for_the_end_of_a_hold() -> None:
    await an_automation("order.requestCancellation", name="Hide", action=AutomationAction.HIDE)
    await an_automation("order.refuseCancellation", name="Show", action=AutomationAction.SHOW)
    case = await written_by_hand(KeptUntil.CLEARED)

    await cancellation_is_requested(case)
    hidden = await told_of(case.order.id)
    await cancellation_is_refused(case)

    assert (hidden, await told_of(case.order.id)) == (("HIDDEN", BY_HAND), ("SHOWN", BY_HAND))


async def test_a_template_that_is_to_be_hidden_hides_the_text_that_stays() -> None:
    await sets_template("On hold", "order.requestCancellation", visibility=Visibility.HIDDEN)
    case = await written_by_hand(KeptUntil.CLEARED)

    await cancellation_is_requested(case)

    assert await told_of(case.order.id) == ("HIDDEN", BY_HAND)
    assert await the_runs_of(case.order.id) == [("On hold", "KEPT_BY_HAND")]


async def test_a_hold_of_another_order_stays() -> None:
    case, other = await written_by_hand(KeptUntil.NEXT_MOVE), await written_by_hand(KeptUntil.NEXT_MOVE)

    await cancellation_is_requested(case)

    assert (await ClientStatus.get(id=case.order.id)).kept_until is None
    assert (await ClientStatus.get(id=other.order.id)).kept_until is KeptUntil.NEXT_MOVE


async def test_entering_a_stage_is_no_move_to_another_status() -> None:
    case = await written_by_hand(KeptUntil.NEXT_MOVE)
    (first, *_) = await ids_of(await a_pipeline())

    await enter(case, first)

    assert (await ClientStatus.get(id=case.order.id)).kept_until is KeptUntil.NEXT_MOVE
