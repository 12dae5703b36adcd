"""Filters and orders of order lists in the portal."""

from schema.declarations.fields import filter_field, ordering, sort_key
from schema.declarations.where_inputs import where_input
from schema.portal.enums import OrderStatus
from schema.shared.filters import DateTimeFilter, EnumFilter, IdFilter, TextFilter, contains

SEARCH_CONDITION = f"({contains('{t}.number')} OR {contains('{t}.project')})"


@where_input(description="Which orders to list; all that is given must hold.")
class OrderWhere:
    """The filter of order lists."""

    id: IdFilter | None = filter_field(id_prefix="ord", description="By identifier.")
    number: TextFilter | None = filter_field(description="By number.")
    status: EnumFilter[OrderStatus] | None = filter_field(index_prefix=True, description="By where they stand.")
    project: TextFilter | None = filter_field(description="By name of the project.")
    search: str | None = filter_field(SEARCH_CONDITION, description="Part of the number or the project.")
    offered_at: DateTimeFilter | None = filter_field(description="By when they were offered.")


ORDER_SORTS = ordering(
    "Order",
    default="-CREATED_AT",
    CREATED_AT=sort_key("{t}.created_at", "timestamptz", description="When it was begun."),
    NUMBER=sort_key("{t}.number", description="The number."),
    PROJECT=sort_key("lower({t}.project)", description="The name of the project."),
    OFFER_END=sort_key(
        "coalesce({t}.offer_valid_until, '9999-12-31'::date)",
        "date",
        description="The last day of the offer; without one last.",
    ),
)
