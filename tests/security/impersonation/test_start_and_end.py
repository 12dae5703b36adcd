"""Start and end of an impersonation: who may, how it ends, and its audit records."""

from typing import Any

import pytest
from tortoise import connections

from domain.accounts.authentication.api_tokens import issue_token
from domain.accounts.authentication.credentials import authenticate_session
from domain.accounts.authentication.sign_in import sign_out_everywhere, switch_role
from domain.accounts.model import AccountStatus, Session
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.actors import ActorKind, Role
from domain.kernel.errors import Refused
from tests.makers.accounts import a_member_account, a_session, an_account, the_recognised
from tests.makers.parties import a_customer, a_member, working_together
from tests.support.impersonation import (
    an_impersonation,
    audited,
    events_of,
    follow,
    impersonate,
    is_impersonating,
    send,
    the_actor_of,
    visit,
)
from tests.support.site import Site

pytestmark = pytest.mark.database
VIEW_AS = """mutation ViewAs($id: ID!, $key: String) { customerViewAs(input: {id: $id, idempotencyKey: $key}) {
    customer { id } errors { code message } replayed } }"""


async def test_it_begins_on_the_customers_page_and_leads_home(site: Site) -> None:
    customer = await a_customer()
    session = await a_session(await an_account(Role.STAFF))
    path = f"/customers/cus_{customer.id}"
    assert "View as this customer" in (await visit(site, session, path)).text

    answer = await send(site, session, path, subject=f"cus_{customer.id}", mutation="customerViewAs", key="k-1")

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "as Kunde XYZ does" in (await visit(site, session, "/")).text


async def test_the_mutation_is_felt_by_the_very_next_request(site: Site) -> None:
    customer = await a_customer()
    session = await a_session(await an_account(Role.STAFF))
    await site.ask("{ viewer { name } }", session=session)

    answer = await site.ask(VIEW_AS, session=session, variables={"id": f"cus_{customer.id}"})

    assert answer.json()["data"]["customerViewAs"]["errors"] == []
    assert (await site.ask("{ viewer { name } }", session=session)).status_code == 403


async def test_it_is_an_event_of_the_customer_and_stands_in_the_audit(database: str) -> None:
    customer, account = await a_customer(), await an_account(Role.STAFF)

    await an_impersonation(customer, account)

    (event,) = await events_of(customer.id)
    assert (event["name"], event["actor_name"]) == ("customer.viewAs", "Petra Person")
    assert sorted(event["audience"]) == ["ADMIN", "FINANCE", "STAFF"]
    assert await audited(account.id) == [("customer.viewAs", str(customer.id))]


async def test_a_member_and_finance_do_not_look_as_customers(database: str) -> None:
    member, customer = await a_member(), await a_customer()
    await working_together(member, customer)

    for account in (await a_member_account(member), await an_account(Role.FINANCE)):
        with pytest.raises(Refused, match="not_your_move"):
            await impersonate(await a_session(account), customer)


async def test_a_token_cannot_look_and_is_told_why(site: Site) -> None:
    customer, account = await a_customer(), await an_account(Role.STAFF)
    bearer = {"authorization": f"Bearer {await issue_token(account.email)}"}

    answer = await site.ask(VIEW_AS, headers=bearer, variables={"id": f"cus_{customer.id}"})

    (error,) = answer.json()["data"]["customerViewAs"]["errors"]
    assert error["message"] == "Viewing as a customer needs someone who has signed in with a browser."
    assert await events_of(customer.id) == []


async def test_the_same_key_again_begins_nothing_anew(site: Site) -> None:
    customer = await a_customer()
    session = await a_session(await an_account(Role.STAFF))
    asked: dict[str, Any] = {"session": session, "variables": {"id": f"cus_{customer.id}", "key": "look-1"}}
    await site.ask(VIEW_AS, **asked)
    await send(site, session, "/viewing/leave")

    answer = await site.ask(VIEW_AS, **asked)

    assert answer.json()["data"]["customerViewAs"]["replayed"] is True
    assert not await is_impersonating(session)
    assert len(await events_of(customer.id)) == 1


