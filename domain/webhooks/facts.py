"""Facts of webhook endpoints and messages, which their guards evaluate."""

from dataclasses import dataclass
from uuid import UUID

from domain.engine.facts import fact
from domain.webhooks.model import WebhookMessageState, WebhookState


@dataclass(frozen=True)
class WebhookEndpointFacts:
    """An endpoint as its guards see it."""

    id: UUID = fact("{t}.id")
    status: WebhookState = fact("{t}.state")


@dataclass(frozen=True)
class WebhookMessageFacts:
    """A message as its guards see it."""

    id: UUID = fact("{t}.id")
    status: WebhookMessageState = fact("{t}.state")
