"""Orders as members and the operator's people see them."""

from datetime import datetime

import strawberry

from domain.accounts.scope import ACCOUNTS_SCOPE
from domain.automations.scope import AUTOMATION_RUNS_SCOPE
from domain.billing.scope import INVOICES_OF_ORDER, INVOICES_SCOPE, LINES_SCOPE
from domain.client_status.scope import CLIENT_STATUS_CHANGES_SCOPE, CLIENT_STATUSES_SCOPE
from domain.customer_visibility import ORDER_HIDDEN_BY
from domain.deliveries.scope import DELIVERIES_SCOPE
from domain.kernel.actors import OFFICE_KINDS
from domain.orders.related_scopes import COMMENTS_SCOPE, EVIDENCE_SCOPE, PLANNED_INVOICES_SCOPE
from domain.pipelines.scope import STAGES_SCOPE
from domain.timeline import EVENTS_SCOPE
from schema.declarations.fields import column, connection, to_many, to_one
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.automations.runs import RUN_SORTS, AutomationRun
from schema.operations.client_status.status import CHANGE_SORTS, ClientStatus, ClientStatusChange
from schema.operations.customer_visibility import HiddenBy, hidden_by
from schema.operations.orders.lists import COMMENT_SORTS
from schema.operations.orders.order_fields import OrderFields
from schema.operations.orders.parts import Comment, Evidence, PlannedInvoice
from schema.operations.parties import Account
from schema.operations.pipelines import Stage
from schema.operations.references import ABillableLine, ADelivery, AnInvoice
from schema.operations.timeline import EVENT_SORTS, Deadline, Event, deadlines_field
from schema.shared.actions import OpenAction
from schema.shared.pagination import Connection

ASSIGNED = "{v}.order_id = {p}.id AND {t}.id = {v}.account_id"

INVOICES_OF = INVOICES_OF_ORDER.format(order="{p}.id")


@strawberry.type(description="An order: what a member does for a customer, and how it is billed.")
class Order(OrderFields):
    """An order with all that hangs from it."""

    planned_invoices: list[PlannedInvoice] = to_many(
        PLANNED_INVOICES_SCOPE,
        on="{t}.order_id = {p}.id",
        order="{t}.position, {t}.id",
        limit=120,
        description="The billing plan, in its order.",
    )
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
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("order")
