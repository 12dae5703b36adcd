"""Facts of lines and invoices, which guards, deadlines and derived values evaluate."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.billing.model import HoldCause, InvoiceKind, InvoiceStatus, LineSource, LineStatus
from domain.engine.facts import fact
from domain.kernel.money import VatCategory
from domain.orders.model import OrderStatus

OF_ORDER = "(SELECT o.status FROM orders o WHERE o.id = {t}.order_id)"
OF_INVOICE = "(SELECT i.status FROM invoices i WHERE i.id = {t}.invoice_id)"
# The customer's latest answer to a proposed invoice; none where nobody was asked.
LATEST_SUPPLEMENT = """(SELECT s.status FROM supplements s WHERE s.line_id = {t}.id ORDER BY s.id DESC LIMIT 1)"""
ORDER_STATUSES = """(SELECT coalesce(jsonb_agg(DISTINCT o.status), '[]') FROM billable_lines l
    JOIN orders o ON o.id = l.order_id WHERE l.invoice_id = {t}.id)"""
REVERSED_OF_ITEM = """SELECT r.net_cents FROM invoice_items r JOIN invoices c ON c.id = r.invoice_id
    WHERE c.reverses_id = {t}.id AND r.line_id = x.line_id"""
ITEMS_NOT_REVERSED = f"""(SELECT count(*) FROM invoice_items x WHERE x.invoice_id = {{t}}.id
    AND (NOT EXISTS ({REVERSED_OF_ITEM})
         OR x.net_cents + (SELECT sum(d.net_cents) FROM ({REVERSED_OF_ITEM}) d) <> 0))"""
LINES_GONE = """(SELECT count(*) FROM invoice_items x JOIN billable_lines l ON l.id = x.line_id
    WHERE x.invoice_id = {t}.id AND l.invoice_id IS DISTINCT FROM {t}.id)"""
OPERATOR_IS_COMPLETE = """(SELECT s.name_de <> '' AND s.street <> '' AND s.postcode <> '' AND s.city <> ''
    AND (s.vat_id <> '' OR s.tax_number <> '') FROM operator_settings s)"""
CUSTOMER_IS_COMPLETE = """(SELECT c.legal_name <> '' AND c.street <> '' AND c.postcode <> '' AND c.city <> ''
    FROM customers c WHERE c.id = {t}.customer_id)"""
LIMITS = """(SELECT coalesce(jsonb_object_agg(a.id, a.approval_limit_cents), jsonb_build_object())
    FROM accounts a WHERE a.approval_limit_cents IS NOT NULL)"""

OF_RECEIVABLE = "(SELECT {what} FROM receivables r WHERE r.invoice_id = {{t}}.id)"
# What reminders have charged beside it may remain.
IS_PAID = "r.paid_cents >= r.amount_cents - r.canceled_cents AND (r.paid_cents > 0 OR r.amount_cents = 0)"
RENDERING_IS = """EXISTS (SELECT 1 FROM document_jobs j
    WHERE j.invoice_id = {{t}}.id AND j.kind = 'RENDERING' AND j.state = '{state}')"""
IS_CHECKED = """({t}.number IS NOT NULL OR EXISTS (SELECT 1 FROM invoice_checks k
    WHERE k.invoice_id = {t}.id AND k.fingerprint = invoice_fingerprint({t}.id)))"""
BROKEN_RULES = """coalesce((SELECT jsonb_path_query_array(k.findings, '$[*].rule') FROM invoice_checks k
    WHERE k.invoice_id = {t}.id AND {t}.number IS NULL), '[]')"""


def items_with(condition: str) -> str:
    """SQL that counts an invoice's items `x` with this condition."""
    return f"(SELECT count(*) FROM invoice_items x WHERE x.invoice_id = {{t}}.id AND {condition})"


@dataclass(frozen=True)
class LineFacts:
    """One billable line as its guards see it; `lines_together` counts the lines of its invoice."""

    id: UUID = fact("{t}.id")
    status: LineStatus = fact("{t}.status")
    source: LineSource = fact("{t}.source")
    order_id: UUID | None = fact("{t}.order_id")
    order_status: OrderStatus | None = fact(OF_ORDER)
    planned_invoice_id: UUID | None = fact("{t}.planned_invoice_id")
    invoice_id: UUID | None = fact("{t}.invoice_id")
    invoice_status: InvoiceStatus | None = fact(OF_INVOICE)
    invoice_on: date | None = fact("{t}.invoice_on")
    service_from: date | None = fact("{t}.service_from")
    service_to: date | None = fact("{t}.service_to")
    composed_by_finance_only: bool = fact("{t}.composed_by_finance_only")
    entered_by_id: UUID | None = fact("{t}.entered_by_id")
    consumed_at: datetime | None = fact("{t}.consumed_at")
    supplement_status: str | None = fact(LATEST_SUPPLEMENT)
    lines_together: int = fact("(SELECT count(*) FROM billable_lines l WHERE l.invoice_id = {t}.invoice_id)")

    @property
    def is_proposal(self) -> bool:
        """Whether a member proposed it."""
        return self.source is LineSource.PROPOSAL

    @property
    def is_on_an_invoice(self) -> bool:
        """Whether it belongs to an invoice that has not been canceled."""
        return self.invoice_status is not None and self.invoice_status is not InvoiceStatus.CANCELED


