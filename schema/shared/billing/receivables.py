"""Receivables, which are the open items of customers, as far as both schemas show the same."""

from datetime import date, datetime

import strawberry

from domain.receivables import balance
from domain.receivables.model import EntryKind, ReceivableStatus
from domain.receivables.reminders import steps
from domain.receivables.reminders.steps import ReminderStep
from schema.declarations.fields import column
from schema.shared.billing import receivable_enums as receivable_enums  # Before any type that shows them.
from schema.shared.money import Money, money_field
from schema.shared.node import Node
from schema.shared.translated_fields import translated

INVOICE_NUMBER = "coalesce((SELECT i.number FROM invoices i WHERE i.id = {t}.invoice_id), {t}.opening_number)"
ENTRY_CURRENCY = "(SELECT r.currency FROM receivables r WHERE r.id = {t}.receivable_id)"


@strawberry.type
class ReceivableFields(Node):
    """The fields of a receivable that both schemas show."""

    id: strawberry.ID = column(id_prefix="rcv", description="The receivable's identifier.")
    status: ReceivableStatus = column(description="How much of it is paid.")
    status_label: str = translated("status.receivable", "{t}.status", description="That in the viewer's language.")
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    invoice_number: str = column(
        INVOICE_NUMBER, description="The number of its invoice, here or in the earlier system."
    )
    currency: str = column(description="The currency of all its amounts.")
    amount: Money = money_field("{t}.amount_cents", description="What the invoice asks for.")
    canceled: Money = money_field("{t}.canceled_cents", description="What cancellation invoices took back of that.")
    charges: Money = money_field(
        "{t}.charges_cents", description="What reminders have charged beside it, unless waived."
    )
    paid: Money = money_field("{t}.paid_cents", description="What is paid, less what was taken or paid back.")
    overpaid: Money = money_field(balance.OVERPAID, description="What is paid too much, and not paid back yet.")
    due_on: date | None = column(description="Until when it is to be paid; null when nothing is asked for.")
    disputed_at: datetime | None = column(description="Since when it is disputed; null when it is not.")
    dispute_reason: str | None = column(description="Why it is disputed.")
    dispute_resolution: str | None = column(description="What was agreed of the last dispute.")
    reminder_step: ReminderStep | None = column(
        steps.LAST_STEP, description="The last reminder; null before the first."
    )
    reminder_step_label: str | None = translated(
        "status.reminderStep", steps.LAST_STEP, description="That in the viewer's language."
    )
    reminded_on: date | None = column(description="When it was sent.")


@strawberry.type
class ReceivableEntryFields(Node):
    """The fields of an entry that both schemas show."""

    id: strawberry.ID = column(id_prefix="rce", description="The entry's identifier.")
    kind: EntryKind = column(description="What it is.")
    kind_label: str = translated("status.receivableEntry", "{t}.kind", description="That in the viewer's language.")
    amount: Money = money_field(
        "{t}.amount_cents",
        currency=ENTRY_CURRENCY,
        description="What it adds to what remains; below zero if it lowers that.",
    )
    booked_on: date = column(description="The day on which it counts.")
