"""How lists of invoices are narrowed and sorted."""

import strawberry

from domain.billing.model import HoldCause, InvoiceKind, InvoiceStatus
from domain.billing.sources import INVOICES_OF_ORDER
from domain.client_status.hidden import INVOICE_SEEN
from schema.compiled.declare import by, filtered, ordering
from schema.shared.filters import Choice, Day, Identifier, Instant, Text

OF_ORDER = f"{{t}}.id = {INVOICES_OF_ORDER.format(order='{value}')}"

OF_NO_ORDER = """({t}.order_id IS NULL AND NOT EXISTS (SELECT 1 FROM billable_lines l
    WHERE l.invoice_id = {t}.id AND l.order_id IS NOT NULL))"""


@strawberry.input(description="Which invoices to list; all that is given must hold.")
class InvoiceWhere:
    """Which invoices to list."""

    id: Identifier | None = filtered(id_prefix="inv", description="By identifier.")
    status: Choice[InvoiceStatus] | None = filtered(leads=True, description="By where they stand.")
    kind: Choice[InvoiceKind] | None = filtered(description="Invoices or cancellation invoices.")
    number: Text | None = filtered(
        "coalesce({t}.number, {t}.provisional_number)", description="By number, or provisional number before."
    )
    member: Identifier | None = filtered("{t}.member_id", id_prefix="mem", leads=True, description="By member.")
    customer: Identifier | None = filtered("{t}.customer_id", id_prefix="cus", leads=True, description="By customer.")
    order: strawberry.ID | None = filtered(OF_ORDER, id_prefix="ord", description="Those with something of an order.")
    hold_cause: HoldCause | None = filtered(
        "{value}::text = ANY({t}.hold_causes)", description="Those on hold for this cause."
    )
    of_no_order: bool | None = filtered(
        f"{OF_NO_ORDER} = {{value}}", description="Whether nothing on them belongs to an order."
    )
    hidden: bool | None = filtered(
        f"(NOT ({INVOICE_SEEN})) = {{value}}", description="Whether their customer does not see them."
    )
    invoice_on: Day | None = filtered(description="By planned date.")
    issued_on: Day | None = filtered(description="By the date of the document.")
    created_at: Instant | None = filtered(description="By when they were made.")


INVOICE_SORTS = ordering(
    "Invoice",
    default="-CREATED_AT",
    CREATED_AT=by("{t}.created_at", "timestamptz", description="When it was made."),
    INVOICE_ON=by("{t}.invoice_on", "date", description="The planned date."),
    STATUS=by("{t}.status", description="Where it stands, by the name of the state."),
    NUMBER=by("coalesce({t}.number, {t}.provisional_number)", description="The number, or the provisional one."),
)
