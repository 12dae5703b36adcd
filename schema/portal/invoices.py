"""Issued invoices as customers see them."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import strawberry

from domain.billing.facts import InvoiceFacts
from domain.billing.model import InvoiceKind
from domain.billing.scope import INVOICES_SCOPE, ITEMS_SCOPE
from domain.engine.context import EvaluationContext
from domain.kernel.i18n import translate
from domain.kernel.money import VatCategory
from schema.declarations.fields import column, computed, embedded, filter_field, ordering, sort_key, to_many, to_one
from schema.portal.enums import PaymentState
from schema.portal.references import AnInvoice
from schema.shared.filters import DateFilter, EnumFilter, IdFilter, TextFilter
from schema.shared.invoices import BUYER, SELLER, InvoiceParty, VatFacts, VatGroup, vat_groups
from schema.shared.money import Money, money_field
from schema.shared.translated_fields import translated

ITEM_CURRENCY = "(SELECT i.currency FROM invoices i WHERE i.id = {t}.invoice_id)"
ORDER_NUMBERS = """ARRAY(SELECT DISTINCT o.number FROM invoice_items x JOIN billable_lines l ON l.id = x.line_id
    JOIN orders o ON o.id = l.order_id WHERE x.invoice_id = {t}.id ORDER BY o.number)"""


def payment_state(invoice: InvoiceFacts, _arguments: Mapping[str, Any], _moment: EvaluationContext) -> PaymentState:
    """Whether the invoice is still to be paid."""
    return PaymentState.CANCELED if invoice.is_fully_reversed else PaymentState.OPEN


def payment_state_label(invoice: InvoiceFacts, arguments: Mapping[str, Any], context: EvaluationContext) -> str:
    """That in the viewer's language."""
    return translate(context.actor.language, f"status.paymentState.{payment_state(invoice, arguments, context)}")


@strawberry.type(description="One line of an invoice.")
class InvoiceItem:
    """One line of an invoice."""

    position: int = column(description="Its place on the invoice, from 1.")
    text: str = column(description="What is invoiced.")
    service_from: date | None = column(description="First day of the service.")
    service_to: date | None = column(description="Last day of the service.")
    quantity: Decimal = column("trim_scale({t}.quantity)", description="How many units.")
    unit_price: Money = money_field(
        "{t}.unit_price_cents", currency=ITEM_CURRENCY, description="Net price of one unit."
    )
    vat_category: VatCategory = column(description="How value added tax applies.")
    vat_rate: Decimal = column("trim_scale({t}.vat_rate)", description="The tax rate in percent.")
    net: Money = money_field("{t}.net_cents", currency=ITEM_CURRENCY, description="Net amount.")


@strawberry.type(description="An issued invoice, or the document that cancels one.")
class Invoice:
    """An issued invoice, or the document that cancels one."""

    id: strawberry.ID = column(id_prefix="inv", description="The invoice's identifier.")
    kind: InvoiceKind = column(description="An invoice or a cancellation invoice.")
    kind_label: str = translated("status.invoiceKind", "{t}.kind", description="That in the viewer's language.")
    number: str | None = column(description="The document's number.")
    currency: str = column(description="The currency of all its amounts.")
    issued_on: date | None = column(description="The date the document carries.")
    due_on: date | None = column(description="Until when it is to be paid.")
    printed_at: datetime | None = column(description="When it was issued.")
    order_numbers: list[str] = column(ORDER_NUMBERS, description="The numbers of the orders it speaks of.")
    items: list[InvoiceItem] = to_many(
        ITEMS_SCOPE,
        on="{t}.invoice_id = {p}.id",
        order="{t}.position, {t}.id",
        limit=250,
        description="What it shows, in order.",
    )
    vat_groups: list[VatGroup] = computed(
        VatFacts, vat_groups, description="Net and tax by category and rate; tax is that of the group's sum."
    )
    net: Money = money_field("{t}.net_cents", description="Net sum.")
    vat: Money = money_field("{t}.vat_cents", description="Value added tax.")
    gross: Money = money_field("{t}.net_cents + {t}.vat_cents", description="Net and tax together.")
    payment_state: PaymentState = computed(InvoiceFacts, payment_state, description="Whether it is still to be paid.")
    payment_state_label: str = computed(InvoiceFacts, payment_state_label, description="That in the viewer's language.")
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
    seller: InvoiceParty | None = embedded(
        **SELLER, when="{t}.snapshot IS NOT NULL", description="Who invoices, as frozen on the document."
    )
    buyer: InvoiceParty | None = embedded(
        **BUYER, when="{t}.snapshot IS NOT NULL", description="Who pays, as frozen on the document."
    )


@strawberry.input(description="Which invoices to list; all that is given must hold.")
class InvoiceWhere:
    """Which invoices to list."""

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
