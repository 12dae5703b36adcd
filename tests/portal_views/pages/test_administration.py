"""The administrator's pages: what needs care on the first page, deadlines, mails, the audit trail and health."""

import asyncpg
import pytest

from domain.engine.model import Deadline, DeadlineState
from domain.kernel.actors import Role
from domain.orders.model import OrderStatus
from domain.outbox.model import MessageState
from domain.verification.results import verify_now
from settings import Settings
from tests.makers.accounts import an_account
from tests.makers.mails import a_mail
from tests.makers.orders import an_order
from tests.support.portal_browser import PHONE, Portal, notice, press, text_of
from tests.support.tampering import tamper

pytestmark = pytest.mark.browser
PATHS = ("/deadlines", "/mails", "/audit", "/health-overview")


async def a_failed_review() -> str:
    """A reminder that was given up; the number of its order."""
    case = await an_order(OrderStatus.IN_REVIEW)
    await Deadline.filter(order_id=case.order.id).update(
        state=DeadlineState.FAILED, attempts=12, last_error="the disk is broken"
    )
    return case.order.number


async def test_the_first_page_counts_what_needs_care_and_leads_there(portal: Portal) -> None:
    number = await a_failed_review()
    page = await portal.sign_in(await an_account(Role.ADMIN))

    async with page.expect_navigation():
        await page.get_by_role("link", name="1 deadline failed").click()

    assert "tab=failed" in page.url
    assert number in await text_of(page)
    assert "the disk is broken" in await text_of(page)


async def test_a_failed_deadline_is_tried_again(portal: Portal) -> None:
    await a_failed_review()
    page = await portal.signed_in(await an_account(Role.ADMIN))
    await page.goto("/deadlines?tab=failed")

    await press(page, "Try again")

    assert "is being tried again" in await notice(page)
    assert "Nothing has failed" in await text_of(page)


async def test_deadlines_to_come_are_filtered_by_their_kind(portal: Portal) -> None:
    case = await an_order(OrderStatus.IN_REVIEW)
    page = await portal.signed_in(await an_account(Role.ADMIN))
    await page.goto("/deadlines?tab=coming")
    assert case.order.number in await text_of(page)

    await page.select_option("#kind", label="The invoice is issued")
    await press(page, "Show")

    assert "Nothing is planned" in await text_of(page)
    assert await page.locator(".tabs [aria-current]").inner_text() == "To come"


async def test_a_failed_mail_shows_its_reader_and_its_error(portal: Portal) -> None:
    staff, case = await an_account(Role.STAFF), await an_order(OrderStatus.IN_REVIEW)
    page = await portal.signed_in(await an_account(Role.ADMIN))
    await a_mail(staff.id, case.order.id, state=MessageState.FAILED, last_error="550 no such user")

    await page.goto("/mails?tab=failed")

    text = await text_of(page)
    assert "550 no such user" in text
    assert staff.email in text
    assert case.order.number in text


async def test_the_audit_trail_shows_sign_ins_and_is_filtered(portal: Portal) -> None:
    admin = await an_account(Role.ADMIN)
    page = await portal.sign_in_by_form(admin)
    await page.goto("/audit")
    assert "Signed in" in await page.locator("tbody").inner_text()

    await page.select_option("#action", label="Signed out everywhere")
    await press(page, "Show")

    assert "0 entries" in await text_of(page)
    async with page.expect_navigation():
        await page.get_by_role("link", name="Show all").click()
    assert admin.email in await page.locator("tbody").inner_text()


async def test_a_day_that_cannot_be_one_is_ignored(portal: Portal) -> None:
    page = await portal.signed_in(await an_account(Role.ADMIN))

    answer = await page.goto("/audit?since=yesterday&until=9999-12-31&account=acc_1&action=")

    assert answer
    assert answer.status == 200


async def test_health_names_every_part_and_the_missing_scheduler(portal: Portal) -> None:
    page = await portal.signed_in(await an_account(Role.ADMIN))

    await page.goto("/health-overview")

    text = await text_of(page)
    assert "Version 0.1" in text
    for part in ("Database", "File storage", "Redis", "Mail server"):
        assert part in text
    assert "The scheduler has never run here" in text


async def test_a_changed_history_is_named_at_home_and_on_the_page_of_health(
    portal: Portal, settings: Settings, owner: asyncpg.Connection
) -> None:
    await a_failed_review()
    await tamper(owner, "UPDATE events SET actor_name = 'Eve'")
    await verify_now(settings.database_url, settings.storage_url)
    page = await portal.sign_in(await an_account(Role.ADMIN))

    for path in ("/", "/health-overview"):
        await page.goto(path)

        text = await text_of(page)
        assert "its content was changed" in text
        assert "compare with a backup" in text


async def test_the_page_of_deadlines_says_how_punctual_they_are(portal: Portal) -> None:
    page = await portal.signed_in(await an_account(Role.ADMIN))

    await page.goto("/deadlines")

    text = await text_of(page)
    assert "Nothing is overdue now." in text
    assert "Last 24 hours" in text


@pytest.mark.parametrize(("role", "opened"), [(Role.STAFF, set()), (Role.FINANCE, {"/mails"})])
async def test_for_others_these_pages_do_not_exist(portal: Portal, role: Role, opened: set[str]) -> None:
    page = await portal.sign_in(await an_account(role))

    answers = {path: await page.goto(path) for path in PATHS}

    assert {path: answer.status for path, answer in answers.items() if answer} == {
        path: 200 if path in opened else 404 for path in PATHS
    }
    assert await page.locator(".masthead", has_text="Operations").count() == 0


async def test_on_a_phone_nothing_is_wider_than_the_window(
    portal: Portal, settings: Settings, owner: asyncpg.Connection
) -> None:
    await a_failed_review()
    await tamper(owner, "UPDATE events SET actor_name = 'Eve'")
    await verify_now(settings.database_url, settings.storage_url)
    page = await portal.sign_in(await an_account(Role.ADMIN), size=PHONE)

    for path in ("/", "/deadlines?tab=failed", *PATHS):
        await page.goto(path)
        assert not await page.evaluate("document.documentElement.scrollWidth > window.innerWidth"), path
