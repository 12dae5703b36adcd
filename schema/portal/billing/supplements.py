"""Supplements as customers see them: what they are asked, and what they answered."""

import strawberry

from domain.orders.scope import ORDERS_SCOPE
from schema.declarations.fields import column, to_one
from schema.portal.api_profile import OPEN_ACTIONS
from schema.portal.references import AnOrder
from schema.portal.timeline import Deadline, TimelineEntry, deadlines_field, timeline_field
from schema.shared.actions import OpenAction
from schema.shared.billing.supplements import SupplementFields
from schema.shared.field_order import field_order
from schema.shared.pagination import Connection

PROVIDER = "(SELECT m.name FROM orders o JOIN members m ON m.id = o.member_id WHERE o.id = {t}.order_id)"
IS_FOR_A_CONSUMER = "({t}.withdrawal IS NOT NULL)"
WITHDRAWAL_NOTICE = """coalesce(nullif({t}.withdrawal ->> {language}, ''), nullif({t}.withdrawal ->> 'de', ''),
    nullif({t}.withdrawal ->> 'en', ''))"""


@field_order(
    """
    id status status_label status_help version order order_number project provider_name text quantity unit_price
    currency vat_category vat_rate net vat gross invoice_on service_from service_to obliges_to_pay withdrawal_notice
    offered_at valid_until ends_at answered_at answered_by deadlines timeline open_actions
    """
)
@strawberry.type(description="A further invoice of a running order, which you are asked to confirm.")
class Supplement(SupplementFields):
    """A further invoice of a running order."""

    order: AnOrder | None = to_one(
        ORDERS_SCOPE, on="{t}.id = {p}.order_id", description="The order, where the customer sees it."
    )
    provider_name: str = column(PROVIDER, description="Who does the work.")
    obliges_to_pay: bool = column(
        IS_FOR_A_CONSUMER,
        description="Whether a consumer confirms, whose button has to name the obligation to pay (section 312j BGB).",
    )
    withdrawal_notice: str | None = column(
        WITHDRAWAL_NOTICE, description="How a consumer may withdraw, as it stood when the supplement was offered."
    )
    deadlines: list[Deadline] = deadlines_field("supplement")
    timeline: Connection[TimelineEntry] = timeline_field("{t}.subject_id = {p}.id AND {t}.subject_kind = 'supplement'")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("supplement")
