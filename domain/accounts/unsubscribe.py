"""The address in mails about client statuses with which a contact ends such mails without signing in.

A token is derived from the contact's id whenever it is needed and does not expire, for an old mail must still be able
to end new ones. It gives access to this choice only.
"""

import hashlib
import hmac
from uuid import UUID

from domain.access.mailed_links import decode, encode
from domain.database.pools import read_sessions
from domain.kernel.actors import Actor, ActorKind, Role

KEY_PURPOSE = "unsubscribe"
SIGNED_MOVE = b"contact.chooseStatusMails"
SELECT_CONTACT = "SELECT id, name, language FROM contacts WHERE id = $1"


def token(contact_id: UUID, key: bytes) -> str:
    """The token in the mailed address, safe in a URL. `key` is `settings.key(KEY_PURPOSE)`."""
    return encode(contact_id.bytes + hmac.digest(key, contact_id.bytes + SIGNED_MOVE, hashlib.sha256))


def read_token(text: str, key: bytes) -> UUID | None:
    """The contact a token was signed for; nothing when it is malformed or the signature is wrong."""
    raw = decode(text) or b""
    contact, signature = raw[:16], raw[16:]
    if len(contact) != 16 or not hmac.compare_digest(
        signature, hmac.digest(key, contact + SIGNED_MOVE, hashlib.sha256)
    ):
        return None
    return UUID(bytes=contact)


async def authenticate_unsubscribe(text: str, key: bytes) -> Actor | None:
    """The contact of this address; nothing when the contact is gone or the signature is wrong."""
    contact_id = read_token(text, key)
    row = await read_sessions().fetchrow(SELECT_CONTACT, contact_id) if contact_id else None
    if row is None:
        return None
    return Actor(
        kind=ActorKind.LINK,
        role=Role.CUSTOMER,
        contact_id=row["id"],
        language=row["language"],
        name=row["name"],
    )
