"""The reply link of a contact: one that is open for each order, carried and extended by every mail about a comment.

It opens what was said on the order, and takes an answer. All mails carry the same link as long as it is open, so that
an answer which is being written outlasts the next comment. One that has expired never opens again.
"""

from datetime import timedelta
from uuid import UUID

from tortoise import connections

from domain.access.mailed_links import LIFETIME
from domain.kernel.ids import new_id

END_EXPIRED = """UPDATE links SET ended_at = clock_timestamp(), "end" = 'SUPERSEDED' WHERE contact_id = $1
    AND order_id = $2 AND purpose = 'REPLY' AND ended_at IS NULL AND expires_at <= clock_timestamp()"""
EXTEND = """INSERT INTO links (id, purpose, order_id, contact_id, created_at, expires_at)
    SELECT $3, 'REPLY', o.id, o.contact_id, clock_timestamp(), clock_timestamp() + $4::interval
    FROM orders o JOIN contacts c ON c.id = o.contact_id AND c.status = 'KNOWN'
    WHERE o.id = $2 AND o.contact_id = $1
    ON CONFLICT (order_id, contact_id) WHERE purpose = 'REPLY' AND ended_at IS NULL
    DO UPDATE SET expires_at = greatest(links.expires_at, excluded.expires_at) RETURNING id"""


async def extend_reply_link(contact_id: UUID, order_id: UUID, *, lifetime: timedelta = LIFETIME) -> UUID | None:
    """The id of the contact's open link for an order, valid for `lifetime` from now.

    Returns None for a contact who was removed or is not the one that the order asks. Called when a mail is composed,
    outside any transaction; two at the same time get the same link.
    """
    connection = connections.get("default")
    await connection.execute_query(END_EXPIRED, [contact_id, order_id])
    rows = await connection.execute_query_dict(EXTEND, [contact_id, order_id, new_id(), lifetime])
    return rows[0]["id"] if rows else None
