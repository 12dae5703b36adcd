"""Expected days that moved: from which day, when and why, as the customer reads it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.client_status.inputs import StatusInput
from domain.orders.inputs import DueProposal
from domain.status_templates.kinds import StatusKind
from tests.makers.client_status import IN_PROGRESS, move_client_status
from tests.makers.deliveries import a_delivery, an_active_order
from tests.makers.orders import Case
from tests.makers.time import berlin
from tests.support.graphql.schema_client import SchemaClient

pytestmark = pytest.mark.frozen_clock(berlin(2026, 6, 1, 12))

STATUS = """query($id: ID!) { clientStatus(id: $id) {
    expectedOn overtaken expectedDayMove { fromOn reason } } }"""
DUE = "query($id: ID!) { order(id: $id) { deliveryDueAt dueDayMove { fromAt reason } } }"


async def tell(case: Case, day: date | None, **more: Any) -> None:
    await move_client_status(case, "show", replace(IN_PROGRESS, expected_on=day, **more))


async def status_of(client: SchemaClient, case: Case) -> Any:
    return (await client.ask(STATUS, case.by_customer, id=f"cst_{case.order.id}"))["clientStatus"]


async def test_a_day_that_never_moved_has_no_move(in_portal: SchemaClient) -> None:
    case = await an_active_order()
    await tell(case, date(2026, 6, 10))

    assert (await status_of(in_portal, case))["expectedDayMove"] is None


async def test_the_new_text_is_the_reason_and_what_was_hidden_does_not_count(in_portal: SchemaClient) -> None:
    case = await an_active_order()
    await tell(case, date(2026, 6, 10))
    await move_client_status(case, "hide")
    await move_client_status(case, "update", StatusInput(label="Draft", expected_on=date(2026, 6, 12)))
    await tell(case, date(2026, 6, 19), description="The printer is late.")

    status = await status_of(in_portal, case)

    assert status["expectedOn"] == "2026-06-19"
    assert status["expectedDayMove"] == {"fromOn": "2026-06-10", "reason": "The printer is late."}


async def test_a_day_that_was_proposed_has_the_reason_of_its_proposal(in_portal: SchemaClient) -> None:
    case = await an_active_order(delivery_due_at=berlin(2026, 6, 10, 15))
    await tell(case, date(2026, 6, 10))
    await case.move("proposeDue", case.by_member, DueProposal(due_on=date(2026, 6, 19), reason="Paper is late."))
    await case.move("acceptDue", case.by_customer)
    await tell(case, date(2026, 6, 19))

    order = (await in_portal.ask(DUE, case.by_customer, id=f"ord_{case.order.id}"))["order"]

    assert (await status_of(in_portal, case))["expectedDayMove"]["reason"] == "Paper is late."
    assert order["dueDayMove"] == {"fromAt": "2026-06-10T13:00:00Z", "reason": "Paper is late."}


async def test_what_is_done_needs_no_expected_day(in_portal: SchemaClient) -> None:
    case = await an_active_order()
    await tell(case, date(2026, 6, 10), kind=StatusKind.DONE)

    assert (await status_of(in_portal, case))["expectedOn"] is None


async def test_a_text_that_the_work_has_left_behind_says_so(in_portal: SchemaClient) -> None:
    case = await an_active_order()
    await tell(case, None, kind=StatusKind.IN_PROGRESS)
    before = await status_of(in_portal, case)
    await a_delivery(around=case)

    after = await status_of(in_portal, case)

    assert (before["overtaken"], after["overtaken"]) == (False, True)
