"""Effects of the moves of webhook endpoints and messages. Times of sending are real ones, like those of mails."""

from datetime import UTC, datetime
from typing import Any

from domain.engine.transition import TransitionContext
from domain.kernel.amendments import given_values
from domain.kernel.errors import Refused, invalid
from domain.kernel.ids import new_id
from domain.webhooks.event_names import ENDPOINT, TEST, event_names
from domain.webhooks.model import WebhookEndpoint
from domain.webhooks.secrets import PREVIOUS_SECRET_LIFETIME

TRY_AGAIN_NOW = """UPDATE webhook_messages SET attempts = 0, next_attempt_at = clock_timestamp()
    WHERE endpoint_id = $1 AND state = 'PENDING'"""
WRITE_TEST = """INSERT INTO webhook_messages (id, endpoint_id, type, subject_kind, subject_id, ordering_id, sequence,
        occurred_at, state, attempts, next_attempt_at, created_at, version)
    VALUES ($1, $2, $3, $4, $2, $1, 0, clock_timestamp(), 'PENDING', 0, clock_timestamp(), clock_timestamp(), 1)"""


def create(move: TransitionContext) -> WebhookEndpoint:
    """A new endpoint gets what happens from now on."""
    now = datetime.now(UTC)
    endpoint = WebhookEndpoint(created_at=move.now, enabled_at=now, secret_issued_at=now)
    endpoint.update_from_dict(_values(move))
    move.insert(endpoint)
    return endpoint


def amend(move: TransitionContext) -> None:
    """The event says what became what."""
    values = _values(move)
    changed = {name: (getattr(move.row, name), value) for name, value in values.items()}
    move.event_body |= {name: {"from": old, "to": new} for name, (old, new) in changed.items() if old != new}
    move.row.update_from_dict(values)


async def resume(move: TransitionContext) -> None:
    """What has waited is sent at once, in its order, and failures count anew."""
    move.row.enabled_at = datetime.now(UTC)
    await move.connection.execute_query(TRY_AGAIN_NOW, [move.row.id])


def rotate_secret(move: TransitionContext) -> None:
    """A new secret; both sign while receivers change over. One that was replaced before is void at once."""
    now = datetime.now(UTC)
    move.row.secret_number += 1
    move.row.secret_issued_at, move.row.previous_secret_until = now, now + PREVIOUS_SECRET_LIFETIME


async def send_test(move: TransitionContext) -> None:
    """One message without an event, which waits for no other and is tried once."""
    await move.connection.execute_query(WRITE_TEST, [new_id(), move.row.id, TEST, ENDPOINT])


def suspend(move: TransitionContext) -> None:
    move.event_body["cause"] = move.input.cause


def redeliver(move: TransitionContext) -> None:
    """The same message once more, under the same id, with all its attempts."""
    move.row.attempts, move.row.next_attempt_at, move.row.delivered_at = 0, datetime.now(UTC), None


def _values(move: TransitionContext) -> dict[str, Any]:
    """The given values as they are stored. Raises `Refused` for an event that no noun has."""
    values = given_values(move.input)
    for text in ("url", "description"):
        if text in values:
            values[text] = values[text].strip()
    if "events" in values:
        values["events"] = _known_events(move, values["events"])
    return values


def _known_events(move: TransitionContext, given: tuple[str, ...]) -> list[str]:
    known = event_names(move.work.registry)
    unknown = [name for name in given if name not in known]
    if unknown:
        raise Refused(invalid("webhook_event_unknown", "events", event=unknown[0]))
    return [name for name in known if name in given]
