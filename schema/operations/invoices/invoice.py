"""Invoices as members and finance see them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import strawberry
from strawberry.scalars import JSON

from domain.accounts.scope import ACCOUNTS_SCOPE
from domain.billing import member_status
from domain.billing.facts import InvoiceFacts
from domain.billing.guards.retention import invoice_kept_until
from domain.billing.issue_preview import PreviewFacts
from domain.billing.member_status import PlainStatus
from domain.billing.model import HoldCause, InvoiceStatus
from domain.billing.scope import CHECKS_SCOPE, DOCUMENTS_SCOPE, INVOICES_SCOPE, ITEMS_SCOPE, LINES_SCOPE
from domain.engine.context import EvaluationContext
from domain.hidden_reasons import INVOICE_HIDDEN_BY
from domain.kernel.actors import ActorKind
from domain.kernel.i18n import translate
from domain.orders.scope import ORDERS_SCOPE
from domain.parties.scope import CUSTOMERS_SCOPE, MEMBERS_SCOPE
from domain.receivables.scope import RECEIVABLES_SCOPE
from domain.timeline import EVENTS_SCOPE
from schema.declarations.fields import column, computed, connection, to_many, to_one
from schema.operations.accounts import Account
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.customer_visibility import HiddenBy, hidden_by
from schema.operations.invoices.billable_lines import BillableLine
from schema.operations.invoices.checks import InvoiceCheck
from schema.operations.invoices.differences import DRAFT, DifferenceFacts, InvoiceDifference, invoice_difference
from schema.operations.invoices.issue_previews import IssuePreview, preview
from schema.operations.messages import Message, messages_field
from schema.operations.parties import Customer, Member
from schema.operations.references import AnInvoice, AnOrder, AReceivable
from schema.operations.timeline import EVENT_SORTS, Deadline, Event, deadlines_field
from schema.shared.actions import OpenAction
from schema.shared.billing.invoice_documents import InvoiceDocument
from schema.shared.billing.invoices import InvoiceFields, InvoiceItemFields
from schema.shared.field_order import field_order
from schema.shared.node import Node
from schema.shared.pagination import Connection
from schema.shared.translated_fields import STATUS_HELP, translated

FINANCE = frozenset({ActorKind.FINANCE, ActorKind.ADMIN})
ORDERS_OF = """SELECT l.order_id FROM invoice_items x JOIN billable_lines l ON l.id = x.line_id
    WHERE x.invoice_id = {p}.id UNION SELECT {p}.order_id"""


def plain_status(invoice: InvoiceFacts, _arguments: Mapping[str, Any], _context: EvaluationContext) -> PlainStatus:
    """The state in a member's words."""
    return member_status.plain_status(invoice)


def plain_status_label(invoice: InvoiceFacts, _arguments: Mapping[str, Any], context: EvaluationContext) -> str:
    """The state in a member's words, in the viewer's language."""
    return translate(context.actor.language, f"plain.{member_status.plain_status(invoice)}")


def plain_status_help(invoice: InvoiceFacts, _arguments: Mapping[str, Any], context: EvaluationContext) -> str:
    """The explanation of the plain status in the viewer's language."""
    return translate(context.actor.language, f"status_help.plain.{member_status.plain_status(invoice)}")


def fully_reversed(invoice: InvoiceFacts, _arguments: Mapping[str, Any], _context: EvaluationContext) -> bool:
    """Whether cancellation invoices have reversed the whole invoice."""
    return invoice.is_fully_reversed


def kept_until(invoice: InvoiceFacts, _arguments: Mapping[str, Any], context: EvaluationContext) -> date | None:
    """The last day on which the document is kept."""
    return invoice_kept_until(invoice, context)


def rendering_failed(invoice: InvoiceFacts, _arguments: Mapping[str, Any], _context: EvaluationContext) -> bool:
    """Whether all attempts to make its files have failed."""
    return invoice.rendering_failed


@field_order(
    """
    id position text service_from service_to quantity unit_price vat_category vat_category_label vat_rate
    net
    """
)
@strawberry.type(description="One line as the invoice shows it.")
class InvoiceItem(Node, InvoiceItemFields):
    """One line as the invoice shows it."""

    id: strawberry.ID = column(id_prefix="itm", description="The item's identifier.")
    vat_category_label: str = translated(
        "status.vatCategory", "{t}.vat_category", description="That in the viewer's language."
    )


