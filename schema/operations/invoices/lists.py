"""Filters and orders of invoice lists."""

import strawberry

from domain.billing.model import HoldCause, InvoiceKind, InvoiceStatus
from domain.billing.scope import INVOICES_OF_ORDER
from domain.hidden_reasons import INVOICE_VISIBLE
from schema.declarations.fields import filter_field, ordering, sort_key
from schema.shared.filters import DateFilter, DateTimeFilter, EnumFilter, IdFilter, TextFilter

OF_ORDER = f"{{t}}.id = {INVOICES_OF_ORDER.format(order='{value}')}"

OF_NO_ORDER = """({t}.order_id IS NULL AND NOT EXISTS (SELECT 1 FROM billable_lines l
    WHERE l.invoice_id = {t}.id AND l.order_id IS NOT NULL))"""


@strawberry.input(description="Which invoices to list; all that is given must hold.")
class InvoiceWhere:
    """The filter of invoice lists."""

    id: IdFilter | None = filter_field(id_prefix="inv", description="By identifier.")
    status: EnumFilter[InvoiceStatus] | None = filter_field(index_prefix=True, description="By where they stand.")
    kind: EnumFilter[InvoiceKind] | None = filter_field(description="Invoices or cancellation invoices.")
    number: TextFilter | None = filter_field(
        "coalesce({t}.number, {t}.provisional_number)", description="By number, or provisional number before."
    )
    member: IdFilter | None = filter_field(
        "{t}.member_id", id_prefix="mem", index_prefix=True, description="By member."
    )
    customer: IdFilter | None = filter_field(
        "{t}.customer_id", id_prefix="cus", index_prefix=True, description="By customer."
    )
    order: strawberry.ID | None = filter_field(
        OF_ORDER, id_prefix="ord", description="Those with something of an order."
    )
    hold_cause: HoldCause | None = filter_field(
        "{value}::text = ANY({t}.hold_causes)", description="Those on hold for this cause."
    )
    of_no_order: bool | None = filter_field(
        f"{OF_NO_ORDER} = {{value}}", description="Whether nothing on them belongs to an order."
    )
    hidden: bool | None = filter_field(
        f"(NOT ({INVOICE_VISIBLE})) = {{value}}", description="Whether their customer does not see them."
    )
    invoice_on: DateFilter | None = filter_field(description="By planned date.")
    issued_on: DateFilter | None = filter_field(description="By the date of the document.")
    created_at: DateTimeFilter | None = filter_field(description="By when they were made.")


INVOICE_SORTS = ordering(
    "Invoice",
    default="-CREATED_AT",
    CREATED_AT=sort_key("{t}.created_at", "timestamptz", description="When it was made."),
    INVOICE_ON=sort_key("{t}.invoice_on", "date", description="The planned date."),
    STATUS=sort_key("{t}.status", description="Where it stands, by the name of the state."),
    NUMBER=sort_key("coalesce({t}.number, {t}.provisional_number)", description="The number, or the provisional one."),
)
