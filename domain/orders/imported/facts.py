"""Facts of an order that is not yet written, for the guards of the moves that led to its status."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.engine.context import EvaluationContext
from domain.kernel.ids import new_id
from domain.orders.facts import OrderFacts
from domain.orders.imported.inputs import OrderRecord
from domain.orders.model import PlannedInvoice

HAPPENED_NEVER: Mapping[str, Any] = {
    "offer_revision": 0,
    "rejection_cause": None,
    "cancellation_requested_at": None,
    "archived_at": None,
    "evidence": 0,
    "proposed_unsettled": 0,
    "supplement_valid_until": None,
    "deliveries_open": 0,
    "deliveries_delivered": 0,
    "deliveries_in_revision": 0,
    "deliveries_accepted": 0,
    "deliveries_made": 0,
    "last_accepted_at": None,
    "review_ends_at": None,
    "due_proposed_on": None,
}


@dataclass(frozen=True, kw_only=True)
class KnownParties:
    """What is known of the member, the customer and the contact of an imported order."""

    member_id: UUID
    member_is_active: bool
    customer_id: UUID | None = None
    customer_country: str | None = None
    is_for_a_consumer: bool = False
    contact_id: UUID | None = None
    contact_email: str | None = None


def start_of(day: date | None, context: EvaluationContext) -> datetime | None:
    """The instant at which a day begins in the operator's zone."""
    return None if day is None else context.calendar.start_of(day)


def imported_facts(
    entry: OrderRecord, parties: KnownParties, planned: Sequence[PlannedInvoice], context: EvaluationContext
) -> OrderFacts:
    """The facts of an order with this billing plan; it has neither deliveries nor supplements."""
    return OrderFacts(
        id=new_id(),
        status=entry.status,
        project=entry.project,
        service_from=entry.service_from,
        service_to=entry.service_to,
        offer_valid_until=entry.offer_valid_until,
        skip_confirmation=entry.skip_confirmation,
        delivery_due_at=entry.delivery_due_at,
        completion_rule=entry.completion_rule,
        required_deliveries=entry.required_deliveries,
        **_of_parties(parties),
        **_of_course(entry, context),
        **_of_plan(entry, planned),
        **HAPPENED_NEVER,
    )


def _of_parties(parties: KnownParties) -> dict[str, Any]:
    return {name: value for name, value in vars(parties).items() if name != "member_id"}


def _of_course(entry: OrderRecord, context: EvaluationContext) -> dict[str, Any]:
    activated_at = start_of(entry.activated_on, context)
    return {
        "submitted_at": start_of(entry.submitted_on, context),
        "offered_at": start_of(entry.offered_on, context),
        "activated_at": activated_at,
        "confirmed_at": None if entry.skip_confirmation else activated_at,
    }


def _of_plan(entry: OrderRecord, planned: Sequence[PlannedInvoice]) -> dict[str, Any]:
    return {
        "planned": len(planned),
        "planned_undated": sum(each.invoice_on is None for each in planned),
        "planned_negative": sum(each.net_cents < 0 for each in planned),
        "planned_unsettled": len(planned) - sum(bool(each.invoiced_as) for each in entry.planned_invoices),
    }