@field_order(
    """
    id kind kind_label status status_label status_help plain_status plain_status_label plain_status_help version
    number provisional_number currency member customer order orders items lines vat_groups net vat gross
    exchange_rate vat_in_euro invoice_on issued_on due_on payment_days hold_causes hold_comment before_hold
    difference is_undone reverses reversed_by fully_reversed receivable seller buyer snapshot submitted_at
    submitted_by approved_by composed_at ready_at printed_at sent_at sent_reason posted_at canceled_at kept_until
    archived_at created_at hidden_from_customer documents rendering_failed check issue_preview deadlines events
    messages open_actions
    """
)
@strawberry.type(description="An invoice, or the document that cancels one.")
class Invoice(InvoiceFields):
    """An invoice, or the document that cancels one."""

    status: InvoiceStatus = column(description="Where it stands.")
    status_label: str = translated("status.invoice", "{t}.status", description="That in the viewer's language.")
    plain_status: PlainStatus = computed(
        InvoiceFacts, plain_status, description="Where it stands, in a member's words."
    )
    plain_status_label: str = computed(InvoiceFacts, plain_status_label, description="That in the viewer's language.")
    plain_status_help: str = computed(InvoiceFacts, plain_status_help, description=STATUS_HELP)
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    provisional_number: str = column(description="What it is called before that.")
    member: Member = to_one(MEMBERS_SCOPE, on="{t}.id = {p}.member_id", description="Whose work it is for.")
    customer: Customer | None = to_one(CUSTOMERS_SCOPE, on="{t}.id = {p}.customer_id", description="Who pays.")
    order: AnOrder | None = to_one(
        ORDERS_SCOPE, on="{t}.id = {p}.order_id", description="Its order, when it speaks of one alone."
    )
    orders: list[AnOrder] = to_many(
        ORDERS_SCOPE,
        on=f"{{t}}.id = ANY(ARRAY({ORDERS_OF}))",
        order="{t}.id",
        limit=50,
        description="All orders it speaks of.",
    )
    items: list[InvoiceItem] = to_many(
        ITEMS_SCOPE,
        on="{t}.invoice_id = {p}.id",
        order="{t}.position, {t}.id",
        limit=250,
        description="What it shows, in order.",
    )
    lines: list[BillableLine] = to_many(
        LINES_SCOPE,
        on="{t}.invoice_id = {p}.id",
        order="{t}.id",
        limit=250,
        description="The billable lines on it.",
    )
    invoice_on: date = column(description="The planned date.")
    payment_days: int = column(description="How many days the customer has to pay.")
    hold_causes: list[HoldCause] = column(description="Why it is on hold.")
    hold_comment: str | None = column(description="What was said about that.")
    before_hold: JSON | None = column(description="What it said when it was put on hold, to compare with.")
    difference: InvoiceDifference | None = computed(
        DifferenceFacts,
        invoice_difference,
        when=DRAFT,
        description="What changed of a draft since it was put on hold, or while it was on hold last; null if nothing.",
    )
    is_undone: bool = column(description="Whether its lines were given back to be composed anew.")
    reverses: AnInvoice | None = to_one(
        INVOICES_SCOPE, on="{t}.id = {p}.reverses_id", description="The invoice that this one cancels."
    )
    reversed_by: list[AnInvoice] = to_many(
        INVOICES_SCOPE,
        on="{t}.reverses_id = {p}.id",
        order="{t}.id",
        limit=50,
        description="The documents that cancel this one, in part or in full.",
    )
    fully_reversed: bool = computed(InvoiceFacts, fully_reversed, description="Whether nothing of it is left.")
    receivable: AReceivable | None = to_one(
        RECEIVABLES_SCOPE, on="{t}.invoice_id = {p}.id", description="What is owed of it, once it is posted."
    )
    snapshot: JSON | None = column(description="Everything the document says, frozen as it was issued.")
    submitted_at: datetime | None = column(description="When it was handed to approval.")
    submitted_by: Account | None = to_one(
        ACCOUNTS_SCOPE, on="{t}.id = {p}.submitted_by_id", only_for=FINANCE, description="Who did that."
    )
    approved_by: Account | None = to_one(
        ACCOUNTS_SCOPE, on="{t}.id = {p}.approved_by_id", only_for=FINANCE, description="Who approved it."
    )
    composed_at: datetime | None = column(description="When it was composed.")
    ready_at: datetime | None = column(description="Since when it is ready to be issued.")
    sent_at: datetime | None = column(description="When it was sent.")
    sent_reason: str | None = column(description="How it was sent, when not from here.")
    posted_at: datetime | None = column(description="When it was booked.")
    canceled_at: datetime | None = column(description="When it was canceled before it was issued.")
    kept_until: date | None = computed(
        InvoiceFacts, kept_until, description="The last day on which an issued document is kept; null for drafts."
    )
    archived_at: datetime | None = column(
        "(SELECT a.archived_at FROM archived_invoices a WHERE a.invoice_id = {t}.id)",
        description="When it was archived, after its retention.",
    )
    created_at: datetime = column(description="When it was made.")
    hidden_from_customer: HiddenBy | None = hidden_by(INVOICE_HIDDEN_BY)
    documents: list[InvoiceDocument] = to_many(
        DOCUMENTS_SCOPE,
        on="{t}.invoice_id = {p}.id",
        order="{t}.kind, {t}.id",
        limit=5,
        description="Its stored files, once it is issued; they follow within seconds.",
    )
    rendering_failed: bool = computed(
        InvoiceFacts, rendering_failed, description="Whether its files could not be made, so that nothing is sent."
    )
    check: InvoiceCheck | None = to_one(
        CHECKS_SCOPE,
        on="{t}.invoice_id = {p}.id",
        only_for=FINANCE,
        description="What the official rules say of the draft; null before the first check.",
    )
    issue_preview: IssuePreview | None = computed(
        PreviewFacts, preview, only_for=FINANCE, when=DRAFT, description="The number and dates if it were issued now."
    )
    deadlines: list[Deadline] = deadlines_field("invoice")
    events: Connection[Event] = connection(
        EVENTS_SCOPE,
        on="{t}.subject_id = {p}.id AND {t}.subject_kind = 'invoice'",
        sorts=EVENT_SORTS,
        description="What happened to it.",
    )
    messages: list[Message] = messages_field("{t}.subject_id = {p}.id AND {t}.subject_kind = 'invoice'")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("invoice")
