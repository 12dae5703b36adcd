"""Names of the events that webhooks may get: the moves of every noun that administrators read."""

from domain.engine.registry import Registry
from domain.kernel.actors import Role

ENDPOINT, MESSAGE = "webhookEndpoint", "webhookMessage"
TEST = f"{ENDPOINT}.sendTest"


def event_names(registry: Registry) -> tuple[str, ...]:
    """Every such name, noun by noun in the order of the registry; webhooks do not tell of themselves."""
    return tuple(
        name
        for name, (lifecycle, move) in registry.events.items()
        if Role.ADMIN in move.audience and lifecycle.noun not in (ENDPOINT, MESSAGE)
    )
