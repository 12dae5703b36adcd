"""Claims that must hold before a move of an invoice."""

from datetime import date
from decimal import Decimal

from domain.billing.facts import InvoiceFacts
from domain.billing.inputs import InvoiceDate, Sending
from domain.billing.model import HoldCause, InvoiceKind, InvoiceStatus
from domain.engine.context import EvaluationContext
from domain.kernel.actors import Role
from domain.kernel.errors import Refusal, guard_failed, invalid
from domain.kernel.money import Money, VatCategory, vat_rate
from domain.orders.model import OrderStatus

ENDING = frozenset({OrderStatus.CANCELLATION_REVIEW, OrderStatus.CANCELED})


def no_order_is_being_canceled(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    """No order of the invoice is being canceled. Composition checks the orders of its lines itself."""
    return guard_failed("order_is_being_canceled") if ENDING & set(invoice.order_statuses) else None


def is_not_pending(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    """A pending invoice is frozen for all but the system, which follows the order."""
    if invoice.status is InvoiceStatus.PENDING_APPROVAL and context.actor.role is not Role.CLOCK:
        return guard_failed("invoice_is_pending")
    return None


def is_not_on_hold(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    """The system may add its cause to an invoice that is on hold already."""
    if invoice.status is InvoiceStatus.ON_HOLD and context.actor.role is not Role.CLOCK:
        return guard_failed("invoice_is_on_hold")
    return None


def some_cause_can_be_lifted(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    if causes_left(invoice, context) == invoice.hold_causes:
        return guard_failed("held_for_cancellation")
    return None


def causes_left(invoice: InvoiceFacts, context: EvaluationContext) -> tuple[HoldCause, ...]:
    """The causes that hold the invoice after this actor's release: finance does not lift the order's cancellation."""
    follows_the_order = context.actor.role is Role.CLOCK
    return tuple(cause for cause in invoice.hold_causes if (cause is HoldCause.CANCELLATION) is not follows_the_order)


def submitted_by_another_account(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    """Dual control: the submitter does not decide."""
    if invoice.submitted_by_id is not None and invoice.submitted_by_id == context.actor.account_id:
        return guard_failed("submitter_cannot_decide")
    return None


def amount_is_within_approval_limit(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    """The gross amount counts, regardless of its sign; an account without a limit approves any amount."""
    limit = invoice.approval_limits.get(str(context.actor.account_id))
    if limit is not None and abs(invoice.gross_cents) > limit:
        return guard_failed("amount_beyond_limit", limit=Money(limit, invoice.currency))
    return None


def has_items(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    return None if invoice.items else guard_failed("invoice_without_items")


def total_is_not_negative(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    """An invoice asks for money or for nothing; only a cancellation invoice gives some back."""
    return guard_failed("total_below_zero") if invoice.gross_cents < 0 else None


def items_are_described(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    """Section 14 (4) no. 5 UStG: quantity and kind of the service."""
    return guard_failed("item_without_text") if invoice.items_without_text else None


def items_have_service_period(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    """Section 14 (4) no. 6 UStG: the time of the service."""
    return guard_failed("item_without_period") if invoice.items_without_period else None


def operator_is_complete(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    """Section 14 (4) no. 1 and 2 UStG: name, address, and VAT id or tax number of the supplier."""
    return None if invoice.operator_is_complete else guard_failed("operator_incomplete")


def customer_is_complete(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    """Section 14 (4) no. 1 UStG: name and address of the recipient."""
    return None if invoice.customer_is_complete else guard_failed("customer_address_incomplete")


def required_vat_ids_are_present(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    """Section 14a UStG: reverse charge and intra-community supplies name the recipient's VAT id."""
    if invoice.items_naming_both_vat_ids and not invoice.customer_vat_id:
        return guard_failed("customer_vat_id_missing")
    return None


def tax_rates_match_issue_date(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    """Section 14 (4) no. 8 UStG: the rate that applies."""
    on = issue_date(invoice, context)
    return guard_failed("tax_rate_of_another_date", on=on) if rates_differ(invoice, on) else None


def small_business_shows_no_tax(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    """Sections 14c and 19 UStG: tax that a small business shows would be owed."""
    if all(context.settings.vat_category(category) is category for category in invoice.vat_categories):
        return None
    return guard_failed("small_business_shows_tax")


def out_of_scope_stands_alone(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    """EN 16931, BR-O-11 to BR-O-14: what is outside the scope of the tax shares its invoice with no other category."""
    categories = {*invoice.vat_categories}
    if VatCategory.OUT_OF_SCOPE not in categories or len(categories) == 1:
        return None
    return guard_failed("out_of_scope_not_alone")


def issue_date(invoice: InvoiceFacts, context: EvaluationContext) -> date:
    """The date of the document when it is issued now: today, unless finance has chosen another."""
    return invoice.invoice_on if invoice.is_redated else context.today


def rates_differ(invoice: InvoiceFacts, on: date) -> bool:
    """Whether a tax rate of the invoice differs on that day."""
    kinds = zip(invoice.vat_categories, invoice.vat_rates, strict=True)
    return any(vat_rate(category, on) != Decimal(rate) for category, rate in kinds)


def date_is_not_in_future(invoice: InvoiceFacts, new: InvoiceDate, context: EvaluationContext) -> Refusal | None:
    return invalid("invoice_date_in_future", "invoice_on") if new.invoice_on > context.today else None


def date_fits_service_period(invoice: InvoiceFacts, new: InvoiceDate, context: EvaluationContext) -> Refusal | None:
    """A date before the first day of service is rarely meant; finance says so."""
    if new.confirmed or invoice.service_from is None or new.invoice_on >= invoice.service_from:
        return None
    return invalid("date_before_service", "confirmed", service_from=invoice.service_from)


def approved_amount_is_unchanged(invoice: InvoiceFacts, new: InvoiceDate, context: EvaluationContext) -> Refusal | None:
    """Another tax rate changes the amount, which has been approved."""
    if invoice.approved_by_id is None or not rates_differ(invoice, new.invoice_on):
        return None
    return guard_failed("approved_amount_would_change")


def sending_is_recorded(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    return None if invoice.sent_at else guard_failed("sending_not_recorded")


def sending_has_reason(invoice: InvoiceFacts, sending: Sending | None, context: EvaluationContext) -> Refusal | None:
    if context.actor.role is Role.CLOCK or (sending and sending.reason and sending.reason.strip()):
        return None
    return invalid("sending_without_reason", "reason")


def is_not_cancellation_invoice(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("is_a_cancellation_invoice") if invoice.kind is InvoiceKind.CANCELLATION else None


def is_not_fully_reversed(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("already_fully_reversed") if invoice.is_fully_reversed else None


def was_not_undone(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("invoice_was_undone") if invoice.is_undone else None


def lines_still_belong_to_invoice(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("lines_used_elsewhere") if invoice.lines_gone else None
