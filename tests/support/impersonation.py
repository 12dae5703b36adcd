"""Employees who impersonate customers, and their requests."""

from typing import Any
from uuid import UUID

from httpx2 import Response
from tortoise import connections

from api.auth.authentication import SESSION_COOKIE
from domain.accounts.authentication.credentials import authenticate_session
from domain.accounts.model import Account
from domain.commands import execute
from domain.engine.commands import Command, Outcome
from domain.kernel.actors import Actor, Role
from domain.parties.model import Customer
from tests.makers.accounts import a_session, an_account, the_recognised
from tests.support.site import Site


async def impersonate(session: str, customer: Customer, **more: Any) -> Outcome:
    """Make the move as the account that a session belongs to."""
    actor = (await the_recognised(session)).actor
    return await execute(Command(noun="customer", move="viewAs", subject_id=customer.id, **more), actor)


async def an_impersonation(customer: Customer, account: Account | None = None, role: Role | None = None) -> str:
    """The session of an employee who looks at the portal as this customer."""
    session = await a_session(account or await an_account(Role.STAFF), role)
    await impersonate(session, customer)
    return session


async def the_actor_of(session: str) -> Actor:
    """The actor of a session: the customer's while it looks, else its own."""
    account = await the_recognised(session)
    return account.impersonation.actor if account.impersonation else account.actor


async def is_impersonating(session: str) -> bool:
    account = await authenticate_session(session)
    return account is not None and account.impersonation is not None


async def visit(site: Site, session: str, path: str) -> Response:
    return await site.client.get(path, headers={"cookie": f"{SESSION_COOKIE}={session}", "accept": "text/html"})


async def follow(site: Site, session: str, answer: Response) -> Response:
    """The page that a posted form leads to, with the notice that it brings along."""
    path, notice = answer.headers["location"].partition("#")[0], answer.headers["set-cookie"].partition(";")[0]
    cookie = f"{SESSION_COOKIE}={session}; {notice}"
    return await site.client.get(path, headers={"cookie": cookie, "accept": "text/html"})


async def send(site: Site, session: str, path: str, **form: str | list[str]) -> Response:
    """Post a form as the pages have it."""
    return await site.client.post(path, data=form, headers={"cookie": f"{SESSION_COOKIE}={session}"})


async def events_of(subject_id: UUID) -> list[dict[str, Any]]:
    """Name, readers and body of what happened to a row, oldest first."""
    rows: list[dict[str, Any]] = await connections.get("default").execute_query_dict(
        "SELECT name, audience, actor_name, body FROM events WHERE subject_id = $1 ORDER BY sequence", [subject_id]
    )
    return rows


async def audited(account_id: UUID) -> list[tuple[str, str | None]]:
    """What the audit holds about an account: the action and the customer it names."""
    rows = await connections.get("default").execute_query_dict(
        "SELECT action, detail->>'customer' AS customer FROM audit WHERE account_id = $1 ORDER BY at, id", [account_id]
    )
    return [(row["action"], row["customer"]) for row in rows]
