"""Mailed links: signed, bound to one purpose and one order, and void after use.

A token is derived from the link's id whenever it is needed, so that neither the outbox nor the database holds
anything that opens a link. Links expire in real time, never by a moved clock.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.access.model import LinkEnd, LinkPurpose
from domain.kernel.actors import Actor
from domain.kernel.errors import Refused, guard_failed
from domain.kernel.ids import new_id

LIFETIME = timedelta(days=90)
KEY_PURPOSE = "link"

SUPERSEDE = """
UPDATE links SET ended_at = coalesce(ended_at, clock_timestamp()), "end" = 'SUPERSEDED'
WHERE order_id = $1 AND purpose = $2 AND ("end" IS NULL OR "end" IN ('USED', 'CHANGES_REQUESTED', 'OFFER_EXPIRED'))"""
ISSUE = """
INSERT INTO links (id, purpose, order_id, contact_id, created_at, expires_at{columns})
SELECT $1, $2, o.id, o.contact_id, clock_timestamp(), clock_timestamp() + $4::interval{values}
FROM orders o WHERE o.id = $3 AND o.contact_id IS NOT NULL RETURNING id"""
END = """
UPDATE links SET ended_at = clock_timestamp(), "end" = $3
WHERE order_id = $1 AND purpose = $2 AND ended_at IS NULL"""
IS_OPEN = "SELECT 1 AS open FROM links WHERE id = $1 AND ended_at IS NULL AND expires_at > clock_timestamp()"


def token(link_id: UUID, purpose: LinkPurpose, key: bytes) -> str:
    """What the mailed address carries: the link's id and its signature for this purpose, safe in a URL.

    `key` is `settings.key(KEY_PURPOSE)`.
    """
    return f"{encode(link_id.bytes)}.{encode(_signature(link_id, purpose, key))}"


def read_token(text: str, key: bytes) -> tuple[UUID, LinkPurpose] | None:
    """The link and purpose a token was signed for; nothing when it is malformed or the signature is wrong."""
    head, _, tail = text.partition(".")
    raw_id, signature = decode(head), decode(tail)
    if raw_id is None or signature is None or len(raw_id) != 16:
        return None
    link_id = UUID(bytes=raw_id)
    for purpose in LinkPurpose:
        if hmac.compare_digest(signature, _signature(link_id, purpose, key)):
            return link_id, purpose
    return None


async def issue_link(
    connection: BaseDBAsyncClient,
    *,
    purpose: LinkPurpose,
    order_id: UUID,
    columns: Mapping[str, UUID] | None = None,
    lifetime: timedelta = LIFETIME,
) -> UUID | None:
    """Write a new link for the order's contact within the caller's transaction; return its id, if there is a contact.

    `columns` bind the link to more than its order. Earlier links of the same order and purpose become void, answered
    ones too: the question is asked anew.
    """
    bound = columns or {}
    statement = ISSUE.format(
        columns="".join(f", {name}" for name in bound),
        values="".join(f", ${position}" for position, _ in enumerate(bound, start=5)),
    )
    await connection.execute_query(SUPERSEDE, [order_id, purpose])
    rows = await connection.execute_query_dict(statement, [new_id(), purpose, order_id, lifetime, *bound.values()])
    return rows[0]["id"] if rows else None


async def end_links(connection: BaseDBAsyncClient, order_id: UUID, purpose: LinkPurpose, end: LinkEnd) -> None:
    """Make the open links of an order and purpose void within the caller's transaction; `end` is the reason."""
    await connection.execute_query(END, [order_id, purpose, end])


async def require_open_link(connection: BaseDBAsyncClient, actor: Actor) -> None:
    """Refuse anything new through a link that is void; other actors pass.

    Called under the locks, once it is known that the command is not the replay of an earlier one and that the move
    itself is possible.
    """
    if actor.link_id and not await connection.execute_query_dict(IS_OPEN, [actor.link_id]):
        raise Refused(guard_failed("link_is_void"))


def _signature(link_id: UUID, purpose: LinkPurpose, key: bytes) -> bytes:
    return hmac.digest(key, link_id.bytes + purpose.encode(), hashlib.sha256)


def encode(raw: bytes) -> str:
    """Bytes as they may stand in an address."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(text: str) -> bytes | None:
    """Decode strictly: only the one spelling that `as_text` produces is accepted."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        return None
    return raw if encode(raw) == text else None
