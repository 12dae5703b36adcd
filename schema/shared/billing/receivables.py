"""Receivables, which are the open items of customers, as far as both schemas show the same."""

from datetime import date, datetime

import strawberry

from domain.receivables import balance
from domain.receivables.model import EntryKind, ReceivableStatus
from schema.declarations.fields import column
from schema.shared.enums import describe_enum
from schema.shared.money import Money, money_field
from schema.shared.node import Node
from schema.shared.translated_fields import translated

INVOICE_NUMBER = "coalesce((SELECT i.number FROM invoices i WHERE i.id = {t}.invoice_id), {t}.opening_number)"
ENTRY_CURRENCY = "(SELECT r.currency FROM receivables r WHERE r.id = {t}.receivable_id)"

describe_enum(
    ReceivableStatus,
    "How much of what an invoice asks for is paid; beside it, it may be disputed, canceled or written off.",
    OPEN="Nothing is paid.",
    PARTLY_PAID="A part is paid.",
    PAID="All is paid, or nothing was asked for.",
)
describe_enum(
    EntryKind,
    "What changed what remains to be paid.",
    PAYMENT="The customer paid.",
    PAYMENT_REVERSAL="A payment was taken back.",
    CANCELLATION="A cancellation invoice took back all or part of it.",
    WRITE_OFF="The operator gave up the rest.",
    REFUND="What was paid too much was paid back.",
)


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
    paid: Money = money_field("{t}.paid_cents", description="What is paid, less what was taken or paid back.")
    overpaid: Money = money_field(balance.OVERPAID, description="What is paid too much, and not paid back yet.")
    due_on: date | None = column(description="Until when it is to be paid; null when nothing is asked for.")
    disputed_at: datetime | None = column(description="Since when it is disputed; null when it is not.")
    dispute_reason: str | None = column(description="Why it is disputed.")
    dispute_resolution: str | None = column(description="What was agreed of the last dispute.")


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
