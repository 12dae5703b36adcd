"""What changed in an offer since its customer saw one last, and what never shows there."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from domain.kernel.actors import Actor
from domain.orders.inputs import ChangeMessage, DraftAmendment, RequiredComment
from domain.orders.model import OrderStatus
from domain.parties.model import Contact
from tests.makers.orders import Case, an_order, planned
from tests.makers.parties import STAFF, a_customer, acting_for_customer, working_together
from tests.makers.time import berlin
from tests.support.graphql.schema_client import SchemaClient, outside

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

QUERY = """query($id: ID!) { order(id: $id) { offerRevision
    offerComparison { revision offeredAt changes { label before after } } } }"""


async def an_offer(**facts: Any) -> Case:
    return await an_order(OrderStatus.AWAITING_CUSTOMER, **facts)


async def offer_again(case: Case, **changed: Any) -> None:
    """Withdraw the offer, change it and make it anew."""
    await case.move("withdraw", case.by_member)
    await submit(case, **changed)
    await case.move("approve", STAFF)


async def submit(case: Case, **changed: Any) -> None:
    await case.move("amend", case.by_member, DraftAmendment(**changed))
    await case.move("submit", case.by_member)


async def comparison(client: SchemaClient, case: Case, actor: Actor | None = None) -> Any:
    order = (await client.ask(QUERY, actor or case.by_customer, id=outside(case.order.id)))["order"]
    return order["offerComparison"]


async def test_the_first_offer_is_beside_none(in_portal: SchemaClient) -> None:
    assert await comparison(in_portal, await an_offer()) is None


async def test_each_field_that_changed_is_named_in_the_customers_language(in_portal: SchemaClient) -> None:
    case = await an_offer()
    rows = (planned("600.00"), replace(planned("0.50"), quantity=Decimal(3), text="Kopien"))

    await offer_again(case, project="Projekt DEF", planned_invoices=rows)

    seen = await comparison(in_portal, case)
    english = await comparison(in_portal, case, replace(case.by_customer, language="en"))
    assert seen["revision"] == 1
    assert [tuple(text.replace("\xa0", " ") for text in each.values()) for each in seen["changes"]] == [
        ("Projekt", "Projekt ABC", "Projekt DEF"),
        ("Rechnung 1", "10.05.2026 · Workshop · 1 × 500,00 € · 19 %", "10.05.2026 · Workshop · 1 × 600,00 € · 19 %"),
        ("Rechnung 2", "", "10.05.2026 · Kopien · 3 × 0,50 € · 19 %"),
        ("Netto", "500,00 €", "601,50 €"),
        ("USt.", "95,00 €", "114,29 €"),
    ]
    assert [each["label"] for each in english["changes"]] == ["Project", "Invoice 1", "Invoice 2", "Net", "VAT"]


async def test_what_is_internal_never_shows(in_portal: SchemaClient) -> None:
    case = await an_offer(internal_notes="QUITE SECRET", tags=("HUSHHUSH",))

    await offer_again(case, internal_notes="MORE SECRET", tags=("TOPSECRET",), required_deliveries=2)

    assert (await comparison(in_portal, case))["changes"] == []


async def test_an_offer_that_the_operator_sent_back_was_never_seen(in_portal: SchemaClient) -> None:
    case = await an_offer()
    await case.move("withdraw", case.by_member)
    await submit(case, project="Too early")
    await case.move("sendBack", STAFF, RequiredComment(comment="Not like this."))

    await submit(case, project="Projekt DEF")
    await case.move("approve", STAFF)

    seen = await comparison(in_portal, case)
    assert seen["revision"] == 1
    assert [tuple(each.values()) for each in seen["changes"]] == [("Projekt", "Projekt ABC", "Projekt DEF")]


async def test_an_offer_that_was_made_to_another_customer_stays_theirs(in_portal: SchemaClient) -> None:
    case, other = await an_offer(project="For somebody else"), await a_customer("Andere GmbH")
    await working_together(case.member, other)
    contact = await Contact.get(customer_id=other.id)

    await offer_again(case, project="Projekt DEF", customer_id=other.id, contact_id=contact.id)

    assert await comparison(in_portal, case, acting_for_customer(other)) is None


async def test_an_offer_that_comes_back_as_it_was_says_so(in_portal: SchemaClient) -> None:
    case = await an_offer()
    await offer_again(case, project="Projekt DEF")
    await case.move("requestChanges", case.by_customer, ChangeMessage(message="In October, please."))

    await case.move("approve", STAFF)

    seen = await comparison(in_portal, case)
    assert (seen["revision"], seen["changes"]) == (2, [])


async def test_an_order_that_needs_no_confirmation_is_beside_the_last_offer(in_portal: SchemaClient) -> None:
    case = await an_offer()
    await offer_again(case, project="Projekt DEF")

    await offer_again(case, project="Projekt GHI", skip_confirmation=True)

    seen = await comparison(in_portal, case)
    assert case.order.status is OrderStatus.ACTIVE
    assert [tuple(each.values()) for each in seen["changes"]] == [("Projekt", "Projekt DEF", "Projekt GHI")]


ANY_TWO = """query($id: ID!) { order(id: $id) { offeredRevisions { revision }
    offerComparison(before: 1, after: 4) { revision changes { before after } }
    back: offerComparison(before: 4, after: 1) { revision changes { before after } }
    unseen: offerComparison(before: 1, after: 3) { revision } } }"""


async def test_any_two_offers_that_the_customer_saw_are_compared_and_no_other(in_portal: SchemaClient) -> None:
    case = await an_offer()
    await offer_again(case, project="Second")
    await case.move("withdraw", case.by_member)
    await submit(case, project="GEHEIM")
    await case.move("sendBack", STAFF, RequiredComment(comment="Not like this."))
    await submit(case, project="Fourth")
    await case.move("approve", STAFF)

    order = (await in_portal.ask(ANY_TWO, case.by_customer, id=outside(case.order.id)))["order"]

    assert [each["revision"] for each in order["offeredRevisions"]] == [1, 2, 4]
    assert order["offerComparison"] == {"revision": 1, "changes": [{"before": "Projekt ABC", "after": "Fourth"}]}
    assert order["back"] == {"revision": 4, "changes": [{"before": "Fourth", "after": "Projekt ABC"}]}
    assert order["unseen"] is None
