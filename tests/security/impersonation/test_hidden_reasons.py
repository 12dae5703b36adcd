"""Reasons for hidden rows: given exactly where the customer does not see something, and correct."""

from typing import Any

import pytest

from domain.billing.model import InvoiceStatus
from domain.client_status.model import PendingStatus
from domain.deliveries.model import DeliveryStatus
from domain.kernel.actors import Role
from domain.operator.model import CustomerAccess
from domain.orders.inputs import OptionalReason
from domain.orders.model import OrderStatus
from tests.makers.accounts import a_member_account, a_session, an_account
from tests.makers.billing import an_invoice, the_operator
from tests.makers.client_status import a_client_status
from tests.makers.deliveries import a_delivery
from tests.makers.orders import Case, a_known_order, an_order
from tests.makers.parties import STAFF
from tests.support.people import FAR
from tests.support.site import Site

pytestmark = pytest.mark.database


async def told_by_staff(site: Site, selection: str, **variables: Any) -> Any:
    session = await a_session(await an_account(Role.STAFF))
    return (await site.ask(selection, session=session, variables=variables)).json()["data"]


RULE_OF = """query ($id: ID!) { order(id: $id) { hiddenFromCustomer { rule sentence }
    clientStatus { hiddenFromCustomer { rule } changeHiddenFromCustomer { rule } }
    deliveries { hiddenFromCustomer { rule } } invoices { hiddenFromCustomer { rule } } } }"""


async def rules_of(site: Site, case: Case) -> list[str]:
    """What hides the order, its status, a change of it, its deliveries and its invoices; a dash for what is seen."""
    order = (await told_by_staff(site, RULE_OF, id=f"ord_{case.order.id}"))["order"]
    status = order["clientStatus"]
    found = [order["hiddenFromCustomer"], status["hiddenFromCustomer"], status["changeHiddenFromCustomer"]]
    found += [each["hiddenFromCustomer"] for each in order["deliveries"] + order["invoices"]]
    return [each["rule"] if each else "-" for each in found]


@pytest.mark.parametrize(
    ("status", "rule"),
    [
        (OrderStatus.DRAFT, "DRAFT"),
        (OrderStatus.IN_REVIEW, "IN_OPERATORS_REVIEW"),
        (OrderStatus.REJECTED, "REJECTED_BY_OPERATOR"),
        (OrderStatus.AWAITING_CUSTOMER, "-"),
        (OrderStatus.ACTIVE, "-"),
        (OrderStatus.CANCELED, "-"),
    ],
)
async def test_the_rule_of_an_order(site: Site, status: OrderStatus, rule: str) -> None:
    case = await a_known_order(status, offer_valid_until=FAR)

    assert (await rules_of(site, case))[:3] == [rule, "STATUS_HIDDEN", "-"]


async def test_a_withdrawn_order_is_a_draft(site: Site) -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=FAR)
    await case.move("withdraw", case.by_member, OptionalReason())

    assert (await rules_of(site, case))[0] == "DRAFT"


async def test_an_active_order_with_everything_below_it(site: Site) -> None:
    await the_operator()
    case = await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR)
    await a_client_status(case)
    await a_delivery(DeliveryStatus.DRAFT, around=case)
    await an_invoice(case=case)

    assert await rules_of(site, case) == ["-", "-", "-", "DELIVERY_NOT_DELIVERED", "INVOICE_NOT_ISSUED"]


async def test_what_is_delivered_and_issued_is_seen(site: Site) -> None:
    await the_operator()
    case = await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR)
    await a_client_status(case)
    await a_delivery(around=case)
    await an_invoice(InvoiceStatus.PRINTED, case=case)

    assert await rules_of(site, case) == ["-", "-", "-", "-", "-"]


async def test_the_archive_hides_the_order_with_its_delivery(site: Site) -> None:
    case = await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR)
    await a_delivery(DeliveryStatus.ACCEPTED, around=case)
    await case.move("archive", STAFF)

    assert (await rules_of(site, case))[0] == "ARCHIVED"
    assert (await rules_of(site, case))[3] == "DELIVERY_OF_HIDDEN_ORDER"


async def test_who_sees_the_status_only_sees_no_older_delivery(site: Site) -> None:
    facts: dict[str, Any] = {"offer_valid_until": FAR, "customer_access": CustomerAccess.STATUS_ONLY}
    case = await an_order(OrderStatus.ACTIVE, **facts)
    await a_client_status(case)
    await a_delivery(DeliveryStatus.ACCEPTED, around=case)

    assert await rules_of(site, case) == ["STATUS_ONLY_ACCESS", "-", "-", "STATUS_ONLY_ACCESS"]


async def test_a_shown_status_of_a_hidden_order(site: Site) -> None:
    case = await an_order(OrderStatus.IN_REVIEW, offer_valid_until=FAR)
    await a_client_status(case)

    assert (await rules_of(site, case))[1] == "STATUS_OF_HIDDEN_ORDER"


@pytest.mark.parametrize(
    ("shown", "rules"), [(False, ["STATUS_IN_QUIET_PERIOD", "-"]), (True, ["-", "STATUS_IN_QUIET_PERIOD"])]
)
async def test_a_change_in_its_quiet_period(site: Site, shown: bool, rules: list[str]) -> None:
    case = await a_client_status(await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR), shown=shown)
    await a_change_that_waits(case)

    assert (await rules_of(site, case))[1:3] == rules


async def a_change_that_waits(case: Case) -> None:
    now = case.order.created_at
    texts: dict[str, Any] = dict.fromkeys(("name", "label_de", "label_en", "description_de", "description_en"), "Soon")
    await PendingStatus.create(
        id=case.order.id,
        event="clientStatus.show",
        visibility="SHOWN",
        color="#2563eb",
        edited_by_hand=True,
        origin="MANUAL",
        actor_name="Sam Staff",
        notification="NONE",
        created_at=now,
        visible_from=now,
        **texts,
    )


async def test_the_sentence_is_in_the_readers_language(site: Site) -> None:
    case, account = await an_order(OrderStatus.IN_REVIEW, offer_valid_until=FAR), await an_account(Role.STAFF)
    account.language = "de"
    await account.save()

    answer = await site.ask(RULE_OF, session=await a_session(account), variables={"id": f"ord_{case.order.id}"})

    sentence = answer.json()["data"]["order"]["hiddenFromCustomer"]["sentence"]
    assert sentence == "Der Betreiber hat über den Auftrag noch nicht entschieden."


async def test_a_member_is_told_as_well(site: Site) -> None:
    case = await an_order(OrderStatus.IN_REVIEW, offer_valid_until=FAR)
    session = await a_session(await a_member_account(case.member))

    answer = await site.ask(RULE_OF, session=session, variables={"id": f"ord_{case.order.id}"})

    assert answer.json()["data"]["order"]["hiddenFromCustomer"]["rule"] == "IN_OPERATORS_REVIEW"


async def test_orders_can_be_listed_by_whether_they_hide_something(site: Site) -> None:
    hides, open_one = [await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR) for _ in range(2)]
    await a_client_status(open_one)
    query = "query ($hides: Boolean!) { orders(first: 9, where: {hides: $hides}) { nodes { id } } }"

    found = [(await told_by_staff(site, query, hides=value))["orders"]["nodes"] for value in (True, False)]

    assert found == [[{"id": f"ord_{hides.order.id}"}], [{"id": f"ord_{open_one.order.id}"}]]
