"""Calendar feeds: the dates of an account behind a secret address, parsed as calendar programs parse them."""

from datetime import UTC, date
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar

from domain.accounts.model import Account
from domain.calendar_feeds.addresses import KEY_PURPOSE, path
from domain.kernel.actors import Role
from domain.orders.inputs import DueProposal
from domain.orders.model import OrderStatus
from domain.self_service.calendar import end_calendar, renew_calendar
from settings import Settings
from tests.makers.accounts import a_session, an_account, the_recognised
from tests.makers.client_status import a_client_status
from tests.makers.deliveries import a_delivery
from tests.makers.invitations import move_account
from tests.makers.time import berlin
from tests.support.people import Everyone, everyone
from tests.support.site import Site

pytestmark = pytest.mark.frozen_clock(berlin(2026, 6, 1, 12))

DUE_AT = berlin(2026, 6, 10, 15)


async def address(account: Account, settings: Settings) -> str:
    """The path of the account's calendar, made anew."""
    await renew_calendar(await the_recognised(await a_session(account)))
    await account.refresh_from_db()
    return path(calendar_of(account), settings.key(KEY_PURPOSE))


def calendar_of(account: Account) -> UUID:
    assert account.calendar_feed_id is not None
    return account.calendar_feed_id


async def read(site: Site, account: Account, settings: Settings) -> dict[str, Any]:
    """The events of the account's calendar by identifier."""
    answer = await site.client.get(await address(account, settings))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    return {str(event["uid"]): event for event in Calendar.from_ical(answer.text).walk("VEVENT")}


async def an_order_with_dates() -> Everyone:
    people = await everyone(delivery_due_at=DUE_AT, project="Shop")
    await a_client_status(people.case, expected_on=date(2026, 6, 12), name="The new shop")
    return people


async def test_members_and_customers_have_due_days_expected_days_and_deadlines(site: Site, settings: Settings) -> None:
    people = await an_order_with_dates()
    delivery = await a_delivery(around=people.case)
    order = people.case.order

    events = await read(site, people.customer, settings)
    of_member = await read(site, people.member, settings)

    due, expected = events[f"due-{order.id}@127.0.0.1"], events[f"expected-{order.id}@127.0.0.1"]
    review = events[f"delivery.autoAccept-{delivery.id}@127.0.0.1"]
    assert due["dtstart"].dt.astimezone(UTC) == DUE_AT
    assert str(due["summary"]) == f"Delivery due: Shop · {order.number}"
    assert expected["dtstart"].dt == date(2026, 6, 12)
    assert str(expected["summary"]) == "Expected to be finished: The new shop"
    assert str(review["url"]).endswith(f"/deliveries/del_{delivery.id}")
    assert {due["uid"], review["uid"]} <= {event["uid"] for event in of_member.values()}


async def test_an_offer_is_in_the_calendar_on_its_last_day(site: Site, settings: Settings) -> None:
    people = await everyone(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=date(2026, 6, 20))

    events = await read(site, people.customer, settings)

    assert events[f"order.expire-{people.case.order.id}@127.0.0.1"]["dtstart"].dt == date(2026, 6, 20)


async def test_a_date_that_moves_keeps_its_identifier(site: Site, settings: Settings) -> None:
    people = await an_order_with_dates()
    before = await read(site, people.member, settings)
    await people.case.move("proposeDue", people.case.by_member, DueProposal(due_on=date(2026, 6, 19), reason="Late."))
    await people.case.move("acceptDue", people.case.by_customer)

    after = await read(site, people.member, settings)

    due = after[f"due-{people.case.order.id}@127.0.0.1"]
    assert before.keys() == after.keys()
    assert due["dtstart"].dt.astimezone(UTC) == berlin(2026, 6, 19, 15)


async def test_staff_have_the_deadlines_of_their_work_and_the_days_of_assigned_orders(
    site: Site, settings: Settings
) -> None:
    people = await an_order_with_dates()
    waiting = await everyone(OrderStatus.IN_REVIEW)

    events = await read(site, people.staff, settings)

    assert set(events) == {f"order.review-{waiting.case.order.id}@127.0.0.1"}


async def test_strangers_dates_are_in_nobodys_calendar(site: Site, settings: Settings) -> None:
    await an_order_with_dates()
    other = await everyone(OrderStatus.DRAFT)

    assert await read(site, other.customer, settings) == {}


async def test_an_address_that_opens_nothing_is_not_there(site: Site, settings: Settings) -> None:
    account = await an_account(Role.MEMBER)
    first, second = await address(account, settings), await address(account, settings)
    foreign = path(calendar_of(account), settings.key("link"))

    answers = [await site.client.get(each) for each in (first, foreign, "/calendar/x.ics", second)]
    await end_calendar(await the_recognised(await a_session(account)))
    ended = await site.client.get(second)

    assert [each.status_code for each in (*answers, ended)] == [404, 404, 404, 200, 404]


async def test_the_end_of_all_access_ends_the_calendar(site: Site, settings: Settings) -> None:
    account = await an_account(Role.STAFF)
    opened = await address(account, settings)

    await move_account(account, "deactivate")

    assert (await site.client.get(opened)).status_code == 404
