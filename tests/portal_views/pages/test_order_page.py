"""One order's page: whose turn it is, one action that stands out, and the next decision of the queue."""

from typing import Any

import pytest
from lxml import html

from domain.accounts.model import Account
from domain.client_status.model import ClientStatus
from domain.orders.inputs import Assignees
from domain.orders.model import OrderStatus
from domain.outbox.model import MessageState, OutboxMessage
from tests.makers.accounts import a_session
from tests.makers.automations import the_template
from tests.makers.parties import STAFF
from tests.makers.time import berlin, the_clock_shows
from tests.support.account_client import Target
from tests.support.impersonation import send, visit
from tests.support.people import everyone
from tests.support.site import Site


def path_of(people: Any) -> str:
    return f"/orders/ord_{people.case.order.id}"


async def page_of(site: Site, path: str, account: Account) -> Any:
    answer = await Target(site.dependencies, site.client).get(path, account)
    assert answer.status_code == 200
    return html.fromstring(answer.text)


def form_values(page: Any, form_id: str) -> dict[str, str]:
    """What a form sends when nothing is typed into it."""
    (form,) = page.xpath(f"//form[@id='{form_id}']")
    return {name: value for name, value in form.form_values() if name not in ("mutation",)}


def panel(page: Any) -> Any:
    (found,) = page.find_class("turn-panel")
    return found


async def test_the_panel_is_the_viewers_and_turns_red_when_it_is_overdue(site: Site) -> None:
    people = await everyone(OrderStatus.IN_REVIEW)
    as_member = panel(await page_of(site, path_of(people), people.member))
    as_staff = panel(await page_of(site, path_of(people), people.staff))
    await the_clock_shows(berlin(2034, 1, 1))
    later = panel(await page_of(site, path_of(people), people.staff))

    assert [each.get("class") for each in (as_member, as_staff, later)] == [
        "turn-panel",
        "turn-panel mine",
        "turn-panel mine over",
    ]
    assert "Turn of: Staff" in as_member.text_content()
    assert "Your turn" in as_staff.text_content()


async def test_those_who_take_care_of_the_order_are_chosen_in_its_form(site: Site) -> None:
    people = await everyone()
    await people.case.move("assign", STAFF, Assignees(account_ids=(people.staff.id,)))

    page = await page_of(site, path_of(people), people.staff)

    (chosen,) = page.xpath("//ul[@class='chosen']/li")
    assert chosen.text_content().strip() == people.staff.name


async def test_one_action_stands_out_and_the_rest_is_folded_with_danger_last(site: Site) -> None:
    people = await everyone(OrderStatus.IN_REVIEW)

    turn = panel(await page_of(site, path_of(people), people.staff))

    (primary,) = turn.find_class("primary")
    (others,) = turn.find_class("others")
    (more,) = others.find_class("more-actions")
    beside = [each.text_content().strip() for each in others.xpath("./details[not(contains(@class, 'more'))]/summary")]
    assert [each.text_content().strip() for each in primary.iter("button")] == ["Approve"]
    assert "the customer is asked by mail" in primary.text_content()
    assert beside == [
        "Send back",
        "Extend the offer",
        "Reject",
    ]
    assert "Archive" in more.text_content()


async def test_after_a_decision_the_page_leads_to_the_next_one(site: Site) -> None:
    first, second = await everyone(OrderStatus.IN_REVIEW), await everyone(OrderStatus.IN_REVIEW)
    client = Target(site.dependencies, site.client)
    page = await page_of(site, path_of(first), first.staff)
    (form,) = panel(page).find_class("primary")[0].iter("form")

    answer = await client.post(path_of(first), first.staff, dict(form.form_values()))
    after = await page_of(site, answer.headers["location"], first.staff)

    (link,) = after.find_class("next-decision")[0].iter("a")
    assert (link.text_content(), link.get("href")) == ("Next (1 left)", path_of(second))


@pytest.mark.parametrize(("wording", "label"), [("In review", "In review"), ("own", "Typed by hand")])
async def test_a_status_says_what_was_chosen_whatever_else_was_typed(site: Site, wording: str, label: str) -> None:
    people = await everyone()
    page = await page_of(site, path_of(people), people.staff)
    template = await the_template("In review")
    chosen = "own" if wording == "own" else f"stt_{template.id}"
    form = form_values(page, "status-form") | {
        "wording": chosen,
        "label": "Typed by hand",
        "mutation": "clientStatusShow",
    }

    answer = await Target(site.dependencies, site.client).post(path_of(people), people.staff, form)

    status = await ClientStatus.get(id=people.case.order.id)
    assert (answer.status_code, status.label_en) == (303, label)
    assert (status.template_id == template.id) is (wording != "own")
    assert "clientStatusShow" in answer.headers["set-cookie"]


async def test_staff_sends_a_mail_of_the_order_again_and_reads_to_whom_it_went(site: Site) -> None:
    people = await everyone(OrderStatus.AWAITING_CUSTOMER)
    offer = await OutboxMessage.get(order_id=people.case.order.id, name="order.approve", recipient_role="CUSTOMER")
    await OutboxMessage.filter(id=offer.id).update(state=MessageState.FAILED)
    session = await a_session(people.staff)
    (button,) = html.fromstring((await visit(site, session, path_of(people))).text).xpath(
        f"//form[input[@name='subject' and @value='msg_{offer.id}']]"
    )

    await send(site, session, path_of(people), **{name: value or "" for name, value in button.form_values()})

    assert await OutboxMessage.filter(resent_from_id=offer.id, contact_id=people.case.order.contact_id).count() == 1
    shown = html.fromstring((await visit(site, session, path_of(people))).text)
    assert (
        shown.xpath("count(//section[@aria-labelledby='messages']//button[contains(@popovertarget, '-FAILED')])") == 1
    )


@pytest.mark.parametrize(("language", "title"), [("en", "Error: "), ("de", "Fehler: ")])
async def test_the_title_of_a_refused_form_says_so_without_a_script(site: Site, language: str, title: str) -> None:
    people = await everyone(OrderStatus.IN_REVIEW)
    await Account.filter(id=people.staff.id).update(language=language)
    session = await a_session(people.staff)
    form = {"subject": f"ord_{people.case.order.id}", "mutation": "orderReject", "reason": "", "key": "a"}

    refused = await send(site, session, path_of(people), **form)

    assert refused.status_code == 422
    assert f"<title>{title}" in refused.text


async def test_a_time_is_typed_as_the_language_writes_it(site: Site) -> None:
    people = await everyone(OrderStatus.DRAFT, delivery_due_at=berlin(2035, 6, 10, 15))
    session = await a_session(people.member)

    page = html.fromstring((await visit(site, session, f"{path_of(people)}/edit")).text)

    (due,) = page.xpath("//input[@name='deliveryDueAt']")
    assert (due.get("value"), due.get("placeholder")) == ("10/06/2035, 15:00", "DD/MM/YYYY, HH:MM")
    assert "DD/MM/YYYY, HH:MM" in page.xpath("string(//*[@id=$hint])", hint=due.get("aria-describedby"))
