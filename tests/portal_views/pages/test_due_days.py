"""Days of delivery on pages: proposed by the member, answered signed in or behind the mailed link, late in lists."""

from datetime import UTC, date, datetime

import pytest

from domain.access.mailed_links import KEY_PURPOSE, token
from domain.access.model import Link, LinkPurpose
from domain.accounts.model import Account
from domain.orders.inputs import DueProposal
from domain.orders.model import Order, OrderStatus
from settings import Settings
from tests.makers.accounts import a_session
from tests.makers.time import berlin
from tests.support.impersonation import visit
from tests.support.people import Everyone, everyone
from tests.support.portal_browser import Portal, press, text_of, unfold
from tests.support.site import Site

PROPOSED = date(2035, 6, 19)


async def with_proposal() -> Everyone:
    people = await everyone(delivery_due_at=berlin(2035, 6, 10, 15))
    await people.case.move("proposeDue", people.case.by_member, DueProposal(due_on=PROPOSED, reason="Paper is late."))
    return people


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Answer the proposed day of delivery: Website"), ("de", "Vorgeschlagenen Liefertag beantworten: Website")],
)
async def test_a_proposed_day_waits_on_the_customers_first_page(site: Site, language: str, said: str) -> None:
    people = await everyone(delivery_due_at=berlin(2035, 6, 10, 15), project="Website")
    await Account.filter(id=people.customer.id).update(language=language)
    session = await a_session(people.customer)
    before = (await visit(site, session, "/")).text
    await people.case.move("proposeDue", people.case.by_member, DueProposal(due_on=PROPOSED))

    page = (await visit(site, session, "/")).text

    assert said in page
    assert f'href="/orders/ord_{people.case.order.id}#due"' in page
    assert ("<title>(" in before, "<title>(1) " in page) == (False, True)


@pytest.mark.browser
async def test_a_member_proposes_a_day_and_the_customer_agrees(portal: Portal) -> None:
    people = await everyone(delivery_due_at=berlin(2035, 6, 10, 15))
    member = await portal.signed_in(people.member)
    await member.goto(f"/orders/ord_{people.case.order.id}")
    await unfold(member, "Propose another day")
    await member.locator("input[name=dueOn]").fill("2035-06-19")
    await press(member, "Propose another day")

    customer = await portal.signed_in(people.customer)
    await customer.goto(f"/orders/ord_{people.case.order.id}")
    await press(customer, "Agree to the day")

    await people.case.order.refresh_from_db()
    assert people.case.order.delivery_due_at == berlin(2035, 6, 19, 15)
    assert "Proposed day" not in await text_of(customer)


@pytest.mark.browser
async def test_a_day_is_declined_behind_the_mailed_link(portal: Portal, settings: Settings) -> None:
    people = await with_proposal()
    link = await Link.get(purpose=LinkPurpose.DUE)
    page = await portal.page()
    await page.goto(f"/l/{token(link.id, LinkPurpose.DUE, settings.key(KEY_PURPOSE))}?lang=de")
    assert "Paper is late." in await text_of(page)

    await unfold(page, "Tag ablehnen")
    await press(page, "Tag ablehnen")

    await people.case.order.refresh_from_db()
    assert people.case.order.due_proposed_on is None
    assert people.case.order.delivery_due_at == berlin(2035, 6, 10, 15)


@pytest.mark.browser
async def test_the_list_shows_and_filters_what_is_very_late(portal: Portal) -> None:
    people = await everyone(project="Long ago", delivery_due_at=berlin(2020, 1, 2))
    late = await everyone(project="Just now", delivery_due_at=datetime.now(UTC))
    await Order.filter(id=late.case.order.id).update(member_id=people.case.member.id)
    page = await portal.signed_in(people.member)

    await page.goto("/orders?tab=active")
    both = await text_of(page)
    await page.select_option("#late", "VERY_LATE")
    await press(page, "Show")

    assert "Very late" in both
    assert "Just now" in both
    assert "Long ago" in await text_of(page)
    assert "Just now" not in await page.locator("table.rows").inner_text()


@pytest.mark.browser
async def test_archived_orders_are_found(portal: Portal) -> None:
    people = await everyone(OrderStatus.ACTIVE, project="Put away")
    await people.case.move("archive", people.case.by_member)
    page = await portal.signed_in(people.staff)
    await page.goto("/orders?tab=all")
    before = await text_of(page)

    await page.get_by_role("link", name="Archived").click()

    assert "Put away" not in before
    assert await page.locator("table.rows").get_by_role("link", name="Put away").is_visible()
