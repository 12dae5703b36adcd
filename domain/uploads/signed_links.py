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
    """The address of a file for this viewer, within this site."""
    return _signed(f"/files/{external('fil', file_id)}", str(file_id), actor)


def preview_url(file_id: UUID, actor: Actor) -> str:
    """The address of a file's preview for this viewer, within this site."""
    return _signed(f"/files/{external('fil', file_id)}/preview", preview_subject(file_id), actor)


def preview_subject(file_id: UUID) -> str:
    """What the link of a preview is signed for."""
    return f"{file_id}/preview"


def archive_url(delivery_id: UUID, number: int, actor: Actor) -> str:
    """The address of all files of a submitted version as one archive, for this viewer, within this site."""
    path = f"/files/deliveries/{external('del', delivery_id)}/{number}"
    return _signed(path, archive_subject(delivery_id, number), actor)


def archive_subject(delivery_id: UUID, number: int) -> str:
    """What the link of an archive is signed for."""
    return f"{delivery_id}/{number}"


def record_url(delivery_id: UUID, actor: Actor) -> str:
    """The address of the record of an acceptance for this viewer, within this site."""
    return _signed(f"/files/acceptances/{external('del', delivery_id)}", record_subject(delivery_id), actor)


def record_subject(delivery_id: UUID) -> str:
    """What the link of a record is signed for."""
    return f"{delivery_id}/record"


def is_signed_for(actor: Actor, subject: str, *, until: str, signature: str) -> bool:
    """Whether a link was made for this viewer and subject, a file's id or one of those above, and has not expired."""
    if not (until.isascii() and until.isdigit() and len(until) < 12) or int(until) < time.time():
        return False
    return hmac.compare_digest(signature.encode(), _signature(subject, actor, int(until)).encode())


def named_link(text: str) -> UUID | None:
    """The mailed link that an address names; None when it is malformed."""
    raw = decode(text)
    return UUID(bytes=raw) if raw is not None and len(raw) == 16 else None


def _signed(path: str, subject: str, actor: Actor) -> str:
    """An address with its signature. A mailed link is named, for its browser has no session.

    Signed links follow real time, never a moved clock.
    """
    until = (int(time.time()) // HOUR_SECONDS + 1 + LIFETIME_HOURS) * HOUR_SECONDS
    link = f"&link={encode(actor.link_id.bytes)}" if actor.link_id else ""
    return f"{path}?until={until}&signature={_signature(subject, actor, until)}{link}"


def _signature(subject: str, actor: Actor, until: int) -> str:
    key = settings.load().key(KEY_PURPOSE)
    return encode(hmac.digest(key, f"{subject} {actor.key} {until}".encode(), hashlib.sha256)[:SIGNATURE_BYTES])
