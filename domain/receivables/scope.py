"""Scopes of receivables and their entries."""

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.billing.scope import INVOICES_SCOPE, within_invoice
from domain.kernel.actors import ActorKind

READERS = (ActorKind.MEMBER, ActorKind.STAFF, ActorKind.STAFF_ASSIGNED, ActorKind.CUSTOMER)
FINANCE_AND_CLOCK = {ActorKind.FINANCE: EVERYTHING, ActorKind.ADMIN: EVERYTHING, ActorKind.CLOCK: EVERYTHING}
# What the operator writes off concerns nobody else: the customer owes it nevertheless.
OF_CUSTOMER = f"""{{t}}.kind NOT IN ('WRITE_OFF', 'WRITE_OFF_REVERSAL') AND EXISTS (SELECT 1 FROM receivables r
    JOIN invoices i ON i.id = r.invoice_id
    WHERE r.id = {{t}}.receivable_id AND {INVOICES_SCOPE.predicates[ActorKind.CUSTOMER].replace("{t}", "i")})"""

RECEIVABLES_SCOPE = ScopedTable(
    name="receivables",
    table="receivables",
    predicates={
        **{kind: within_invoice(INVOICES_SCOPE.predicates[kind]) for kind in READERS},
        **FINANCE_AND_CLOCK,
    },
)
ENTRIES_SCOPE = ScopedTable(
    name="receivable_entries",
    table="receivable_entries",
    predicates={ActorKind.CUSTOMER: OF_CUSTOMER, **FINANCE_AND_CLOCK},
)
