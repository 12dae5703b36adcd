"""Links of downloads: signed for one file and one viewer, for a while; whether the viewer may is asked at each use."""

import hashlib
import hmac
import time
from uuid import UUID

import settings
from domain.access.mailed_links import decode, encode
from domain.kernel.actors import Actor
from domain.kernel.ids import external

KEY_PURPOSE = "download"
# Long enough to resume a large file; rounded, so that a page that is asked for again has the same links.
LIFETIME_HOURS = 6
HOUR_SECONDS = 3600
SIGNATURE_BYTES = 18


def download_url(file_id: UUID, actor: Actor) -> str:
    """The address of a file for this viewer, within this site. A mailed link is named, for its browser has no session.

    Signed links follow real time, never a moved clock.
    """
    until = (int(time.time()) // HOUR_SECONDS + 1 + LIFETIME_HOURS) * HOUR_SECONDS
    link = f"&link={encode(actor.link_id.bytes)}" if actor.link_id else ""
    return f"/files/{external('fil', file_id)}?until={until}&signature={_signature(file_id, actor, until)}{link}"


def is_signed_for(actor: Actor, file_id: UUID, *, until: str, signature: str) -> bool:
    """Whether a link was made for this viewer and file, and has not expired."""
    if not (until.isascii() and until.isdigit() and len(until) < 12) or int(until) < time.time():
        return False
    return hmac.compare_digest(signature.encode(), _signature(file_id, actor, int(until)).encode())


def named_link(text: str) -> UUID | None:
    """The mailed link that an address names; None when it is malformed."""
    raw = decode(text)
    return UUID(bytes=raw) if raw is not None and len(raw) == 16 else None


def _signature(file_id: UUID, actor: Actor, until: int) -> str:
    key = settings.load().key(KEY_PURPOSE)
    return encode(hmac.digest(key, f"{file_id} {actor.key} {until}".encode(), hashlib.sha256)[:SIGNATURE_BYTES])
