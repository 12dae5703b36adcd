"""Impersonation is read-only: for forms, mutations and mailed links."""

import re
from typing import Any

import pytest
from tortoise import connections

from api.auth.authentication import SESSION_COOKIE
from domain.accounts.authentication.api_tokens import issue_token
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.actors import Actor, ActorKind, Role
from domain.kernel.errors import Refused
from domain.kernel.ids import new_id
from domain.orders.model import Order, OrderStatus
from settings import Settings
from tests.makers.accounts import PASSWORD, a_customer_account, a_session, an_account
from tests.makers.orders import Case, an_order
from tests.makers.parties import a_customer
from tests.support.impersonation import an_impersonation, is_impersonating, send, the_actor_of, visit
from tests.support.people import FAR, an_offer_link
from tests.support.site import Site

CONFIRM = """mutation Confirm($input: OrderConfirmInput!) { orderConfirm(input: $input) {
    order { id } errors { __typename code message remedy } replayed } }"""


async def an_offer() -> Case:
    return await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=FAR)


def confirmation(case: Case, key: str = "confirm-1") -> dict[str, object]:
    order = case.order
    return {
        "id": f"ord_{order.id}",
        "expectedVersion": order.version,
        "idempotencyKey": key,
        "name": "Kim Kontakt",
        "revision": order.offer_revision,
    }


async def status_of(case: Case) -> OrderStatus:
    return (await Order.get(id=case.order.id)).status


async def counted(*tables: str) -> list[int]:
    connection = connections.get("default")
    rows = [(await connection.execute_query_dict(f"SELECT count(*) AS n FROM {each}"))[0] for each in tables]
    return [int(row["n"]) for row in rows]


async def test_a_mutation_is_refused_and_writes_nothing(site: Site) -> None:
    case = await an_offer()
    session = await an_impersonation(case.customer)
    tables = ("events", "outbox", "idempotency_records", "audit")
    before = await counted(*tables)

    answer = await site.ask(CONFIRM, path="/portal/graphql", session=session, variables={"input": confirmation(case)})

    (error,) = answer.json()["data"]["orderConfirm"]["errors"]
    assert (error["__typename"], error["code"]) == ("GuardFailed", "GUARD_FAILED")
    assert error["message"] == "You see the portal as a customer does. Nothing can be changed here."
    assert await status_of(case) is OrderStatus.AWAITING_CUSTOMER
    assert await counted(*tables) == before


async def test_the_customer_may_use_the_same_key_afterwards(site: Site) -> None:
    case = await an_offer()
    asked: dict[str, Any] = {"path": "/portal/graphql", "variables": {"input": confirmation(case)}}
    await site.ask(CONFIRM, session=await an_impersonation(case.customer), **asked)

    answer = await site.ask(CONFIRM, session=await a_session(await a_customer_account(case.customer)), **asked)

    assert answer.json()["data"]["orderConfirm"]["errors"] == []
    assert answer.json()["data"]["orderConfirm"]["replayed"] is False
    assert await status_of(case) is OrderStatus.ACTIVE


async def test_a_key_the_customer_has_used_tells_nothing(site: Site) -> None:
    case = await an_offer()
    asked: dict[str, Any] = {"path": "/portal/graphql", "variables": {"input": confirmation(case)}}
    await site.ask(CONFIRM, session=await a_session(await a_customer_account(case.customer)), **asked)

    answer = await site.ask(CONFIRM, session=await an_impersonation(case.customer), **asked)

    payload = answer.json()["data"]["orderConfirm"]
    assert payload["replayed"] is False
    assert [error["code"] for error in payload["errors"]] == ["GUARD_FAILED"]


