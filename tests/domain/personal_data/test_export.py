"""The export of a person's data: everything about them, nothing of others and no secret."""

import json

import pytest
from lxml import html

from domain.access.mailed_links import KEY_PURPOSE, token
from domain.access.model import Link, LinkPurpose
from domain.accounts.model import Account
from domain.kernel.actors import Role
from domain.kernel.errors import Refused
from domain.orders.inputs import CommentText, Confirmation
from domain.orders.model import CommentVisibility, OrderStatus
from domain.parties.model import Contact
from domain.personal_data import export
from settings import Settings
from tests.makers.accounts import a_customer_account, a_session, actor_of_link, an_account, the_audit_of, the_recognised
from tests.makers.orders import an_order
from tests.makers.parties import STAFF, another_contact
from tests.makers.time import berlin
from tests.support.account_client import Target
from tests.support.fixtures import site as site
from tests.support.site import Site

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def test_a_contact_gets_their_answers_and_nothing_of_a_colleague(settings: Settings) -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)
    contact, key = await Contact.get(customer_id=case.customer.id), settings.key(KEY_PURPOSE)
    await another_contact(case.customer)
    link = await Link.get(order_id=case.order.id, ended_at=None)
    actor = await actor_of_link(token(link.id, LinkPurpose.OFFER, key), key)
    assert actor is not None
    await case.move("confirm", actor, Confirmation(name="Karla Kundin", revision=1))
    said = CommentText(text="Only for us.", visibility=CommentVisibility.INTERNAL)
    await case.move("comment", STAFF, said)
    administrator = await the_recognised(await a_session(await an_account(Role.ADMIN)))

    document = await export.export_contact(administrator, contact.id)

    (confirmed,) = document["events_made"]
    assert (confirmed["name"], confirmed["body"]["name"]) == ("order.confirm", "Karla Kundin")
    assert [each["email"] for each in document["contacts"]] == ["kim@kunde.example"]
    assert document["asked_about_orders"][0]["number"] == case.order.number
    assert "order.approve" in [each["name"] for each in document["mails"]]
    text = json.dumps(document)
    assert "noa@kunde.example" not in text
    assert "Only for us." not in text
    assert STAFF.name not in text


async def test_an_account_gets_its_sessions_without_their_secrets() -> None:
    account, other = await an_account(Role.STAFF), await an_account(Role.STAFF)
    secret = await a_session(account)
    await a_session(other)

    document = await export.export_own(await the_recognised(secret))

    assert document["account"][0]["email"] == account.email
    assert len(document["sessions"]) == 1
    assert "hash" not in json.dumps(document)
    assert other.email not in json.dumps(document)


async def test_an_export_is_audited() -> None:
    account, administrator = await an_account(Role.STAFF), await an_account(Role.ADMIN)

    await export.export_account(await the_recognised(await a_session(administrator)), account.id)

    assert "account.exportData" in await the_audit_of(administrator.id)


@pytest.mark.parametrize("role", [Role.STAFF, Role.FINANCE, Role.CUSTOMER])
async def test_only_administrators_export_the_data_of_others(role: Role) -> None:
    account, asking = await an_account(Role.STAFF), await the_recognised(await a_session(await an_account(role)))

    with pytest.raises(Refused) as refused:
        await export.export_account(asking, account.id)

    assert refused.value.refusals[0].code == "NOT_FOUND"


async def test_a_page_says_the_same_in_the_persons_language(site: Site) -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)
    account = await a_customer_account(case.customer)
    await Account.filter(id=account.id).update(language="de")
    administrator = await an_account(Role.ADMIN)
    client = Target(site.dependencies, site.client)

    own = await client.get("/account/data/page", account)
    by_administrator = await client.get(f"/accounts/acc_{account.id}/data/page", administrator)

    assert own.headers["content-disposition"] == 'attachment; filename="personal-data.html"'
    page = html.fromstring(own.text)
    assert page.get("lang") == html.fromstring(by_administrator.text).get("lang") == "de"
    told = {dt.text: dt.getnext().text for dt in page.iter("dt")}
    assert (told["E-Mail"], told["Rollen"], told["Stand"]) == ("kim@kunde.example", "Kund*in", "Wartet auf den Versand")
    assert case.order.number in page.text_content()
    assert STAFF.name not in page.text_content()
