"""Authentication of sessions, bearer tokens and mailed links: one statement each, one complete actor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.access.mailed_links import read_token
from domain.access.model import LinkEnd, LinkPurpose
from domain.accounts.authentication.bearer_secrets import digest
from domain.accounts.impersonation import SELECT_IMPERSONATION, Impersonation, impersonation_of
from domain.accounts.model import OrderAccess, TokenScope
from domain.accounts.second_factors.facts import MUST_ADD_SECOND_FACTOR
from domain.database.pools import read_sessions
from domain.kernel.actors import Actor, ActorKind, Role

ACCOUNT_COLUMNS = f"""
    a.id AS account_id, a.email, a.name, a.language, a.roles, a.must_change_password, a.order_access,
    {MUST_ADD_SECOND_FACTOR} AS must_add_second_factor,
    (SELECT m.id FROM members m WHERE m.account_id = a.id) AS member_id,
    ARRAY(SELECT c.customer_id FROM contacts c WHERE c.account_id = a.id ORDER BY c.id) AS customer_ids,
    (SELECT c.id FROM contacts c WHERE c.account_id = a.id ORDER BY c.id LIMIT 1) AS contact_id"""
SELECT_BY_CREDENTIAL = """
SELECT s.id AS credential_id, s.active_role, s.expires_at, s.last_used_at, {columns}
FROM {table} s JOIN accounts a ON a.id = s.account_id
WHERE s.secret_hash = $1 AND s.expires_at > clock_timestamp()
  AND a.status = 'ACTIVE' AND s.active_role = ANY (a.roles)"""
SELECT_BY_SESSION = SELECT_BY_CREDENTIAL.format(table="sessions", columns=f"{ACCOUNT_COLUMNS}, {SELECT_IMPERSONATION}")
SELECT_BY_TOKEN = SELECT_BY_CREDENTIAL.format(table="api_tokens", columns=f"{ACCOUNT_COLUMNS}, s.scope")
SELECT_BY_ACCOUNT = f"""
SELECT a.id AS credential_id, $2::text AS active_role, NULL::timestamptz AS expires_at,
    NULL::timestamptz AS last_used_at, {ACCOUNT_COLUMNS}
FROM accounts a WHERE a.id = $1 AND a.status = 'ACTIVE' AND $2::text = ANY (a.roles)"""
SELECT_BY_LINK = """
SELECT l.id, l.purpose, l.order_id, l.delivery_id, l.supplement_id, l.contact_id, l.account_id, l."end",
       coalesce(c.name, a.name) AS name, coalesce(c.language, a.language) AS language,
       CASE l.purpose WHEN 'EMAIL' THEN a.pending_email
           WHEN 'EMAIL_UNDO' THEN a.previous_email ELSE coalesce(c.email, a.email) END AS email, c.customer_id,
       l.expires_at > clock_timestamp() AS in_time,
       l.ended_at IS NULL OR l."end" IN ('USED', 'CHANGES_REQUESTED', 'OFFER_EXPIRED')
           AND l.ended_at > clock_timestamp() - interval '7 days' AS repeats
FROM links l LEFT JOIN contacts c ON c.id = l.contact_id LEFT JOIN accounts a ON a.id = l.account_id
WHERE l.id = $1 AND l.purpose = $2 AND (l.purpose NOT IN ('STATUS', 'REPLY') OR NOT EXISTS
    (SELECT 1 FROM accounts d WHERE d.id = c.account_id AND d.status = 'DEACTIVATED'))"""

KINDS_OF_LINKS = {LinkPurpose.STATUS: ActorKind.STATUS_LINK, LinkPurpose.REPLY: ActorKind.REPLY_LINK}


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
    must_add_second_factor: bool
    expires_at: datetime | None
    last_used_at: datetime | None = None
    impersonation: Impersonation | None = None
    impersonation_ended: bool = False


@dataclass(frozen=True, kw_only=True)
class LinkAuthentication:
    """A mailed link with a valid signature. `end` is empty while the link is open; `is_in_time` is false once it
    expired.

    `contact_id` is whom it was mailed to, `email` the address that it speaks of: of the contact or account, a new or a
    former one. `actor` is set for an open link, and for seven days after it was used or its deadline passed: as long as
    idempotency keys are kept, the same request returns the same outcome, and a late answer is refused with the
    deadline.
    """

    purpose: LinkPurpose
    language: str
    email: str | None
    end: LinkEnd | None
    is_in_time: bool
    contact_id: UUID
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
        email=row["email"],
        end=LinkEnd(row["end"]) if row["end"] else None,
        is_in_time=row["in_time"],
        contact_id=row["contact_id"],
        actor=_link_actor(row, named[1]) if row["in_time"] and row["repeats"] else None,
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
        must_add_second_factor=row["must_add_second_factor"],
        expires_at=row["expires_at"],
        last_used_at=row["last_used_at"],
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
        read_only=row.get("scope") == TokenScope.READ,
        language=row["language"],
        name=row["name"],
    )


def holder_actor(
    account_id: UUID, *, name: str, language: str, link_id: UUID | None = None, link_purpose: str = ""
) -> Actor:
    """An account that reaches itself and nothing else, by a mailed link or by what its holder knows."""
    return Actor(
        kind=ActorKind.ACCOUNT,
        role=Role.ACCOUNT,
        account_id=account_id,
        link_id=link_id,
        link_purpose=link_purpose,
        language=language,
        name=name,
    )


def _link_actor(row: Mapping[str, Any], purpose: LinkPurpose) -> Actor:
    if row["account_id"]:
        return holder_actor(
            row["account_id"],
            name=row["name"],
            language=row["language"],
            link_id=row["id"],
            link_purpose=purpose,
        )
    return Actor(
        kind=KINDS_OF_LINKS.get(purpose, ActorKind.LINK),
        role=Role.CUSTOMER,
        customer_ids=(row["customer_id"],),
        contact_id=row["contact_id"],
        order_id=row["order_id"],
        delivery_id=row["delivery_id"],
        supplement_id=row["supplement_id"],
        link_id=row["id"],
        language=row["language"],
        name=row["name"],
    )


def actor_kind(role: Role, order_access: OrderAccess) -> ActorKind:
    """The kind of actor of an account in a role: an employee may see assigned orders only."""
    if role is Role.STAFF and order_access is OrderAccess.ASSIGNED:
        return ActorKind.STAFF_ASSIGNED
    return ActorKind(role.value)
