"""Claims that must hold before a webhook endpoint is saved."""

from typing import Any

import settings
from domain.engine.context import EvaluationContext
from domain.kernel.amendments import given_values
from domain.kernel.errors import Refusal, invalid
from domain.webhooks.addresses import url_error
from domain.webhooks.facts import WebhookEndpointFacts


def url_is_public(endpoint: WebhookEndpointFacts | None, entry: Any, context: EvaluationContext) -> Refusal | None:
    """The address is one of the public internet, as far as its text tells; it is checked again with each attempt."""
    url = given_values(entry).get("url")
    if url is None:
        return None
    reason = url_error(url.strip(), in_development=settings.load().in_development)
    return invalid(reason, "url") if reason else None
