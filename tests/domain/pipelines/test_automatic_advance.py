"""Automatic advance: an order enters the next stage as soon as its work is done, where the stage says so."""

from typing import Any
from uuid import UUID

import pytest

from domain.commands import fire_due_deadlines
from domain.deliveries.model import DeliveryStatus
from domain.engine.model import Event
from domain.orders.inputs import CancellationReason, OptionalComment
from domain.pipelines.inputs import StageEntry
from tests.makers.deliveries import a_delivery, an_active_order
from tests.makers.orders import LONG_REASON, Case
from tests.makers.parties import STAFF
from tests.makers.pipelines import a_pipeline, a_stage, enter, ids_of, move_pipeline
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

WORK = a_stage("In Arbeit", advances=True)


async def a_case(*stages: str | StageEntry, **facts: Any) -> tuple[Case, list[UUID]]:
    """An active order in the first of these stages."""
    case, ids = await an_active_order(**facts), await ids_of(await a_pipeline(*stages))
    await enter(case, ids[0])
    return case, ids


async def where_it_lies(case: Case) -> UUID | None:
    await case.order.refresh_from_db()
    return case.order.stage_id


async def test_an_accepted_delivery_moves_the_order_on_as_the_clock_would() -> None:
    case, (_, done) = await a_case(WORK, "Fertig")

    await a_delivery(DeliveryStatus.ACCEPTED, around=case)

    assert await where_it_lies(case) == done
    event = await Event.filter(subject_id=case.order.id, name="order.enterStage").order_by("-sequence").first()
    assert event is not None
    assert (event.actor_role, event.actor_name) == ("CLOCK", "Werkstand")


async def test_acceptance_by_silence_moves_it_on_too() -> None:
    case, (_, done) = await a_case(WORK, "Fertig")
    await a_delivery(DeliveryStatus.DELIVERED, around=case)

    await the_clock_shows(berlin(2026, 4, 8, 10))
    await fire_due_deadlines()

    assert await where_it_lies(case) == done


async def test_it_stays_where_the_stage_does_not_say_so() -> None:
    case, (here, _) = await a_case("In Arbeit", "Fertig")

    await a_delivery(DeliveryStatus.ACCEPTED, around=case)

    assert await where_it_lies(case) == here


async def test_it_stays_while_deliveries_that_were_agreed_are_missing() -> None:
    case, (here, done) = await a_case(WORK, "Fertig", required_deliveries=2)

    await a_delivery(DeliveryStatus.ACCEPTED, around=case)
    after_one = await where_it_lies(case)
    await a_delivery(DeliveryStatus.ACCEPTED, around=case)

    assert after_one == here
    assert await where_it_lies(case) == done


async def test_throwing_away_the_last_open_draft_makes_the_work_done() -> None:
    case, (_, work, done) = await a_case("Vorher", WORK, "Fertig")
    await a_delivery(DeliveryStatus.ACCEPTED, around=case)
    draft = await a_delivery(DeliveryStatus.DRAFT, around=case)
    await enter(case, work)

    await draft.move("discard")

    assert await where_it_lies(case) == done


async def test_a_canceled_order_does_not_go_on() -> None:
    case, (_, work, _) = await a_case("Vorher", WORK, "Fertig")
    await a_delivery(DeliveryStatus.ACCEPTED, around=case)
    await a_delivery(DeliveryStatus.DRAFT, around=case)
    await enter(case, work)

    await case.move("requestCancellation", case.by_member, CancellationReason(reason=LONG_REASON))
    await case.move("approveCancellation", STAFF, OptionalComment())

    assert await where_it_lies(case) == work


async def test_in_a_retired_pipeline_an_order_stays_and_its_delivery_is_accepted() -> None:
    pipeline = await a_pipeline(WORK, "Fertig")
    work, _ = await ids_of(pipeline)
    case = await an_active_order()
    await enter(case, work)
    await case.move("archive", STAFF)
    await move_pipeline(pipeline, "retire")
    await case.move("restore", STAFF)

    await a_delivery(DeliveryStatus.ACCEPTED, around=case)

    assert await where_it_lies(case) == work


async def test_without_any_accepted_delivery_nothing_is_done() -> None:
    case, (here, _) = await a_case(WORK, "Fertig")

    await a_delivery(DeliveryStatus.CANCELED, around=case)

    assert await where_it_lies(case) == here


async def test_it_goes_one_stage_and_no_further() -> None:
    case, (_, second, _) = await a_case(WORK, a_stage("Prüfung", advances=True), "Fertig")

    await a_delivery(DeliveryStatus.ACCEPTED, around=case)

    assert await where_it_lies(case) == second


async def test_from_the_last_stage_there_is_nowhere_to_go() -> None:
    case, (_, last) = await a_case("Vorher", WORK)
    await enter(case, last)

    await a_delivery(DeliveryStatus.ACCEPTED, around=case)

    assert await where_it_lies(case) == last


async def test_a_limit_does_not_keep_it_out() -> None:
    case, (_, narrow) = await a_case(WORK, a_stage("Eng", card_limit=1))
    await enter(await an_active_order(), narrow)

    await a_delivery(DeliveryStatus.ACCEPTED, around=case)

    assert await where_it_lies(case) == narrow
