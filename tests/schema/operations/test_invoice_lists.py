"""Invoices as finance reads them: searched, summed up, with the number that comes next and what has changed."""

from decimal import Decimal
from typing import Any

import pytest
import pytest_asyncio

from domain.billing.inputs import ChangeRequest, LineChanges
from domain.billing.model import InvoiceStatus
from domain.kernel.ids import external
from domain.kernel.money import Currency
from domain.orders.model import OrderStatus
from tests.makers.billing import Billed, a_manual_line, an_invoice, compose, move_line, the_operator
from tests.makers.orders import an_order
from tests.makers.parties import FINANCE, a_customer
from tests.makers.time import berlin
from tests.support.graphql.schema_client import SchemaClient

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

LIST = """query List($where: InvoiceWhere) { invoices(where: $where, orderBy: [{field: GROSS, direction: DESC}]) {
    nodes { id } totalCount sums { currency count net { amount } gross { amount formatted } } } }"""
PREVIEW = "query Preview($id: ID!) { invoice(id: $id) { issuePreview { number issuedOn plannedOn dueOn } } }"
DIFFERENCE = """query Difference($id: ID!) { invoice(id: $id) { difference {
    values { name label before after } items { position change values { name before after } } } } }"""


async def listed(client: SchemaClient, **where: Any) -> Any:
    return (await client.ask(LIST, FINANCE, where=where))["invoices"]


async def the_preview(client: SchemaClient, billed: Billed, actor: Any = FINANCE) -> Any:
    answer = await client.ask(PREVIEW, actor, id=external("inv", billed.invoice.id))
    return answer["invoice"]["issuePreview"]


async def the_difference(client: SchemaClient, billed: Billed, actor: Any) -> Any:
    answer = await client.ask(DIFFERENCE, actor, id=external("inv", billed.invoice.id))
    return answer["invoice"]["difference"]


@pytest_asyncio.fixture
async def operator(database: str) -> None:
    await the_operator()


@pytest.mark.usefixtures("operator")
async def test_the_sums_are_those_of_the_whole_list_by_currency(in_operations: SchemaClient) -> None:
    for net in ("500.00", "100.00"):
        await an_invoice(InvoiceStatus.PRINTED, net)
    await compose((await a_manual_line("10.00", currency=Currency.USD)).id)

    found = await listed(in_operations)

    assert found["totalCount"] == 3
    assert found["sums"] == [
        {"currency": "EUR", "count": 2, "net": {"amount": "600.00"}}
        | {"gross": {"amount": "714.00", "formatted": "€714.00"}},
        {"currency": "USD", "count": 1, "net": {"amount": "10.00"}}
        | {"gross": {"amount": "11.90", "formatted": "US$11.90"}},
    ]


@pytest.mark.usefixtures("operator")
async def test_a_filter_narrows_the_sums_and_an_empty_list_has_none(in_operations: SchemaClient) -> None:
    await an_invoice(InvoiceStatus.PRINTED)

    assert (await listed(in_operations, year=2026))["sums"][0]["count"] == 1
    assert (await listed(in_operations, year=2025))["sums"] == []


@pytest.mark.usefixtures("operator")
async def test_invoices_are_found_by_number_customer_member_and_order(in_operations: SchemaClient) -> None:
    case = await an_order(OrderStatus.ACTIVE, customer=await a_customer("Ölmühle Nord"), project="Herbstkatalog")
    wanted = await an_invoice(InvoiceStatus.PRINTED, case=case)
    await an_invoice(InvoiceStatus.PRINTED)

    for text in (wanted.invoice.number, "ölmühle", "herbst", case.order.number):
        found = await listed(in_operations, search=text)
        assert [each["id"] for each in found["nodes"]] == [external("inv", wanted.invoice.id)], text
    assert (await listed(in_operations, search="mara"))["totalCount"] == 2
    assert (await listed(in_operations, search="nobody"))["nodes"] == []


@pytest.mark.usefixtures("operator")
async def test_the_preview_names_the_number_that_is_then_given(in_operations: SchemaClient) -> None:
    await an_invoice(InvoiceStatus.PRINTED)
    draft = await an_invoice()

    preview = await the_preview(in_operations, draft)
    await draft.move("print")

    assert preview["number"] == draft.invoice.number == "RE-2026-00002"
    assert (preview["issuedOn"], preview["dueOn"]) == ("2026-04-01", "2026-04-15")
    assert preview["plannedOn"] != preview["issuedOn"]
    assert await the_preview(in_operations, draft) is None


@pytest.mark.usefixtures("operator")
async def test_only_finance_sees_the_number_that_comes_next(in_operations: SchemaClient) -> None:
    draft = await an_invoice()

    assert await the_preview(in_operations, draft, draft.case.by_member) is None


@pytest.mark.usefixtures("operator")
async def test_a_member_sees_what_changed_on_hold_and_after_the_release(in_operations: SchemaClient) -> None:
    draft = await an_invoice()
    await draft.move("requestChanges", draft.case.by_member, ChangeRequest(message="Cheaper, please."))
    assert await the_difference(in_operations, draft, draft.case.by_member) is None

    (line,) = await draft.lines()
    await move_line(line, "amend", takes=LineChanges(unit_price=Decimal("450.25")))
    on_hold = await the_difference(in_operations, draft, draft.case.by_member)
    await draft.move("release")
    released = await the_difference(in_operations, draft, draft.case.by_member)

    totals = {each["name"]: (each["before"], each["after"]) for each in on_hold["values"]}
    assert totals["gross_cents"] == ("€595.00", "€535.80")
    (item,) = on_hold["items"]
    prices = {each["name"]: (each["before"], each["after"]) for each in item["values"]}
    assert prices["unit_price_cents"] == ("€500.00", "€450.25")
    assert released == on_hold


@pytest.mark.usefixtures("operator")
async def test_an_issued_invoice_has_no_difference(in_operations: SchemaClient) -> None:
    draft = await an_invoice(InvoiceStatus.ON_HOLD)
    (line,) = await draft.lines()
    await move_line(line, "amend", takes=LineChanges(text="Another text"))
    await draft.move("release")

    await draft.move("print")

    assert await the_difference(in_operations, draft, FINANCE) is None
