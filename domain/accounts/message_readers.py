"""Readers of messages: an account, a contact, or a customer's invoice address, each with an actor."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.accounts.authentication.credentials import actor_of_account, holder_actor
from domain.database.pools import read_sessions
from domain.kernel.actors import Actor, ActorKind, Role
from domain.outbox.claims import ClaimedMessage

OF_ACCOUNT = "SELECT email, name, unwanted_mails FROM accounts WHERE id = $1 AND status = 'ACTIVE'"
# A new address is asked to confirm itself, and the old one is told that it was replaced.
ADDRESS_BY_MESSAGE = {"account.requestEmailChange": "pending_email", "account.confirmEmail": "previous_email"}
OF_HOLDER = "SELECT id, {address} AS email, name, language FROM accounts WHERE id = $1 AND status <> 'DEACTIVATED'"
OF_CONTACT = """SELECT c.id AS contact_id, c.customer_id, c.email, c.name, c.language,
    EXISTS (SELECT 1 FROM accounts a WHERE a.id = c.account_id AND a.status = 'ACTIVE' AND 'CUSTOMER' = ANY(a.roles))
        AS can_sign_in, NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = c.account_id AND a.status = 'DEACTIVATED')
        AS may_use_links, c.status_mails <> 'NONE' AS wants_status_mails FROM contacts c WHERE c.id = $1"""
OF_CUSTOMER = """SELECT NULL::uuid AS contact_id, c.id AS customer_id, c.invoice_email AS email,
    c.legal_name AS name, coalesce((SELECT k.language FROM contacts k WHERE k.customer_id = c.id ORDER BY k.id
    LIMIT 1), CASE WHEN c.country IN ('DE', 'AT', 'CH', 'LI') THEN 'de' ELSE 'en' END) AS language,
    FALSE AS can_sign_in, FALSE AS may_use_links, TRUE AS wants_status_mails FROM customers c WHERE c.id = $1"""


@dataclass(frozen=True, kw_only=True)
class MessageReader:
    """A person or address that a message goes to, as the actor whose scope the message is written for.

    A contact may have chosen to get no mails about client statuses, an account to get none of some groups.
    `may_use_links` is false when their account was deactivated.
    """

    email: str
    actor: Actor
    can_sign_in: bool
    may_use_links: bool = False
    wants_status_mails: bool = True
    unwanted_mails: frozenset[str] = frozenset()


async def load_reader(message: ClaimedMessage) -> MessageReader | None:
    """The reader as of now; nothing when the account or contact is gone, lost the role, or has no address."""
    if message.recipient_role is Role.ACCOUNT:
        return await _holder(message)
    if message.account_id:
        return await _account(message.account_id, message.recipient_role)
    if message.contact_id:
        return await _customer(OF_CONTACT, message.contact_id)
    return await _customer(OF_CUSTOMER, message.customer_id)


async def _account(account_id: UUID, role: Role) -> MessageReader | None:
    row = await read_sessions().fetchrow(OF_ACCOUNT, account_id)
    actor = await actor_of_account(account_id, role)
    if row is None or actor is None:
        return None
    unwanted = frozenset(row["unwanted_mails"])
    return MessageReader(email=row["email"], actor=actor, can_sign_in=True, unwanted_mails=unwanted)


async def _holder(message: ClaimedMessage) -> MessageReader | None:
    """The account that a message about itself goes to, invited ones too."""
    statement = OF_HOLDER.format(address=ADDRESS_BY_MESSAGE.get(message.name, "email"))
    row = await read_sessions().fetchrow(statement, message.account_id)
    if row is None or row["email"] is None:
        return None
    actor = holder_actor(row["id"], name=row["name"], language=row["language"])
    return MessageReader(email=row["email"], actor=actor, can_sign_in=True)


async def _customer(statement: str, row_id: UUID | None) -> MessageReader | None:
    row = await read_sessions().fetchrow(statement, row_id)
    if not row or not row["email"]:
        return None
    return MessageReader(
        email=row["email"],
        actor=_actor(row),
        can_sign_in=row["can_sign_in"],
        may_use_links=row["may_use_links"],
        wants_status_mails=row["wants_status_mails"],
    )


def _actor(row: Mapping[str, Any]) -> Actor:
    """A contact sees all orders of their customer, with or without an account."""
    return Actor(
        kind=ActorKind.CUSTOMER,
        role=Role.CUSTOMER,
        customer_ids=(row["customer_id"],),
        contact_id=row["contact_id"],
        language=row["language"],
        name=row["name"],
    )