@dataclass(frozen=True)
class InvoiceFacts:
    """One invoice as its guards see it; counts are those of this moment."""

    id: UUID = fact("{t}.id")
    kind: InvoiceKind = fact("{t}.kind")
    status: InvoiceStatus = fact("{t}.status")
    order_id: UUID | None = fact("{t}.order_id")
    order_statuses: tuple[OrderStatus, ...] = fact(ORDER_STATUSES)
    currency: str = fact("{t}.currency")
    exchange_rate: Decimal | None = fact("{t}.exchange_rate")
    net_cents: int = fact("{t}.net_cents")
    vat_cents: int = fact("{t}.vat_cents")
    invoice_on: date = fact("{t}.invoice_on")
    issued_on: date | None = fact("{t}.issued_on")
    is_archived: bool = fact("EXISTS (SELECT 1 FROM archived_invoices a WHERE a.invoice_id = {t}.id)")
    is_redated: bool = fact("{t}.is_redated")
    has_receivable: bool = fact("EXISTS (SELECT 1 FROM receivables r WHERE r.invoice_id = {t}.id OFFSET 0)")
    hold_causes: tuple[HoldCause, ...] = fact("to_jsonb({t}.hold_causes)")
    is_undone: bool = fact("{t}.is_undone")
    submitted_by_id: UUID | None = fact("{t}.submitted_by_id")
    submitted_at: datetime | None = fact("{t}.submitted_at")
    approved_by_id: UUID | None = fact("{t}.approved_by_id")
    approval_limits: dict[str, int] = fact(LIMITS)
    composed_at: datetime | None = fact("{t}.composed_at")
    printed_at: datetime | None = fact("{t}.printed_at")
    sent_at: datetime | None = fact("{t}.sent_at")
    items: int = fact(items_with("TRUE"))
    items_without_period: int = fact(items_with("(x.service_from IS NULL OR x.service_to IS NULL)"))
    service_from: date | None = fact("(SELECT min(x.service_from) FROM invoice_items x WHERE x.invoice_id = {t}.id)")
    items_without_text: int = fact(items_with("btrim(x.text) = ''"))
    items_naming_both_vat_ids: int = fact(items_with("x.vat_category IN ('REVERSE_CHARGE', 'INTRA_COMMUNITY')"))
    vat_kinds: tuple[str, ...] = fact(
        "(SELECT coalesce(jsonb_agg(DISTINCT concat(x.vat_category, ' ', x.vat_rate)), '[]')"
        " FROM invoice_items x WHERE x.invoice_id = {t}.id)"
    )
    items_not_reversed: int = fact(ITEMS_NOT_REVERSED)
    lines_gone: int = fact(LINES_GONE)
    reversals: int = fact("(SELECT count(*) FROM invoices c WHERE c.reverses_id = {t}.id)")
    receivable_status: str | None = fact(OF_RECEIVABLE.format(what="r.status"))
    is_paid: bool = fact(f"coalesce({OF_RECEIVABLE.format(what=IS_PAID)}, FALSE)")
    is_disputed: bool = fact(f"coalesce({OF_RECEIVABLE.format(what='r.disputed_at IS NOT NULL')}, FALSE)")
    operator_is_complete: bool = fact(OPERATOR_IS_COMPLETE)
    customer_is_complete: bool = fact(CUSTOMER_IS_COMPLETE)
    is_checked: bool = fact(IS_CHECKED)
    broken_rules: tuple[str, ...] = fact(BROKEN_RULES)
    documents_stored: bool = fact(RENDERING_IS.format(state="DONE"))
    rendering_failed: bool = fact(RENDERING_IS.format(state="FAILED"))
    customer_vat_id: str | None = fact("(SELECT c.vat_id FROM customers c WHERE c.id = {t}.customer_id)")

    @property
    def vat_categories(self) -> tuple[VatCategory, ...]:
        """The category of each of its kinds of tax."""
        return tuple(VatCategory(kind.split()[0]) for kind in self.vat_kinds)

    @property
    def vat_rates(self) -> tuple[str, ...]:
        """The rate in percent of each of its kinds of tax, in the same order."""
        return tuple(kind.split()[1] for kind in self.vat_kinds)

    @property
    def gross_cents(self) -> int:
        return self.net_cents + self.vat_cents

    @property
    def is_fully_reversed(self) -> bool:
        return self.reversals > 0 and self.items_not_reversed == 0
