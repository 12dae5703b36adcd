"""Scope of orders."""

from collections.abc import Mapping

from domain.access.scope_inheritance import inherit_scopes, restrict_kinds
from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import OPERATIONS_KINDS, ActorKind

NOT_DELETED = "{t}.deleted_at IS NULL"
# A draft is its member's alone until it is submitted, which makes the first revision of its offer. Counts for the
# operator count submitted ones only.
WAS_SUBMITTED = "({t}.status <> 'DRAFT' OR {t}.offer_revision > 0)"
ENDED_STATES = "('CANCELED', 'REJECTED', 'COMPLETED')"
ORDER_VISIBLE_TO_CUSTOMER = """{t}.deleted_at IS NULL AND {t}.archived_at IS NULL AND (
    {t}.status IN ('AWAITING_CUSTOMER', 'ACTIVE', 'CANCELLATION_REVIEW', 'CANCELED', 'COMPLETED')
    OR {t}.status = 'REJECTED' AND {t}.rejection_cause IN ('CUSTOMER', 'OFFER_EXPIRED'))"""
CUSTOMER_ACCESS = "coalesce({t}.customer_access, (SELECT s.customer_access FROM operator_settings s))"
OPEN_TO_CUSTOMER = f"{CUSTOMER_ACCESS} = 'FULL' OR {{t}}.status = 'AWAITING_CUSTOMER'"
CUSTOMER_SCOPE = f"{ORDER_VISIBLE_TO_CUSTOMER} AND ({OPEN_TO_CUSTOMER})"
ASSIGNED = """EXISTS (SELECT 1 FROM assignments a WHERE a.order_id = {t}.id AND a.account_id = {account})"""
# An employee sees the duplicates that they made from the start.
VISIBLE_TO_OFFICE = f"{NOT_DELETED} AND ({WAS_SUBMITTED} OR {{t}}.created_by_id = {{account}})"

ORDERS_SCOPE = ScopedTable(
    name="orders",
    table="orders",
    predicates={
        ActorKind.MEMBER: f"{NOT_DELETED} AND {{t}}.member_id = {{member}}",
        ActorKind.STAFF: VISIBLE_TO_OFFICE,
        ActorKind.STAFF_ASSIGNED: f"{VISIBLE_TO_OFFICE} AND {ASSIGNED}",
        ActorKind.FINANCE: VISIBLE_TO_OFFICE,
        ActorKind.ADMIN: VISIBLE_TO_OFFICE,
        ActorKind.CUSTOMER: f"{CUSTOMER_SCOPE} AND {{t}}.customer_id = ANY({{customers}})",
        ActorKind.LINK: f"{CUSTOMER_SCOPE} AND {{t}}.id = {{order}}",
        ActorKind.CLOCK: EVERYTHING,
    },
)
# The orders on which an actor makes moves. A reply link reaches one as long as its contact is asked about it, and reads
# nothing of it but the questions.
MANAGED_ORDERS_SCOPE = ScopedTable(
    name="managed_orders",
    table="orders",
    predicates={
        **ORDERS_SCOPE.predicates,
        ActorKind.REPLY_LINK: f"{CUSTOMER_SCOPE} AND {{t}}.id = {{order}} AND {{t}}.contact_id = {{contact}}",
    },
)


def operations_scope(key: str) -> Mapping[ActorKind, str]:
    """Scopes of rows that belong to an order, for actors of operations who see it; `key` names the order's id."""
    return {**restrict_kinds(inherit_scopes(ORDERS_SCOPE, key), OPERATIONS_KINDS), ActorKind.CLOCK: EVERYTHING}
