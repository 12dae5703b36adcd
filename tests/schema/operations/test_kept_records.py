"""Erasing a person answers with what is kept of them, and until when."""

import pytest

from domain.kernel.ids import external
from domain.orders.model import OrderStatus
from domain.outbox.model import OutboxMessage
from domain.parties.model import Contact
from tests.makers.orders import an_order
from tests.makers.parties import ADMIN
from tests.makers.time import berlin
from tests.support.graphql.schema_client import SchemaClient

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def test_the_answer_names_what_is_kept_and_until_when(in_operations: SchemaClient) -> None:
    case = await an_order(OrderStatus.CANCELED)
    contact = await Contact.get(customer_id=case.customer.id)
    await OutboxMessage.filter(contact_id=contact.id).update(state="SENT", sent_at=berlin(2026, 3, 31, 9))

    answer = await in_operations.move(
        "contactErase",
        ADMIN,
        {"id": external("con", contact.id)},
        entity="contact { status keptRecords { record label until } }",
    )

    kept = {each["record"]: each["until"] for each in answer["contact"]["keptRecords"]}
    assert answer["contact"]["status"] == "ERASED"
    assert (kept["CONFIRMATIONS"], kept["LETTERS"], kept["HISTORY"]) == ("2032-12-31", "2032-12-31", "2036-12-31")
