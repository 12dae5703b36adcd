"""Visibility over an order's whole life: strangers find no rows, customers none that are internal."""

from datetime import date
from uuid import UUID

import pytest
from tortoise import connections

from domain.access.scoped_table import ScopedTable
from domain.billing.model import InvoiceStatus
from domain.billing.scope import INVOICES_SCOPE, ITEMS_SCOPE, LINES_SCOPE
from domain.client_status.scope import CLIENT_STATUS_CHANGES_SCOPE, CLIENT_STATUSES_SCOPE
from domain.commands import execute, fire_due_deadlines
from domain.deliveries.model import DeliveryStatus
from domain.deliveries.scope import DEFECTS_SCOPE, DELIVERIES_SCOPE, DELIVERY_VERSIONS_SCOPE
from domain.engine.commands import Command
from domain.kernel.actors import Actor, ActorKind, Role
from domain.orders.inputs import (
    Assignees,
    CancellationReason,
    CommentText,
    EvidenceEntry,
    OfferEnd,
    OptionalComment,
    RequiredReason,
)
from domain.orders.model import OrderStatus
from domain.orders.related_scopes import ASSIGNMENTS_SCOPE, COMMENTS_SCOPE, EVIDENCE_SCOPE, PLANNED_INVOICES_SCOPE
from domain.orders.scope import ORDERS_SCOPE
from domain.parties.scope import CONTACTS_SCOPE, CUSTOMERS_SCOPE, MEMBERS_SCOPE
from domain.timeline import DEADLINES_SCOPE, EVENTS_SCOPE
from tests.makers.accounts import an_account
from tests.makers.billing import an_invoice, the_operator
from tests.makers.client_status import a_client_status
from tests.makers.deliveries import a_delivery, an_active_order
from tests.makers.orders import LONG_REASON, Case, an_order
from tests.makers.parties import STAFF, a_customer, a_member, acting_for_customer, acting_for_member
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

LATER = OfferEnd(valid_until=date(2026, 5, 20))
OF_AN_ORDER = (
    ORDERS_SCOPE,
    PLANNED_INVOICES_SCOPE,
    EVIDENCE_SCOPE,
    ASSIGNMENTS_SCOPE,
    COMMENTS_SCOPE,
    DELIVERIES_SCOPE,
    DELIVERY_VERSIONS_SCOPE,
    DEFECTS_SCOPE,
    LINES_SCOPE,
    INVOICES_SCOPE,
    ITEMS_SCOPE,
    CLIENT_STATUSES_SCOPE,
    CLIENT_STATUS_CHANGES_SCOPE,
    CUSTOMERS_SCOPE,
    CONTACTS_SCOPE,
    MEMBERS_SCOPE,
    EVENTS_SCOPE,
    DEADLINES_SCOPE,
)


@pytest.fixture(autouse=True)
async def operator(database: str) -> None:
    await the_operator()


async def seen_by(actor: Actor, source: ScopedTable) -> int:
    scope, values = source.bound_predicate(actor, "t", first=1)
    statement = f"SELECT count(*) AS seen FROM {source.table} t WHERE {scope}"
    (row,) = await connections.get("default").execute_query_dict(statement, values)
    return int(row["seen"])


async def everything_seen_by(actor: Actor) -> dict[str, int]:
    counts = {source.name: await seen_by(actor, source) for source in OF_AN_ORDER}
    return {name: count for name, count in counts.items() if count}


async def an_order_with_everything() -> Case:
    """An active order with a delivery in revision, an issued invoice, a comment, evidence and a shown status."""
    case = await an_active_order()
    await case.move("attachEvidence", case.by_member, EvidenceEntry(title="Mail", link="https://files.example/1"))
    await case.move("comment", case.by_member, CommentText(text="Half is done."))
    await a_delivery(DeliveryStatus.REVISION_REQUESTED, around=case)
    await an_invoice(InvoiceStatus.PRINTED, case=case)
    await a_client_status(case)
    return case


def limited(account_id: UUID) -> Actor:
    return Actor(kind=ActorKind.STAFF_ASSIGNED, role=Role.STAFF, account_id=account_id, name="Sam")


async def test_another_member_finds_nothing_but_themselves() -> None:
    await an_order_with_everything()

    stranger = acting_for_member(await a_member("Somebody else"))

    assert await everything_seen_by(stranger) == {"members": 1}


async def test_another_customer_finds_nothing_but_themselves() -> None:
    await an_order_with_everything()

    stranger = acting_for_customer(await a_customer("Jemand anderes"))

    assert await everything_seen_by(stranger) == {"customers": 1, "contacts": 1}


async def test_an_employee_limited_to_assigned_orders_finds_nothing_of_the_others() -> None:
    await an_order_with_everything()

    assert await everything_seen_by(limited((await an_account()).id)) == {}


async def test_once_assigned_they_find_everything_staff_finds() -> None:
    case, employee = await an_order_with_everything(), await an_account()
    await case.move("assign", STAFF, Assignees(account_ids=(employee.id,)))

    found = await everything_seen_by(limited(employee.id))

    assert found == await everything_seen_by(STAFF)
    assert found.keys() == {source.name for source in OF_AN_ORDER}


async def test_a_customer_finds_no_line_no_evidence_and_no_employee() -> None:
    case = await an_order_with_everything()

    found = await everything_seen_by(case.by_customer)

    assert {source.name for source in OF_AN_ORDER} - found.keys() == {
        "lines",
        "evidence",
        "assignments",
        "members",
    }


async def test_the_customers_timeline_holds_what_concerns_them_and_nothing_else() -> None:
    case = await an_order(OrderStatus.IN_REVIEW)
    await case.move("extendOffer", STAFF, LATER)
    await case.move("approve", STAFF, OptionalComment(comment="Only for the member."))
    await case.move("extendOffer", STAFF, LATER)
    await execute(Command(noun="order", move="assign", subject_id=case.order.id, input=Assignees()), STAFF)

    assert await the_timeline(case) == ["order.approve", "order.extendOffer"]


async def test_the_customer_does_not_read_of_a_cancellation_that_is_refused() -> None:
    case = await an_order(OrderStatus.ACTIVE)
    await case.move("requestCancellation", case.by_member, CancellationReason(reason=LONG_REASON))
    await case.move("refuseCancellation", STAFF, RequiredReason(reason="The work is done."))
    await fire_due_deadlines()

    assert await the_timeline(case) == ["order.approve", "order.confirm"]


async def the_timeline(case: Case) -> list[str]:
    """The names of everything that the order's customer reads of, in order."""
    scope, values = EVENTS_SCOPE.bound_predicate(case.by_customer, "t", first=1)
    statement = f"SELECT t.name FROM events t WHERE {scope} ORDER BY t.at, t.id"
    return [row["name"] for row in await connections.get("default").execute_query_dict(statement, values)]
