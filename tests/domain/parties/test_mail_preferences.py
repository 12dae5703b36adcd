"""Contacts choose when they are written to about client statuses: in the portal, or from a mail without signing in."""

import re
from collections.abc import AsyncIterator
from email.message import EmailMessage

import pytest
import pytest_asyncio
from httpx2 import ASGITransport, AsyncClient

from api.application import build_application
from api.dependencies import build_dependencies, open_dependencies
from domain.accounts.unsubscribe import KEY_PURPOSE, authenticate_unsubscribe, token
from domain.client_status.inputs import StatusInput
from domain.commands import execute
from domain.engine.commands import Command
from domain.engine.model import Event
from domain.kernel.actors import Actor, ActorKind, Role
from domain.kernel.errors import Code, Refused
from domain.kernel.ids import external, new_id
from domain.orders.model import OrderStatus
from domain.outbox.model import MessageState, OutboxMessage
from domain.parties.inputs import StatusMailsInput
from domain.parties.model import Contact, Customer, StatusMails
from domain.status_templates.model import StatusTemplate
from settings import Settings
from tests.makers.accounts import a_customer_account, a_session, an_account
from tests.makers.client_status import a_client_status, move_client_status
from tests.makers.orders import an_order
from tests.makers.parties import STAFF, a_customer
from tests.makers.records import the_events_of
from tests.makers.time import berlin
from tests.support.inbox import Inbox
from tests.support.site import OWN_SITE
from tests.workers.notifications.test_dispatcher import text_of
from workers.notifications.dispatcher import Dispatcher

pytestmark = pytest.mark.frozen_clock(berlin(2026, 3, 27, 18))

CUSTOMER = "kim@kunde.example"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
CHOOSE = """mutation ($id: ID!, $mails: StatusMails!) {
  contactChooseStatusMails(input: { id: $id, statusMails: $mails }) {
    contact { statusMails } errors { code message }
  }
}"""


@pytest.fixture
def dispatcher(settings: Settings, smtp: Inbox, pools: None) -> Dispatcher:
    return Dispatcher(settings)


@pytest_asyncio.fixture
async def site(settings: Settings, pools: None, database: str, redis_url: str) -> AsyncIterator[AsyncClient]:
    """A client without cookies, as a mail provider's."""
    dependencies = build_dependencies(settings)
    async with open_dependencies(dependencies):
        transport = ASGITransport(build_application(dependencies), raise_app_exceptions=True)
        async with AsyncClient(transport=transport, base_url=OWN_SITE) as client:
            yield client


async def the_contact(customer: Customer | None = None) -> Contact:
    """The one contact of a customer."""
    return await Contact.get(customer_id=(customer or await a_customer()).id)


def the_address(contact: Contact, settings: Settings) -> str:
    return f"/u/{token(contact.id, settings.key(KEY_PURPOSE))}"


def as_contact(contact: Contact) -> Actor:
    """The contact as messages and unsubscribing know them: without an account."""
    return Actor(
        kind=ActorKind.CUSTOMER,
        role=Role.CUSTOMER,
        customer_ids=(contact.customer_id,),
        contact_id=contact.id,
        name=contact.name,
    )


async def choose(contact: Contact, mails: StatusMails, actor: Actor) -> None:
    takes = StatusMailsInput(status_mails=mails)
    await execute(Command(noun="contact", move="chooseStatusMails", subject_id=contact.id, input=takes), actor)
    await contact.refresh_from_db()


def header(mail: EmailMessage, name: str) -> str:
    """A header as it went over the wire, unfolded."""
    return re.sub(r"\s+", "", str(mail[name] or ""))


async def test_a_contact_chooses_for_itself_and_the_choice_is_on_record() -> None:
    contact = await the_contact()

    await choose(contact, StatusMails.DAILY, as_contact(contact))

    assert (contact.status_mails, contact.version) == (StatusMails.DAILY, 2)
    assert await the_events_of(contact.id) == ["contact.chooseStatusMails"]
    event = await Event.get(subject_id=contact.id)
    assert (event.body, event.actor_name) == ({"from": "AT_ONCE", "to": "DAILY"}, "Kim Kontakt")


async def test_colleagues_and_strangers_look_like_absent() -> None:
    contact = await the_contact()
    colleague = await Contact.create(customer_id=contact.customer_id, name="Kai", email="kai@kunde.example")
    stranger = await the_contact()

    for other in (colleague, stranger):
        with pytest.raises(Refused) as refused:
            await choose(other, StatusMails.NONE, as_contact(contact))
        assert refused.value.refusals[0].code is Code.NOT_FOUND


