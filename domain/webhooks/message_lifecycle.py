"""Lifecycle of a webhook message as far as people move it: it is redelivered; the dispatcher delivers and gives up."""

from domain.engine.lifecycle import Lifecycle, Transition
from domain.kernel.actors import ADMIN_ROLE
from domain.webhooks import effects
from domain.webhooks.facts import WebhookMessageFacts
from domain.webhooks.model import WebhookMessage, WebhookMessageState
from domain.webhooks.scope import WEBHOOK_MESSAGES_SCOPE

DELIVERED, FAILED = WebhookMessageState.DELIVERED, WebhookMessageState.FAILED

WEBHOOK_MESSAGES = Lifecycle(
    noun="webhookMessage",
    id_prefix="whm",
    model=WebhookMessage,
    facts=WebhookMessageFacts,
    scope=WEBHOOK_MESSAGES_SCOPE,
    states=WebhookMessageState,
    start=WebhookMessageState.PENDING,
    states_set_elsewhere=frozenset({DELIVERED, FAILED}),
    status_field="state",
    transitions=(
        Transition(
            name="redeliver",
            doc="Send the message once more, under the same id.",
            from_states=frozenset({DELIVERED, FAILED}),
            to_state=WebhookMessageState.PENDING,
            roles=ADMIN_ROLE,
            effect=effects.redeliver,
            audience=ADMIN_ROLE,
        ),
    ),
)
