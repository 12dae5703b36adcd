"""Scopes of the rows that belong to an order: billing plan, comments and their files, evidence and assignments."""

from domain.access.scope_inheritance import inherit_scopes, inherited_predicate, restrict_kinds
from domain.access.scoped_table import ScopedTable
from domain.kernel.actors import ALL_BUT_CUSTOMER_KINDS, OFFICE_AND_CLOCK, PORTAL_KINDS, ActorKind
from domain.orders.scope import MANAGED_ORDERS_SCOPE, ORDERS_SCOPE

READ_BY_MEMBER = "{t}.visibility IN ('MEMBER', 'CUSTOMER')"
READ_BY_CUSTOMER = "{t}.visibility = 'CUSTOMER'"

PLANNED_INVOICES_SCOPE = ScopedTable(
    name="planned_invoices", table="planned_invoices", predicates=inherit_scopes(ORDERS_SCOPE, "order_id")
)
OFFER_REVISIONS_SCOPE = ScopedTable(
    name="offer_revisions",
    table="offer_revisions",
    predicates=restrict_kinds(inherit_scopes(ORDERS_SCOPE, "order_id"), ALL_BUT_CUSTOMER_KINDS),
)
EVIDENCE_SCOPE = ScopedTable(
    name="evidence",
    table="evidence",
    predicates=restrict_kinds(inherit_scopes(ORDERS_SCOPE, "order_id"), ALL_BUT_CUSTOMER_KINDS),
)
ASSIGNMENTS_SCOPE = ScopedTable(
    name="assignments",
    table="assignments",
    predicates=restrict_kinds(inherit_scopes(ORDERS_SCOPE, "order_id"), OFFICE_AND_CLOCK),
)
COMMENTS_SCOPE = ScopedTable(
    name="comments",
    table="comments",
    predicates={
        **restrict_kinds(inherit_scopes(ORDERS_SCOPE, "order_id"), OFFICE_AND_CLOCK),
        **restrict_kinds(inherit_scopes(ORDERS_SCOPE, "order_id", condition=READ_BY_MEMBER), [ActorKind.MEMBER]),
        **restrict_kinds(inherit_scopes(ORDERS_SCOPE, "order_id", condition=READ_BY_CUSTOMER), PORTAL_KINDS),
        ActorKind.REPLY_LINK: (
            f"{inherited_predicate(MANAGED_ORDERS_SCOPE, ActorKind.REPLY_LINK, 'order_id')} AND ({READ_BY_CUSTOMER})"
        ),
    },
)
COMMENT_FILES_SCOPE = ScopedTable(
    name="comment_files", table="comment_files", predicates=inherit_scopes(COMMENTS_SCOPE, "comment_id")
)
