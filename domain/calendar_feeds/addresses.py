"""Secret addresses of calendar feeds: a token is derived from the feed's id, so that no row opens a feed."""

import hashlib
import hmac
from uuid import UUID

from domain.access.mailed_links import decode, encode

KEY_PURPOSE = "calendar"
PATH = "/calendar/{token}.ics"


def path(feed_id: UUID, key: bytes) -> str:
    """The path of a feed; `key` is `settings.key(KEY_PURPOSE)`."""
    return PATH.format(token=f"{encode(feed_id.bytes)}.{encode(_signature(feed_id, key))}")


def read_token(token: str, key: bytes) -> UUID | None:
    """The feed that a token was signed for; None when it is malformed or the signature is wrong."""
    head, _, tail = token.partition(".")
    raw_id, signature = decode(head), decode(tail)
    if raw_id is None or signature is None or len(raw_id) != 16:
        return None
    feed_id = UUID(bytes=raw_id)
    return feed_id if hmac.compare_digest(signature, _signature(feed_id, key)) else None


def _signature(feed_id: UUID, key: bytes) -> bytes:
    return hmac.digest(key, feed_id.bytes, hashlib.sha256)
