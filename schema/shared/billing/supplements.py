"""Supplements, as far as both schemas show the same."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import strawberry

from domain.engine.context import EvaluationContext
from domain.engine.facts import facts_subset
from domain.kernel.money import VatCategory
from domain.supplements import guards
from domain.supplements.facts import SupplementFacts as WholeFacts
from domain.supplements.model import SupplementStatus
from schema.declarations.fields import column, computed, filter_field, ordering, sort_key
from schema.declarations.where_inputs import where_input
from schema.shared.enums import describe_enum
from schema.shared.filters import EnumFilter, IdFilter
from schema.shared.money import Money, TotalsFields, money_field
from schema.shared.node import Node
from schema.shared.translated_fields import translated

ORDER_COLUMN = "(SELECT o.{column} FROM orders o WHERE o.id = {{t}}.order_id)"
EndFacts = facts_subset(WholeFacts, "order_status", "valid_until")

describe_enum(
    SupplementStatus,
    "Where a supplement stands.",
    OPEN="The customer's answer is awaited.",
    CONFIRMED="The customer agreed to the further invoice.",
    DECLINED="The customer did not want it.",
    EXPIRED="Nobody answered in time.",
    WITHDRAWN="It was taken back before an answer.",
)


def ends_at(supplement: Any, _arguments: Mapping[str, Any], context: EvaluationContext) -> datetime | None:
    """The instant at which its last valid day is over; None while a cancellation is under review."""
    return guards.ends_at(supplement, context)


@strawberry.type
class SupplementFields(Node, TotalsFields):
    """The fields of a supplement that both schemas show."""

    id: strawberry.ID = column(id_prefix="sup", description="The supplement's identifier.")
    status: SupplementStatus = column(description="Where it stands.")
    status_label: str = translated("status.supplement", "{t}.status", description="That in the viewer's language.")
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    order_number: str = column(ORDER_COLUMN.format(column="number"), description="The number of its order.")
    project: str = column(ORDER_COLUMN.format(column="project"), description="The project of its order.")
    text: str = column(description="What is to be invoiced.")
    quantity: Decimal = column("trim_scale({t}.quantity)", description="How many units.")
    unit_price: Money = money_field("{t}.unit_price_cents", description="Net price of one unit.")
    currency: str = column(description="The currency.")
    vat_category: VatCategory = column(description="How value added tax applies.")
    vat_rate: Decimal = column("trim_scale({t}.vat_rate)", description="The tax rate in percent.")
    invoice_on: date = column(description="The day the invoice is to be dated.")
    service_from: date | None = column(description="First day of the service period.")
    service_to: date | None = column(description="Last day of the service period.")
    offered_at: datetime = column(description="When the customer was asked.")
    valid_until: date = column(description="Last day on which it can be confirmed.")
    ends_at: datetime | None = computed(EndFacts, ends_at, description="The instant at which that day is over.")
    answered_at: datetime | None = column(description="When it was answered, expired or was taken back.")
    answered_by: str | None = column(description="The name that was given with the confirmation.")


@where_input(description="Which supplements to list; all that is given must hold.")
class SupplementWhere:
    """The filter of lists of supplements."""

    id: IdFilter | None = filter_field(id_prefix="sup", description="By identifier.")
    status: EnumFilter[SupplementStatus] | None = filter_field(description="By where they stand.")
    order: IdFilter | None = filter_field("{t}.order_id", id_prefix="ord", description="By order.")


SUPPLEMENT_SORTS = ordering(
    "Supplement",
    default="-OFFERED_AT",
    OFFERED_AT=sort_key("{t}.offered_at", "timestamptz", description="When the customer was asked."),
    VALID_UNTIL=sort_key("{t}.valid_until", "date", description="The last day on which it can be confirmed."),
)