async def test_staff_cannot_choose_for_a_contact() -> None:
    contact = await the_contact()

    with pytest.raises(Refused):
        await choose(contact, StatusMails.NONE, STAFF)


async def test_an_account_has_each_of_its_contacts_to_itself(site: AsyncClient) -> None:
    first, second, other = await a_customer("Erste GmbH"), await a_customer("Zweite GmbH"), await a_customer("Andere")
    account = await a_customer_account(first)
    await Contact.filter(customer=second).update(account_id=account.id)
    headers = {"cookie": f"__Host-werkstand={await a_session(account)}"}
    query = "{ viewer { contacts { id statusMails customer { legalName } openActions { name allowed } } } }"

    for customer in (first, second, other):
        variables = {"id": external("con", (await the_contact(customer)).id), "mails": "NONE"}
        payload = {"query": CHOOSE, "variables": variables}
        answer = await site.post("/portal/graphql", json=payload, headers=headers)
        chosen = answer.json()["data"]["contactChooseStatusMails"]
        assert [error["code"] for error in chosen["errors"]] == (["NOT_FOUND"] if customer is other else [])

    listed = (await site.post("/portal/graphql", json={"query": query}, headers=headers)).json()["data"]["viewer"]
    assert {each["customer"]["legalName"]: each["statusMails"] for each in listed["contacts"]} == {
        "Erste GmbH": "NONE",
        "Zweite GmbH": "NONE",
    }
    assert (await the_contact(other)).status_mails is StatusMails.AT_ONCE


