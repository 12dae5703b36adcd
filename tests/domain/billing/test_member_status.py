"""The words members use for the state of an invoice, and who sees an invoice at all."""

from typing import Any

import pytest
from tortoise import connections

from domain.access.scoped_table import ScopedTable
from domain.billing.inputs import ChangeRequest, Reversal, ReversedItem
from domain.billing.member_status import plain_status
from domain.billing.model import InvoiceStatus
from domain.billing.scope import INVOICES_SCOPE, ITEMS_SCOPE, LINES_SCOPE
from domain.engine.facts import read_facts
from domain.kernel.actors import Actor, ActorKind, Role
from domain.registry import REGISTRY
from tests.makers.billing import Billed, an_invoice
from tests.makers.parties import FINANCE, STAFF
from tests.makers.time import berlin

pytestmark = [pytest.mark.frozen_clock(berlin(2026, 4, 1, 10)), pytest.mark.usefixtures("operator")]

PRINTED = InvoiceStatus.PRINTED


async def called(billed: Billed) -> str:
    facts = await read_facts(connections.get("default"), REGISTRY.lifecycles["invoice"], billed.invoice.id)
    return plain_status(facts)


@pytest.mark.parametrize(
    ("status", "plain"),
    [
        (InvoiceStatus.READY_TO_PRINT, "DRAFT"),
        (InvoiceStatus.ON_HOLD, "AWAITING_UPDATE"),
        (InvoiceStatus.PRINTED, "ISSUED"),
        (InvoiceStatus.POSTED, "ISSUED"),
        (InvoiceStatus.CANCELED, "CANCELED"),
    ],
)
async def test_members_call_an_invoice_in_plain_words(status: InvoiceStatus, plain: str) -> None:
    assert await called(await an_invoice(status)) == plain


async def test_an_invoice_the_member_wants_changed_awaits_its_update() -> None:
    billed = await an_invoice()

    await billed.move("requestChanges", billed.case.by_member, ChangeRequest(message="Please name the workshop."))

    assert await called(billed) == "AWAITING_UPDATE"


async def test_only_a_whole_reversal_makes_an_invoice_canceled() -> None:
    billed = await an_invoice(PRINTED, "500.00", "950.00")
    first, _ = await billed.items()

    await billed.move("reverse", takes=Reversal(reason="Wrong.", items=(ReversedItem(item_id=first.id),)))
    assert await called(billed) == "ISSUED"
    await billed.move("reverse", takes=Reversal(reason="Wrong."))

    assert await called(billed) == "CANCELED"


async def seen(source: ScopedTable, actor: Actor) -> int:
    """How many rows of a source this actor sees."""
    scope, values = source.bound_predicate(actor, "t", first=1)
    statement = f"SELECT count(*) AS rows FROM {source.table} t WHERE {scope}"
    (row,) = await connections.get("default").execute_query_dict(statement, values)
    rows: int = row["rows"]
    return rows


@pytest.mark.parametrize(
    ("status", "visible"),
    [
        (InvoiceStatus.READY_TO_PRINT, 0),
        (InvoiceStatus.ON_HOLD, 0),
        (InvoiceStatus.CANCELED, 0),
        (InvoiceStatus.PRINTED, 1),
        (InvoiceStatus.POSTED, 1),
    ],
)
async def test_customers_and_links_see_invoices_from_their_issue_on(status: InvoiceStatus, visible: int) -> None:
    billed = await an_invoice(status)
    link = Actor(kind=ActorKind.LINK, role=Role.CUSTOMER, order_id=billed.case.order.id)

    for actor in (billed.case.by_customer, link):
        assert await seen(INVOICES_SCOPE, actor) == await seen(ITEMS_SCOPE, actor) == visible
        assert await seen(LINES_SCOPE, actor) == 0


async def test_everyone_sees_their_own_and_nobody_elses() -> None:
    billed, other = await an_invoice(PRINTED), await an_invoice(PRINTED)
    await an_invoice(PRINTED)
    assigned: Any = Actor(kind=ActorKind.STAFF_ASSIGNED, role=Role.STAFF)
    link = Actor(kind=ActorKind.LINK, role=Role.CUSTOMER, order_id=other.case.order.id)

    counts = [
        [await seen(source, actor) for source in (INVOICES_SCOPE, ITEMS_SCOPE)]
        for actor in (billed.case.by_member, billed.case.by_customer, link, assigned, STAFF, FINANCE)
    ]

    assert counts == [[1, 1], [1, 1], [1, 1], [0, 0], [3, 3], [3, 3]]
