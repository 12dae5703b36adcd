"""Delivery status notifications (RFC 3464): which of our mails did not arrive, and why."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from uuid import UUID

OUR_MESSAGE_ID = re.compile(
    r"^Message-ID:\s*<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@", re.IGNORECASE | re.MULTILINE
)
RETURNED_PARTS = ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers")


@dataclass(frozen=True)
class BounceReport:
    """The message that came back, and what the mail server said about it."""

    message_id: UUID
    why: str


def read_bounce_report(mail: bytes) -> BounceReport | None:
    """Read a mail that a mail server sent back.

    None for anything else: another mail, a delay or a success, or a report about a mail that is not ours.
    """
    parts = list(message_from_bytes(mail, policy=policy.compat32).walk())
    reasons = list(filter(None, map(_failure, parts)))
    message_ids = list(filter(None, map(_returned_id, parts)))
    return BounceReport(message_ids[0], reasons[0]) if reasons and message_ids else None


def _failure(part: Message) -> str | None:
    """What a block of a report says about one recipient for whom delivery failed for good."""
    if str(part.get("Action", "")).strip().lower() != "failed":
        return None
    said = str(part.get("Diagnostic-Code") or part.get("Status") or "failed")
    return " ".join(said.split())


def _returned_id(part: Message) -> UUID | None:
    """The id of our mail, whose headers the report carries."""
    if part.get_content_type() not in RETURNED_PARTS:
        return None
    found = OUR_MESSAGE_ID.search(part.as_string())
    return UUID(found[1]) if found else None
