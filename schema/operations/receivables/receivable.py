"""Receivables and their entries as members and finance see them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import strawberry

from domain.accounts.scope import ACCOUNTS_SCOPE
from domain.billing.scope import INVOICES_SCOPE
from domain.engine import evaluation
from domain.engine.context import EvaluationContext
from domain.kernel.actors import ActorKind
from domain.parties.scope import CUSTOMERS_SCOPE
from domain.receivables import balance
from domain.receivables.facts import ReceivableFacts
from domain.receivables.lifecycle import RECEIVABLES
from domain.receivables.reminders import steps
from domain.receivables.reminders.interest import NEXT_INTEREST
from domain.receivables.reminders.steps import ReminderStep
from domain.receivables.scope import ENTRIES_SCOPE, RECEIVABLES_SCOPE
from domain.timeline import EVENTS_SCOPE
from schema.declarations.fields import column, computed, connection, to_many, to_one
from schema.derivation.open_actions import action_reason
from schema.operations.accounts import Account
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.invoices.invoice import Invoice
from schema.operations.parties import Customer
from schema.operations.references import AReceivable
from schema.operations.timeline import EVENT_SORTS, Deadline, Event, deadlines_field
from schema.shared.actions import ActionReason, OpenAction
from schema.shared.billing.receivables import ReceivableEntryFields, ReceivableFields
from schema.shared.field_order import field_order
from schema.shared.money import Money, money_field
from schema.shared.pagination import Connection
from schema.shared.translated_fields import translated

FINANCE = frozenset({ActorKind.FINANCE, ActorKind.ADMIN})
OF_CUSTOMER = """{t}.id = coalesce((SELECT i.customer_id FROM invoices i WHERE i.id = {p}.invoice_id),
    {p}.customer_id)"""
IS_REVERSED = "EXISTS (SELECT 1 FROM receivable_entries e WHERE e.reverses_id = {t}.id)"


def reminder_reasons(
    receivable: ReceivableFacts, _arguments: Mapping[str, Any], context: EvaluationContext
) -> list[ActionReason]:
    """Why the next reminder cannot go now, by the rules of the move itself."""
    refused = evaluation.refusals(RECEIVABLES, RECEIVABLES.moves["remind"], receivable, context)
    return [action_reason(refusal, context) for refusal in refused]


@field_order("id kind kind_label amount booked_on note receivable reversed document entered_by created_at")
@strawberry.type(description="Something that changed a receivable; it never changes itself.")
class ReceivableEntry(ReceivableEntryFields):
    """Something that changed a receivable."""

    note: str = column(description="Where a payment came from, why something was done, or the number of the document.")
    receivable: AReceivable | None = to_one(
        RECEIVABLES_SCOPE, on="{t}.id = {p}.receivable_id", description="What it changed."
    )
    reversed: bool = column(IS_REVERSED, description="Whether it is a payment that was taken back.")
    document: Invoice | None = to_one(
        INVOICES_SCOPE, on="{t}.id = {p}.document_id", description="The cancellation invoice that it follows."
    )
    entered_by: Account | None = to_one(
        ACCOUNTS_SCOPE, on="{t}.id = {p}.entered_by_id", only_for=FINANCE, description="Who entered it."
    )
    created_at: datetime = column(description="When it was entered.")


@field_order(
    """
    id status status_label status_help version invoice_number invoice customer is_opening_balance currency amount
    canceled charges paid written_off remaining overpaid due_on overdue days_overdue disputed_at dispute_reason
    dispute_resolution reminder_step reminder_step_label reminded_on next_reminder_step next_reminder_step_label
    next_reminder_on next_reminder_fee next_reminder_interest reminder_reasons formal_announced_on
    reminders_paused_until reminders_pause_reason write_off_proposed_at write_off_proposed_by write_off_reason
    created_at entries deadlines events open_actions
    """
)
@strawberry.type(description="What a customer owes of one posted invoice: an open item of the books.")
class Receivable(ReceivableFields):
    """What a customer owes of one posted invoice."""

    invoice: Invoice | None = to_one(
        INVOICES_SCOPE, on="{t}.id = {p}.invoice_id", description="Its invoice; null for an opening balance."
    )
    customer: Customer | None = to_one(CUSTOMERS_SCOPE, on=OF_CUSTOMER, description="Who owes it.")
    is_opening_balance: bool = column(
        "{t}.invoice_id IS NULL", description="Whether its invoice is one of an earlier system."
    )
    written_off: Money = money_field("{t}.written_off_cents", description="What was given up.")
    remaining: Money = money_field(balance.REMAINING, description="What is still to be paid and not given up.")
    overdue: bool = column(balance.IS_OVERDUE, description="Whether something remains after its day.")
    days_overdue: int = column(balance.DAYS_OVERDUE, description="For how many days; 0 when it is not overdue.")
    next_reminder_step: ReminderStep | None = column(
        steps.NEXT_STEP, description="The next reminder; null when there is none."
    )
    next_reminder_step_label: str | None = translated(
        "status.reminderStep", steps.NEXT_STEP, description="That in the viewer's language."
    )
    next_reminder_on: date | None = column(steps.NEXT_ON, description="The first day on which it can go.")
    next_reminder_fee: Money | None = money_field(steps.NEXT_FEE, only=FINANCE, description="What it charges.")
    next_reminder_interest: Money | None = money_field(
        NEXT_INTEREST, only=FINANCE, description="The statutory interest that it would charge today."
    )
    reminder_reasons: list[ActionReason] | None = computed(
        ReceivableFacts,
        reminder_reasons,
        only_for=FINANCE,
        description="Why no reminder can go today; empty when one can, null for members.",
    )
    formal_announced_on: date | None = column(description="When its member was told of the formal reminder that comes.")
    reminders_paused_until: date | None = column(
        f"CASE WHEN {steps.IS_PAUSED} THEN {{t}}.reminders_paused_until END",
        only_for=FINANCE,
        description="The last day on which no reminder goes; null when they are not paused.",
    )
    reminders_pause_reason: str | None = column(
        f"CASE WHEN {steps.IS_PAUSED} THEN {{t}}.reminders_pause_reason END", only_for=FINANCE, description="Why."
    )
    write_off_proposed_at: datetime | None = column(
        description="Since when a second person is asked to give up the rest.", only_for=FINANCE
    )
    write_off_proposed_by: Account | None = to_one(
        ACCOUNTS_SCOPE, on="{t}.id = {p}.write_off_proposed_by_id", only_for=FINANCE, description="Who proposed that."
    )
    write_off_reason: str | None = column(description="Why.", only_for=FINANCE)
    created_at: datetime = column(description="When the invoice was posted.")
    entries: list[ReceivableEntry] = to_many(
        ENTRIES_SCOPE,
        on="{t}.receivable_id = {p}.id",
        order="{t}.id",
        limit=200,
        description="What changed it, the oldest first; for finance and administrators.",
    )
    deadlines: list[Deadline] = deadlines_field("receivable")
    events: Connection[Event] = connection(
        EVENTS_SCOPE,
        on="{t}.subject_id = {p}.id AND {t}.subject_kind = 'receivable'",
        sorts=EVENT_SORTS,
        description="What happened to it.",
    )
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("receivable")
