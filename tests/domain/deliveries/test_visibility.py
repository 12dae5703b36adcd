"""Visibility of deliveries, their versions and their defects."""

from dataclasses import replace

import pytest
from tortoise import connections

from domain.access.scoped_table import ScopedTable
from domain.deliveries.model import DeliveryStatus
from domain.deliveries.scope import DEFECTS_SCOPE, DELIVERIES_SCOPE, DELIVERY_VERSIONS_SCOPE
from domain.kernel.actors import Actor, ActorKind, Role
from domain.operator.model import CustomerAccess, OperatorSettings
from domain.orders.model import Assignment
from tests.makers.deliveries import DeliveryCase, a_delivery
from tests.makers.parties import (
    ADMIN,
    FINANCE,
    STAFF,
    a_customer,
    a_member,
    a_member_who_signs_in,
    acting_for_customer,
    acting_for_member,
)
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 6, 1, 12))

ALL_SOURCES = (DELIVERIES_SCOPE, DELIVERY_VERSIONS_SCOPE, DEFECTS_SCOPE)


async def found_by(actor: Actor, case: DeliveryCase, source: ScopedTable = DELIVERIES_SCOPE) -> int:
    """How many rows of this delivery the actor finds in a source."""
    key = "id" if source is DELIVERIES_SCOPE else "delivery_id"
    scope, values = source.bound_predicate(actor, "t", first=2)
    statement = f"SELECT count(*) AS found FROM {source.table} t WHERE t.{key} = $1 AND ({scope})"
    rows = await connections.get("default").execute_query_dict(statement, [case.id, *values])
    return int(rows[0]["found"])


@pytest.mark.parametrize(
    ("status", "found"),
    [
        (DeliveryStatus.DRAFT, 0),
        (DeliveryStatus.DELIVERED, 1),
        (DeliveryStatus.REVISION_REQUESTED, 1),
        (DeliveryStatus.ACCEPTED, 1),
    ],
)
async def test_the_customer_finds_deliveries_from_delivered_on(status: DeliveryStatus, found: int) -> None:
    case = await a_delivery(status)

    assert await found_by(case.around.by_customer, case) == found


@pytest.mark.parametrize(
    ("status", "found"),
    [
        (DeliveryStatus.DELIVERED, 1),
        (DeliveryStatus.REVISION_REQUESTED, 1),
        (DeliveryStatus.ACCEPTED, 0),
    ],
)
async def test_with_status_only_access_the_customer_finds_what_is_to_review(status: DeliveryStatus, found: int) -> None:
    await OperatorSettings.all().update(customer_access=CustomerAccess.STATUS_ONLY)
    case = await a_delivery(status)

    assert await found_by(case.around.by_customer, case) == found


async def test_versions_and_defects_are_found_with_their_delivery_only() -> None:
    case = await a_delivery(DeliveryStatus.REVISION_REQUESTED)
    strangers = (
        acting_for_customer(await a_customer("Andere GmbH")),
        acting_for_member(await a_member("Mo Member")),
    )

    for source in ALL_SOURCES:
        for insider in (case.around.by_customer, case.around.by_member, STAFF, FINANCE, ADMIN):
            assert await found_by(insider, case, source) == 1
        for stranger in strangers:
            assert await found_by(stranger, case, source) == 0


async def test_a_link_finds_the_delivery_it_was_mailed_for_and_no_other() -> None:
    mine, other = await a_delivery(), await a_delivery()
    link = replace(mine.around.by_customer, kind=ActorKind.LINK, order_id=mine.around.order.id)

    assert await found_by(replace(link, delivery_id=mine.id), mine) == 1
    assert await found_by(replace(link, delivery_id=mine.id), other) == 0
    assert await found_by(link, mine) == 0


async def test_assigned_staff_find_deliveries_of_their_orders_only() -> None:
    mine, other = await a_delivery(), await a_delivery()
    account = (await a_member_who_signs_in("Asa Assigned")).account
    assert account is not None
    await Assignment.create(order_id=mine.around.order.id, account_id=account.id)
    assigned = Actor(kind=ActorKind.STAFF_ASSIGNED, role=Role.STAFF, account_id=account.id)

    assert (await found_by(assigned, mine), await found_by(assigned, other)) == (1, 0)
