"""Facts of an order, which guards, deadlines and derived values evaluate."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.engine.facts import fact
from domain.orders.model import CompletionRule, OrderStatus, RejectionCause

PLANNED_UNSETTLED = """(SELECT count(*) FROM planned_invoices p
    LEFT JOIN billable_lines l ON l.planned_invoice_id = p.id LEFT JOIN invoices i ON i.id = l.invoice_id
    WHERE p.order_id = {t}.id
    AND NOT coalesce(l.status = 'CANCELED' OR i.status IN ('PRINTED', 'POSTED'), FALSE))"""

# Invoices that the member proposed and that are neither canceled nor issued.
PROPOSED_UNSETTLED = """(SELECT count(*) FROM billable_lines l LEFT JOIN invoices i ON i.id = l.invoice_id
    WHERE l.order_id = {t}.id AND l.source = 'PROPOSAL'
    AND NOT coalesce(l.status = 'CANCELED' OR i.status IN ('PRINTED', 'POSTED'), FALSE))"""
SUPPLEMENT_END = "(SELECT min(s.valid_until) FROM supplements s WHERE s.order_id = {t}.id AND s.status = 'OPEN')"


def deliveries_in(*statuses: str) -> str:
    """SQL that counts an order's deliveries in these states."""
    listed = ", ".join(f"'{status}'" for status in statuses)
    return f"(SELECT count(*) FROM deliveries d WHERE d.order_id = {{t}}.id AND d.status IN ({listed}))"


@dataclass(frozen=True)
class OrderFacts:
    """One order as its guards see it; counts are those of this moment."""

    id: UUID = fact("{t}.id")
    status: OrderStatus = fact("{t}.status")
    member_is_active: bool = fact("(SELECT m.status = 'ACTIVE' FROM members m WHERE m.id = {t}.member_id)")
    project: str = fact("{t}.project")
    customer_id: UUID | None = fact("{t}.customer_id")
    contact_id: UUID | None = fact("{t}.contact_id")
    contact_email: str | None = fact("(SELECT c.email FROM contacts c WHERE c.id = {t}.contact_id)")
    customer_country: str | None = fact("(SELECT c.country FROM customers c WHERE c.id = {t}.customer_id)")
    is_for_a_consumer: bool = fact(
        "coalesce((SELECT c.kind = 'CONSUMER' FROM customers c WHERE c.id = {t}.customer_id), FALSE)"
    )
    service_from: date | None = fact("{t}.service_from")
    service_to: date | None = fact("{t}.service_to")
    offer_valid_until: date | None = fact("{t}.offer_valid_until")
    skip_confirmation: bool = fact("{t}.skip_confirmation")
    offer_revision: int = fact("{t}.offer_revision")
    rejection_cause: RejectionCause | None = fact("{t}.rejection_cause")
    submitted_at: datetime | None = fact("{t}.submitted_at")
    offered_at: datetime | None = fact("{t}.offered_at")
    activated_at: datetime | None = fact("{t}.activated_at")
    confirmed_at: datetime | None = fact("{t}.confirmed_at")
    cancellation_requested_at: datetime | None = fact("{t}.cancellation_requested_at")
    delivery_due_at: datetime | None = fact("{t}.delivery_due_at")
    due_proposed_on: date | None = fact("{t}.due_proposed_on")
    archived_at: datetime | None = fact("{t}.archived_at")
    completion_rule: CompletionRule = fact("{t}.completion_rule")
    required_deliveries: int = fact("{t}.required_deliveries")
    evidence: int = fact("(SELECT count(*) FROM evidence e WHERE e.order_id = {t}.id)")
    planned: int = fact("(SELECT count(*) FROM planned_invoices p WHERE p.order_id = {t}.id)")
    planned_undated: int = fact(
        "(SELECT count(*) FROM planned_invoices p WHERE p.order_id = {t}.id AND p.invoice_on IS NULL)"
    )
    planned_negative: int = fact(
        "(SELECT count(*) FROM planned_invoices p WHERE p.order_id = {t}.id AND p.net_cents < 0)"
    )
    planned_unsettled: int = fact(PLANNED_UNSETTLED)
    proposed_unsettled: int = fact(PROPOSED_UNSETTLED)
    supplement_valid_until: date | None = fact(SUPPLEMENT_END)
    deliveries_open: int = fact(deliveries_in("DRAFT", "DELIVERED", "REVISION_REQUESTED"))
    deliveries_delivered: int = fact(deliveries_in("DELIVERED"))
    deliveries_in_revision: int = fact(deliveries_in("REVISION_REQUESTED"))
    deliveries_accepted: int = fact(deliveries_in("ACCEPTED"))
    deliveries_made: int = fact(deliveries_in("DELIVERED", "REVISION_REQUESTED", "ACCEPTED"))
    last_accepted_at: datetime | None = fact(
        "(SELECT max(d.accepted_at) FROM deliveries d WHERE d.order_id = {t}.id AND d.status = 'ACCEPTED')"
    )
    review_ends_at: datetime | None = fact(
        "(SELECT min(d.review_ends_at) FROM deliveries d WHERE d.order_id = {t}.id AND d.status = 'DELIVERED')"
    )

    @property
    def deliveries_still_required(self) -> int:
        """The number of acceptances that are missing before the order can be complete."""
        least = 1 if self.completion_rule is CompletionRule.ON_ACCEPTANCE else 0
        return max(0, max(least, self.required_deliveries) - self.deliveries_accepted)
