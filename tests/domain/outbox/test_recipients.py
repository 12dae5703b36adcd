"""Recipients of a message: each reader once, and never the actor who caused it."""

import pytest

from domain.billing.model import InvoiceStatus
from domain.commands import fire_due_deadlines
from domain.kernel.actors import Role
from domain.orders.model import OrderStatus
from domain.outbox.model import OutboxMessage
from tests.makers.accounts import an_account
from tests.makers.billing import an_invoice, someone_in_finance, the_operator
from tests.makers.orders import an_order
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def test_whoever_has_several_roles_reads_a_message_once() -> None:
    await an_account(Role.STAFF, Role.ADMIN)
    await an_account(Role.ADMIN)
    await an_order(OrderStatus.IN_REVIEW)
    await the_clock_shows(berlin(2026, 4, 2, 10))

    await fire_due_deadlines()

    messages = await OutboxMessage.filter(name="order.review")
    assert len(messages) == len({message.account_id for message in messages}) == 2


async def test_approvers_are_told_and_not_whoever_submitted() -> None:
    await the_operator(approval_workflow=True)
    billed = await an_invoice(InvoiceStatus.READY_TO_SUBMIT)
    fay, finn = await someone_in_finance(), await someone_in_finance("Finn Finance")

    await billed.move("submit", fay)

    assert [message.account_id for message in await OutboxMessage.filter(name="invoice.submit")] == [finn.account_id]
