"""Why something is hidden: said exactly where the customer does not see it, and rightly."""

import json
from itertools import cycle, product
from typing import Any
from uuid import UUID

import pytest
from tortoise import connections

from domain.billing.model import InvoiceStatus
from domain.billing.sources import INVOICES_SOURCE
from domain.client_status import hidden
from domain.client_status.model import PendingStatus
from domain.client_status.sources import CLIENT_STATUSES_SOURCE
from domain.core.actors import Role
from domain.core.ids import new_id
from domain.core.sources import Source
from domain.deliveries.model import DeliveryStatus
from domain.deliveries.sources import DELIVERIES_SOURCE
from domain.operator.model import OperatorSettings
from domain.orders.model import CustomerAccess, Order, OrderStatus, RejectionCause
from domain.orders.sources import ORDERS_SOURCE
from domain.orders.takes import OptionalReason
from tests.api.conftest import Site
from tests.makers.accounts import a_customer_account, a_member_account, a_session, an_account
from tests.makers.billing import a_manual_line, an_invoice, compose, the_operator
from tests.makers.client_status import a_client_status
from tests.makers.deliveries import a_delivery
from tests.makers.orders import Case, an_order
from tests.makers.parties import STAFF, a_customer
from tests.portal.people import FAR
from tests.viewing.looking import somebody_looking, visit

pytestmark = pytest.mark.database
STANDS = [(status, None) for status in OrderStatus if status is not OrderStatus.REJECTED]
STANDS += [(OrderStatus.REJECTED, cause) for cause in RejectionCause]
DELIVERIES = list(product(DeliveryStatus, (0, 1)))
NOT_ISSUED = (InvoiceStatus.READY_TO_SUBMIT, InvoiceStatus.READY_TO_PRINT, InvoiceStatus.CANCELED)
ACCESSES = (None, *CustomerAccess)
COPY = """INSERT INTO {table} SELECT (jsonb_populate_record(t, each.value)).*
    FROM {table} t, jsonb_array_elements($2::text::jsonb) each WHERE t.id = $1"""
DISAGREEING = """SELECT t.id, ({scope}) AS seen, {rule} AS rule FROM {table} t
    WHERE coalesce({scope}, FALSE) <> (({rule}) IS NULL)"""
RULES = (
    (ORDERS_SOURCE, hidden.ORDER_HIDDEN_BY),
    (CLIENT_STATUSES_SOURCE, hidden.STATUS_HIDDEN_BY),
    (DELIVERIES_SOURCE, hidden.DELIVERY_HIDDEN_BY),
    (INVOICES_SOURCE, hidden.INVOICE_HIDDEN_BY),
)


async def copies(table: str, row_id: UUID, changes: list[dict[str, Any]]) -> None:
    """Copies of one row, each with other values in some columns."""
    text = json.dumps(changes, default=str)
    await connections.get("default").execute_query(COPY.format(table=table), [row_id, text])


async def a_grid() -> Case:
    """Orders in every status, access, archived or not, each with every delivery, and shown, hidden and deleted ones."""
    case = await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR)
    await a_client_status(case)
    delivery, invoice = await a_delivery(around=case), (await an_invoice(case=case)).invoice
    below = cycle(product(("SHOWN", "HIDDEN"), (None, FAR), (*NOT_ISSUED, None)))
    cells = [(*cell, *next(below)) for cell in product(STANDS, ACCESSES, (None, FAR), DELIVERIES)]
    ids = [new_id() for _ in cells]
    await copies("orders", case.order.id, [an_order_like(*each) for each in zip(ids, cells, strict=True)])
    await copies("client_statuses", case.order.id, [a_status_like(*each) for each in zip(ids, cells, strict=True)])
    await copies("deliveries", delivery.id, [a_delivery_like(*each) for each in zip(ids, cells, strict=True)])
    invoices = [an_invoice_like(*each) for each in zip(ids, cells, strict=True) if each[1][-1]]
    await copies("invoices", invoice.id, invoices)
    return case


def an_order_like(order_id: UUID, cell: Any) -> dict[str, Any]:
    (status, cause), access, archived, _, _, deleted, _ = cell
    named = {"id": order_id, "number": f"X-{order_id}", "status": status, "rejection_cause": cause}
    return named | {"customer_access": access, "archived_at": archived, "deleted_at": deleted}


def a_status_like(order_id: UUID, cell: Any) -> dict[str, Any]:
    return {"id": order_id, "order_id": order_id, "visibility": cell[4]}


def a_delivery_like(order_id: UUID, cell: Any) -> dict[str, Any]:
    status, number = cell[3]
    return {"id": new_id(), "order_id": order_id, "status": status, "current_number": number}


def an_invoice_like(order_id: UUID, cell: Any) -> dict[str, Any]:
    return {"id": new_id(), "order_id": order_id, "provisional_number": f"X-{order_id}", "status": cell[6]}


async def disagreeing(case: Case, source: Source, rule: str) -> list[Any]:
    """Rows for which the customer's scope and the rule say different things."""
    scope, values = source.scope_for(case.by_customer, "t", first=1)
    statement = DISAGREEING.format(scope=scope, rule=rule.replace("{t}", "t"), table=source.table)
    return await connections.get("default").execute_query_dict(statement, values)


@pytest.mark.parametrize("access", CustomerAccess)
async def test_a_rule_is_named_exactly_for_what_is_not_seen(database: str, access: CustomerAccess) -> None:
    await the_operator()
    case = await a_grid()
    other = await an_order(OrderStatus.ACTIVE, customer=case.customer, offer_valid_until=FAR)
    await an_invoice(InvoiceStatus.PRINTED, case=other)
    await OperatorSettings.filter(id=1).update(customer_access=access)

    found = {source.name: await disagreeing(case, source, rule) for source, rule in RULES}

    assert found == {source.name: [] for source, _ in RULES}
    assert await Order.all().count() == 602


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
    case = await an_order(status, offer_valid_until=FAR)

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
    facts = {"offer_valid_until": FAR, "customer_access": CustomerAccess.STATUS_ONLY}
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
    texts = dict.fromkeys(("name", "label_de", "label_en", "description_de", "description_en"), "Soon")
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


async def test_the_page_lists_what_is_hidden_with_its_rule(site: Site) -> None:
    await the_operator()
    case = await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR)
    await a_delivery(DeliveryStatus.DRAFT, around=case)
    review = await an_order(OrderStatus.IN_REVIEW, customer=case.customer, project="SECRET PLAN", offer_valid_until=FAR)
    await compose((await a_manual_line(member=case.member, customer=case.customer)).id)
    session = await somebody_looking(case.customer)

    page = (await visit(site, session, "/viewing/hidden")).text

    assert "SECRET PLAN" in page
    assert review.order.number in page
    assert "The operator has not decided about the order yet." in page
    assert "It is not delivered yet." in page
    assert "Invoices of no order" in page
    assert "internal notes, tags, stage or assignees" in page


async def test_the_page_tells_nothing_of_other_customers(site: Site) -> None:
    await an_order(OrderStatus.IN_REVIEW, project="SECRET PLAN", offer_valid_until=FAR)
    session = await somebody_looking(await a_customer("Kunde DEF"))

    page = (await visit(site, session, "/viewing/hidden")).text

    assert "SECRET PLAN" not in page
    assert "Nothing is hidden: this customer sees every order that you see" in page


async def test_the_page_is_for_whoever_looks_and_nobody_else(site: Site) -> None:
    customer = await a_customer()
    for session in (await a_session(await a_customer_account(customer)), await a_session(await an_account(Role.STAFF))):
        answer = await visit(site, session, "/viewing/hidden")
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
