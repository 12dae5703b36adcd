"""Further invoices that members propose: on hold until finance decides, which the member is told."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.billing.inputs import LineCancellation
from domain.billing.model import BillableLine, Invoice, LineSource, LineStatus
from domain.commands import fire_due_deadlines
from domain.engine.model import Deadline
from domain.kernel.actors import Role
from domain.kernel.errors import Code, Refused
from domain.kernel.money import VatCategory
from domain.orders.model import Order, OrderStatus
from domain.parties.model import Member, MembershipStatus
from domain.supplements.model import Supplement
from tests.makers.accounts import an_account
from tests.makers.billing import a_manual_line, move_line, print_now, the_operator, who_was_told
from tests.makers.deliveries import an_active_order
from tests.makers.orders import Case, an_order
from tests.makers.parties import FINANCE, a_member_who_signs_in
from tests.makers.supplements import REASON, propose
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def an_order_of_april() -> Case:
    return await an_order(OrderStatus.ACTIVE, member=await a_member_who_signs_in())


async def the_reason(case: Case, net: str = "250.00", **facts: Any) -> tuple[Code, str]:
    with pytest.raises(Refused) as refused:
        await propose(case, net, **facts)
    return refused.value.refusals[0].code, refused.value.refusals[0].reason


async def test_a_proposal_waits_on_hold_for_finance_who_is_told() -> None:
    case = await an_order_of_april()

    line = await propose(case, quantity=Decimal("2.5"), vat_category=VatCategory.REDUCED)

    assert (line.status, line.source, line.order_id) == (LineStatus.ON_HOLD, LineSource.PROPOSAL, case.order.id)
    assert (line.net_cents, line.vat_rate, line.invoice_on) == (62_500, 7, date(2026, 5, 20))
    assert (line.service_from, line.service_to) == (case.order.service_from, case.order.service_to)
    assert set(await who_was_told("line.propose")) <= {Role.FINANCE}
    assert not await Supplement.exists()


async def test_finance_is_mailed_the_proposal() -> None:
    await an_account(Role.FINANCE)

    await propose(await an_order_of_april())

    assert await who_was_told("line.propose") == [Role.FINANCE]


@pytest.mark.parametrize(
    ("net", "facts", "reason"),
    [
        ("0.00", {}, "proposed_amount_not_positive"),
        ("-10.00", {}, "proposed_amount_not_positive"),
        ("10.00001", {}, "price_with_more_than_four_decimals"),
        ("10.00", {"invoice_on": date(2026, 3, 31)}, "proposed_date_past"),
        ("10.00", {"quantity": Decimal(0)}, "quantity_out_of_bounds"),
        ("10.00", {"text": "  "}, "text_too_small"),
    ],
)
async def test_a_proposal_without_sense_is_refused(net: str, facts: dict[str, Any], reason: str) -> None:
    assert (await the_reason(await an_order_of_april(), net, **facts))[1] == reason


@pytest.mark.parametrize("status", [OrderStatus.DRAFT, OrderStatus.AWAITING_CUSTOMER, OrderStatus.CANCELLATION_REVIEW])
async def test_only_an_active_order_takes_proposals(status: OrderStatus) -> None:
    case = await an_order(status)

    assert await the_reason(case) == (Code.ILLEGAL_TRANSITION, "not_in_this_state")


async def test_a_paused_member_proposes_nothing() -> None:
    case = await an_order_of_april()
    await Member.filter(id=case.member.id).update(status=MembershipStatus.PAUSED)

    assert (await the_reason(case))[1] == "membership_not_active"


async def test_the_order_of_another_member_looks_like_none() -> None:
    case, other = await an_order_of_april(), await an_order_of_april()

    with pytest.raises(Refused) as refused:
        await propose(case, by=other.by_member)

    assert refused.value.refusals[0].code is Code.NOT_FOUND


async def test_finance_cancels_a_proposal_only_with_a_reason_which_the_member_is_mailed() -> None:
    line = await propose(await an_order_of_april())
    with pytest.raises(Refused) as refused:
        await move_line(line, "cancel", takes=LineCancellation(reason=" "))

    canceled = await move_line(line, "cancel", takes=REASON)

    assert refused.value.refusals[0].reason == "proposal_canceled_without_reason"
    assert canceled.status is LineStatus.CANCELED
    assert await who_was_told("line.cancel") == [Role.MEMBER]


async def test_other_lines_are_canceled_without_a_reason_and_nobody_is_mailed() -> None:
    line = await move_line(await a_manual_line(), "cancel")

    assert (line.status, await who_was_told("line.cancel")) == (LineStatus.CANCELED, [])


async def test_a_confirmed_proposal_becomes_a_draft_seven_days_before_its_date() -> None:
    await the_operator()
    line = await propose(await an_active_order())

    await move_line(line, "confirm")

    deadline = await Deadline.get(subject_id=line.id, kind="invoice.compose")
    assert deadline.due_at == berlin(2026, 5, 13)
    assert await who_was_told("line.confirm") == [Role.MEMBER]
    await the_clock_shows(berlin(2026, 5, 13))
    await fire_due_deadlines()
    invoice = await Invoice.get(lines__id=line.id)
    assert (invoice.invoice_on, invoice.net_cents) == (date(2026, 5, 20), 25_000)


async def test_members_do_not_confirm_their_own_proposal_in_another_role() -> None:
    case = await an_order_of_april()
    line = await propose(case, by=replace(case.by_member, account_id=case.member.account_id))

    with pytest.raises(Refused) as refused:
        await move_line(line, "confirm", replace(FINANCE, account_id=case.member.account_id))

    assert refused.value.refusals[0].reason == "enterer_cannot_confirm"


async def test_an_order_is_not_complete_while_a_proposal_is_open() -> None:
    await the_operator()
    case = await an_order_of_april()
    line = await propose(case, invoice_on=date(2026, 5, 10))
    (planned,) = await BillableLine.filter(order_id=case.order.id, source=LineSource.PLANNED_INVOICE)
    await the_clock_shows(berlin(2026, 5, 3))
    await fire_due_deadlines()
    await print_now(await Invoice.get(lines__id=planned.id))
    await fire_due_deadlines()
    assert await Order.exists(id=case.order.id, status=OrderStatus.ACTIVE)

    await move_line(line, "cancel", takes=REASON)
    await the_clock_shows(berlin(2026, 5, 3) + timedelta(minutes=1))
    await fire_due_deadlines()

    assert await Order.exists(id=case.order.id, status=OrderStatus.COMPLETED)
