"""Scope of webhooks: administrators and the system."""

from domain.access.scope_inheritance import inherit_scopes
from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import ActorKind

NOT_DELETED = "{t}.state <> 'DELETED'"

WEBHOOK_ENDPOINTS_SCOPE = ScopedTable(
    name="webhook_endpoints",
    table="webhook_endpoints",
    predicates={ActorKind.ADMIN: NOT_DELETED, ActorKind.CLOCK: EVERYTHING},
)
WEBHOOK_MESSAGES_SCOPE = ScopedTable(
    name="webhook_messages",
    table="webhook_messages",
    predicates=inherit_scopes(WEBHOOK_ENDPOINTS_SCOPE, "endpoint_id"),
)
WEBHOOK_ATTEMPTS_SCOPE = ScopedTable(
    name="webhook_attempts",
    table="webhook_attempts",
    predicates=inherit_scopes(WEBHOOK_MESSAGES_SCOPE, "message_id"),
)
