"""Orders as members and the operator's people see them."""

from datetime import datetime

import strawberry

from domain.accounts.scope import ACCOUNTS_SCOPE
from domain.automations.scope import AUTOMATION_RUNS_SCOPE
from domain.billing.scope import INVOICES_SCOPE, LINES_SCOPE
from domain.client_status.scope import CLIENT_STATUS_CHANGES_SCOPE, CLIENT_STATUSES_SCOPE
from domain.deliveries.scope import DELIVERIES_SCOPE
from domain.hidden_reasons import ORDER_HIDDEN_BY
from domain.kernel.actors import OFFICE_KINDS
from domain.order_templates.scope import ORDER_TEMPLATES_SCOPE
from domain.orders.facts import OrderFacts
from domain.orders.lateness import IS_LATE, LATENESS, Lateness
from domain.orders.model import OrderStatus
from domain.orders.progress import Fulfilment
from domain.orders.related_scopes import COMMENTS_SCOPE, EVIDENCE_SCOPE
from domain.orders.scope import ORDERS_SCOPE
from domain.parties.scope import CONTACTS_SCOPE, CUSTOMERS_SCOPE, MEMBERS_SCOPE
from domain.pipelines.scope import STAGES_SCOPE
from domain.supplements.scope import SUPPLEMENTS_SCOPE
from domain.timeline import EVENTS_SCOPE
from domain.uploads.scope import FILES_SCOPE
from schema.declarations.fields import column, computed, connection, to_many, to_one
from schema.operations.accounts import Account
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.automations.runs import RUN_SORTS, AutomationRun
from schema.operations.client_status.status import ClientStatus, ClientStatusChange
from schema.operations.customer_visibility import HiddenBy, hidden_by
from schema.operations.messages import Message, messages_field
from schema.operations.orders import progress_fields as derive
from schema.operations.orders.agreement import OrderAgreement
from schema.operations.orders.parts import Comment, Evidence, NextStep, PaymentGuarantee
from schema.operations.orders.templates import OrderTemplate
from schema.operations.parties import Contact, Customer, Member
from schema.operations.pipelines import Stage
from schema.operations.references import ABillableLine, ADelivery, AFile, AnInvoice, AnOrder, ASupplement
from schema.operations.timeline import EVENT_SORTS, Deadline, Event, deadlines_field
from schema.shared.actions import OpenAction
from schema.shared.client_status import CHANGE_SORTS
from schema.shared.field_order import field_order
from schema.shared.files import unattached_files_field
from schema.shared.orders.order import COMMENT_SORTS, INVOICES_OF
from schema.shared.pagination import Connection
from schema.shared.translated_fields import translated

ASSIGNED = "{v}.order_id = {p}.id AND {t}.id = {v}.account_id"


