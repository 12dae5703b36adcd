"""Orders as customers see them, from the offer on."""

from datetime import datetime

import strawberry

from domain.billing.scope import INVOICES_SCOPE
from domain.client_status.scope import CLIENT_STATUSES_SCOPE
from domain.deliveries.scope import DELIVERIES_SCOPE
from domain.orders.customer_progress import STATUS_FOR_CUSTOMER
from domain.orders.facts import OrderFacts
from domain.orders.related_scopes import COMMENTS_SCOPE, PLANNED_INVOICES_SCOPE
from domain.parties.scope import CUSTOMERS_SCOPE
from domain.supplements.scope import SUPPLEMENTS_SCOPE
from schema.declarations.fields import column, computed, connection, to_many, to_one
from schema.portal.api_profile import OPEN_ACTIONS
from schema.portal.client_status import ClientStatus
from schema.portal.deliveries import Delivery
from schema.portal.enums import OrderStatus
from schema.portal.files import File
from schema.portal.next_steps import NextStep, order_next_steps
from schema.portal.parties import Customer
from schema.portal.progress import DueDayMove, OrderProgress, due_day_move_field, progress_field
from schema.portal.references import AnInvoice, ASupplement
from schema.portal.timeline import Deadline, TimelineEntry, deadlines_field, timeline_field
from schema.shared.actions import OpenAction
from schema.shared.field_order import field_order
from schema.shared.files import comment_files_field, unattached_files_field
from schema.shared.orders.offer_changes import (
    OfferComparison,
    OfferedRevision,
    offer_comparison_field,
    offered_revisions_field,
)
from schema.shared.orders.order import COMMENT_SORTS, INVOICES_OF, CommentFields, OrderFields, PlannedInvoiceFields
from schema.shared.pagination import Connection
from schema.shared.translated_fields import translated

PROVIDER = "(SELECT m.name FROM members m WHERE m.id = {t}.member_id)"
CONTACT = "(SELECT c.name FROM contacts c WHERE c.id = {t}.contact_id)"
IS_FOR_A_CONSUMER = "coalesce((SELECT c.kind = 'CONSUMER' FROM customers c WHERE c.id = {t}.customer_id), FALSE)"
WITHDRAWAL_NOTICE = """(SELECT coalesce(nullif(r.content -> 'withdrawal' ->> {language}, ''),
        nullif(r.content -> 'withdrawal' ->> 'de', ''), nullif(r.content -> 'withdrawal' ->> 'en', ''))
    FROM offer_revisions r WHERE r.order_id = {t}.id AND r.revision = {t}.offer_revision)"""
AUTHOR = """CASE WHEN {t}.author_role IN ('CUSTOMER', 'MEMBER') THEN {t}.author_name ELSE
    (SELECT CASE {language} WHEN 'en' THEN s.name_en ELSE s.name_de END FROM operator_settings s) END"""


@strawberry.type(description="An invoice that the offer plans.")
class PlannedInvoice(PlannedInvoiceFields):
    """An invoice that the offer plans."""


@field_order(
    """
    id text mine author_name files created_at
    """
)
@strawberry.type(description="A sentence on an order.")
class Comment(CommentFields):
    """A sentence on an order."""

    mine: bool = column("{t}.author_role = 'CUSTOMER'", description="Whether the customer's side said it.")
    author_name: str = column(AUTHOR, description="Who said it; the operator's people speak as the operator.")
    files: list[File] = comment_files_field()


@field_order(
    """
    id number status status_label status_help version project description currency provider_name customer
    contact_name obliges_to_pay withdrawal_notice offer_revision offered_revisions offer_comparison
    offer_valid_until offer_ends_at
    service_from service_to delivery_due_at due_proposal due_day_move review_length review_unit net vat gross
    planned_invoices offered_at confirmation declined_at expired_at canceled_at completed_at deliveries supplements
    invoices client_status comments unattached_files progress next_steps deadlines timeline open_actions
    """
)
@strawberry.type(description="An order, from the offer on.")
class Order(OrderFields):
    """An order, from the offer on."""

    status: OrderStatus = column(description="Where it stands.")
    status_label: str = translated(
        "status.orderForCustomer", STATUS_FOR_CUSTOMER, description="That in the viewer's language."
    )
    provider_name: str = column(PROVIDER, description="Who does the work.")
    customer: Customer | None = to_one(CUSTOMERS_SCOPE, on="{t}.id = {p}.customer_id", description="Who orders.")
    contact_name: str | None = column(CONTACT, description="Who is asked at the customer.")
    obliges_to_pay: bool = column(
        IS_FOR_A_CONSUMER,
        description="Whether a consumer orders, whose button has to name the obligation to pay (section 312j BGB).",
    )
    withdrawal_notice: str | None = column(
        WITHDRAWAL_NOTICE,
        description="How a consumer may withdraw from the contract, as it stands in this revision of the offer.",
    )
    offered_revisions: list[OfferedRevision] = offered_revisions_field()
    offer_comparison: OfferComparison | None = offer_comparison_field()
    planned_invoices: list[PlannedInvoice] = to_many(
        PLANNED_INVOICES_SCOPE,
        on="{t}.order_id = {p}.id",
        order="{t}.position, {t}.id",
        limit=120,
        description="When what will be invoiced.",
    )
    declined_at: datetime | None = column(
        "CASE {t}.rejection_cause WHEN 'CUSTOMER' THEN {t}.rejected_at END", description="When it was declined."
    )
    expired_at: datetime | None = column(
        "CASE {t}.rejection_cause WHEN 'OFFER_EXPIRED' THEN {t}.rejected_at END",
        description="When the offer expired unanswered.",
    )
    canceled_at: datetime | None = column(description="When it was canceled.")
    deliveries: list[Delivery] = to_many(
        DELIVERIES_SCOPE,
        on="{t}.order_id = {p}.id",
        order="{t}.position, {t}.id",
        limit=100,
        description="What was delivered, first to last.",
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
        description="Issued invoices with something of this order.",
    )
    client_status: ClientStatus | None = to_one(
        CLIENT_STATUSES_SCOPE, on="{t}.id = {p}.id", description="How the work is getting on, where that is told."
    )
    comments: Connection[Comment] = connection(
        COMMENTS_SCOPE, on="{t}.order_id = {p}.id", sorts=COMMENT_SORTS, description="What was said."
    )
    unattached_files: list[File] = unattached_files_field()
    due_day_move: DueDayMove | None = due_day_move_field()
    progress: list[OrderProgress] = progress_field()
    next_steps: list[NextStep] = computed(OrderFacts, order_next_steps, description="What comes next.")
    deadlines: list[Deadline] = deadlines_field("order")
    timeline: Connection[TimelineEntry] = timeline_field("{t}.order_id = {p}.id")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("order")
