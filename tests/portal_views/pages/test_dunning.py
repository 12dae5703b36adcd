"""The dunning run on the pages: what can go today is sent by one action, the rest says why not."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.kernel.actors import Role
from domain.orders.model import OrderStatus
from domain.receivables.inputs import Dispute
from tests.makers.accounts import an_account
from tests.makers.billing import the_operator
from tests.makers.orders import Case, an_order
from tests.makers.receivables import Owed, a_receivable
from tests.makers.time import the_clock_shows
from tests.support.page_flaws import flaws_of
from tests.support.people import FAR
from tests.support.portal_browser import PHONE, Portal, notice, press, text_of, unfold

pytestmark = pytest.mark.browser


async def an_active_order() -> Case:
    return await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR)


async def overdue_receivables(count: int) -> list[Owed]:
    """Receivables that are overdue for eight days, which the clock reminds of no one."""
    await the_operator(reminders_are_automatic=False)
    owed = [await a_receivable(case=await an_active_order()) for _ in range(count)]
    await the_clock_shows(datetime.now(UTC) + timedelta(days=22))
    return owed


async def test_finance_sends_what_is_due_by_one_action(portal: Portal) -> None:
    first, second, disputed = await overdue_receivables(3)
    await disputed.move("dispute", Dispute(reason="Never ordered."))
    page = await portal.signed_in(await an_account(Role.FINANCE), java_script_enabled=False)

    await page.goto("/receivables/dunning")
    shown = await text_of(page)
    assert "2 reminders can go today" in shown
    assert "The invoice is disputed." in shown
    await page.locator(f"input[value='rcv_{second.row.id}']").uncheck()
    await press(page, "Send the selected now")

    assert "1 open item reminded of" in await text_of(page)
    await first.refresh()
    await second.refresh()
    assert (first.row.reminder_step, second.row.reminder_step) == (1, 0)


async def test_finance_pauses_reminders_of_one_item(portal: Portal) -> None:
    (owed,) = await overdue_receivables(1)
    page = await portal.signed_in(await an_account(Role.FINANCE), size=PHONE)
    await page.goto(f"/receivables/rcv_{owed.row.id}")

    await unfold(page, "Pause reminders")
    await page.locator("details[open] [name=reason]").fill("They pay in May.")
    await press(page, "Pause reminders")

    assert await notice(page) == "No reminder goes until then."
    assert "They pay in May." in await text_of(page)
    assert await flaws_of(page, "/receivables/dunning?lang=de") == []
