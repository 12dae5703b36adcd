"""Receivables as customers see them: amounts, payments and the dispute."""

from collections.abc import Mapping
from typing import Any

import strawberry

from domain.billing.scope import INVOICES_SCOPE
from domain.engine.context import EvaluationContext
from domain.receivables import balance
from domain.receivables.payment_code import PaymentCodeFacts, remaining_payment_code
from domain.receivables.scope import ENTRIES_SCOPE
from schema.declarations.fields import column, computed, to_many, to_one
from schema.portal.api_profile import OPEN_ACTIONS
from schema.portal.references import AnInvoice
from schema.portal.timeline import TimelineEntry, timeline_field
from schema.shared.actions import OpenAction
from schema.shared.billing.receivables import ReceivableEntryFields, ReceivableFields
from schema.shared.field_order import field_order
from schema.shared.money import Money, money_field
from schema.shared.pagination import Connection

IS_OVERDUE = f"({balance.OWED} > 0 AND coalesce({{t}}.due_on < {balance.TODAY}, FALSE))"


def payment_code(owed: PaymentCodeFacts, _arguments: Mapping[str, Any], _context: EvaluationContext) -> str | None:
    """The GiroCode for what is still to be paid."""
    return remaining_payment_code(owed)


@strawberry.type(description="A payment, or something else that changed what you owe.")
class ReceivableEntry(ReceivableEntryFields):
    """A payment, or something else that changed what the customer owes."""


@field_order(
    """
    id status status_label status_help version invoice_number currency amount canceled charges paid remaining
    overpaid due_on overdue disputed_at dispute_reason dispute_resolution reminder_step reminder_step_label
    reminded_on payment_code invoice entries timeline open_actions
    """
)
@strawberry.type(description="What you owe of one invoice.")
class Receivable(ReceivableFields):
    """What the customer owes of one invoice."""

    remaining: Money = money_field(balance.OWED, description="What is still to be paid.")
    overdue: bool = column(IS_OVERDUE, description="Whether something remains after its day.")
    invoice: AnInvoice | None = to_one(INVOICES_SCOPE, on="{t}.id = {p}.invoice_id", description="Its invoice.")
    entries: list[ReceivableEntry] = to_many(
        ENTRIES_SCOPE,
        on="{t}.receivable_id = {p}.id",
        order="{t}.id",
        limit=200,
        description="Payments and what else changed it, the oldest first.",
    )
    payment_code: str | None = computed(
        PaymentCodeFacts,
        payment_code,
        description="The GiroCode (EPC069-12) for what is still to be paid, as an SVG image; null unless euros are "
        "to be transferred.",
    )
    timeline: Connection[TimelineEntry] = timeline_field("{t}.subject_id = {p}.id AND {t}.subject_kind = 'receivable'")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("receivable")
