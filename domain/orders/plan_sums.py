"""The sums that a billing plan has before it is saved, by the rules by which it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.engine.context import EvaluationContext
from domain.engine.inputs import size_errors
from domain.kernel.errors import Refused
from domain.orders.effects.drafts import planned_invoice, set_sums
from domain.orders.inputs import PlannedInvoiceEntry
from domain.orders.model import Order
from domain.orders.repetition import expand


@dataclass(frozen=True, kw_only=True)
class PlanSums:
    """Sums in cents; the fee is today's, which is frozen when the order is submitted."""

    invoices: int
    net_cents: int
    vat_cents: int
    budget_inflow_cents: int
    fee_percent: Decimal


def plan_sums(entries: Sequence[PlannedInvoiceEntry], context: EvaluationContext) -> PlanSums | None:
    """The sums of a billing plan with these entries; None while an entry could not be saved as it is."""
    if any(error for entry in entries for error in size_errors(entry)):
        return None
    order, fee_percent = Order(), context.settings.fee_percent
    try:
        plan = expand(entries, context.settings.language)
        rows = [planned_invoice(context, order, entry, position) for position, entry in enumerate(plan, start=1)]
    except Refused:
        return None
    set_sums(order, rows, fee_percent)
    return PlanSums(
        invoices=len(rows),
        net_cents=order.net_cents,
        vat_cents=order.vat_cents,
        budget_inflow_cents=order.budget_inflow_cents,
        fee_percent=fee_percent,
    )
