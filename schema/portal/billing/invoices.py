"""Issued invoices as customers see them."""

from collections.abc import Mapping
from typing import Any

import strawberry

from domain.billing.facts import InvoiceFacts
from domain.billing.model import InvoiceKind
from domain.billing.scope import DOCUMENTS_SCOPE, INVOICES_SCOPE, ITEMS_SCOPE
from domain.billing.totals import asks_for_money
from domain.engine.context import EvaluationContext
from domain.kernel.i18n import translate
from domain.receivables.scope import RECEIVABLES_SCOPE
from schema.declarations.fields import column, computed, filter_field, ordering, sort_key, to_many, to_one
from schema.declarations.where_inputs import where_input
from schema.portal.enums import PaymentState
from schema.portal.references import AnInvoice, AReceivable
from schema.shared.billing.invoice_documents import InvoiceDocument
from schema.shared.billing.invoices import InvoiceFields, InvoiceItemFields
from schema.shared.field_order import field_order
from schema.shared.filters import DateFilter, EnumFilter, IdFilter, TextFilter
from schema.shared.translated_fields import STATUS_HELP

ORDER_NUMBERS = """ARRAY(SELECT DISTINCT o.number FROM invoice_items x JOIN billable_lines l ON l.id = x.line_id
    JOIN orders o ON o.id = l.order_id WHERE x.invoice_id = {t}.id ORDER BY o.number)"""

PROJECTS = """ARRAY(SELECT o.value->>'project' FROM jsonb_array_elements({t}.snapshot->'orders') o
    WHERE o.value->>'project' <> '' ORDER BY 1)"""


PAID_STATES = {"PARTLY_PAID": PaymentState.PARTLY_PAID, "PAID": PaymentState.PAID}


def payment_state(invoice: InvoiceFacts, _arguments: Mapping[str, Any], _context: EvaluationContext) -> PaymentState:
    """Whether the invoice is still to be paid."""
    if invoice.is_fully_reversed:
        return PaymentState.CANCELED
    if invoice.receivable_status in PAID_STATES and invoice.gross_cents:
        return PAID_STATES[invoice.receivable_status]
    return PaymentState.OPEN if asks_for_money(invoice.kind, invoice.gross_cents) else PaymentState.NOTHING_DUE


def payment_state_label(invoice: InvoiceFacts, arguments: Mapping[str, Any], context: EvaluationContext) -> str:
    """The payment state in the viewer's language."""
    return translate(context.actor.language, f"status.paymentState.{payment_state(invoice, arguments, context)}")


def payment_state_help(invoice: InvoiceFacts, arguments: Mapping[str, Any], context: EvaluationContext) -> str:
    """The explanation of the payment state in the viewer's language."""
    return translate(context.actor.language, f"status_help.paymentState.{payment_state(invoice, arguments, context)}")


@strawberry.type(description="One line of an invoice.")
class InvoiceItem(InvoiceItemFields):
    """One line of an invoice."""


@field_order(
    """
    id kind kind_label number currency issued_on due_on printed_at order_numbers projects items vat_groups net vat
    gross exchange_rate vat_in_euro payment_state payment_state_label payment_state_help reverses reversed_by
    receivable seller buyer documents
    """
)
@strawberry.type(description="An issued invoice, or the document that cancels one.")
class Invoice(InvoiceFields):
    """An issued invoice, or the document that cancels one."""

    order_numbers: list[str] = column(ORDER_NUMBERS, description="The numbers of the orders it speaks of.")
    projects: list[str] = column(PROJECTS, description="The projects of these, as they were when it was issued.")
    items: list[InvoiceItem] = to_many(
        ITEMS_SCOPE,
        on="{t}.invoice_id = {p}.id",
        order="{t}.position, {t}.id",
        limit=250,
        description="What it shows, in order.",
    )
    payment_state: PaymentState = computed(InvoiceFacts, payment_state, description="Whether it is still to be paid.")
    payment_state_label: str = computed(InvoiceFacts, payment_state_label, description="That in the viewer's language.")
    payment_state_help: str = computed(InvoiceFacts, payment_state_help, description=STATUS_HELP)
    reverses: AnInvoice | None = to_one(
        INVOICES_SCOPE, on="{t}.id = {p}.reverses_id", description="The invoice that this one cancels."
    )
    reversed_by: list[AnInvoice] = to_many(
        INVOICES_SCOPE,
        on="{t}.reverses_id = {p}.id",
        order="{t}.id",
        limit=50,
        description="The documents that cancel this one, in part or in full.",
    )
    receivable: AReceivable | None = to_one(
        RECEIVABLES_SCOPE, on="{t}.invoice_id = {p}.id", description="What is owed of it, once it is booked."
    )
    documents: list[InvoiceDocument] = to_many(
        DOCUMENTS_SCOPE,
        on="{t}.invoice_id = {p}.id",
        order="{t}.kind, {t}.id",
        limit=5,
        description="Its stored files; they follow within seconds.",
    )


@where_input(description="Which invoices to list; all that is given must hold.")
class InvoiceWhere:
    """The filter of invoice lists."""

    id: IdFilter | None = filter_field(id_prefix="inv", description="By identifier.")
    kind: EnumFilter[InvoiceKind] | None = filter_field(description="Invoices or cancellation invoices.")
    number: TextFilter | None = filter_field("coalesce({t}.number, '')", description="By number.")
    order: IdFilter | None = filter_field("{t}.order_id", id_prefix="ord", description="By order.")
    issued_on: DateFilter | None = filter_field(description="By date.")


INVOICE_SORTS = ordering(
    "Invoice",
    default="-ISSUED_ON",
    ISSUED_ON=sort_key("coalesce({t}.issued_on, '-infinity'::date)", "date", description="The date of the document."),
    NUMBER=sort_key("coalesce({t}.number, '')", description="The number."),
)