@field_order(
    """
    id number status status_label status_help version project description currency member customer contact
    duplicated_from order_template service_from service_to offer_valid_until offer_ends_at offer_revision
    skip_confirmation delivery_due_at due_proposal completion_rule required_deliveries review_length review_unit
    review_start review_extensions review_extension_days
    customer_access internal_notes tags fee_percent net vat gross budget_inflow submitted_at
    offered_at activated_at completed_at archived_at created_at confirmation rejection cancellation late lateness
    fulfilment fulfilment_label payment_guarantee next_steps planned_invoices offer_revisions offer_comparison
    deliveries latest_delivery
    lines supplements invoices evidence files unattached_files assignees stage stage_entered_at comments client_status
    client_status_history automation_runs hidden_from_customer deadlines events messages open_actions
    """
)
@strawberry.type(description="An order: what a member does for a customer, and how it is billed.")
class Order(OrderAgreement):
    """An order with everything that belongs to it."""

    status: OrderStatus = column(description="Where it stands.")
    status_label: str = translated("status.order", "{t}.status", description="That in the viewer's language.")
    member: Member = to_one(MEMBERS_SCOPE, on="{t}.id = {p}.member_id", description="Whose order it is.")
    customer: Customer | None = to_one(
        CUSTOMERS_SCOPE, on="{t}.id = {p}.customer_id", description="Who orders; empty in an unfinished draft."
    )
    contact: Contact | None = to_one(
        CONTACTS_SCOPE, on="{t}.id = {p}.contact_id", description="The person at the customer who is asked."
    )
    duplicated_from: AnOrder | None = to_one(
        ORDERS_SCOPE, on="{t}.id = {p}.duplicated_from_id", description="The order this one was copied from."
    )
    order_template: OrderTemplate | None = to_one(
        ORDER_TEMPLATES_SCOPE,
        on="{t}.id = {p}.order_template_id",
        description="The template it was begun from; null for members once that was retired.",
    )

    late: bool = column(IS_LATE, description="Whether the agreed delivery has passed without one.")
    lateness: Lateness = column(LATENESS, description="How late it is, by the operator's thresholds.")
    fulfilment: Fulfilment = computed(OrderFacts, derive.fulfilment, description="How far the work is.")
    fulfilment_label: str = computed(OrderFacts, derive.fulfilment_label, description="That in the viewer's language.")
    payment_guarantee: PaymentGuarantee = computed(
        OrderFacts, derive.payment_guarantee, description="Whether the operator guarantees payment."
    )
    next_steps: list[NextStep] = computed(OrderFacts, derive.next_steps, description="Whose turn it is.")
    deliveries: list[ADelivery] = to_many(
        DELIVERIES_SCOPE,
        on="{t}.order_id = {p}.id",
        order="{t}.position, {t}.id",
        limit=100,
        description="Its deliveries, first to last.",
    )
    latest_delivery: ADelivery | None = to_one(
        DELIVERIES_SCOPE,
        on="{t}.order_id = {p}.id",
        order="{t}.position DESC",
        description="Its newest delivery.",
    )
    lines: list[ABillableLine] = to_many(
        LINES_SCOPE, on="{t}.order_id = {p}.id", order="{t}.id", limit=120, description="What is to be invoiced."
    )
    supplements: list[ASupplement] = to_many(
        SUPPLEMENTS_SCOPE,
        on="{t}.order_id = {p}.id",
        order="{t}.id",
        limit=120,
        description="Further invoices that the customer was asked about, oldest first.",
    )
    invoices: list[AnInvoice] = to_many(
        INVOICES_SCOPE,
        on=f"{{t}}.id = {INVOICES_OF}",
        order="{t}.id",
        limit=120,
        description="Invoices with something of this order, oldest first.",
    )
    evidence: list[Evidence] = to_many(
        EVIDENCE_SCOPE,
        on="{t}.order_id = {p}.id",
        order="{t}.id",
        limit=50,
        description="Proof that the customer agreed elsewhere.",
    )
    files: list[AFile] = to_many(
        FILES_SCOPE,
        on="{t}.for_order_id = {p}.id AND {t}.state = 'FINISHED'",
        order="{t}.id",
        description="What was uploaded for it and is complete, as far as this viewer sees it.",
    )
    unattached_files: list[AFile] = unattached_files_field()
    assignees: list[Account] | None = to_many(
        ACCOUNTS_SCOPE,
        on=ASSIGNED,
        through="assignments",
        order="{t}.name, {t}.id",
        limit=50,
        only_for=OFFICE_KINDS,
        description="The employees who take care of it; null for members.",
    )
    stage: Stage | None = to_one(
        STAGES_SCOPE, on="{t}.id = {p}.stage_id", description="Where it lies on the board; null for members."
    )
    stage_entered_at: datetime | None = column(only_for=OFFICE_KINDS, description="Since when; null for members.")
    comments: Connection[Comment] = connection(
        COMMENTS_SCOPE,
        on="{t}.order_id = {p}.id",
        sorts=COMMENT_SORTS,
        description="What was said, as far as the viewer reads it.",
    )
    client_status: ClientStatus | None = to_one(
        CLIENT_STATUSES_SCOPE, on="{t}.id = {p}.id", description="What the client is told, or would be."
    )
    client_status_history: Connection[ClientStatusChange] = connection(
        CLIENT_STATUS_CHANGES_SCOPE,
        on="{t}.order_id = {p}.id",
        sorts=CHANGE_SORTS,
        description="Every change of what the client is told.",
    )
    automation_runs: Connection[AutomationRun] = connection(
        AUTOMATION_RUNS_SCOPE,
        on="{t}.order_id = {p}.id",
        sorts=RUN_SORTS,
        description="What automations did for it, newest first; empty for members.",
    )
    hidden_from_customer: HiddenBy | None = hidden_by(ORDER_HIDDEN_BY)
    deadlines: list[Deadline] = deadlines_field("order")
    events: Connection[Event] = connection(
        EVENTS_SCOPE,
        on="{t}.order_id = {p}.id",
        sorts=EVENT_SORTS,
        description="What happened to it and below it.",
    )
    messages: list[Message] = messages_field("{t}.order_id = {p}.id")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("order")