async def test_status_mails_can_be_ended_from_mail_programs_and_by_a_visible_link(
    dispatcher: Dispatcher, smtp: Inbox, settings: Settings
) -> None:
    case = await a_client_status(name="Website")
    await dispatcher.send_waiting()

    (mail,) = [mail for mail in smtp.mails_to(CUSTOMER) if "Website" in str(mail["Subject"])]
    address = settings.base_url + the_address(await the_contact(case.customer), settings)
    assert header(mail, "List-Unsubscribe") == f"<{address}>"
    assert header(mail, "List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"
    html = mail.get_body(("html",))
    assert html is not None
    assert f'href="{address}"' in html.get_content()
    assert f"Nicht mehr über den Stand meiner Aufträge schreiben:\n{address}" in text_of(mail)


async def test_other_mails_cannot_be_ended(dispatcher: Dispatcher, smtp: Inbox) -> None:
    await an_order(OrderStatus.AWAITING_CUSTOMER)
    await dispatcher.send_waiting()

    assert smtp.mails_to(CUSTOMER)
    assert all(mail["List-Unsubscribe"] is None for mail in smtp.mails_to(CUSTOMER))


async def test_one_click_ends_the_mails_without_cookie_or_origin_however_often(
    site: AsyncClient, settings: Settings
) -> None:
    contact = await the_contact()
    address = the_address(contact, settings)

    as_form_data = {name: (None, value) for name, value in ONE_CLICK.items()}
    answers = [await site.post(address, data=ONE_CLICK), await site.post(address, files=as_form_data)]

    assert [answer.status_code for answer in answers] == [200, 200]
    await contact.refresh_from_db()
    assert contact.status_mails is StatusMails.NONE
    assert await the_events_of(contact.id) == ["contact.chooseStatusMails"]


async def test_looking_at_the_page_changes_nothing(site: AsyncClient, settings: Settings) -> None:
    contact = await the_contact()

    german = await site.get(the_address(contact, settings))
    english = await site.get(the_address(contact, settings) + "?lang=en")

    assert (german.status_code, german.headers["referrer-policy"]) == (200, "no-referrer")
    assert "Nicht mehr schreiben" in german.text
    assert "Do not write to me any more" in english.text
    await contact.refresh_from_db()
    assert contact.status_mails is StatusMails.AT_ONCE


async def test_a_token_that_is_not_ours_opens_nothing(site: AsyncClient, settings: Settings) -> None:
    contact = await the_contact()
    signed = token(contact.id, settings.key(KEY_PURPOSE))
    foreign = token(contact.id, settings.key("link"))
    gone = token(new_id(), settings.key(KEY_PURPOSE))

    for broken in (foreign, gone, signed[:-2], signed + "A", "x", signed.swapcase()):
        assert (await site.get(f"/u/{broken}")).status_code == 404
        assert (await site.post(f"/u/{broken}", data=ONE_CLICK)).status_code == 404
    await contact.refresh_from_db()
    assert contact.status_mails is StatusMails.AT_ONCE


async def test_other_sites_cannot_make_a_browser_end_mails(site: AsyncClient, settings: Settings) -> None:
    address = the_address(await the_contact(), settings)
    from_elsewhere = {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"}

    assert (await site.post(address, data=ONE_CLICK, headers=from_elsewhere)).status_code == 403


async def test_an_address_that_ends_mails_opens_nothing_else(site: AsyncClient, settings: Settings) -> None:
    case = await a_client_status()
    contact = await the_contact(case.customer)
    signed = token(contact.id, settings.key(KEY_PURPOSE))
    actor = await authenticate_unsubscribe(signed, settings.key(KEY_PURPOSE))
    assert actor is not None

    as_link = await site.post(
        "/portal/graphql", json={"query": "{ viewer { name } }"}, headers={"authorization": f"Link {signed}"}
    )
    assert as_link.status_code == 401
    assert (await site.get(f"/l/{signed}")).status_code == 404
    with pytest.raises(Refused) as refused:
        await execute(Command(noun="order", move="decline", subject_id=case.order.id), actor)
    assert refused.value.refusals[0].code is Code.NOT_FOUND


async def test_who_has_unsubscribed_gets_no_message_that_still_waited(
    dispatcher: Dispatcher, smtp: Inbox, site: AsyncClient, settings: Settings
) -> None:
    case = await a_client_status(name="Website")
    await site.post(the_address(await the_contact(case.customer), settings), data=ONE_CLICK)

    await dispatcher.send_waiting()

    assert not [mail for mail in smtp.mails_to(CUSTOMER) if "Website" in str(mail["Subject"])]
    assert (await OutboxMessage.get(name="clientStatus.show")).state is MessageState.DROPPED


async def test_who_chose_the_digest_meanwhile_still_gets_what_waited(dispatcher: Dispatcher, smtp: Inbox) -> None:
    await a_client_status(name="Website")
    await Contact.all().update(status_mails=StatusMails.DAILY)

    await dispatcher.send_waiting()

    assert len([mail for mail in smtp.mails_to(CUSTOMER) if "Website" in str(mail["Subject"])]) == 1


async def test_several_changes_that_meet_on_their_way_are_one_mail(dispatcher: Dispatcher, smtp: Inbox) -> None:
    case = await a_client_status(label="In progress")
    await move_client_status(case, "update", StatusInput(label="In review"))
    await move_client_status(case, "update", StatusInput(label="Done"))

    await dispatcher.send_waiting()

    (mail,) = [each for each in smtp.mails if each["To"] and CUSTOMER in str(each["To"])]
    assert "Done" in text_of(mail)
    messages = await OutboxMessage.filter(subject_kind="clientStatus").order_by("id")
    assert [message.state for message in messages] == [MessageState.DROPPED, MessageState.DROPPED, MessageState.SENT]

    await move_client_status(case, "update", StatusInput(label="Done again"))
    await dispatcher.send_waiting()

    assert "Done again" in text_of(smtp.mails[-1])


async def test_a_label_is_written_in_the_readers_language(dispatcher: Dispatcher, smtp: Inbox) -> None:
    case = await a_client_status(shown=False)
    template = await StatusTemplate.get(label_en="In progress")
    await move_client_status(case, "show", StatusInput(template_id=template.id, name="Website"))
    await dispatcher.send_waiting()

    (mail,) = [mail for mail in smtp.mails_to(CUSTOMER) if "Website" in str(mail["Subject"])]
    assert "In Arbeit" in text_of(mail)


async def test_a_customers_settings_hold_this_one_form(site: AsyncClient) -> None:
    customer = await a_customer()
    headers = {"cookie": f"__Host-werkstand={await a_session(await a_customer_account(customer))}"}
    contact = await the_contact(customer)
    form = {
        "subject": external("con", contact.id),
        "mutation": "contactChooseStatusMails",
        "statusMails": "DAILY",
        "version": "1",
    }

    answer = await site.post("/settings", data=form, headers=headers)

    assert (answer.status_code, answer.headers["location"]) == (303, "/settings")
    page = await site.get("/settings", headers=headers)
    assert page.text.count('name="mutation"') == 1
    assert '<option value="DAILY" selected>' in page.text
    staff = {"cookie": f"__Host-werkstand={await a_session(await an_account())}"}
    assert (await site.get("/settings", headers=staff)).status_code == 404
