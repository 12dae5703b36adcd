"""Budgets and claims through the API: what each reader sees, and a claim from the draft to the bank."""

import pytest

from domain.kernel.ids import external
from domain.orders.model import OrderStatus
from tests.makers.bank_files import Entry, camt, imported
from tests.makers.claims import some_funds
from tests.makers.orders import an_order
from tests.makers.parties import FINANCE, STAFF
from tests.makers.time import berlin
from tests.support.fixtures import in_operations as in_operations
from tests.support.graphql.schema_client import SchemaClient

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

FIGURES = "planned { amount } invoiced { amount } received { amount } reserved { amount } available { amount }"
BUDGET = f"""query {{ memberBudgets {{ totalCount nodes {{ {FIGURES} paid {{ amount }}
    orders {{ order {{ number }} {FIGURES} }}
    expectations {{ stage amount {{ amount }} title order {{ number }} }}
    entries {{ totalCount nodes {{ kind amount {{ amount }} note invoice {{ id }} order {{ number }} }} }} }} }} }}"""
CORRECT = """mutation ($id: ID!) { memberBudgetCorrect(input: { id: $id, amount: "-5.50", reason: "Rounding." }) {
    memberBudget { received { amount } available { amount } } errors { reason } } }"""
CREATE = """mutation ($order: ID) { claimCreate(input: {
    kind: PAYOUT, purpose: "April", amount: "120.00", orderId: $order }) {
    claim { id status amount { amount } order { number } } errors { reason path } } }"""
MOVE = """mutation ($id: ID!) { claim%s(input: { id: $id }) { claim { status } errors { reason } } }"""
PAY = """mutation ($id: ID!) { paymentFileCreate(input: { claimIds: [$id], executeOn: "2026-04-02" }) {
    paymentFile { id claimCount amount { amount } claims { nodes { endToEndId } } } errors { reason } } }"""
CLAIM = """query ($id: ID!) { claim(id: $id) { status paidOn payeeIban paymentFile { id } } }"""


def amounts(figures: dict[str, dict[str, str]]) -> list[str]:
    return [figures[name]["amount"] for name in ("planned", "invoiced", "received", "reserved", "available")]


async def test_a_member_reads_where_the_money_stands(in_operations: SchemaClient) -> None:
    funds = await some_funds("95.00")

    (budget,) = (await in_operations.ask(BUDGET, funds.member))["memberBudgets"]["nodes"]

    assert amounts(budget) == ["0.00", "382.35", "72.65", "0.00", "72.65"]
    (order,) = budget["orders"]
    assert order["order"] == {"number": funds.case.order.number}
    assert amounts(order) == ["0.00", "382.35", "72.65", "0.00", "72.65"]
    assert budget["expectations"] == [
        {
            "stage": "INVOICED",
            "amount": {"amount": "382.35"},
            "title": funds.owed.billed.invoice.number,
            "order": {"number": funds.case.order.number},
        }
    ]
    assert budget["entries"]["nodes"] == [
        {
            "kind": "INFLOW",
            "amount": {"amount": "72.65"},
            "note": funds.owed.billed.invoice.number,
            "invoice": {"id": external("inv", funds.owed.billed.invoice.id)},
            "order": {"number": funds.case.order.number},
        }
    ]


async def test_what_is_agreed_is_planned(in_operations: SchemaClient) -> None:
    case = await an_order(OrderStatus.ACTIVE)

    (budget,) = (await in_operations.ask(BUDGET, case.by_member))["memberBudgets"]["nodes"]

    assert amounts(budget) == ["455.00", "0.00", "0.00", "0.00", "0.00"]


async def test_staff_sees_no_budgets_and_finance_all(in_operations: SchemaClient) -> None:
    await some_funds()
    await some_funds()

    assert (await in_operations.ask(BUDGET, STAFF))["memberBudgets"]["totalCount"] == 0
    assert (await in_operations.ask(BUDGET, FINANCE))["memberBudgets"]["totalCount"] == 2


async def test_finance_corrects_and_a_member_does_not(in_operations: SchemaClient) -> None:
    funds = await some_funds("595.00")
    budget_id = external("bud", (await funds.row()).id)

    refused = await in_operations.slowly(CORRECT, funds.member, id=budget_id)
    done = await in_operations.slowly(CORRECT, FINANCE, id=budget_id)

    assert [each["reason"] for each in refused["memberBudgetCorrect"]["errors"]] == ["not_your_move"]
    assert done["memberBudgetCorrect"]["memberBudget"]["available"] == {"amount": "449.50"}


async def test_a_claim_goes_from_the_draft_to_the_bank(in_operations: SchemaClient) -> None:
    funds = await some_funds("595.00")
    order_id = external("ord", funds.case.order.id)
    made = (await in_operations.slowly(CREATE, funds.member, order=order_id))["claimCreate"]["claim"]
    assert (made["status"], made["order"]) == ("DRAFT", {"number": funds.case.order.number})
    assert (await in_operations.ask(CLAIM, FINANCE, id=made["id"]))["claim"] is None

    await in_operations.slowly(MOVE % "Submit", funds.member, id=made["id"])
    await in_operations.slowly(MOVE % "Approve", FINANCE, id=made["id"])
    paid = (await in_operations.slowly(PAY, FINANCE, id=made["id"]))["paymentFileCreate"]["paymentFile"]
    assert (paid["claimCount"], paid["amount"]) == (1, {"amount": "120.00"})
    (claim,) = paid["claims"]["nodes"]
    await imported(camt(Entry(amount="120.00", direction="DBIT", end_to_end_id=claim["endToEndId"])))

    read = (await in_operations.ask(CLAIM, funds.member, id=made["id"]))["claim"]
    assert (read["status"], read["paidOn"], read["paymentFile"]) == ("PAID", "2026-04-01", None)
    (budget,) = (await in_operations.ask(BUDGET, funds.member))["memberBudgets"]["nodes"]
    assert budget["paid"] == {"amount": "120.00"}
    assert [amounts(order)[-1] for order in budget["orders"]] == ["335.00"]
