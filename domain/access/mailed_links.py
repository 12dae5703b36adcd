"""Mailed links: signed, bound to one purpose, and to one order or account; void after use unless they only show.

A token is derived from the link's id whenever it is needed, so that neither the outbox nor the database holds
anything that opens a link. Links expire in real time, never by a moved clock.
"""

import base64
import binascii
import hashlib
import hmac
from datetime import timedelta
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.access.model import LinkEnd, LinkPurpose
from domain.database.pending_writes import PendingWrites, Values, WriteStatement
from domain.kernel.actors import Actor
from domain.kernel.errors import Refused, guard_failed
from domain.kernel.ids import new_id

LIFETIME = timedelta(days=90)
KEY_PURPOSE = "link"

SUPERSEDED = WriteStatement(
    name="superseded_links",
    columns="order_id uuid, purpose text, supplement_id uuid",
    statement="""UPDATE links earlier SET ended_at = coalesce(earlier.ended_at, clock_timestamp()), "end" = 'SUPERSEDED'
        FROM {rows} AS new WHERE earlier.order_id = new.order_id AND earlier.purpose = new.purpose
        AND earlier.supplement_id IS NOT DISTINCT FROM new.supplement_id
        AND (earlier."end" IS NULL OR earlier."end" IN ('USED', 'CHANGES_REQUESTED', 'OFFER_EXPIRED'))""",
)
ISSUED = WriteStatement(
    name="issued_links",
    columns="id uuid, purpose text, order_id uuid, delivery_id uuid, supplement_id uuid, lifetime interval",
    statement="""INSERT INTO links
            (id, purpose, order_id, delivery_id, supplement_id, contact_id, created_at, expires_at)
        SELECT new.id, new.purpose, o.id, new.delivery_id, new.supplement_id, o.contact_id, statement_timestamp(),
            statement_timestamp() + new.lifetime
        FROM {rows} AS new JOIN orders o ON o.id = new.order_id WHERE o.contact_id IS NOT NULL""",
)
ENDED = WriteStatement(
    name="ended_links",
    columns='order_id uuid, purpose text, supplement_id uuid, "end" text',
    statement="""UPDATE links known SET ended_at = clock_timestamp(), "end" = new."end" FROM {rows} AS new
        WHERE known.order_id = new.order_id AND known.purpose = new.purpose AND known.ended_at IS NULL
        AND known.supplement_id IS NOT DISTINCT FROM new.supplement_id""",
)
# Links about orders and links of accounts are apart: none has both an order and an account.
SUPERSEDED_OF_ACCOUNT = WriteStatement(
    name="superseded_links_of_accounts",
    columns="account_id uuid, purpose text",
    statement="""UPDATE links earlier SET ended_at = clock_timestamp(), "end" = 'SUPERSEDED' FROM {rows} AS new
        WHERE earlier.account_id = new.account_id AND earlier.purpose = new.purpose AND earlier.ended_at IS NULL""",
)
ISSUED_TO_ACCOUNT = WriteStatement(
    name="links_issued_to_accounts",
    columns="id uuid, purpose text, account_id uuid, lifetime interval",
    statement="""INSERT INTO links (id, purpose, account_id, created_at, expires_at)
        SELECT new.id, new.purpose, new.account_id, statement_timestamp(),
            statement_timestamp() + new.lifetime FROM {rows} AS new""",
)
ENDED_OF_ACCOUNT = WriteStatement(
    name="ended_links_of_accounts",
    columns='account_id uuid, purpose text, "end" text',
    statement="""UPDATE links known SET ended_at = clock_timestamp(), "end" = new."end" FROM {rows} AS new
        WHERE known.account_id = new.account_id AND known.purpose = new.purpose AND known.ended_at IS NULL""",
)
CLOSED_OF_PERSON = WriteStatement(
    name="closed_links_of_persons",
    columns="account_id uuid",
    statement="""UPDATE links known SET ended_at = coalesce(known.ended_at, clock_timestamp()), "end" = 'CLOSED'
        FROM {rows} AS new WHERE (known.account_id = new.account_id OR known.contact_id IN
            (SELECT k.id FROM contacts k WHERE k.account_id = new.account_id))
        AND (known."end" IS NULL OR known."end" IN ('USED', 'CHANGES_REQUESTED', 'OFFER_EXPIRED'))""",
)
END_OF_CONTACT = """UPDATE links SET ended_at = clock_timestamp(),
    "end" = CASE purpose WHEN 'STATUS' THEN 'CONTACT_REMOVED' ELSE 'CLOSED' END
    WHERE contact_id = $1 AND ended_at IS NULL"""
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
    writes: PendingWrites,
    *,
    purpose: LinkPurpose,
    order_id: UUID,
    delivery_id: UUID | None = None,
    supplement_id: UUID | None = None,
    lifetime: timedelta = LIFETIME,
) -> UUID:
    """Write a new link for the order's contact, if it has one, with the next flush; return its id.

    Earlier links of the same order, purpose and supplement become void, answered ones too: the question is asked anew.
    """
    link_id = new_id()
    about: Values = {"order_id": order_id, "purpose": purpose, "supplement_id": supplement_id}
    await writes.add_once(SUPERSEDED, ("links", order_id, purpose, supplement_id), about)
    bound: Values = {"id": link_id, "delivery_id": delivery_id, "lifetime": f"{lifetime.total_seconds()} s"}
    writes.add(ISSUED, about | bound)
    return link_id


async def end_links(
    writes: PendingWrites, order_id: UUID, purpose: LinkPurpose, end: LinkEnd, supplement_id: UUID | None = None
) -> None:
    """Make the open links of an order and purpose, or of one supplement, void with the next flush.

    `end` is the reason.
    """
    about: Values = {"order_id": order_id, "purpose": purpose, "supplement_id": supplement_id, "end": end}
    await writes.add_once(ENDED, ("links", order_id, purpose, supplement_id), about)


async def issue_account_link(
    writes: PendingWrites, *, purpose: LinkPurpose, account_id: UUID, lifetime: timedelta
) -> None:
    """Write a new link of an account with the next flush; an open one of the same purpose becomes void."""
    about = {"account_id": account_id, "purpose": purpose}
    await writes.add_once(SUPERSEDED_OF_ACCOUNT, ("account links", account_id, purpose), about)
    writes.add(ISSUED_TO_ACCOUNT, about | {"id": new_id(), "lifetime": f"{lifetime.total_seconds()} s"})


async def end_account_links(writes: PendingWrites, account_id: UUID, purpose: LinkPurpose, end: LinkEnd) -> None:
    """Make the open links of an account and purpose void with the next flush; `end` is the reason."""
    values: Values = {"account_id": account_id, "purpose": purpose, "end": end}
    await writes.add_once(ENDED_OF_ACCOUNT, ("account links", account_id, purpose), values)


def end_all_links(writes: PendingWrites, account_id: UUID) -> None:
    """Make every link void that was mailed to an account, or to a contact who signs in with it, answered ones too."""
    writes.add(CLOSED_OF_PERSON, {"account_id": account_id})


async def require_open_link(connection: BaseDBAsyncClient, actor: Actor, *, or_used: bool = False) -> None:
    """Refuse anything new through a link that is void; other actors pass.

    With `or_used` a link whose question was answered, or has passed, will do while it still authenticates.

    Called under the locks, once it is known that the command is not the replay of an earlier one and that the move
    itself is possible.
    """
    if or_used or actor.link_id is None:
        return
    if not await connection.execute_query_dict(IS_OPEN, [actor.link_id]):
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
