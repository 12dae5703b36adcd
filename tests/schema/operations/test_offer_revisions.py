"""What changed from one submission of an offer to the next."""

from dataclasses import replace
from decimal import Decimal

from domain.kernel.ids import external
from domain.orders.inputs import DraftAmendment
from domain.orders.model import OrderStatus
from tests.makers.orders import an_order, planned
from tests.makers.parties import STAFF
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
