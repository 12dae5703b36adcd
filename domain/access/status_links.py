"""The status link of a contact: one that is open, carried and extended by every mail about client statuses.

It opens the work in progress of the contact's customer, read only. All mails carry the same link as long as it is open.
One that has expired never opens again, or expiry would protect from nothing: the next mail carries a new link.
"""

from datetime import timedelta
from uuid import UUID

from tortoise import connections

from domain.access.mailed_links import LIFETIME
from domain.access.model import LinkEnd
from domain.database.pending_writes import PendingWrites, WriteStatement
from domain.kernel.ids import new_id

END_EXPIRED = """UPDATE links SET ended_at = clock_timestamp(), "end" = 'SUPERSEDED'
    WHERE contact_id = $1 AND purpose = 'STATUS' AND ended_at IS NULL AND expires_at <= clock_timestamp()"""
EXTEND = """INSERT INTO links (id, purpose, contact_id, created_at, expires_at)
    SELECT $2, 'STATUS', $1, clock_timestamp(), clock_timestamp() + $3::interval
    WHERE NOT EXISTS (SELECT 1 FROM links removed WHERE removed.contact_id = $1 AND removed.purpose = 'STATUS'
        AND removed."end" = 'CONTACT_REMOVED')
    ON CONFLICT (contact_id) WHERE purpose = 'STATUS' AND ended_at IS NULL
    DO UPDATE SET expires_at = greatest(links.expires_at, excluded.expires_at) RETURNING id"""
ENDED = WriteStatement(
    name="ended_status_links",
    columns='contact_id uuid, "end" text',
    statement="""UPDATE links known SET ended_at = clock_timestamp(), "end" = new."end" FROM {rows} AS new
        WHERE known.contact_id = new.contact_id AND known.purpose = 'STATUS' AND known.ended_at IS NULL""",
)


async def extend_status_link(contact_id: UUID, *, lifetime: timedelta = LIFETIME) -> UUID | None:
    """The id of the contact's open link, valid for `lifetime` from now; nothing when the contact was removed.

    Called when a mail is composed, outside any transaction; two at the same time get the same link.
    """
    connection = connections.get("default")
    await connection.execute_query(END_EXPIRED, [contact_id])
    rows = await connection.execute_query_dict(EXTEND, [contact_id, new_id(), lifetime])
    return rows[0]["id"] if rows else None


def end_status_link(writes: PendingWrites, contact_id: UUID, end: LinkEnd) -> None:
    """Make the link of a contact void with the next flush; once the contact is removed there is no other one."""
    writes.add(ENDED, {"contact_id": contact_id, "end": end})
