"""Authentication of sessions, bearer tokens and mailed links: one statement each, one complete actor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.access.mailed_links import read_token
from domain.access.model import LinkEnd, LinkPurpose
from domain.accounts.bearer_secrets import digest
from domain.accounts.impersonation import SELECT_IMPERSONATION, Impersonation, impersonation_of
from domain.accounts.model import OrderAccess
from domain.database.pools import read_sessions
from domain.kernel.actors import Actor, ActorKind, Role

ACCOUNT_COLUMNS = """
    a.id AS account_id, a.email, a.name, a.language, a.roles, a.must_change_password, a.order_access,
    (SELECT m.id FROM members m WHERE m.account_id = a.id) AS member_id,
    ARRAY(SELECT c.customer_id FROM contacts c WHERE c.account_id = a.id ORDER BY c.id) AS customer_ids,
    (SELECT c.id FROM contacts c WHERE c.account_id = a.id ORDER BY c.id LIMIT 1) AS contact_id"""
SELECT_BY_CREDENTIAL = """
SELECT s.id AS credential_id, s.active_role, s.expires_at, {columns}
FROM {table} s JOIN accounts a ON a.id = s.account_id
WHERE s.secret_hash = $1 AND s.expires_at > clock_timestamp()
  AND a.is_active AND s.active_role = ANY (a.roles)"""
SELECT_BY_SESSION = SELECT_BY_CREDENTIAL.format(table="sessions", columns=f"{ACCOUNT_COLUMNS}, {SELECT_IMPERSONATION}")
SELECT_BY_TOKEN = SELECT_BY_CREDENTIAL.format(table="api_tokens", columns=ACCOUNT_COLUMNS)
SELECT_BY_ACCOUNT = f"""
SELECT a.id AS credential_id, $2::text AS active_role, NULL::timestamptz AS expires_at, {ACCOUNT_COLUMNS}
FROM accounts a WHERE a.id = $1 AND a.is_active AND $2::text = ANY (a.roles)"""
SELECT_BY_LINK = """
SELECT l.id, l.order_id, l.delivery_id, l.contact_id, l."end", c.name, c.language, c.customer_id,
       l.expires_at > clock_timestamp() AS in_time,
       l.ended_at IS NULL OR l."end" IN ('USED', 'CHANGES_REQUESTED', 'OFFER_EXPIRED')
           AND l.ended_at > clock_timestamp() - interval '7 days' AS repeats
FROM links l JOIN contacts c ON c.id = l.contact_id WHERE l.id = $1 AND l.purpose = $2"""


@dataclass(frozen=True, kw_only=True)
class AuthenticatedAccount:
    """An account that was authenticated by a session or a token; `credential_id` is that session or token.

    `impersonation` is set while the session sees the portal as a customer; `impersonation_ended` is true when it no
    longer may.
    """

    actor: Actor
    account_id: UUID
    credential_id: UUID
    email: str
    roles: tuple[Role, ...]
    must_change_password: bool
    expires_at: datetime | None
    impersonation: Impersonation | None = None
    impersonation_ended: bool = False


@dataclass(frozen=True, kw_only=True)
class LinkAuthentication:
    """A mailed link with a valid signature. `end` is empty while the link is open; `is_in_time` is false once it
    expired.

    `actor` is set for an open link, and for seven days after it was used or its deadline passed: as long as idempotency
    keys are kept, the same request returns the same outcome, and a late answer is refused with the deadline.
    """

    purpose: LinkPurpose
    language: str
    end: LinkEnd | None
    is_in_time: bool
    actor: Actor | None


async def authenticate_session(secret: str) -> AuthenticatedAccount | None:
    """The account of a session; nothing when the session is unknown, has ended or has expired."""
    return await _authenticate(SELECT_BY_SESSION, digest(secret))


async def authenticate_token(secret: str) -> AuthenticatedAccount | None:
    """The account of a bearer token; nothing when the token is unknown, revoked or expired."""
    return await _authenticate(SELECT_BY_TOKEN, digest(secret))


async def actor_of_account(account_id: UUID, role: Role) -> Actor | None:
    """An account in one of its roles, without any credential: messages are rendered for such an actor."""
    authenticated = await _authenticate(SELECT_BY_ACCOUNT, account_id, role)
    return authenticated.actor if authenticated else None


async def authenticate_link(token: str, key: bytes) -> LinkAuthentication | None:
    """The state of a mailed link; nothing when there is no such link or the signature is wrong."""
    named = read_token(token, key)
    row = await read_sessions().fetchrow(SELECT_BY_LINK, *named) if named else None
    if named is None or row is None:
        return None
    return LinkAuthentication(
        purpose=named[1],
        language=row["language"],
        end=LinkEnd(row["end"]) if row["end"] else None,
        is_in_time=row["in_time"],
        actor=_link_actor(row) if row["in_time"] and row["repeats"] else None,
    )


async def _authenticate(statement: str, *values: object) -> AuthenticatedAccount | None:
    row = await read_sessions().fetchrow(statement, *values)
    if row is None:
        return None
    impersonation = impersonation_of(row) if "may_view" in row else None
    return AuthenticatedAccount(
        actor=_account_actor(row),
        account_id=row["account_id"],
        credential_id=row["credential_id"],
        email=row["email"],
        roles=tuple(Role(role) for role in row["roles"]),
        must_change_password=row["must_change_password"],
        expires_at=row["expires_at"],
        impersonation=impersonation,
        impersonation_ended=impersonation is None and row.get("viewing_customer_id") is not None,
    )


def _account_actor(row: Mapping[str, Any]) -> Actor:
    """Fill in only what the active role needs: a member who acts as staff is not their own member."""
    role = Role(row["active_role"])
    is_customer = role is Role.CUSTOMER
    return Actor(
        kind=actor_kind(role, OrderAccess(row["order_access"])),
        role=role,
        account_id=row["account_id"],
        member_id=row["member_id"] if role is Role.MEMBER else None,
        customer_ids=tuple(row["customer_ids"]) if is_customer else (),
        contact_id=row["contact_id"] if is_customer else None,
        session_id=row.get("session_id"),
        language=row["language"],
        name=row["name"],
    )


def _link_actor(row: Mapping[str, Any]) -> Actor:
    return Actor(
        kind=ActorKind.LINK,
        role=Role.CUSTOMER,
        customer_ids=(row["customer_id"],),
        contact_id=row["contact_id"],
        order_id=row["order_id"],
        delivery_id=row["delivery_id"],
        link_id=row["id"],
        language=row["language"],
        name=row["name"],
    )


def actor_kind(role: Role, order_access: OrderAccess) -> ActorKind:
    """The kind of actor of an account in a role: an employee may see assigned orders only."""
    if role is Role.STAFF and order_access is OrderAccess.ASSIGNED:
        return ActorKind.STAFF_ASSIGNED
    return ActorKind(role.value)
