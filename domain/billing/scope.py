"""Scopes of lines, invoices and items."""

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import ActorKind

ISSUED = "{t}.status IN ('PRINTED', 'POSTED')"
ASSIGNED = "EXISTS (SELECT 1 FROM assignments a WHERE a.order_id = {t}.order_id AND a.account_id = {account})"
INVOICE_OF_ASSIGNED = """EXISTS (SELECT 1 FROM invoice_items x JOIN billable_lines l ON l.id = x.line_id
    JOIN assignments a ON a.order_id = l.order_id WHERE x.invoice_id = {t}.id AND a.account_id = {account})"""

LINES_SCOPE = ScopedTable(
    name="lines",
    table="billable_lines",
    predicates={
        ActorKind.MEMBER: "{t}.member_id = {member}",
        ActorKind.STAFF: EVERYTHING,
        ActorKind.STAFF_ASSIGNED: ASSIGNED,
        ActorKind.FINANCE: EVERYTHING,
        ActorKind.ADMIN: EVERYTHING,
        ActorKind.CLOCK: EVERYTHING,
    },
)
# An invoice that both parts find counts once, because it is compared with a set.
INVOICES_OF_ORDER = """ANY(ARRAY(SELECT l.invoice_id FROM billable_lines l WHERE l.order_id = {order}
    UNION ALL SELECT i.id FROM invoices i WHERE i.order_id = {order}))"""

INVOICES_SCOPE = ScopedTable(
    name="invoices",
    table="invoices",
    predicates={
        ActorKind.MEMBER: "{t}.member_id = {member}",
        ActorKind.STAFF: EVERYTHING,
        ActorKind.STAFF_ASSIGNED: INVOICE_OF_ASSIGNED,
        ActorKind.FINANCE: EVERYTHING,
        ActorKind.ADMIN: EVERYTHING,
        ActorKind.CUSTOMER: f"{ISSUED} AND {{t}}.customer_id = ANY({{customers}})",
        ActorKind.LINK: f"{ISSUED} AND {{t}}.order_id = {{order}}",
        ActorKind.CLOCK: EVERYTHING,
    },
)


def within_invoice(scope: str) -> str:
    """SQL: the row's invoice is in this scope."""
    return f"EXISTS (SELECT 1 FROM invoices i WHERE i.id = {{t}}.invoice_id AND {scope.replace('{t}', 'i')})"


DOCUMENTS_SCOPE = ScopedTable(
    name="invoice_documents",
    table="invoice_documents",
    predicates={kind: within_invoice(scope) for kind, scope in INVOICES_SCOPE.predicates.items()},
)
CHECKS_SCOPE = ScopedTable(
    name="invoice_checks",
    table="invoice_checks",
    predicates={ActorKind.FINANCE: EVERYTHING, ActorKind.ADMIN: EVERYTHING, ActorKind.CLOCK: EVERYTHING},
)
ITEMS_SCOPE = ScopedTable(
    name="invoice_items",
    table="invoice_items",
    predicates={kind: within_invoice(scope) for kind, scope in INVOICES_SCOPE.predicates.items()},
)
