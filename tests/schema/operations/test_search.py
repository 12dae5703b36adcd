"""The query `search`: what it finds, in which order, and for whom."""

from typing import Any

import pytest

from domain.accounts.model import OrderAccess
from domain.billing.model import InvoiceStatus
from domain.kernel.actors import Actor, ActorKind, Role
from domain.kernel.ids import external
from domain.orders.inputs import Assignees
from domain.orders.model import OrderStatus
from tests.makers.accounts import a_session, actor_of_session, an_account
from tests.makers.billing import an_invoice, the_operator
from tests.makers.orders import an_order
from tests.makers.parties import STAFF
from tests.makers.time import berlin
from tests.support.graphql.schema_client import SchemaClient

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

SEARCH = """query ($text: String!, $first: Int! = 5) { search(text: $text, first: $first) {
    orders { number openActions { mutation } }
    customers { legalName }
    members { name }
    invoices { provisionalNumber }
} }"""


async def found(client: SchemaClient, actor: Actor, text: str, **more: Any) -> dict[str, list[Any]]:
    """The one value of each row that the search finds."""
    answer = (await client.ask(SEARCH, actor, text=text, **more))["search"]
    return {kind: [next(iter(row.values())) for row in rows] for kind, rows in answer.items()}


async def test_a_text_finds_rows_of_each_kind(in_operations: SchemaClient) -> None:
    billed = await an_invoice()
    case = billed.case

    everything = [
        await found(in_operations, STAFF, text)
        for text in (case.order.number, f" {case.customer.legal_name.upper()} ", case.member.name[:4])
    ]

    by_number, by_customer, by_member = everything
    assert (by_number["orders"], by_number["customers"]) == ([case.order.number], [])
    assert (by_customer["orders"], by_customer["customers"]) == ([case.order.number], [case.customer.legal_name])
    assert by_member["members"] == [case.member.name]
    assert [len(each["invoices"]) for each in everything] == [1, 1, 1]


async def test_what_is_renamed_is_found_by_its_new_name(in_operations: SchemaClient) -> None:
    billed = await an_invoice()
    case = billed.case
    case.customer.legal_name, case.member.name, case.order.project = "Quittenhof", "Xaver Ypsilon", "Zwetschgenfest"
    await case.customer.save()
    await case.member.save()
    await case.order.save()

    by_customer, by_member, by_project = [
        await found(in_operations, STAFF, text) for text in ("quitten", "xaver", "schgenfest")
    ]

    assert by_customer["orders"] == by_project["orders"] == [case.order.number]
    assert by_customer["invoices"] == by_member["invoices"] == by_project["invoices"] != []


async def test_an_order_of_exactly_this_number_comes_first_and_a_page_is_bounded(in_operations: SchemaClient) -> None:
    first = await an_order(OrderStatus.ACTIVE)
    number = first.order.number
    for _ in range(3):
        await an_order(OrderStatus.ACTIVE, project=f"Follows {number}")

    two = await found(in_operations, STAFF, number, first=2)

    assert two["orders"][0] == number
    assert len(two["orders"]) == 2
    assert await found(in_operations, STAFF, number, first=0) == {
        "orders": [],
        "customers": [],
        "members": [],
        "invoices": [],
    }


@pytest.mark.parametrize("text", ["", "  ", "a", " a ", "%", "%%", "''", "\\"])
async def test_what_is_too_short_or_no_word_finds_nothing(in_operations: SchemaClient, text: str) -> None:
    await an_order(OrderStatus.ACTIVE)

    assert not any((await found(in_operations, STAFF, text)).values())


async def test_members_and_limited_employees_find_only_what_is_theirs(in_operations: SchemaClient) -> None:
    own, other = await an_order(OrderStatus.ACTIVE), await an_order(OrderStatus.ACTIVE)
    employee = await an_account(Role.STAFF, order_access=OrderAccess.ASSIGNED)
    await own.move("assign", STAFF, Assignees(account_ids=(employee.id,)))
    limited = await actor_of_session(await a_session(employee))
    assert limited is not None
    assert limited.kind is ActorKind.STAFF_ASSIGNED

    for actor in (own.by_member, limited):
        seen = await found(in_operations, actor, own.order.number[:3])
        assert seen["orders"] == [own.order.number]
        assert await found(in_operations, actor, other.order.number) == {
            "orders": [],
            "customers": [],
            "members": [],
            "invoices": [],
        }


async def test_customers_find_their_orders_by_number_and_project_alone(in_portal: SchemaClient) -> None:
    case = await an_order(OrderStatus.ACTIVE, project="Lighthouse", internal_notes="Moonlight")
    query = "query ($text: String!) { search(text: $text) { orders { id } invoices { id } } }"

    answers = [
        (await in_portal.ask(query, case.by_customer, text=text))["search"]["orders"]
        for text in ("lightHO", case.order.number, "Moonlight")
    ]

    assert answers == [[{"id": external("ord", case.order.id)}]] * 2 + [[]]


async def test_an_invoice_of_exactly_this_number_comes_first_in_any_letters(in_operations: SchemaClient) -> None:
    await the_operator()
    number = (await an_invoice(InvoiceStatus.PRINTED)).invoice.number
    for _ in range(3):
        await an_invoice(case=await an_order(OrderStatus.ACTIVE, project=f"Follows {number}"))
    query = "query ($text: String!) { search(text: $text, first: 3) { invoices { number } } }"

    found_ways = [(await in_operations.ask(query, STAFF, text=text))["search"] for text in (number, number.lower())]

    assert [[each["number"] for each in way["invoices"]] for way in found_ways] == [[number, None, None]] * 2
