"""Receivables and their entries as members and finance see them."""

from datetime import datetime

import strawberry

from domain.accounts.scope import ACCOUNTS_SCOPE
from domain.billing.scope import INVOICES_SCOPE
from domain.kernel.actors import ActorKind
from domain.receivables import balance
from domain.receivables.scope import ENTRIES_SCOPE, RECEIVABLES_SCOPE
from domain.timeline import EVENTS_SCOPE
from schema.declarations.fields import column, connection, to_many, to_one
from schema.operations.accounts import Account
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.invoices.invoice import Invoice
from schema.operations.references import AReceivable
from schema.operations.timeline import EVENT_SORTS, Event
from schema.shared.actions import OpenAction
from schema.shared.billing.receivables import ReceivableEntryFields, ReceivableFields
from schema.shared.field_order import field_order
from schema.shared.money import Money, money_field
from schema.shared.pagination import Connection
from schema.shared.translated_fields import status_help

FINANCE = frozenset({ActorKind.FINANCE, ActorKind.ADMIN})
IS_REVERSED = "EXISTS (SELECT 1 FROM receivable_entries e WHERE e.reverses_id = {t}.id)"


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
    id status status_label status_help version invoice_number invoice currency amount canceled paid written_off
    remaining overpaid due_on overdue days_overdue disputed_at dispute_reason dispute_resolution write_off_proposed_at
    write_off_proposed_by
    write_off_reason created_at entries events open_actions
    """
)
@strawberry.type(description="What a customer owes of one posted invoice: an open item of the books.")
class Receivable(ReceivableFields):
    """What a customer owes of one posted invoice."""

    status_help: str = status_help("receivable")
    invoice: Invoice | None = to_one(INVOICES_SCOPE, on="{t}.id = {p}.invoice_id", description="Its invoice.")
    written_off: Money = money_field("{t}.written_off_cents", description="What was given up.")
    remaining: Money = money_field(balance.REMAINING, description="What is still to be paid and not given up.")
    overdue: bool = column(balance.IS_OVERDUE, description="Whether something remains after its day.")
    days_overdue: int = column(balance.DAYS_OVERDUE, description="For how many days; 0 when it is not overdue.")
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
    events: Connection[Event] = connection(
        EVENTS_SCOPE,
        on="{t}.subject_id = {p}.id AND {t}.subject_kind = 'receivable'",
        sorts=EVENT_SORTS,
        description="What happened to it.",
    )
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("receivable")
