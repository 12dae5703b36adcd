"""Which orders exist for whom."""

from collections.abc import Mapping

from domain.access.scope_inheritance import inherit_scopes, restrict_kinds
from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import OPERATIONS_KINDS, ActorKind

THERE = "{t}.deleted_at IS NULL"
ENDED = "('CANCELED', 'REJECTED', 'COMPLETED')"
OFFERED = """{t}.deleted_at IS NULL AND {t}.archived_at IS NULL AND (
    {t}.status IN ('AWAITING_CUSTOMER', 'ACTIVE', 'CANCELLATION_REVIEW', 'CANCELED', 'COMPLETED')
    OR {t}.status = 'REJECTED' AND {t}.rejection_cause IN ('CUSTOMER', 'OFFER_EXPIRED'))"""
ACCESS = "coalesce({t}.customer_access, (SELECT s.customer_access FROM operator_settings s))"
OPEN_TO_CUSTOMER = f"{ACCESS} = 'FULL' OR {{t}}.status = 'AWAITING_CUSTOMER'"
SEEN_BY_CUSTOMER = f"{OFFERED} AND ({OPEN_TO_CUSTOMER})"
ASSIGNED = """EXISTS (SELECT 1 FROM assignments a WHERE a.order_id = {t}.id AND a.account_id = {account})"""

ORDERS_SOURCE = ScopedTable(
    name="orders",
    table="orders",
    predicates={
        ActorKind.MEMBER: f"{THERE} AND {{t}}.member_id = {{member}}",
        ActorKind.STAFF: THERE,
        ActorKind.STAFF_ASSIGNED: f"{THERE} AND {ASSIGNED}",
        ActorKind.FINANCE: THERE,
        ActorKind.ADMIN: THERE,
        ActorKind.CUSTOMER: f"{SEEN_BY_CUSTOMER} AND {{t}}.customer_id = ANY({{customers}})",
        ActorKind.LINK: f"{SEEN_BY_CUSTOMER} AND {{t}}.id = {{order}}",
        ActorKind.CLOCK: EVERYTHING,
    },
)


def to_operations(key: str) -> Mapping[ActorKind, str]:
    """Scopes of what belongs to an order: whoever works on the order sees it; `key` names the order."""
    return {**restrict_kinds(inherit_scopes(ORDERS_SOURCE, key), OPERATIONS_KINDS), ActorKind.CLOCK: EVERYTHING}
