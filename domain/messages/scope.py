"""Scope of messages: staff see those about their orders, finance those about invoices, administrators all."""

from domain.access.scope_inheritance import inherit_scopes, restrict_kinds
from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import ActorKind
from domain.orders.scope import ORDERS_SCOPE

MESSAGES_SCOPE = ScopedTable(
    name="messages",
    table="outbox",
    predicates={
        **restrict_kinds(inherit_scopes(ORDERS_SCOPE, "order_id"), (ActorKind.STAFF, ActorKind.STAFF_ASSIGNED)),
        ActorKind.FINANCE: "{t}.subject_kind = 'invoice'",
        ActorKind.ADMIN: EVERYTHING,
        ActorKind.CLOCK: EVERYTHING,
    },
)
