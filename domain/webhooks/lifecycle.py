"""Lifecycle of a webhook endpoint: administrators keep it, and the system pauses one that is dead."""

from domain.engine.lifecycle import ActionWeight, Lifecycle, Transition
from domain.kernel.actors import ADMIN_ROLE, CLOCK_ROLE
from domain.webhooks import effects, guards, inputs
from domain.webhooks.facts import WebhookEndpointFacts
from domain.webhooks.model import WebhookEndpoint, WebhookState
from domain.webhooks.scope import WEBHOOK_ENDPOINTS_SCOPE

ENABLED, PAUSED = frozenset({WebhookState.ENABLED}), frozenset({WebhookState.PAUSED})

WEBHOOK_ENDPOINTS = Lifecycle(
    noun="webhookEndpoint",
    id_prefix="whe",
    model=WebhookEndpoint,
    facts=WebhookEndpointFacts,
    scope=WEBHOOK_ENDPOINTS_SCOPE,
    states=WebhookState,
    start=WebhookState.ENABLED,
    status_field="state",
    transitions=(
        Transition(
            name="pause",
            doc="Nothing is sent for now; what happens meanwhile waits, for seven days.",
            from_states=ENABLED,
            to_state=WebhookState.PAUSED,
            roles=ADMIN_ROLE,
            audience=ADMIN_ROLE,
        ),
        Transition(
            name="suspend",
            doc="The system pauses an endpoint that has failed for three days, or says that it is gone.",
            from_states=ENABLED,
            to_state=WebhookState.PAUSED,
            roles=CLOCK_ROLE,
            input=inputs.Suspension,
            effect=effects.suspend,
            notifies=ADMIN_ROLE,
            audience=ADMIN_ROLE,
        ),
        Transition(
            name="resume",
            weight=ActionWeight.PRIMARY,
            doc="Events are sent again, those that have waited first.",
            from_states=PAUSED,
            to_state=WebhookState.ENABLED,
            roles=ADMIN_ROLE,
            effect=effects.resume,
            audience=ADMIN_ROLE,
        ),
        Transition(
            name="delete",
            weight=ActionWeight.DANGER,
            doc="Nothing is sent any more, what waits included.",
            from_states=ENABLED | PAUSED,
            to_state=WebhookState.DELETED,
            roles=ADMIN_ROLE,
            audience=ADMIN_ROLE,
        ),
    ),
    commands=(
        Transition(
            name="create",
            weight=ActionWeight.PRIMARY,
            doc="Send events to another system from now on.",
            roles=ADMIN_ROLE,
            to_state=WebhookState.ENABLED,
            creates=True,
            input=inputs.WebhookEndpointInput,
            validators=(guards.url_is_public,),
            effect=effects.create,
            audience=ADMIN_ROLE,
        ),
        Transition(
            name="amend",
            doc="Change where events are sent and which ones.",
            from_states=ENABLED | PAUSED,
            roles=ADMIN_ROLE,
            input=inputs.WebhookEndpointAmendment,
            validators=(guards.url_is_public,),
            effect=effects.amend,
            audience=ADMIN_ROLE,
        ),
        Transition(
            name="sendTest",
            doc="Send a message that tells of nothing, to see whether it arrives.",
            from_states=ENABLED | PAUSED,
            roles=ADMIN_ROLE,
            effect=effects.send_test,
            audience=ADMIN_ROLE,
            increments_version=False,
        ),
        Transition(
            name="rotateSecret",
            doc="Make a new secret; the old one signs beside it for 24 hours.",
            from_states=ENABLED | PAUSED,
            roles=ADMIN_ROLE,
            effect=effects.rotate_secret,
            audience=ADMIN_ROLE,
        ),
    ),
)
