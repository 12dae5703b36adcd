"""Webhooks as the registry knows them."""

from domain.engine.noun import Noun
from domain.engine.retention import cleanup
from domain.webhooks.lifecycle import WEBHOOK_ENDPOINTS
from domain.webhooks.message_lifecycle import WEBHOOK_MESSAGES

OF_STATE = "endpoint_id IN (SELECT w.id FROM webhook_endpoints w WHERE w.state = '{state}')"
DONE = "state <> 'PENDING' AND created_at < clock_timestamp() - interval '30 days'"
WAITED_TOO_LONG = "state = 'PENDING' AND created_at < clock_timestamp() - interval '7 days'"

NOUN = Noun(
    lifecycles=(WEBHOOK_ENDPOINTS, WEBHOOK_MESSAGES),
    cleanups=(
        cleanup("webhook_messages", DONE),
        cleanup("webhook_messages", f"{WAITED_TOO_LONG} AND {OF_STATE.format(state='PAUSED')}"),
        cleanup("webhook_messages", OF_STATE.format(state="DELETED")),
    ),
)
