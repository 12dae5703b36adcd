"""Orders as members and the operator's people see them."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain.accounts.sources import ACCOUNTS_SOURCE
from domain.automations.sources import AUTOMATION_RUNS_SOURCE
from domain.billing.sources import INVOICES_SOURCE, LINES_SOURCE
from domain.client_status.hidden import ORDER_HIDDEN_BY
from domain.client_status.sources import CLIENT_STATUS_CHANGES_SOURCE, CLIENT_STATUSES_SOURCE
from domain.core.actors import OFFICE_KINDS
from domain.deliveries.sources import DELIVERIES_SOURCE
from domain.order_templates.sources import ORDER_TEMPLATES_SOURCE
from domain.orders.derived import IS_LATE, Fulfilment
from domain.orders.facts import OrderFacts
from domain.orders.model import CompletionRule, CustomerAccess, OrderStatus, ReviewStart, ReviewUnit
from domain.orders.reads import COMMENTS_SOURCE, EVIDENCE_SOURCE, PLANNED_INVOICES_SOURCE
from domain.orders.sources import ORDERS_SOURCE
from domain.parties.sources import CONTACTS_SOURCE, CUSTOMERS_SOURCE, MEMBERS_SOURCE
from domain.pipelines.sources import STAGES_SOURCE
from domain.timeline import EVENTS_SOURCE
from schema.compiled.declare import column, computed, connection, group, to_many, to_one
from schema.operations import order_derived as derive
from schema.operations.automation_runs import RUN_SORTS, AutomationRun
from schema.operations.client_status import CHANGE_SORTS, ClientStatus, ClientStatusChange
from schema.operations.hidden import HiddenBy, hidden_by
from schema.operations.history import EVENT_SORTS, Deadline, Event, deadlines_of
from schema.operations.order_lists import COMMENT_SORTS
from schema.operations.order_parts import (
    Cancellation,
    Comment,
    Confirmation,
    Evidence,
    NextStep,
    PaymentGuarantee,
    PlannedInvoice,
    Rejection,
)
from schema.operations.order_templates import OrderTemplate
from schema.operations.parties import Account, Contact, Customer, Member
from schema.operations.pipelines import Stage
from schema.operations.surface import MENUS
from schema.shared.actions import OpenAction
from schema.shared.money import Money, amount
from schema.shared.pagination import Connection
from schema.shared.wording import in_words

if TYPE_CHECKING:
    from schema.operations.deliveries import Delivery
    from schema.operations.invoices import Invoice
    from schema.operations.lines import BillableLine

ADelivery = Annotated["Delivery", strawberry.lazy("schema.operations.deliveries")]
ALine = Annotated["BillableLine", strawberry.lazy("schema.operations.lines")]
AnInvoice = Annotated["Invoice", strawberry.lazy("schema.operations.invoices")]
ASSIGNED = "{v}.order_id = {p}.id AND {t}.id = {v}.account_id"

INVOICES_OF = """SELECT l.invoice_id FROM billable_lines l WHERE l.order_id = {p}.id
    UNION SELECT i.id FROM invoices i WHERE i.order_id = {p}.id"""


@strawberry.type(description="An order: what a member does for a customer, and how it is billed.")
class Order:
    """An order."""

    id: strawberry.ID = column(id_prefix="ord", description="The order's identifier.")
    number: str = column(description="Its number: prefix, member, running number.")
    status: OrderStatus = column(description="Where it stands.")
    status_label: str = in_words("status.order", "{t}.status", description="That in the viewer's language.")
    version: int = column(description="Counts changes of lifecycle and offer; for `expectedVersion`.")
    project: str = column(description="Name of the project.")
    description: str = column(description="What is to be done.")
    currency: str = column(description="The currency of all its amounts.")
    member: Member = to_one(MEMBERS_SOURCE, on="{t}.id = {p}.member_id", description="Whose order it is.")
    customer: Customer | None = to_one(
        CUSTOMERS_SOURCE, on="{t}.id = {p}.customer_id", description="Who orders; empty in an unfinished draft."
    )
    contact: Contact | None = to_one(
        CONTACTS_SOURCE, on="{t}.id = {p}.contact_id", description="The person at the customer who is asked."
    )
    duplicated_from: Annotated["Order", strawberry.lazy("schema.operations.orders")] | None = to_one(
        ORDERS_SOURCE, on="{t}.id = {p}.duplicated_from_id", description="The order this one was copied from."
    )
    order_template: OrderTemplate | None = to_one(
        ORDER_TEMPLATES_SOURCE,
        on="{t}.id = {p}.order_template_id",
        description="The template it was begun from; null for members once that was retired.",
    )

    service_from: date | None = column(description="First day of the service period.")
    service_to: date | None = column(description="Last day of the service period.")
    offer_valid_until: date | None = column(description="Last day on which the offer can be confirmed.")
    offer_ends_at: datetime | None = computed(
        derive.OfferFacts, derive.offer_ends_at, description="The instant at which that day is over."
    )
    offer_revision: int = column(description="Counts what was offered; the customer confirms one revision.")
    skip_confirmation: bool = column(description="Whether the customer agreed elsewhere and is not asked.")
    delivery_due_at: datetime | None = column(description="When the work is to be delivered.")
    completion_rule: CompletionRule = column(description="When the order is complete.")
    required_deliveries: int = column(description="How many deliveries must be accepted.")
    review_length: int = column(description="How long a review of a delivery lasts.")
    review_unit: ReviewUnit = column(description="How that length counts.")
    review_start: ReviewStart = column(description="What it counts from.")
    customer_access: CustomerAccess | None = column(description="How much the customer sees; null: operator's rule.")
    internal_notes: str = column(description="The member's notes, which no customer sees.")
    tags: list[str] = column(description="Words to find and sort by, which no customer sees.")

    fee_percent: Decimal | None = column(description="The operator's fee, frozen when the order was submitted.")
    net: Money = amount("{t}.net_cents", description="Net sum of the billing plan.")
    vat: Money = amount("{t}.vat_cents", description="Value added tax of the billing plan.")
    gross: Money = amount("{t}.net_cents + {t}.vat_cents", description="Net and tax together.")
    budget_inflow: Money = amount("{t}.budget_inflow_cents", description="Net less the fee, per planned invoice.")

    submitted_at: datetime | None = column(description="When it was last handed to review.")
    offered_at: datetime | None = column(description="When it was offered to the customer.")
    activated_at: datetime | None = column(description="When it became active.")
    completed_at: datetime | None = column(description="When it was complete.")
    archived_at: datetime | None = column(description="When it was put away.")
    created_at: datetime = column(description="When it was begun.")
    confirmation: Confirmation | None = group(
        when="{t}.confirmed_at IS NOT NULL AND {t}.confirmed_by IS NOT NULL",
        description="The customer's yes, as proof.",
    )
    rejection: Rejection | None = group(
        when="{t}.rejected_at IS NOT NULL AND {t}.rejection_cause IS NOT NULL",
        description="Why and when it was rejected.",
    )
    cancellation: Cancellation | None = group(
        when="{t}.cancellation_requested_at IS NOT NULL", description="The wish to cancel it."
    )

    late: bool = column(IS_LATE, description="Whether the agreed delivery has passed without one.")
    fulfilment: Fulfilment = computed(OrderFacts, derive.fulfilment, description="How far the work is.")
    fulfilment_label: str = computed(OrderFacts, derive.fulfilment_label, description="That in the viewer's language.")
    payment_guarantee: PaymentGuarantee = computed(
        OrderFacts, derive.payment_guarantee, description="Whether the operator guarantees payment."
    )
    next_steps: list[NextStep] = computed(OrderFacts, derive.next_steps, description="Whose turn it is.")

    planned_invoices: list[PlannedInvoice] = to_many(
        PLANNED_INVOICES_SOURCE,
        on="{t}.order_id = {p}.id",
        order="{t}.position, {t}.id",
        limit=120,
        description="The billing plan, in its order.",
    )
    deliveries: list[ADelivery] = to_many(
        DELIVERIES_SOURCE,
        on="{t}.order_id = {p}.id",
        order="{t}.position, {t}.id",
        limit=100,
        description="Its deliveries, first to last.",
    )
    latest_delivery: ADelivery | None = to_one(
        DELIVERIES_SOURCE,
        on="{t}.order_id = {p}.id",
        order="{t}.position DESC",
        description="Its newest delivery.",
    )
    lines: list[ALine] = to_many(
        LINES_SOURCE, on="{t}.order_id = {p}.id", order="{t}.id", limit=120, description="What is to be invoiced."
    )
    invoices: list[AnInvoice] = to_many(
        INVOICES_SOURCE,
        on=f"{{t}}.id = ANY(ARRAY({INVOICES_OF}))",
        order="{t}.id",
        limit=120,
        description="Invoices with something of this order, oldest first.",
    )
    evidence: list[Evidence] = to_many(
        EVIDENCE_SOURCE,
        on="{t}.order_id = {p}.id",
        order="{t}.id",
        limit=50,
        description="Proof that the customer agreed elsewhere.",
    )
    assignees: list[Account] | None = to_many(
        ACCOUNTS_SOURCE,
        on=ASSIGNED,
        through="assignments",
        order="{t}.name, {t}.id",
        limit=50,
        only=OFFICE_KINDS,
        description="The employees who take care of it; null for members.",
    )
    stage: Stage | None = to_one(
        STAGES_SOURCE, on="{t}.id = {p}.stage_id", description="Where it lies on the board; null for members."
    )
    stage_entered_at: datetime | None = column(only=OFFICE_KINDS, description="Since when; null for members.")
    comments: Connection[Comment] = connection(
        COMMENTS_SOURCE,
        on="{t}.order_id = {p}.id",
        sorts=COMMENT_SORTS,
        description="What was said, as far as the viewer reads it.",
    )
    client_status: ClientStatus | None = to_one(
        CLIENT_STATUSES_SOURCE, on="{t}.id = {p}.id", description="What the client is told, or would be."
    )
    client_status_history: Connection[ClientStatusChange] = connection(
        CLIENT_STATUS_CHANGES_SOURCE,
        on="{t}.order_id = {p}.id",
        sorts=CHANGE_SORTS,
        description="Every change of what the client is told.",
    )
    automation_runs: Connection[AutomationRun] = connection(
        AUTOMATION_RUNS_SOURCE,
        on="{t}.order_id = {p}.id",
        sorts=RUN_SORTS,
        description="What automations did for it, newest first; empty for members.",
    )
    hidden_from_customer: HiddenBy | None = hidden_by(ORDER_HIDDEN_BY)
    deadlines: list[Deadline] = deadlines_of("order")
    events: Connection[Event] = connection(
        EVENTS_SOURCE,
        on="{t}.order_id = {p}.id",
        sorts=EVENT_SORTS,
        description="What happened to it and below it.",
    )
    open_actions: list[OpenAction] = MENUS.field("order")