async def test_leaving_leads_back_to_the_customer_and_is_kept(site: Site) -> None:
    customer, account = await a_customer(), await an_account(Role.STAFF)
    session = await an_impersonation(customer, account)

    answer = await send(site, session, "/viewing/leave")

    assert answer.headers["location"] == f"/customers/cus_{customer.id}"
    assert "You see the portal as yourself again." in (await follow(site, session, answer)).text
    assert await audited(account.id) == [
        ("customer.viewAs", str(customer.id)),
        ("customer.leaveView", str(customer.id)),
    ]


async def test_leaving_twice_is_harmless(site: Site) -> None:
    account = await an_account(Role.STAFF)
    session = await an_impersonation(await a_customer(), account)
    await send(site, session, "/viewing/leave")

    answer = await send(site, session, "/viewing/leave")

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert len(await audited(account.id)) == 2


async def test_signing_out_ends_it(site: Site) -> None:
    customer, account = await a_customer(), await an_account(Role.STAFF)
    session = await an_impersonation(customer, account)

    await send(site, session, "/sign-out")

    assert await authenticate_session(session) is None
    assert ("customer.leaveView", str(customer.id)) in await audited(account.id)
    assert not await is_impersonating(await a_session(account))


async def test_signing_out_everywhere_ends_it(database: str) -> None:
    customer, account = await a_customer(), await an_account(Role.STAFF)
    session = await an_impersonation(customer, account)
    await a_session(account)

    await sign_out_everywhere(await the_recognised(session))

    assert [action for action, _ in await audited(account.id)] == [
        "customer.viewAs",
        "customer.leaveView",
        "account.signOutEverywhere",
    ]


async def test_acting_in_another_role_ends_it(database: str) -> None:
    customer, account = await a_customer(), await an_account(Role.STAFF, Role.ADMIN)
    session = await an_impersonation(customer, account)

    new = await switch_role(await the_recognised(session), session, Role.ADMIN)

    assert (await the_actor_of(new)).kind is ActorKind.ADMIN
    assert ("customer.leaveView", str(customer.id)) in await audited(account.id)


async def test_other_sessions_of_the_account_go_on_as_they_were(database: str) -> None:
    account = await an_account(Role.STAFF)
    other = await a_session(account)

    await an_impersonation(await a_customer(), account)

    assert (await the_actor_of(other)).kind is ActorKind.STAFF


async def test_whoever_is_no_longer_staff_is_nobody(database: str) -> None:
    account = await an_account(Role.STAFF, Role.FINANCE)
    session = await an_impersonation(await a_customer(), account)

    account.roles = [Role.FINANCE]
    await account.save()

    assert await authenticate_session(session) is None


async def test_a_deactivated_account_looks_no_more(site: Site) -> None:
    account = await an_account(Role.STAFF)
    session = await an_impersonation(await a_customer(), account)

    account.status = AccountStatus.DEACTIVATED
    await account.save()

    answer = await site.ask("{ viewer { name } }", path="/portal/graphql", session=session)
    assert answer.status_code == 401


async def test_a_session_that_ended_meanwhile_begins_nothing(database: str) -> None:
    customer, session = await a_customer(), await a_session(await an_account(Role.STAFF))
    actor = (await the_recognised(session)).actor
    await Session.filter(id=actor.session_id).delete()

    with pytest.raises(Refused, match="session_has_ended"):
        await execute(Command(noun="customer", move="viewAs", subject_id=customer.id), actor)

    assert await events_of(customer.id) == []


async def test_what_is_kept_cannot_be_changed(database: str) -> None:
    account = await an_account(Role.STAFF)
    await an_impersonation(await a_customer(), account)

    with pytest.raises(Exception, match="audit"):
        await connections.get("default").execute_query("DELETE FROM audit WHERE account_id = $1", [account.id])