async def test_a_form_is_disabled_and_refused_all_the_same(site: Site) -> None:
    case = await an_offer()
    session = await an_impersonation(case.customer)
    path = f"/orders/ord_{case.order.id}"
    page = (await visit(site, session, path)).text
    form = {"subject": f"ord_{case.order.id}", "mutation": "orderConfirm", "name": "Kim", "revision": "1", "key": "k"}

    answer = await send(site, session, path, **form)

    assert re.search(r'<fieldset class="sealed" disabled>.*name="revision"', page, re.DOTALL)
    assert answer.status_code == 422
    assert "You see the portal as a customer does. Nothing can be changed here." in answer.text
    assert await status_of(case) is OrderStatus.AWAITING_CUSTOMER


async def test_a_mailed_link_changes_nothing_in_this_browser(site: Site, settings: Settings) -> None:
    case = await an_offer()
    session, link = await an_impersonation(case.customer), await an_offer_link(case, settings)
    form = {"subject": f"ord_{case.order.id}", "mutation": "orderConfirm", "name": "Kim", "revision": "1", "key": "k"}

    page, answer = await visit(site, session, link), await send(site, session, link, **form)

    assert '<fieldset class="sealed" disabled>' in page.text
    assert answer.status_code == 422
    assert "kann nichts geändert werden" in answer.text
    assert await status_of(case) is OrderStatus.AWAITING_CUSTOMER


async def test_in_every_other_browser_the_link_does_what_it_is_for(site: Site, settings: Settings) -> None:
    case = await an_offer()
    await an_impersonation(case.customer)
    form = {"subject": f"ord_{case.order.id}", "mutation": "orderConfirm", "name": "Kim", "revision": "1", "key": "k"}

    await site.client.post(await an_offer_link(case, settings), data=form)

    assert await status_of(case) is OrderStatus.ACTIVE


@pytest.mark.parametrize("noun", ["order", "clientStatus", "customer"])
async def test_the_door_asks_nothing_else_first(database: str, noun: str) -> None:
    looking = Actor(kind=ActorKind.CUSTOMER, role=Role.CUSTOMER, read_only=True, session_id=new_id())
    move = {"order": "confirm", "clientStatus": "hide", "customer": "viewAs"}[noun]

    with pytest.raises(Refused, match="GUARD_FAILED:view_only"):
        await execute(Command(noun=noun, move=move, subject_id=new_id()), looking)


async def test_ones_own_password_stays_as_it_is(site: Site) -> None:
    account = await an_account(Role.STAFF)
    session = await an_impersonation(await a_customer(), account)
    hash_before = account.password_hash
    new = {"current": PASSWORD, "new": "another password for tests", "again": "another password for tests"}

    await send(site, session, "/password", **new)

    await account.refresh_from_db()
    assert account.password_hash == hash_before
    assert await is_impersonating(session)


async def test_a_token_of_the_same_account_goes_on_working(site: Site) -> None:
    account = await an_account(Role.STAFF)
    await an_impersonation(await a_customer(), account)
    bearer = {"authorization": f"Bearer {await issue_token(account.email)}"}

    answer = await site.ask("{ viewer { name role } }", headers=bearer)

    assert answer.json()["data"]["viewer"] == {"name": "Petra Person", "role": "STAFF"}


async def test_two_who_look_and_the_customer_never_share_a_key(database: str) -> None:
    account = await an_account(Role.STAFF, Role.CUSTOMER)
    one, other = await a_customer(), await a_customer("Kunde DEF")
    sessions = [await an_impersonation(each, account) for each in (one, one, other)]
    customer = Actor(kind=ActorKind.CUSTOMER, role=Role.CUSTOMER, account_id=account.id)

    keys = [(await the_actor_of(session)).key for session in sessions]

    assert len({*keys, customer.key}) == 4


async def test_a_look_at_one_customer_is_not_posted_over_by_a_look_at_another(site: Site) -> None:
    one, other = await a_customer(), await a_customer("Kunde DEF")
    session = await an_impersonation(one)

    answer = await send(site, session, f"/customers/cus_{other.id}", mutation="customerViewAs")

    assert answer.headers["location"] == "/"
    assert (await the_actor_of(session)).customer_ids == (one.id,)
    assert SESSION_COOKIE not in answer.headers.get("set-cookie", "")
