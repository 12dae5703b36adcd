"""What changed from one submission of an offer to the next."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.kernel.ids import external
from domain.orders.inputs import Confirmation, DraftAmendment
from domain.orders.model import OrderStatus
from tests.makers.orders import an_order, planned
from tests.makers.parties import STAFF
from tests.makers.time import berlin
from tests.support.graphql.schema_client import SchemaClient

QUERY = "query($id: ID!) { order(id: $id) { offerRevisions { revision changes { label before after } } } }"


async def test_a_revision_names_each_field_that_changed(in_operations: SchemaClient) -> None:
    case = await an_order(OrderStatus.IN_REVIEW)
    await case.move("withdraw", case.by_member)
    rows = (planned("600.00"), replace(planned("0.50"), quantity=Decimal(3), text="Copies"))
    await case.move("amend", case.by_member, DraftAmendment(project="Another", planned_invoices=rows))
    await case.move("submit", case.by_member)

    data = await in_operations.ask(QUERY, STAFF, id=external("ord", case.order.id))

    second, first = data["order"]["offerRevisions"]
    assert (first["revision"], first["changes"], second["revision"]) == (1, [], 2)
    assert [(each["label"], each["before"], each["after"]) for each in second["changes"]] == [
        ("Project", "Projekt ABC", "Another"),
        ("Invoice 1", "10 May 2026 · Workshop · 1 × €500.00 · 19 %", "10 May 2026 · Workshop · 1 × €600.00 · 19 %"),
        ("Invoice 2", "", "10 May 2026 · Copies · 3 × €0.50 · 19 %"),
        ("Net", "€500.00", "€601.50"),
        ("VAT", "€95.00", "€114.29"),
    ]


MARKED = """query($id: ID!) { order(id: $id) { offerRevisions { revision approvedAt confirmedAt }
    offerComparison(before: 1, after: 3) { before after changes { label before after } }
    absent: offerComparison(before: 1, after: 9) { before } } }"""


@pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
async def test_it_is_told_which_revision_was_approved_and_confirmed_and_any_two_are_compared(
    in_operations: SchemaClient,
) -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)
    for project in ("Never approved", "The last"):
        await case.move("withdraw", case.by_member)
        await case.move("amend", case.by_member, DraftAmendment(project=project))
        await case.move("submit", case.by_member)
    await case.move("approve", STAFF)
    await case.move("confirm", case.by_customer, Confirmation(name="Kim", revision=3))

    order = (await in_operations.ask(MARKED, STAFF, id=external("ord", case.order.id)))["order"]

    marked = [
        (each["revision"], bool(each["approvedAt"]), bool(each["confirmedAt"])) for each in order["offerRevisions"]
    ]
    assert marked == [(3, True, True), (2, False, False), (1, True, False)]
    assert order["offerComparison"] == {
        "before": 1,
        "after": 3,
        "changes": [{"label": "Project", "before": "Projekt ABC", "after": "The last"}],
    }
    assert order["absent"] is None
