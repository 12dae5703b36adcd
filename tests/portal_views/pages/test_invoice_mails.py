"""The mails about an invoice: finance sees on its page who got which, and sends one again."""

import pytest

from domain.billing.model import InvoiceStatus
from domain.kernel.actors import Role
from domain.orders.model import OrderStatus
from domain.outbox.model import MessageState, OutboxMessage
from tests.makers.accounts import an_account
from tests.makers.billing import an_invoice, the_operator
from tests.makers.orders import an_order
from tests.support.people import FAR
from tests.support.portal_browser import Portal, notice, press, text_of

pytestmark = pytest.mark.browser


async def test_finance_sends_the_mail_with_an_invoice_again(portal: Portal) -> None:
    await the_operator()
    case = await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR)
    issued = (await an_invoice(InvoiceStatus.PRINTED, case=case)).invoice
    await OutboxMessage.filter(subject_id=issued.id).update(state=MessageState.FAILED)
    page = await portal.signed_in(await an_account(Role.FINANCE))
    await page.goto(f"/invoices/inv_{issued.id}")

    await press(page, "Send again")

    assert "again" in await notice(page)
    repeated = await OutboxMessage.filter(subject_id=issued.id, resent_from_id__isnull=False).count()
    assert repeated == 1


async def test_the_list_of_mails_shows_finance_those_about_invoices_only(portal: Portal) -> None:
    await the_operator()
    case = await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR)
    issued = (await an_invoice(InvoiceStatus.PRINTED, case=case)).invoice
    page = await portal.signed_in(await an_account(Role.FINANCE))

    await page.goto("/mails")

    shown = await text_of(page)
    assert issued.number in shown
    assert case.order.number not in shown
