"""Facts derived from an order: guarantee, fulfilment, lateness, whose turn it is."""

from dataclasses import replace
from datetime import datetime

import pytest
from tortoise import connections
from tortoise.transactions import in_transaction

from domain.commands import fire_due_deadlines
from domain.deliveries.model import DeliveryStatus
from domain.engine.context import EvaluationContext, read_context
from domain.engine.facts import read_facts
from domain.kernel.actors import CLOCK, Role
from domain.orders.facts import OrderFacts
from domain.orders.inputs import EvidenceEntry
from domain.orders.lateness import IS_LATE
from domain.orders.lifecycle import ORDERS
from domain.orders.model import OrderStatus
from domain.orders.progress import Fulfilment, fulfilment, next_steps, payment_guarantee
from tests.makers.accounts import an_account
from tests.makers.deliveries import a_delivery
from tests.makers.orders import Case, an_order
from tests.makers.parties import a_customer, a_member_who_signs_in
from tests.makers.records import the_messages
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def the_facts(case: Case) -> tuple[OrderFacts, EvaluationContext]:
    async with in_transaction() as connection:
        facts: OrderFacts = await read_facts(connection, ORDERS, case.order.id)
        return facts, await read_context(connection, CLOCK)


async def is_late(case: Case) -> bool:
    condition = IS_LATE.format(t="o", now="app_now()")
    statement = f"SELECT {condition} AS late FROM orders o WHERE o.id = $1"
    (row,) = await connections.get("default").execute_query_dict(statement, [case.order.id])
    return bool(row["late"])


async def test_payment_is_guaranteed_once_the_customer_confirmed() -> None:
    offered, _ = await the_facts(await an_order(OrderStatus.AWAITING_CUSTOMER))
    confirmed, _ = await the_facts(await an_order(OrderStatus.ACTIVE))

    assert payment_guarantee(offered).missing == ("no_confirmation_or_evidence",)
    assert payment_guarantee(confirmed).is_granted


async def test_evidence_stands_for_a_confirmation() -> None:
    case = await an_order(skip_confirmation=True)
    await case.move("attachEvidence", case.by_member, EvidenceEntry(title="Mail", link="https://files.example/1"))

    facts, _ = await the_facts(case)

    assert payment_guarantee(facts).is_granted


async def test_payment_is_not_guaranteed_outside_the_european_union() -> None:
    abroad = await a_customer("Swiss Customer", country="CH")

    facts, _ = await the_facts(await an_order(OrderStatus.ACTIVE, customer=abroad))

    assert payment_guarantee(facts).missing == ("customer_outside_eu",)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, Fulfilment.NOT_STARTED),
        ({"deliveries_open": 1}, Fulfilment.IN_PROGRESS),
        ({"deliveries_open": 1, "deliveries_delivered": 1}, Fulfilment.DELIVERED),
        ({"deliveries_open": 1, "deliveries_in_revision": 1}, Fulfilment.IN_REVISION),
        ({"deliveries_accepted": 1}, Fulfilment.ACCEPTED),
        ({"deliveries_accepted": 1, "required_deliveries": 2}, Fulfilment.IN_PROGRESS),
    ],
)
async def test_fulfilment_says_how_far_the_work_is(counts: dict[str, int], expected: Fulfilment) -> None:
    facts, _ = await the_facts(await an_order(OrderStatus.ACTIVE))

    assert fulfilment(replace(facts, **counts)) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(("now", "late"), [(berlin(2026, 4, 11, 9, 59, 59), False), (berlin(2026, 4, 11, 10), True)])
async def test_an_order_is_late_from_the_agreed_instant_on(now: datetime, late: bool) -> None:
    case = await an_order(OrderStatus.ACTIVE, delivery_due_at=berlin(2026, 4, 11, 10))
    await the_clock_shows(now)

    assert await is_late(case) is late


async def test_work_that_is_put_right_was_delivered_in_time() -> None:
    await an_account()
    case = await a_delivery(DeliveryStatus.REVISION_REQUESTED, delivery_due_at=berlin(2026, 4, 11, 10))
    await the_clock_shows(berlin(2026, 4, 11, 10))

    await fire_due_deadlines()

    assert await is_late(case.around) is False
    assert await the_messages("order.deliveryDue") == []


async def test_member_and_staff_are_told_once_of_an_overdue_delivery() -> None:
    await an_account()
    member = await a_member_who_signs_in()
    await an_order(OrderStatus.ACTIVE, member=member, delivery_due_at=berlin(2026, 4, 11, 10))
    await the_clock_shows(berlin(2026, 4, 11, 10))

    await fire_due_deadlines()
    await fire_due_deadlines()

    assert await the_messages("order.deliveryDue") == ["MEMBER", "STAFF"]


async def test_it_is_the_customers_turn_until_the_offer_ends() -> None:
    facts, context = await the_facts(await an_order(OrderStatus.AWAITING_CUSTOMER))

    (step,) = next_steps(facts, context)

    assert (step.role, step.until) == (Role.CUSTOMER, berlin(2026, 5, 11))


async def test_a_draft_without_a_customer_says_nothing_about_the_european_union() -> None:
    facts, _ = await the_facts(await an_order(customer_id=None, contact_id=None))

    assert payment_guarantee(facts).missing == ("no_confirmation_or_evidence", "no_customer")
