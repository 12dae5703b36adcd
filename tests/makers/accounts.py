"""Accounts for tests, with members and contacts behind them."""

from datetime import UTC, datetime
from functools import cache
from itertools import count
from uuid import UUID

from tortoise import connections

from domain.accounts.authentication import passwords
from domain.accounts.authentication.credentials import (
    AuthenticatedAccount,
    authenticate_link,
    authenticate_session,
    authenticate_token,
)
from domain.accounts.authentication.sessions import open_session
from domain.accounts.model import Account, AccountStatus, OrderAccess
from domain.kernel.actors import Actor, Role
from domain.parties.model import Contact, Customer, Member

PASSWORD = "a password for tests"
NUMBERS = count(1)


async def an_account(
    *roles: Role,
    email: str | None = None,
    must_change_password: bool = False,
    order_access: OrderAccess = OrderAccess.ALL,
    is_active: bool = True,
) -> Account:
    """An account that signs in with `PASSWORD`; staff unless other roles are named."""
    return await Account.create(
        email=email or f"person{next(NUMBERS)}@werkstand.example",
        name="Petra Person",
        password_hash=_hash(),
        language="en",
        roles=list(roles or (Role.STAFF,)),
        must_change_password=must_change_password,
        order_access=order_access,
        status=AccountStatus.ACTIVE if is_active else AccountStatus.DEACTIVATED,
        created_at=datetime.now(UTC),
    )


async def a_member_account(member: Member) -> Account:
    """An account that acts for this member."""
    account = await an_account(Role.MEMBER)
    member.account = account
    await member.save()
    return account


async def a_customer_account(customer: Customer) -> Account:
    """An account that acts for this customer's contact."""
    account = await an_account(Role.CUSTOMER)
    await Contact.filter(customer=customer).update(account_id=account.id)
    return account


async def a_session(account: Account, role: Role | None = None) -> str:
    """The secret of a new session in the account's first role or the one named."""
    return await open_session(connections.get("default"), account.id, role or Role(account.roles[0]))


async def the_recognised(secret: str) -> AuthenticatedAccount:
    """Who is behind a session that must be there."""
    recognised = await authenticate_session(secret)
    assert recognised is not None
    return recognised


async def actor_of_session(secret: str) -> Actor | None:
    """The account that a session authenticates."""
    recognised = await authenticate_session(secret)
    return recognised.actor if recognised else None


async def actor_of_token(secret: str) -> Actor | None:
    """The account that a bearer token authenticates."""
    recognised = await authenticate_token(secret)
    return recognised.actor if recognised else None


async def actor_of_link(token: str, key: bytes) -> Actor | None:
    """The actor that a mailed link authenticates."""
    shown = await authenticate_link(token, key)
    return shown.actor if shown else None


async def the_audit_of(account_id: UUID | None) -> list[str]:
    """What the audit holds about an account, oldest first."""
    rows = await connections.get("default").execute_query_dict(
        "SELECT action FROM audit WHERE account_id IS NOT DISTINCT FROM $1 ORDER BY at, id", [account_id]
    )
    return [row["action"] for row in rows]


@cache
def _hash() -> str:
    return passwords.HASHER.hash(PASSWORD)
