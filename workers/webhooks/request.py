"""The request that carries one webhook message: what happened to what, without any content, signed."""

import json
from datetime import datetime

from standardwebhooks import Webhook

from domain.kernel.ids import external
from domain.registry import REGISTRY
from domain.webhooks.claims import ClaimedWebhook
from domain.webhooks.secrets import valid_secrets

USER_AGENT = "Werkstand-Webhooks/1"


def body_of(message: ClaimedWebhook) -> str:
    """The JSON of a message, the same with every attempt; receivers read the rest with their own token."""
    prefix = REGISTRY.lifecycles[message.subject_kind].id_prefix
    data = {
        "id": external(prefix, message.subject_id),
        "event": external("evt", message.event_id) if message.event_id else None,
        "order": external("ord", message.order_id) if message.order_id else None,
        "sequence": message.sequence,
    }
    timestamp = message.occurred_at.isoformat().replace("+00:00", "Z")
    return json.dumps({"type": message.type, "timestamp": timestamp, "data": data}, separators=(",", ":"))


def headers_of(message: ClaimedWebhook, body: str, key: bytes, *, now: datetime) -> dict[str, str]:
    """The headers of Standard Webhooks; while a secret is rotated there are two signatures."""
    secrets = valid_secrets(message.endpoint_id, message.secret_number, message.previous_secret_until, key, now=now)
    message_id = webhook_id(message)
    return {
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        "Accept": "*/*",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(Webhook(each).sign(message_id, now, body) for each in secrets),
    }


def webhook_id(message: ClaimedWebhook) -> str:
    """The id that receivers recognise a repeated message by."""
    return external("whm", message.id)
