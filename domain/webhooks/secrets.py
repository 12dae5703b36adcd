"""Signing secrets of webhook endpoints, derived from the key of the installation, so that none is stored."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from uuid import UUID

KEY_PURPOSE = "webhook secret"
PREFIX = "whsec_"
PREVIOUS_SECRET_LIFETIME = timedelta(hours=24)
# A secret is shown for this long after it was made, and never again.
SHOWN_FOR = timedelta(minutes=10)


def secret(endpoint_id: UUID, number: int, key: bytes) -> str:
    """The secret of an endpoint as Standard Webhooks writes it; `key` is `settings.key(KEY_PURPOSE)`."""
    derived = hmac.digest(key, endpoint_id.bytes + number.to_bytes(4, "big"), hashlib.sha256)
    return PREFIX + base64.b64encode(derived).decode()


def valid_secrets(
    endpoint_id: UUID, number: int, previous_until: datetime | None, key: bytes, *, now: datetime
) -> list[str]:
    """The secrets that sign now: the present one first, then the one before while it is valid."""
    numbers = [number, number - 1] if previous_until is not None and now < previous_until else [number]
    return [secret(endpoint_id, each, key) for each in numbers]
